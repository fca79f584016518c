"""Markdown → blocks: CommonMark with tables, footnotes and front matter.

Source: CommonMark 0.31; YAML 1.1 for the front matter.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError
from narrate.model import Details
from narrate.reading import lines as line
from narrate.reading.document import Block, Document, Format, date_in, visible
from narrate.reading.encoding import lines_of
from narrate.reading.markup import shown
from narrate.reading.trees import html

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.reading.source import Source

_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_SIGNS = re.compile(
    r"^(?:```|~~~|\|?\s*:?-{3,}:?\s*\||!\[[^\]\n]*\]\(|\[\^[^\]\n]+\]:|---\n[A-Za-z][\w-]*:)"
    r"|\[[^\]\n]+\]\(\S+\)|\]\[\^",
    re.MULTILINE,
)
_TASK = re.compile(r"^\[[ xX]\] +")
_VERSE = re.compile(r"\|\s+[^|]+")
_OWN = re.compile(r"\s|[#>|*+=-]|\d+[.)]\s|\[\^|```|~~~|$")
"""Begins lines that are no prose: what ends them has a meaning of its own."""


def is_markdown(source: Source) -> bool:
    """Tell whether `source` has signs of Markdown, beyond headings, which plain text has too."""
    head = source.head.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return source.suffix in _NAMES or bool(_SIGNS.search(head))


def read_markdown(source: Source) -> Document:
    """Return what a Markdown text holds. Raises `InputError`."""
    lines = lines_of(source.data(), source.label)
    if source.suffix not in _NAMES:
        lines = [*_loosened(line.joined(lines))]
    front, body = _rendered("\n".join(_with_verse(lines)))
    told = _mapping(front, source.label)
    page = shown(html(body, source.label))
    title = " ".join(_texts(told, "title"))
    blocks = [replace(each, text=_TASK.sub("", each.text)) for each in page.blocks]
    first = blocks[0] if blocks else None
    if title and (not first or first.text != title):
        blocks = [Block("heading", title), *blocks]
    elif first and first.kind == "heading" and line.kind_of(first.text) != "heading":
        title = first.text
    language = "".join(_texts(told, "lang", "language")[:1])
    return Document(blocks, title, _details(told), language, page.left_out)


MARKDOWN = Format("Markdown", is_markdown, read_markdown)


def _rendered(text: str) -> tuple[str, str]:
    """Return the front matter of a text, and the rest as HTML."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    # Persian paragraphs are indented with blanks, and are no program code.
    reader = MarkdownIt("commonmark").enable("table").disable("code")
    reader.use(front_matter_plugin).use(footnote_plugin)
    notes: dict[str, Any] = {}
    tokens = reader.parse(text, notes)
    front = next((each.content for each in tokens if each.type == "front_matter"), "")
    return front, reader.renderer.render(tokens, reader.options, notes)


def _with_verse(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines`, those of Pandoc's line blocks with breaks that CommonMark knows."""
    for own, below in pairwise([*lines, ""]):
        if _VERSE.fullmatch(own):
            yield own[1:].strip() + ("\\" if _VERSE.fullmatch(below) else "\n")
        else:
            yield own


def _loosened(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines` with each line of prose a paragraph, as plain text has it."""
    for above, below in pairwise(["", *lines]):
        if not (_OWN.match(above) or _OWN.match(below)):
            yield ""
        yield below


def _mapping(front: str, label: str) -> Mapping[str, Any]:
    import yaml

    try:
        told = yaml.safe_load(visible(front))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError(f"{label}: the front matter is no YAML: {error}") from error
    return told if isinstance(told, dict) else {}


def _texts(told: Mapping[str, Any], *keys: str) -> list[str]:
    """Return what is told under any of `keys`: one text, several, or parts that have a `text`."""
    found: Any = next((told[key] for key in keys if told.get(key)), [])
    each_of = found if isinstance(found, list) else [found]
    parts = [
        part.get("text") or part.get("name") if isinstance(part, dict) else part for part in each_of
    ]
    return [" ".join(str(part).split()) for part in parts if part]


def _details(told: Mapping[str, Any]) -> Details:
    return Details(
        authors=tuple(_texts(told, "author", "authors", "creator")),
        publisher=" ".join(_texts(told, "publisher")),
        date=date_in("".join(_texts(told, "date")[:1])),
        description=" ".join(_texts(told, "description", "abstract", "subtitle")),
        series=" ".join(_texts(told, "series", "belongs-to-collection")),
    )
