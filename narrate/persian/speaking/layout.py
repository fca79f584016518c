"""What is not prose: emphasis, lists, tables, and the marks of notes."""

from __future__ import annotations

import re

from narrate.persian.letters import PERSIAN

_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*_])")
_BULLET = re.compile(r"^(?:[-–—*•▪◦‣●○■□►✓✔➢❖>]+ )+")
_NUMBER = re.compile(
    r"^(?:[(\[](?![0۰])(\d{1,3})[)\]] ?(?=[^\W\d])"
    r"|(?![0۰])(\d{1,3})(?:\)|[.:](?= )|(?= ?[-–—] ?(?!درجه|درصد)[^\W\d]))(?: ?[-–—:.])? ?(?=\S))"
)
_LETTER = re.compile(rf"^\(?(الف|[{''.join(PERSIAN)}])(?:\)| ?[-–—]) ?(?=\S)")
_SECTION = r"^(\d{1,3}(?:[.٫/-]\d{1,3}){1,5})"
_SECTION_ITEM = re.compile(rf"{_SECTION}[.)] ?(?=[^\W\d])")
_SECTION_HEADING = re.compile(rf"{_SECTION}[.)]?[ -]+(?=[^\W\d])")
_CELLS = re.compile(r"^ ?\|.*\| ?$")
_RULED = re.compile(r"[|:\- ]*")
_DIVISION = re.compile(
    r"(?<!\w)((?:شکل|جدول|نمودار|معادله|رابطه|تمرین|مثال|بند|تصویر|فرمول|قضیه|نقشه|عکس|ردیف|لم)"
    r"(?:‌?ی)? \(?\d{1,3})[-–./٫](?=\d{1,3}(?!\d))"
)
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
    text = _SECTION_ITEM.sub(_numbers, _BULLET.sub("", text))
    text = _NUMBER.sub(lambda found: f"{found[1] or found[2]}، ", text)
    return _LETTER.sub(lambda found: f"{PERSIAN.get(found[1], found[1])}، ", text)


def divisions(text: str) -> str:
    """Part the numbers of a figure or table: `شکل ۲-۱` is no range, `جدول ۳.۲` no decimal."""
    return _DIVISION.sub(r"\1، ", text)


def section_numbers(text: str) -> str:
    """Part the numbers before a heading: `۲.۱ روش` is no decimal."""
    return _SECTION_HEADING.sub(_numbers, text)


def note_marks(text: str) -> str:
    """Drop the marks of notes and references: `¹`, `[۱]`, `[۲، ۵]`, `[^a]`."""
    return _NOTE.sub(" ", text)


def _numbers(found: re.Match[str]) -> str:
    return "، ".join(re.findall(r"\d+", found[1])) + "، "
