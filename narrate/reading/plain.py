"""Plain text → blocks: a line is a paragraph, unless the text was wrapped at a width."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from narrate.model import Details
from narrate.reading import lines as line
from narrate.reading.document import Block, Document, Format
from narrate.reading.encoding import lines_of
from narrate.reading.verse import hemistichs, is_verse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.reading.source import Source


def read_plain(source: Source) -> Document:
    """Return what a plain text holds. Raises `InputError`."""
    lines = line.joined(lines_of(source.data(), source.label))
    blocks = _blocks(lines)
    title = _title(lines) if len(blocks) > 1 else ""
    if title:
        blocks[0] = Block("heading", title)
    authors = tuple(filter(None, map(line.author_in, _below_title(lines)))) if title else ()
    return Document(blocks, title, Details(authors=authors))


TEXT = Format("plain text", lambda _: True, read_plain)


def _blocks(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    for is_blank, group in groupby(lines, lambda text: line.kind_of(text) == "blank"):
        if not is_blank:
            blocks += _paragraphs([*group])
    return blocks


def _paragraphs(lines: Sequence[str]) -> list[Block]:
    """Return what stands between two blank lines."""
    bodies = all(line.kind_of(text) == "body" for text in lines)
    halves = [hemistichs(text) for text in lines]
    if bodies and (is_verse(lines) or all(len(each) > 1 for each in halves)):
        return [Block("verse", "\n".join(half for each in halves for half in each))]
    return [
        block
        for is_listed, run in groupby(lines, line.is_listed)
        for block in (_listed([*run]) if is_listed else _lines([*run]))
    ]


def _listed(lines: Sequence[str]) -> list[Block]:
    return [Block("item", text) for text in line.items(lines)] or _lines(lines)


def _lines(lines: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    for text in lines:
        kind = line.kind_of(text)
        if kind == "rule" and line.is_underline(text) and blocks and blocks[-1].kind == "body":
            blocks[-1] = Block("heading", blocks[-1].text)
        elif kind == "heading":
            blocks.append(Block(kind, line.heading_text(text), line.level_of(text)))
        elif kind == "body" and len(halves := hemistichs(text)) > 1:
            blocks.append(Block("verse", "\n".join(halves)))
        elif kind != "blank":
            blocks.append(Block(kind, text.strip()))
    return blocks


def _below_title(lines: Sequence[str]) -> list[str]:
    """Return what stands right below the first line."""
    start = next((place for place, text in enumerate(lines) if line.fold(text)), len(lines))
    return [*takewhile(str.strip, lines[start + 1 :][:5])]


def _title(lines: Sequence[str]) -> str:
    """Return the first line if it is a heading: by its sign, or alone above a blank line."""
    start = next((place for place, text in enumerate(lines) if line.fold(text)), len(lines) - 1)
    first, below = lines[start], lines[start + 1 : start + 2]
    if line.is_markdown_heading(first):
        title = line.heading_text(first)
        # `# فصل ۱` begins the first chapter of a book that is called by its file.
        return "" if line.kind_of(title) == "heading" else title
    people = _below_title(lines)
    alone = not below or line.is_underline(below[0]) or all(map(line.is_credit, people))
    if alone and line.kind_of(first) == "body" and line.could_be_title(first):
        return first.strip()
    return ""
