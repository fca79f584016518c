"""Plain text → `Book`: a line is a paragraph, unless the text was wrapped at a width."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.errors import InputError
from narrate.model import Book
from narrate.reading import lines as line
from narrate.reading.structure import Block, Cutting, chapters, name_of, opening

if TYPE_CHECKING:
    from narrate.reading.source import Source

_PERSIAN = re.compile(r"[\u0620-\u064a\u0660-\u0669\u066e-\u06d3\u06f0-\u06f9\ufb50-\ufefc]")


def read_plain(source: Source, cutting: Cutting | None = None, title: str = "") -> Book:
    """Return the book in `source`, called `title` or by its first heading or by its file's name.

    Raises `InputError` if nothing in it is Persian, or can be spoken.
    """
    if not any(map(_PERSIAN.search, source.lines)):
        raise InputError(f"{source.label} holds no Persian letter: there is nothing to narrate")
    lines = line.joined(list(source.lines))
    blocks = _blocks(lines)
    own_title = _title(lines) if len(blocks) > 1 else ""
    if own_title:
        blocks[0] = Block("heading", own_title)
    named = title or own_title or source.name or name_of(opening(each.text for each in blocks))
    made = chapters(blocks, own_title or named, cutting or Cutting())
    if not made:
        raise InputError(f"{source.label} holds no line that can be spoken")
    return Book(named, made)


def _blocks(lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    for text in lines:
        kind = line.kind_of(text)
        if line.is_underline(text) and blocks and blocks[-1].kind == "body":
            blocks[-1] = Block("heading", blocks[-1].text)
        elif kind != "blank":
            words = line.heading_text(text) if kind == "heading" else text.strip()
            blocks.append(Block(kind, words))
    return blocks


def _title(lines: list[str]) -> str:
    """Return the first line if it is a heading: by its sign, or alone above a blank line."""
    start = next(place for place, text in enumerate(lines) if line.fold(text))
    first, below = lines[start], lines[start + 1 : start + 2]
    if line.is_markdown_heading(first):
        title = line.heading_text(first)
        # `# فصل ۱` begins the first chapter of a book that is called by its file.
        return "" if line.kind_of(title) == "heading" else title
    alone = not below or not below[0].strip() or line.is_underline(below[0])
    if alone and line.kind_of(first) == "body" and line.could_be_title(first):
        return first.strip()
    return ""
