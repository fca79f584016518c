"""Numbers that count or order: separators, ordinals, fractions, decimals, and all that is left."""

from __future__ import annotations

import re
import unicodedata

from narrate.persian.speaking.numerals import (
    MEASURED,
    MOST_DIGITS,
    decimal,
    fraction,
    grouped,
    ordinal,
    place,
)

_INTEGER = rf"\d{{1,{MOST_DIGITS}}}"
_SEPARATED = re.compile(
    r"(?<![\d٫./])(?P<whole>\d{1,3}(?:[٬,'’]\d{3}){1,6}|\d{1,3}(?:،\d{3}){1,6}|\d{1,3}(?:\.\d{3}){2,6}"
    r"|\d{1,3}(?:/\d{3}){2,6}|(?![0۰])\d{1,3}(?:[./][0۰]{3}){1,6}"
    r"|(?![0۰])\d{1,3}٫[0۰]{3}(?= [^\W\d_])"
    r"|(?<!\d )(?<![+])(?![0۰])\d{1,3}(?:(?: \d{3}){2,5}|(?: [0۰]{3}){1,5})(?! ?\d))"
    r"(?P<part>[٫./]\d{1,4})?(?![\d٬٫]|[,،'./]\d)"
)
# Each of `صفحات ۱۰۰،۲۰۰` is a number of its own.
_COUNTED_ONE_BY_ONE = re.compile(r"(?:صفحات|صص\.?|آیات|آیه|آیه‌های|سال‌های|شماره‌های|کلاس‌های) $")
_POINT_FIRST = re.compile(r"(?<![\w.)])\.(?=\d)")
_DECIMAL_COMMA = re.compile(
    r"(?<![\d٫.,،])(\d{1,3})[,،](\d{1,2})(?= ?[٪%]| (?:درصد|هزار|میلیون|میلیارد|برابر)(?!\w))"
)
_OLD_POINT = re.compile(r"(?<=\d)ر(?=\d)")
_ORDINAL = re.compile(
    r"(?<![\d٫.])(?<!\d/)(\d{1,9})(?: ?[اأ]ُ?| ?ُ|‌ا?ُ?| (?=مین))?م(ین|ی)?(?!\w)(?!‌)"
    r"|(?<![\d٫.])([23۲۳]) ?وم(ین)?(?!\w)"
)
_ENGLISH_ORDINAL = re.compile(r"(?<![\w.])(\d{1,6})(?:st|nd|rd|th)(?![A-Za-z])")
_ENDING = r"(?:[هٔ]|‌های?|‌ی|ِ)?"
_NUMBERS = r"\d{1,3}(?: (?:و|تا|یا) \d{1,3}){0,4}(?!\d|[٫./:]\d)"
_PLACE = re.compile(
    rf"(?<!\w)(?P<century>(?:قرن|قرون|سده|هزاره|جنگ جهانی|لویی|لوئی){_ENDING}) "
    rf"(?P<number>{_NUMBERS})"
    r"(?P<glued>(?=[^\W\d]))?"
    rf"|(?<!\w)(?P<part>(?:جلد|چاپ|ویرایش|فصل|بخش|باب|گفتار|پرده|دفتر){_ENDING}) "
    rf"(?P<which>{_NUMBERS})"
    r"(?=$|[^\w\s]| [-–—]| (?:و|از|کتاب|همین|این|همان|قرآن|که|به|صفحه|صفحات)(?!\w))"
)
_NUMBER = re.compile(r"\d+")
_VULGAR = re.compile("(?:(\\d{1,9}) ?)?([¼-¾⅐-⅞↉])( (?=[^\\W\\d]))?")
_FRACTION = re.compile(r"(?<![\d٫./])(\d{1,9})⁄(\d{1,9})(?!\d)")
_YEARS = re.compile(r"(?<![\d٫./])(\d{3,4})/(\d{4})(?![\d٫/])")
_SEASON = re.compile(r"(?<![\d٫./])(1\d\d\d|۱\d\d\d)/(\d\d)(?![\d٫/])")
_SLASH = re.compile(rf"(?<![\d٫./])({_INTEGER})/(\d{{1,9}})(?![\d٫/])(?P<of> از (?!\d))?")
_BELOW_TEN = frozenset({(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (1, 8), (1, 10)})
_MEASURED = re.compile(MEASURED)
_RATED = re.compile(r"(?:معدل|نمره|رشد|امتیاز|نرخ)(?:‌?ی)? (?:\w+ ){0,2}$")
_PLURAL = re.compile(r"(?:ها(?:ی|یی)?|ی)(?![\w])")
_DECIMAL = re.compile(rf"(?<![\d٫.])({_INTEGER})[٫.](\d{{1,30}})(?![\d٫])(?!\.\d)")
_CARDINAL = re.compile(rf"(\w)?(?<!\d)({_INTEGER})(?!\d)(?=(\w)?)")


def separators(text: str) -> str:
    """Drop what parts a long number into thousands, and write `.5` and `12,5٪` as decimals."""
    text = _DECIMAL_COMMA.sub(r"\1٫\2", _POINT_FIRST.sub("0.", _OLD_POINT.sub("٫", text)))
    return _SEPARATED.sub(_joined, text)


def ordinals(text: str) -> str:
    """Say `۲۱م`, `۳ام`, `۵ اُمین` and `21st`; after four digits `م` is the Western calendar's."""
    text = _ENGLISH_ORDINAL.sub(lambda found: f"{ordinal(int(found[1]))}", text)
    return _ORDINAL.sub(_ordinal, text)


def places(text: str) -> str:
    """Say the number of a century as an ordinal, and of a chapter if no noun follows."""
    return _PLACE.sub(_place, text)


def fractions(text: str) -> str:
    """Say `½`, `2½`, `۳⁄۴`, those of `۱/۲` that are no decimals, and `۱۳۲۰/۱۹۴۱`."""
    text = _VULGAR.sub(_vulgar, text)
    text = _FRACTION.sub(lambda found: fraction(int(found[1]), int(found[2])), text)
    return _SLASH.sub(_slash, _SEASON.sub(_season, _YEARS.sub(_years, text)))


def decimals(text: str) -> str:
    """Say a number with a decimal point."""
    return _DECIMAL.sub(lambda found: decimal(found[1], found[2]), text)


def cardinals(text: str) -> str:
    """Say every number that is left."""
    return _CARDINAL.sub(_cardinal, text)


def _joined(found: re.Match[str]) -> str:
    before = found.string[max(0, found.start() - 12) : found.start()]
    if "،" in found[0] and _COUNTED_ONE_BY_ONE.search(before):
        return found[0]
    return "".join(filter(str.isdecimal, found["whole"])) + (found["part"] or "")


def _ordinal(found: re.Match[str]) -> str:
    number, ending, second, ending_of_second = found.groups()
    if found[0] == f"{number}م" and len(number) > 3:  # noqa: PLR2004 - digits of a year
        return f"{number} میلادی"
    return ordinal(int(number or second)) + (ending or ending_of_second or "")


def _place(found: re.Match[str]) -> str:
    noun, numbers = (
        (found["century"], found["number"]) if found["century"] else (found["part"], found["which"])
    )
    said = _NUMBER.sub(lambda number: place(int(number[0])), numbers)
    return f"{noun} {said}{' ' * (found['glued'] is not None)}"


def _vulgar(found: re.Match[str]) -> str:
    whole, sign, noun = found.groups(default="")
    numerator, _, denominator = unicodedata.normalize("NFKC", sign).partition("⁄")
    said = fraction(int(numerator), int(denominator))
    if sign == "½" and (whole or noun):
        said = "نیم"
    return f"{whole} و {said}{noun}" if whole else f"{said}{noun}"


def _years(found: re.Match[str]) -> str:
    first, second = int(found[1]), int(found[2])
    return f"{found[1]} تا {found[2]}" if second == first + 1 else f"{found[1]}، {found[2]}"


def _season(found: re.Match[str]) -> str:
    follows = int(found[2]) == (int(found[1]) + 1) % 100
    return f"{found[1]} تا {found[2]}" if follows else found[0]


def _slash(found: re.Match[str]) -> str:
    numerator, denominator = int(found[1]), int(found[2])
    if _is_fraction(found, numerator, denominator):
        return fraction(numerator, denominator) + (found["of"] or "")
    return f"{found[1]}٫{found[2]}{found['of'] or ''}"


def _is_fraction(found: re.Match[str], numerator: int, denominator: int) -> bool:
    before, after = found.string[: found.start()][-30:], found.string[found.end() :][:8]
    if numerator == 1 and denominator >= 100 and denominator % 100 == 0:  # noqa: PLR2004
        return True
    if found["of"]:
        return numerator < denominator <= 10 and not _RATED.search(before)  # noqa: PLR2004
    of_tens = denominator in {10, 100, 1000} and numerator < denominator
    return (of_tens or (numerator, denominator) in _BELOW_TEN) and not _MEASURED.match(after)


def _cardinal(found: re.Match[str]) -> str:
    before, number, after = found.groups(default="")
    said = grouped(number)
    gap = "\u200c" if _PLURAL.match(found.string, found.end()) else " " * bool(after)
    return f"{before}{' ' * bool(before)}{said}{gap}"
