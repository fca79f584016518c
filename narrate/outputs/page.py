"""A web page that reads along: a folder that works from a disk and from any static host.

Sources: HTML Living Standard; WCAG 2.2, levels A and AA; WAI-ARIA Authoring Practices (a group of
which one element at a time can be reached with Tab).
"""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E

from narrate.audio.codecs import MP3
from narrate.outputs.body import body, listed, tongue
from narrate.outputs.mp3 import sound
from narrate.outputs.names import identifier
from narrate.outputs.output import BUFFER, Output, milliseconds
from narrate.outputs.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element as Element

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard
    from narrate.outputs.shown import Run, ShownChapter

_INDEX = "index.html"
_SPEEDS = {
    "0.75": "۰٫۷۵",
    "1": "۱",
    "1.25": "۱٫۲۵",
    "1.5": "۱٫۵",
    "1.75": "۱٫۷۵",
    "2": "۲",
    "3": "۳",
}
_THEMES = {"auto": "مانند دستگاه", "light": "روشن", "dark": "تیره"}
_PLAY, _PAUSE = "M6 4 20 12 6 20z", "M6 4h4v16H6zM14 4h4v16h-4z"
_BACK, _ON = "M18 5v14l-9-7zM6 5h2v14H6z", "M6 5v14l9-7zM16 5h2v14h-2z"
_FAR_BACK, _FAR_ON = "M20 5v14l-8-7zM12 5v14l-8-7z", "M4 5v14l8-7zM12 5v14l8-7z"
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write `audiobook` as a web page in the folder `path`."""
    chapters = shown(audiobook)
    cover = audiobook.book.details.cover
    with as_file(files("narrate.outputs").joinpath("data", "page")) as data:
        shutil.copytree(data, path, copy_function=shutil.copyfile)
    index = _page(audiobook, chapters)
    (path / _INDEX).write_bytes(
        etree.tostring(index, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")
    )
    if cover:
        (path / f"cover{cover.suffix}").write_bytes(cover.data)
    for each in chapters:
        with (path / f"{each.id}.mp3").open("wb", buffering=BUFFER) as file:
            file.writelines(sound(each.timeline, audiobook.gains, heard))


OUTPUT = Output("page", ".page", None, MP3, write, shows_text=True, entry=_INDEX)


def _page(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Element:
    language = audiobook.book.language
    return E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.meta(name="viewport", content="width=device-width, initial-scale=1"),
            E.title(audiobook.title),
            E.link(rel="icon", href="data:,"),
            E.link(rel="stylesheet", href="page.css"),
            E.script(src="page.js", defer="defer"),
        ),
        E.body(
            E.a("رفتن به متن", {"class": "skip"}, href="#text"),
            _header(audiobook),
            _navigation(chapters),
            E.main(*_sections(chapters), id="text", tabindex="-1"),
            _player(chapters),
        ),
        {"data-book": identifier(audiobook.book)},
        lang=language,
        dir="rtl",
    )


def _header(audiobook: Audiobook) -> Element:
    details = audiobook.book.details
    header = E.header()
    if details.cover:
        header.append(E.img(src=f"cover{details.cover.suffix}", alt=""))
    header.append(E.h1(audiobook.title))
    if details.authors:
        header.append(E.p("، ".join(details.authors)))
    if details.narrators:
        header.append(E.p(f"با صدای {'، '.join(details.narrators)}"))
    return header


def _navigation(chapters: Sequence[ShownChapter]) -> Element:
    entries = []
    for each in chapters:
        length = E.span(_clock(each.timeline.length // each.timeline.rate), {"class": "length"})
        link = E.a(each.title, tongue(each.language), href=f"#{each.id}")
        entries.append((each.depth, E.li(link, " ", length)))
    contents = E.details(E.summary("فهرست فصل‌ها"), listed(entries, E))
    return E.nav(contents, {"aria-label": "فصل‌ها"})


def _sections(chapters: Sequence[ShownChapter]) -> Iterator[Element]:
    begin = 0
    for each in chapters:
        rate, name = each.timeline.rate, f"{each.id}.mp3"
        yield E.section(
            E.noscript(E.audio(src=name, controls="controls", preload="none")),
            *body(each, E, _sentence, each.depth + 1),
            {
                "aria-label": each.title,
                "data-sound": name,
                "data-from": _seconds(begin, rate),
                "data-length": _seconds(each.timeline.length, rate),
            },
            id=each.id,
        )
        begin += each.timeline.length


def _sentence(run: Run, content: list[Element | str]) -> Element:
    begin = _seconds(run.cue.begin, run.cue.clip.rate) if run.cue else "0"
    return E.span(*content, {"data-begin": begin}, id=run.id)


def _player(chapters: Sequence[ShownChapter]) -> Element:
    rate = chapters[0].timeline.rate
    whole = _seconds(sum(each.timeline.length for each in chapters), rate)
    play = _button("play", "پخش", _PLAY, "to-play")
    play[0].addnext(_icon(_PAUSE, "to-pause"))
    play.set("aria-pressed", "false")
    transport = E.div(
        {"class": "transport"},
        _button("chapter-back", "فصل پیش", _FAR_BACK),
        _button("sentence-back", "جمله‌ی پیش", _BACK),
        play,
        _button("sentence-on", "جمله‌ی بعد", _ON),
        _button("chapter-on", "فصل بعد", _FAR_ON),
    )
    slider = E.input(
        {"aria-label": "جای پخش"},
        id="place",
        type="range",
        min="0",
        max=whole,
        step="5",
        value="0",
    )
    choices = E.div(
        _choice("speed", "تندی", _SPEEDS, "1"),
        _choice("theme", "رنگ", _THEMES, "auto"),
    )
    where = E.div(slider, E.span(id="clock"), {"class": "where"})
    sound = E.audio(id="sound", preload="metadata")
    trouble = E.p(id="trouble", role="alert")
    return E.section(
        sound,
        trouble,
        transport,
        where,
        choices,
        {"class": "player", "aria-label": "پخش‌کننده"},
        hidden="hidden",
    )


def _button(own: str, label: str, drawing: str, kind: str = "") -> Element:
    named = {"aria-label": label, "title": label}
    return E.button(_icon(drawing, kind), named, id=own, type="button")


def _icon(drawing: str, kind: str) -> Element:
    return E.svg(E.path(d=drawing), {"class": kind, "aria-hidden": "true"}, viewBox="0 0 24 24")


def _choice(own: str, label: str, values: dict[str, str], chosen: str) -> Element:
    options = [
        E.option(text, value=value, **({"selected": "selected"} if value == chosen else {}))
        for value, text in values.items()
    ]
    return E.label(f"{label} ", E.select(*options, id=own))


def _seconds(samples: int, rate: int) -> str:
    return f"{milliseconds(samples, rate) / 1000:.3f}"


def _clock(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    text = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{text}:{seconds % 60:02}".translate(_DIGITS)
