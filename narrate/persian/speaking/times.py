"""Times of day, and other numbers with a colon."""

from __future__ import annotations

import re

_MINUTES = r"[0-5۰-۵]\d"
_CLOCK = re.compile(
    rf"(?<![\d:٫/.])(\d{{1,3}}):({_MINUTES})(?::({_MINUTES}))?(?![\d:])(?: ?دقیقه(?!\w))?"
)
_POINT = re.compile(rf"(?<=ساعت )(\d\d?)(?:[٫./]| ?: ?)({_MINUTES})(?!\d)(?: ?دقیقه(?!\w))?")
_HALF_OF_DAY = re.compile(r"(?<=\d) ?(?:([aA])|[pP])\.?[mM](?![A-Za-z])\.?")
_VERSE = re.compile(
    r"(?<!\w)((?:آیه|آیات|سوره|متی|مرقس|لوقا|یوحنا|پیدایش|خروج|مزامیر|رومیان|مکاشفه)(?:‌?ی)?) "
    r"(\d{1,3}) ?: ?(?=\d)"
)
_PAGE_OF_YEAR = re.compile(
    r"(?<!\d)(1[2-9]\d\d|20\d\d|۱[۲-۹]\d\d|۲۰\d\d) ?: ?(?=\d{1,4}(?!\d))"
    r"(?=\d{1,4}([-–]\d)?[^()]{0,40}([)؛]))?"
)
_VOLUME = re.compile(r"(?<!\w)(جلد \d{1,3}) ?: ?(?=\d)")
_LOOSE = re.compile(r"(?<![\d:])(\d{1,9}): (?=\d)")
_RATIO = re.compile(r"(?<![\d:])(\d{1,9}) ?: ?(?=\d)")
_HOURS = 24


def halves_of_day(text: str) -> str:
    """Say `AM` and `PM` after a number."""
    return _HALF_OF_DAY.sub(lambda found: " صبح" if found[1] else " بعدازظهر", text)


def clock_times(text: str) -> str:
    """Say the minutes of `۱۲:۳۰`, and of `ساعت ۱۲٫۳۰`."""
    return _CLOCK.sub(_time, _POINT.sub(lambda found: _clock(found[1], found[2]), text))


def verses(text: str) -> str:
    """Part chapter and verse: `متی ۵:۱۲` is no time."""
    return _VERSE.sub(r"\1 \2، ", text)


def pages_of_years(text: str) -> str:
    """Say the page behind the year or volume of a source: `(احمدی، ۱۳۹۰: ۴۵)`, `ج ۲: ۴۵`."""
    return _VOLUME.sub(r"\1، صفحه ", _PAGE_OF_YEAR.sub(_page_of_year, text))


def ratios(text: str) -> str:
    """Say the colon between two numbers: `۱:۱۰۰` is one to a hundred."""
    return _RATIO.sub(r"\1 به ", _LOOSE.sub(r"\1، ", text))


def _page_of_year(found: re.Match[str]) -> str:
    noun = "" if found[3] is None else "صفحات " if found[2] else "صفحه "
    return f"{found[1]}، {noun}"


def _time(found: re.Match[str]) -> str:
    hours, minutes, seconds = found.groups()
    if int(hours) <= _HOURS:
        return _clock(hours, minutes, seconds)
    if seconds:
        return f"{int(hours)} ساعت و {int(minutes)} دقیقه و {int(seconds)} ثانیه"
    return f"{int(hours)} دقیقه و {int(minutes)} ثانیه"


def _clock(hours: str, minutes: str, seconds: str | None = None) -> str:
    parts = [str(int(hours))]
    if int(minutes) or int(seconds or 0):
        parts.append(f"{int(minutes)} دقیقه")
    if int(seconds or 0):
        parts.append(f"{int(seconds or 0)} ثانیه")
    return " و ".join(parts)
