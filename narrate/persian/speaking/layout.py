"""What is not prose: emphasis, lists, tables, and the marks of notes."""

from __future__ import annotations

import re

from narrate.persian.speaking.abbreviations import LETTERS

_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*_])")
_BULLET = re.compile(r"^(?:[-–—*•▪◦‣●○■□►✓✔➢❖>]+ )+")
_NUMBER = re.compile(
    r"^[(\[]?(\d{1,3})(?:[)\]]|[.:](?= )|(?= ?[-–—] ?[^\W\d]))(?: ?[-–—:.])? ?(?=\S)"
)
_LETTER = re.compile(rf"^\(?(الف|[{''.join(LETTERS)}])(?:\)| ?[-–—]) ?(?=\S)")
_SECTION = re.compile(r"^(\d{1,3}(?:[.٫/-]\d{1,3}){1,5})[.)]?[ -]+(?=[^\W\d])")
_CELLS = re.compile(r"^ ?\|.*\| ?$")
_RULED = re.compile(r"[|:\- ]*")
_NOTE = re.compile(r"\[\^[\w-]{1,30}\]:?|\[\d{1,3}(?: ?[-–،,] ?\d{1,3}){0,20}\]|[⁰¹²³⁴-⁹†‡]+")


def emphasis(text: str) -> str:
    """Drop the signs that Markdown puts around stressed words."""
    return _EMPHASIS.sub(r"\2", text)


def table_rows(text: str) -> str:
    """Say the cells of a row of a table with a rest between them, and no ruled line."""
    if not _CELLS.match(text):
        return text
    if _RULED.fullmatch(text):
        return ""
    cells = (cell.strip() for cell in text.split("|"))
    return "، ".join(filter(None, cells))


def list_numbers(text: str) -> str:
    """Say the number or letter of an item with a rest behind it; drop a bullet."""
    text = _NUMBER.sub(r"\1، ", _BULLET.sub("", text))
    return _LETTER.sub(lambda found: f"{LETTERS.get(found[1], found[1])}، ", text)


def section_numbers(text: str) -> str:
    """Part the numbers before a heading: `۲.۱ روش` is no decimal."""
    return _SECTION.sub(lambda found: "، ".join(re.findall(r"\d+", found[1])) + "، ", text)


def note_marks(text: str) -> str:
    """Drop the marks of notes and references: `¹`, `[۱]`, `[۲، ۵]`, `[^a]`."""
    return _NOTE.sub(" ", text)
