"""Blocks → chapters: where chapters begin, what they are called, and where long ones are cut."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from narrate.model import Chapter, Kind, Paragraph
from narrate.reading.languages import foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.reading.document import Block

Mode = Literal["none", "auto", "headings"]

_LETTERS_A_MINUTE = 750
_LONGEST_NAME = 45
_LONGEST_TITLE = 500
_UNSAID = ("rule", "number")


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a text is cut into chapters.

    `headings`: at headings only. `auto`: at headings; a text without any is cut at its rules and
    section numbers, and what is still long into parts of about `minutes`. `none`: not at all.
    """

    mode: Mode = "auto"
    minutes: float = 10.0


@dataclass(slots=True)
class _Section:
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    level: int = 1

    @property
    def letters(self) -> int:
        return sum(len(block.text) for block in self.blocks)

    def is_bare(self) -> bool:
        """Tell whether there is nothing below the heading."""
        return all(block.kind in _UNSAID or block.kind == "heading" for block in self.blocks)


def chapters(blocks: Sequence[Block], title: str, cutting: Cutting) -> tuple[Chapter, ...]:
    """Cut `blocks` into chapters. Where `title` is in the text, it is the first heading."""
    sections = _sections(blocks, title, cutting)
    spoken = [section for section in sections if any(map(str.isalnum, _all_text(section.blocks)))]
    if len(spoken) == 1 and not spoken[0].title:
        spoken[0].title = title
    highest = min((section.level for section in spoken), default=1)
    return tuple(
        _chapter(number, section, section.level - highest + 1)
        for number, section in enumerate(spoken, 1)
    )


def opening(texts: Iterable[str]) -> str:
    """Return the first of `texts` with a letter, else with a number: a part is named by it."""
    spoken = [text for text in texts if any(map(str.isalnum, text))]
    return next((text for text in spoken if any(map(str.isalpha, text))), "".join(spoken[:1]))


def name_of(text: str) -> str:
    """Return the first words of `text`, cut at a whole word, as the name of an untitled part."""
    words = " ".join(text.split())
    if len(words) <= _LONGEST_NAME:
        return words.rstrip(".:،؛ ")
    cut = words[: _LONGEST_NAME + 1].rpartition(" ")[0] or words[:_LONGEST_NAME]
    return cut.rstrip(".:،؛!؟…»« ") + "…"


def _sections(blocks: Sequence[Block], title: str, cutting: Cutting) -> list[_Section]:
    if cutting.mode == "none":
        return [_Section(title, list(blocks))]
    if any(block.opens for block in blocks):
        return _merged(_opened(blocks), title)
    headings = [block for block in blocks if block.kind == "heading" and block.text != title]
    if headings or cutting.mode == "headings":
        return _merged(_split(blocks, {"heading"}), title)
    limit = round(cutting.minutes * _LETTERS_A_MINUTE)
    sections = _merged(_split(blocks, {"heading", "rule", "number"}), title)
    return [part for section in sections for part in _parts(section, limit)]


def _opened(blocks: Iterable[Block]) -> list[_Section]:
    """Cut where a book's own table of contents says."""
    sections = [_Section()]
    for block in blocks:
        if block.opens:
            sections.append(_Section(block.opens.title, level=block.opens.level))
        sections[-1].blocks.append(block)
    return [section for section in sections if section.blocks]


def _split(blocks: Iterable[Block], breaks: set[str]) -> list[_Section]:
    sections = [_Section()]
    for block in blocks:
        if block.kind in breaks:
            title = block.text if block.kind == "heading" else ""
            sections.append(_Section(title, level=block.level))
        if block.kind == "heading" or block.kind not in breaks:
            sections[-1].blocks.append(block)
    return [section for section in sections if section.blocks]


def _merged(sections: list[_Section], title: str) -> list[_Section]:
    """Put the book's title, if there is nothing below it, in front of the first chapter."""
    first, *rest = sections or [_Section()]
    if not (rest and first.is_bare() and first.title in ("", title)):
        return sections
    second = rest[0]
    whole = _Section(second.title or first.title, first.blocks + second.blocks, second.level)
    return [whole, *rest[1:]]


def _parts(section: _Section, limit: int) -> list[_Section]:
    """Cut a long section between paragraphs into like parts of about `limit` letters."""
    letters = section.letters
    count = max(1, round(letters / limit))
    parts, so_far = [_Section(section.title, level=section.level)], 0
    for block in section.blocks:
        middle = so_far + len(block.text) / 2
        if middle > len(parts) * letters / count and not parts[-1].is_bare():
            parts.append(_Section(level=section.level))
        parts[-1].blocks.append(block)
        so_far += len(block.text)
    return parts


def _chapter(number: int, section: _Section, level: int) -> Chapter:
    chapter_id = f"c{number:04}"
    paragraphs = tuple(
        Paragraph(
            f"{chapter_id}p{place:05}",
            block.text,
            _kind(block),
            foreign(block.text, block.language),
        )
        for place, block in enumerate(section.blocks, 1)
    )
    first = opening(each.text for each in section.blocks)
    title = section.title if len(section.title) <= _LONGEST_TITLE else name_of(section.title)
    return Chapter(chapter_id, title or name_of(first), paragraphs, level)


def _kind(block: Block) -> Kind:
    return "rule" if block.kind == "number" else block.kind


def _all_text(blocks: Iterable[Block]) -> str:
    return "".join(block.text for block in blocks if block.kind not in _UNSAID)
