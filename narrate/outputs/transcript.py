"""The text of a podcast's episode as one plain page, for those who read instead of listening.

Sources: Podcasting 2.0, tag `podcast:transcript`, type `text/html`; HTML Living Standard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E

from narrate.audio.codecs import MP3
from narrate.outputs.body import body
from narrate.outputs.output import Output
from narrate.outputs.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element as Element

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard

_STYLE = (
    "body{max-width:40em;margin:2em auto;padding:0 1em;line-height:1.9;"
    "font-family:Vazirmatn,Tahoma,sans-serif;color-scheme:light dark}"
    ".verse{text-align:center}.emphasis{font-weight:bold}ul.numbered{list-style:none}"
)


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write the text of `audiobook` as HTML at `path`."""
    page = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(audiobook.title),
            E.style(_STYLE),
        ),
        E.body(E.main(*_text(audiobook))),
        lang=audiobook.book.language,
        dir="rtl",
    )
    path.write_bytes(
        etree.tostring(page, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    )
    heard(audiobook.timeline.length)


OUTPUT = Output("transcript", ".html", None, MP3, write, sounds=False, shows_text=True)


def _text(audiobook: Audiobook) -> Iterator[Element]:
    chapters = shown(audiobook)
    is_titled = [each.title for each in chapters[:1]] == [audiobook.title]
    if not is_titled:
        yield E.h1(audiobook.title)
    for place, each in enumerate(chapters):
        level = 1 if is_titled and not place else each.depth + 1
        yield from body(each, E, lambda run, content: E.span(*content, id=run.id), level)
