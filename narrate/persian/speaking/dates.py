"""Dates in words and in digits, of the Iranian, the Western and the Islamic calendar."""

from __future__ import annotations

import re

from narrate.persian.speaking.numerals import cardinal, ordinal

JALALI = tuple("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split())
GREGORIAN = tuple("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split())
HIJRI = tuple(
    "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذی‌القعده "
    "ذی‌الحجه".split()
)
_OTHER_NAMES = (
    "امرداد آپریل ژوئین جون ژوئیهٔ جولای ژولای آگوست اگوست ربیع_الاول ربیع_الثانی ربیع_الآخر "
    "جمادی_الاول جمادی_الاولی جمادی_الثانی جمادی_الثانیه جمادی_الآخر جمادی_الآخره شعبان_المعظم "
    "رمضان_المبارک ذی_القعده ذیقعده ذی_قعده ذی_الحجه ذیحجه ذی_حجه رجب_المرجب محرم_الحرام"
).replace("_", "[ \u200c]?")
_LETTER = "[^\\W\\d_]"
_CERTAIN = "|".join([*_OTHER_NAMES.split(), *JALALI, *GREGORIAN, *HIJRI]).replace("|صفر|", "|")
# Each is a word of its own too: a month only before a year.
_UNCERTAIN = "می|صفر|حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت"
_MONTH = (
    rf"(?:(?:{_CERTAIN})(?:[ \u200c]?ماه)?(?!{_LETTER})(?! (?:شلیک|خلاص|چراغ|دروازه))"
    rf"|(?:{_UNCERTAIN})(?:[ \u200c]?ماه(?!{_LETTER})|(?= \d)))"
)
_DAY = r"(?:[0۰]?[1-9۱-۹]|[12۱۲]\d|[3۳][01۰۱])"
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d٫/.:-])(?:({_DAY})(?: ?[-–] ?| (تا|و|یا) ))?({_DAY})(?: ?[اأ]?ُ?م)? (?={_MONTH})"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d/.٫])(?<!\d-)(\d{4})([/.-])(\d\d?)\2(\d\d?)(?![\d/])(?!-\d\d?(?!\d))(?:T(?=\d))?"
)
_DAY_FIRST = re.compile(r"(?<![\d/.٫-])(\d\d?)([/.-])(\d\d?)\2(\d{4})(?![\d/])")
_SHORT = re.compile(r"(?<![\d/.٫-])(\d\d)/(\d\d?)/(\d\d?)(?![\d/])")
_MONTH_OF_YEAR = re.compile(r"(?<![\d/.٫-])(1[34]\d\d|۱[۳۴]\d\d|20\d\d|۲۰\d\d)/(\d\d)(?![\d/٫])")
_ENGLISH = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH_FIRST = re.compile(rf"\b({_ENGLISH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})(?!\d)")
_LUNAR = re.compile(r" ?\(?(?:ه\.? ?ق(?!\w)|هجری قمری|قمری)")


def dates_in_digits(text: str) -> str:
    """Say `۱۳۹۶/۰۸/۰۲` and `2017-10-24` with the names of their months."""
    text = _YEAR_FIRST.sub(lambda found: _said(found, *found.group(1, 3, 4)), text)
    text = _DAY_FIRST.sub(lambda found: _said(found, *found.group(4, 3, 1)), text)
    text = _SHORT.sub(_short, text)
    return _MONTH_OF_YEAR.sub(_month_of_year, text)


def english_dates(text: str) -> str:
    """Write `October 24, 2017` with its day first, as Persian says it."""
    return _MONTH_FIRST.sub(r"\2 \1 \3", text)


def days_of_months(text: str) -> str:
    """Make the number before a month an ordinal: `شانزدهم آذر`."""
    return _DAY_OF_MONTH.sub(_day_of_month, text)


def _said(found: re.Match[str], year: str, month: str, day: str) -> str:
    names = _calendar(int(year), found)
    number, first = int(month), int(day)
    if number > len(names) and first <= len(names):  # as Americans write it
        number, first = first, number
    if not (1 <= number <= len(names) and 1 <= first <= 31):  # noqa: PLR2004 - days of a month
        return found[0]
    after = " " if found[0].endswith("T") else ""
    return f"{ordinal(first)} {names[number - 1]} {cardinal(int(year))}{after}"


def _calendar(year: int, found: re.Match[str]) -> tuple[str, ...]:
    """Return the months of the calendar in which `year` is an ordinary year."""
    if year in range(1200, 1500):
        return HIJRI if _LUNAR.match(found.string, found.end()) else JALALI
    return GREGORIAN if year in range(1500, 2200) else ()


def _short(found: re.Match[str]) -> str:
    first, month, last = (int(each) for each in found.groups())
    year, day = (first, last) if first > 31 else (last, first)  # noqa: PLR2004 - no day
    if not (year > 31 and 1 <= day <= 31 and 1 <= month <= len(JALALI)):  # noqa: PLR2004
        return found[0]
    return f"{ordinal(day)} {JALALI[month - 1]} {cardinal(year)}"


def _month_of_year(found: re.Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    if 1 <= month <= len(JALALI):
        return f"{_calendar(year, found)[month - 1]} {cardinal(year)}"
    following = (year + 1) % 100
    return f"{found[1]} تا {found[2]}" if month == following else found[0]


def _day_of_month(found: re.Match[str]) -> str:
    first, word, last = found.groups()
    said = f"{ordinal(int(last))} "
    return f"{ordinal(int(first))} {word or 'تا'} {said}" if first else said
