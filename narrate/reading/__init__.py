"""A file → `Book`. One file per format; everything here keeps the text as its author wrote it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.errors import InputError
from narrate.model import Book
from narrate.reading.choosing import Choice, chosen
from narrate.reading.document import visible
from narrate.reading.docx import DOCX
from narrate.reading.encoding import lines_of
from narrate.reading.epub import EPUB
from narrate.reading.html import HTML
from narrate.reading.joining import joined
from narrate.reading.languages import is_marked_rightly
from narrate.reading.lines import kind_of
from narrate.reading.markdown import MARKDOWN
from narrate.reading.plain import TEXT
from narrate.reading.pronunciations import read_pronunciations
from narrate.reading.source import opened
from narrate.reading.structure import Cutting, Mode, chapters, name_of, opening
from narrate.reading.unreadable import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.reading.document import Block, Document, Format
    from narrate.reading.source import Source

__all__ = [
    "FORMATS",
    "Choice",
    "Cutting",
    "Mode",
    "chosen",
    "joined",
    "lines",
    "read",
    "read_pronunciations",
    "read_source",
]

FORMATS = (EPUB, DOCX, UNREADABLE, MARKDOWN, HTML, TEXT)
"""The first that says that a file is its own reads it."""

_SUBTAGS = re.compile(r"[A-Za-z0-9]{2,8}(?:-[A-Za-z0-9]{2,8})*")
_PERSIAN = re.compile(r"[\u0620-\u064a\u0660-\u0669\u066e-\u06d3\u06f0-\u06f9\ufb50-\ufefc]")


def read(path: str, cutting: Cutting | None = None, title: str = "") -> Book:
    """Return the book at `path`; `-` is standard input.

    It is called `title`, or as it says itself, or like its file. Raises `InputError` if it cannot
    be read, or if nothing in it is Persian or can be spoken.
    """
    with opened(path) as source:
        return read_source(source, cutting, title)


def read_source(source: Source, cutting: Cutting | None = None, title: str = "") -> Book:
    """Return the book in a file that is open, as `read`."""
    document = _format_of(source).read(source)
    blocks = _with_headings(_believed([_visible(each) for each in document.blocks]))
    texts = [each.text for each in blocks]
    if not any(map(_PERSIAN.search, texts)):
        raise InputError(f"{source.label} holds no Persian letter: there is nothing to narrate")
    own = visible(document.title)
    named = title or own or source.name or name_of(opening(texts))
    made = chapters(blocks, own or named, cutting or Cutting())
    if not made:
        raise InputError(f"{source.label} holds no line that can be spoken")
    details = document.details.each(visible)
    return Book(named, made, details, _language(document), left_out=document.left_out)


def lines(path: str) -> list[str]:
    """Return the text at `path` line by line: of a plain text its own lines, else paragraphs.

    Raises `InputError`.
    """
    with opened(path) as source:
        found = _format_of(source)
        if found is TEXT:
            return lines_of(source.data(), source.label)
        return [line for each in found.read(source).blocks for line in each.text.split("\n")]


def _format_of(source: Source) -> Format:
    return next(each for each in FORMATS if each.is_one(source))


def _believed(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return `blocks` without a language that the file says they are in, and they are not."""
    marks = {each.language for each in blocks}
    texts = {mark: [each.text for each in blocks if each.language == mark] for mark in marks}
    wrong = {mark for mark in marks if not is_marked_rightly(texts[mark], mark)}
    if not wrong:
        return blocks
    return [replace(each, language="") if each.language in wrong else each for each in blocks]


def _visible(block: Block) -> Block:
    opens = block.opens and replace(block.opens, title=visible(block.opens.title))
    return replace(block, text=visible(block.text), opens=opens)


def _with_headings(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return `blocks` with «فصل اول» a heading where its author only wrote it in bold."""
    if any(each.opens or (each.kind == "heading" and place) for place, each in enumerate(blocks)):
        return blocks
    return [
        replace(each, kind="heading")
        if each.kind in ("body", "emphasis") and kind_of(each.text) == "heading"
        else each
        for each in blocks
    ]


def _language(document: Document) -> str:
    """Return the kind of Persian that a document says it is in."""
    main, _, rest = document.language.replace("_", "-").partition("-")
    if main.lower() in ("fa", "fas", "per", "prs"):
        return f"fa-{rest}" if _SUBTAGS.fullmatch(rest) else "prs" if main == "prs" else "fa"
    return "fa"
