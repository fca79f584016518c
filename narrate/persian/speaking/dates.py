"""Dates in words and in digits, of the Iranian, the Western and the Islamic calendar."""

from __future__ import annotations

import re

from narrate.persian.speaking.numerals import MEASURED, cardinal, ordinal

JALALI = tuple("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split())
GREGORIAN = tuple("ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر".split())
HIJRI = tuple(
    "محرم صفر ربیع‌الاول ربیع‌الثانی جمادی‌الاول جمادی‌الثانی رجب شعبان رمضان شوال ذی‌القعده "
    "ذی‌الحجه".split()
)
_OTHER_NAMES = (
    "امرداد آپریل ژوئین جون جولای ژولای آگوست اگوست ربیع_الاول ربیع_الثانی ربیع_الآخر جمادی_الاول "
    "جمادی_الاولی جمادی_الثانی جمادی_الثانیه جمادی_الآخر جمادی_الآخره شعبان_المعظم رمضان_المبارک "
    "ذی_القعده ذیقعده ذی_قعده ذی_الحجه ذیحجه ذی_حجه رجب_المرجب محرم_الحرام"
).split()
_JOINED = "[ \u200c]?"
_CERTAIN = "|".join(
    re.sub("[_\u200c]", _JOINED, name)
    for name in (*_OTHER_NAMES, *JALALI, *GREGORIAN, *(each for each in HIJRI if each != "صفر"))
)
_NOT_ITS_WORD = "شلیک|خلاص|چراغ|دروازه|برق|آهن|چوبی|خورد|خورده|زد|نماز|تأیید|غلیظ"
_RARE = "حمل|ثور|جوزا|سرطان|اسد|سنبله|میزان|عقرب|قوس|جدی|دلو|حوت"
_LETTER = "[^\\W\\d_]"
# «تیر» is a shot, «مهر» a seal, «مه» a fog too. «می», «صفر» and the months of Afghanistan are
# words of their own, and months only at such places.
_MONTH = (
    rf"(?:ماه )?(?:(?:{_CERTAIN})(?:{_JOINED}ماه)?(?!{_LETTER}|\u200c(?!ی(?!\w)))"
    rf"(?:(?<!تیر)(?<!مهر)(?<! مه)|(?! (?:{_NOT_ITS_WORD})(?!\w)))"
    rf"|(?:می|صفر)(?=$|[.،؛:)»]| (?:\d|سال|مصادف|برابر|روز))|(?:{_RARE})(?= \d))"
)
_DAY = r"(?:[0۰]?[1-9۱-۹]|[12۱۲]\d|[3۳][01۰۱])"
_DAY_OF_MONTH = re.compile(
    rf"(?<![\d٫])(?<!\d[/.:-])(?P<days>"
    rf"(?:{_DAY}(?:،? | ?[-–] ?| (?:تا|و|یا|الی|لغایت) )){{0,5}}{_DAY})"
    rf"(?: ?[اأ]?ُ?م)? (?={_MONTH})"
)
_NUMBER = re.compile(r"\d+")
_DASH = re.compile(r" ?[-–] ?")
_YEAR_FIRST = re.compile(
    r"(?<![\d/.٫])(\d{4})( ?/ ?|\.)(\d\d?)\2(\d\d?)(?![\d/])(?: ?[-–] ?(?=(\d{4}/)))?"
    r"|(?<![\d/.٫])(?<!\d-)(\d{4})-(\d\d?)-(\d\d?)(?![\d/])(?!-\d\d?(?!\d))(?:T(?=\d))?"
)
_DAY_FIRST = re.compile(r"(?<![\d/.٫-])(\d\d?)( ?/ ?|[.-])(\d\d?)\2(\d{4})(?![\d/])")
_SHORT = re.compile(r"(?<![\d/.٫-])(?:(\d\d)/(\d\d?)/(\d\d?)|(\d)/(\d\d?)/([4-9۴-۹]\d))(?![\d/])")
_MONTH_OF_YEAR = re.compile(
    r"(?<![\d/.٫-])(1[34]\d\d|۱[۳۴]\d\d|20\d\d|۲۰\d\d)/(\d\d)(?![\d/٫])"
    rf"(?!{MEASURED})"
)
_ENGLISH = dict(
    zip("jan feb mar apr may jun jul aug sep oct nov dec".split(), GREGORIAN, strict=True)
)
_ENGLISH_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:[a-z]{2,6})?(?![A-Za-z])\.?"
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w)({_ENGLISH_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?(?![\d:])"
)
_MONTH_AND_YEAR = re.compile(rf"(?<!\w)({_ENGLISH_MONTH}),? (?=\d{{4}}(?!\d))")
_DAY_AND_MONTH = re.compile(rf"(?<=\d)(?:st|nd|rd|th)? ({_ENGLISH_MONTH}),?")
_LENGTHS = {JALALI: (31,) * 6 + (30,) * 6, HIJRI: (30,) * 12}
_LENGTHS[GREGORIAN] = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LAST_SHORT_YEAR = 9
_JALALI_YEARS, _HIJRI_YEARS, _GREGORIAN_YEARS = (
    range(1200, 1421),
    range(1421, 1500),
    range(1500, 2200),
)
_LUNAR = re.compile(r" ?\(?(?:ه\.? ?ق(?!\w)|هجری قمری|قمری)")


def dates_in_digits(text: str) -> str:
    """Say `۱۳۹۶/۰۸/۰۲` and `2017-10-24` with the names of their months."""
    text = _DAY_FIRST.sub(_day_first, _YEAR_FIRST.sub(_year_first, text))
    return _MONTH_OF_YEAR.sub(_month_of_year, _SHORT.sub(_short, text))


def english_dates(text: str) -> str:
    """Write `October 24, 2017` and `24 Oct 2017` with the month in Persian, behind its day."""
    text = _MONTH_FIRST.sub(
        lambda found: f"{found[2]} {_month_of(found)} {found[3] or ''}".rstrip(), text
    )
    text = _MONTH_AND_YEAR.sub(lambda found: f"{_month_of(found)} ", text)
    return _DAY_AND_MONTH.sub(lambda found: f" {_month_of(found)}", text)


def days_of_months(text: str) -> str:
    """Make the numbers before a month ordinals: `شانزدهم آذر`."""
    return _DAY_OF_MONTH.sub(_day_of_month, text)


def _month_of(found: re.Match[str]) -> str:
    return _ENGLISH[found[1][:3].lower()]


def _year_first(found: re.Match[str]) -> str:
    year, month, day = found.group(1, 3, 4) if found[1] else found.group(6, 7, 8)
    said = _said(found, year, month, day)
    if said == found[0]:
        return said
    return f"{said} تا " if found[5] else f"{said} " if found[0].endswith("T") else said


def _day_first(found: re.Match[str]) -> str:
    return _said(found, *found.group(4, 3, 1))


def _said(found: re.Match[str], year: str, month: str, day: str) -> str:
    names = _calendar(int(year), found)
    number, first = int(month), int(day)
    if number > len(names) and first <= len(names):  # as Americans write it
        number, first = first, number
    if not (1 <= number <= len(names) and 1 <= first <= _LENGTHS[names][number - 1]):
        return found[0]
    return f"{ordinal(first)} {names[number - 1]} {cardinal(int(year))}"


def _calendar(year: int, found: re.Match[str]) -> tuple[str, ...]:
    """Return the months of the calendar in which `year` is an ordinary year."""
    if year in _HIJRI_YEARS or (year in _JALALI_YEARS and _LUNAR.match(found.string, found.end())):
        return HIJRI
    return JALALI if year in _JALALI_YEARS else GREGORIAN if year in _GREGORIAN_YEARS else ()


def _short(found: re.Match[str]) -> str:
    """Say `۹۶/۸/۲`, `۲/۸/۹۶` and `۰۲/۱۲/۲۹`: one number must be no day."""
    first, month, last = (int(each) for each in found.groups() if each)
    first_is_year = first > _LENGTHS[JALALI][0] or (
        first <= _LAST_SHORT_YEAR and last > len(JALALI) and last <= _LENGTHS[JALALI][0]
    )
    year, day = (first, last) if first_is_year else (last, first)
    if not (1 <= month <= len(JALALI) and 1 <= day <= _LENGTHS[JALALI][month - 1]):
        return found[0]
    if _LAST_SHORT_YEAR < year <= _LENGTHS[JALALI][0]:
        return found[0]
    full = year + 1400 if year <= _LAST_SHORT_YEAR else year
    return f"{ordinal(day)} {JALALI[month - 1]} {cardinal(full)}"


def _month_of_year(found: re.Match[str]) -> str:
    year, month = int(found[1]), int(found[2])
    if 1 <= month <= len(JALALI):
        return f"{_calendar(year, found)[month - 1]} {cardinal(year)}"
    following = (year + 1) % 100
    return f"{found[1]} تا {found[2]}" if month == following else found[0]


def _day_of_month(found: re.Match[str]) -> str:
    days = found["days"]
    if _DASH.search(days):
        # In a line from right to left a range is often typed as it looks.
        days = " تا ".join(sorted(_DASH.split(days), key=lambda day: int(_NUMBER.findall(day)[-1])))
    return _NUMBER.sub(lambda number: ordinal(int(number[0])), days) + " "
