"""Markdown → blocks: CommonMark with tables, footnotes and front matter.

Sources: CommonMark 0.31; for the front matter YAML 1.1, as texts only, or TOML 1.0.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError
from narrate.model import Details
from narrate.reading import lines as line
from narrate.reading.document import Block, Document, Format, date_in, visible
from narrate.reading.encoding import lines_of
from narrate.reading.html import is_html
from narrate.reading.markup import shown
from narrate.reading.trees import html
from narrate.reading.verse import hemistichs, is_verse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.reading.source import Source

_NAMES = (".md", ".markdown", ".mdown", ".mkd")
_SIGNS = re.compile(
    r"^(?:```|~~~|\|?\s*:?-{3,}:?\s*\||!\[[^\]\n]*\]\(|\[\^[^\]\n]+\]:|---\n[A-Za-z][\w-]*:)"
    r"|\[[^\]\n]+\]\(\S+\)|\]\[\^",
    re.MULTILINE,
)
_TOML = "+++"
_TOLD = re.compile(r"^(?P<key>[A-Za-z][\w-]*):[ \t]+(?P<text>\S.*?)[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"-{3,}\s*")
_DEEPEST = 100
_MOST = 12_000_000
"""Bytes; a text that is all signs takes seconds for each million."""
_ATTRIBUTES = re.compile(r"\s*\{[#.-][^{}]*\}$")
_DIVISION = re.compile(r":{3,}.*")
"""Pandoc's marks of what a heading or a part of a text is."""
_TASK = re.compile(r"^\[[ xX]\] +")
_VERSE = re.compile(r"\|\s+[^|]+")
_OWN = re.compile(r"\s|[#>|*+=-]|\d+[.)]\s|\[\^|```|~~~|$")
"""Begins lines that are no prose: what ends them has a meaning of its own."""


def is_markdown(source: Source) -> bool:
    """Tell whether `source` has signs of Markdown, beyond headings, which plain text has too."""
    head = source.head.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return source.suffix in _NAMES or (bool(_SIGNS.search(head)) and not is_html(source))


def read_markdown(source: Source) -> Document:
    """Return what a Markdown text holds. Raises `InputError`."""
    data = source.data()
    if len(data) > _MOST:
        raise InputError(f"{source.label} is larger than {_MOST // 1_000_000} MB: split it")
    lines = lines_of(data, source.label)
    if source.suffix not in _NAMES:
        lines = [*_loosened(line.joined(lines))]
    told, lines = _from_toml(lines)
    front, body = _rendered("\n".join(_with_verse(lines)))
    told = told or _mapping(front)
    if front.strip() and not told:
        # It only stands between two rules.
        _, body = _rendered("\n".join(_with_verse(["***", *lines[1:]])))
    page = shown(html(body, source.label))
    title = " ".join(_texts(told, "title"))
    signs = {"item": _TASK, "heading": _ATTRIBUTES}
    blocks = [
        replace(each, text=signs[each.kind].sub("", each.text)) if each.kind in signs else each
        for each in page.blocks
    ]
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
    reader = (
        MarkdownIt("commonmark", {"maxNesting": _DEEPEST})
        .enable(["table", "strikethrough"])
        .disable("code")
    )
    reader.use(front_matter_plugin).use(footnote_plugin)
    notes: dict[str, Any] = {}
    tokens = reader.parse(text, notes)
    for each in tokens:
        if each.type == "inline" and is_verse(each.content.split("\n")):
            for child in each.children or ():
                child.type = "hardbreak" if child.type == "softbreak" else child.type
    front = next((each.content for each in tokens if each.type == "front_matter"), "")
    return front, reader.renderer.render(tokens, reader.options, notes)


def _with_verse(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines`, couplets and Pandoc's line blocks with breaks that CommonMark knows."""
    for own, below in pairwise([*lines, ""]):
        if _VERSE.fullmatch(own):
            yield own[1:].strip() + ("\\" if _VERSE.fullmatch(below) else "\n")
        elif not _OWN.match(own) and len(halves := hemistichs(own)) > 1:
            yield "\\\n".join(halves) + ("\\" if below.strip() else "")
        elif not _DIVISION.fullmatch(own):
            yield own


def _loosened(lines: Sequence[str]) -> Iterator[str]:
    """Yield `lines` with each line of prose a paragraph, as plain text has it."""
    for place, text in enumerate(lines):
        if place and (_RULE.fullmatch(text) or not _OWN.match(text)):
            yield ""
        yield text


def _mapping(front: str) -> Mapping[str, Any]:
    """Return what front matter tells: texts, and lists and mappings of texts."""
    import yaml

    try:
        # Nothing is a date or a number here: a year has other months in Iran.
        told = yaml.load(visible(front), yaml.BaseLoader)  # noqa: S506 - it makes texts only
    except (yaml.YAMLError, RecursionError):
        # A title with a colon in it is no YAML, and many write it.
        told = {each["key"]: each["text"].strip("\"'") for each in _TOLD.finditer(visible(front))}
    return told if isinstance(told, dict) else {}


def _from_toml(lines: list[str]) -> tuple[Mapping[str, Any], list[str]]:
    """Return what front matter in TOML, between lines of `+++`, tells, and the lines below it."""
    if lines[:1] != [_TOML] or _TOML not in lines[1:]:
        return {}, lines
    end = lines.index(_TOML, 1)
    try:
        return tomllib.loads("\n".join(lines[1:end])), lines[end + 1 :]
    except tomllib.TOMLDecodeError:
        return {}, lines


def _texts(told: Mapping[str, Any], *keys: str) -> list[str]:
    """Return what is told under any of `keys`: one text, several, or parts that have a `text`."""
    found: Any = next((told[key] for key in keys if told.get(key)), [])
    each_of = found if isinstance(found, list) else [found]
    parts = [
        part.get("text") or part.get("name") if isinstance(part, dict) else part for part in each_of
    ]
    texts = (str(part) for part in parts if isinstance(part, str | date))
    return [" ".join(text.split()) for text in texts if text]


def _details(told: Mapping[str, Any]) -> Details:
    return Details(
        authors=tuple(_texts(told, "author", "authors", "creator")),
        publisher=" ".join(_texts(told, "publisher")),
        date=date_in("".join(_texts(told, "date")[:1])),
        description=" ".join(_texts(told, "description", "abstract", "subtitle")),
        series=" ".join(_texts(told, "series", "belongs-to-collection")),
    )
