"""Numbers that count or order: separators, ordinals, fractions, decimals, and all that is left."""

from __future__ import annotations

import re
import unicodedata

from narrate.persian.speaking.numerals import (
    MOST_DIGITS,
    decimal,
    fraction,
    grouped,
    ordinal,
)

_INTEGER = rf"\d{{1,{MOST_DIGITS}}}"
_SEPARATED = re.compile(
    r"(?<![\d٫./])\d{1,3}(?:(?:[٬,،'’]\d{3}){1,6}|(?:\.\d{3}){2,6}|(?:[./٫][0۰]{3}){1,6})"
    r"(?![\d٬٫]|[,،'./]\d)"
)
_ORDINAL = re.compile(r"(?<![\d٫./])(\d{1,9})(?: ?[اأ]ُ?| ?ُ|‌ا?ُ?)?م(ین|ی)?(?!\w)(?!‌)")
_ENGLISH_ORDINAL = re.compile(r"(?<![\w.])(\d{1,6})(?:st|nd|rd|th)(?![A-Za-z])")
_ORDERED = (
    r"(?:قرن|قرون|سده|هزاره|جلد|چاپ|ویرایش|فصل|بخش|باب|گفتار|پرده|دفتر)"
    r"(?:[هٔ]|‌های?|‌ی|ِ)?"
)
_PLACE = re.compile(
    rf"(?<!\w)({_ORDERED}) (\d{{1,3}})((?: (?:و|تا|یا) \d{{1,3}}){{0,4}})(?![\d٫./:])"
)
_NUMBER = re.compile(r"\d+")
_VULGAR = re.compile("(\\d{1,9})? ?([¼-¾⅐-⅞↉])")
_FRACTION = re.compile(r"(?<![\d٫./])(\d{1,9})⁄(\d{1,9})(?!\d)")
_SLASH = re.compile(rf"(?<![\d٫./])({_INTEGER})/(\d{{1,9}})(?![\d٫/])(?=( از )?)")
_COMMON_FRACTIONS = frozenset(
    {(1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 6), (1, 8)} | {(1, 10**n) for n in range(1, 8)}
)
_MEASURED = re.compile(
    r" ?(?:درصد|٪|هزار|میلیون|میلیارد|تریلیون|برابر|متر|کیلو|سانتی|میلی|ساعت|دقیقه|ثانیه|روز|ماه"
    r"|سال|دلار|یورو|تومان|ریال|درجه|گرم|لیتر|تن|هکتار|ریشتر)"
)
_DECIMAL = re.compile(rf"(?<![\d٫.])({_INTEGER})[٫.](\d{{1,30}})(?![\d٫])(?!\.\d)")
_CARDINAL = re.compile(rf"(\w)?(?<!\d)({_INTEGER})(?!\d)(?=(\w)?)")


def separators(text: str) -> str:
    """Drop what parts a long number into thousands."""
    return _SEPARATED.sub(lambda found: "".join(filter(str.isdecimal, found[0])), text)


def ordinals(text: str) -> str:
    """Say `۲۱م`, `۳ام`, `۵ اُمین` and `21st`; after four digits `م` is the Western calendar's."""
    text = _ENGLISH_ORDINAL.sub(lambda found: f"{ordinal(int(found[1]))}", text)
    return _ORDINAL.sub(_ordinal, text)


def places(text: str) -> str:
    """Say the number of a century, volume, edition or chapter as an ordinal."""
    return _PLACE.sub(_place, text)


def fractions(text: str) -> str:
    """Say `½`, `2½`, `۳⁄۴`, and those of `۱/۲` that are no decimals."""
    text = _VULGAR.sub(_vulgar, text)
    text = _FRACTION.sub(lambda found: fraction(int(found[1]), int(found[2])), text)
    return _SLASH.sub(_slash, text)


def decimals(text: str) -> str:
    """Say a number with a decimal point."""
    return _DECIMAL.sub(lambda found: decimal(found[1], found[2]), text)


def cardinals(text: str) -> str:
    """Say every number that is left."""
    return _CARDINAL.sub(_cardinal, text)


def _ordinal(found: re.Match[str]) -> str:
    if found[0] == f"{found[1]}م" and len(found[1]) > 3:  # noqa: PLR2004 - digits of a year
        return f"{found[1]} میلادی"
    return ordinal(int(found[1])) + (found[2] or "")


def _place(found: re.Match[str]) -> str:
    numbers = found[2] + found[3]
    return f"{found[1]} {_NUMBER.sub(lambda number: _first_or(int(number[0])), numbers)}"


def _first_or(number: int) -> str:
    return "اول" if number == 1 else ordinal(number)


def _vulgar(found: re.Match[str]) -> str:
    numerator, _, denominator = unicodedata.normalize("NFKC", found[2]).partition("⁄")
    said = fraction(int(numerator), int(denominator))
    if found[1] is None:
        return said
    return f"{found[1]} و {'نیم' if found[2] == '½' else said}"


def _slash(found: re.Match[str]) -> str:
    pair = int(found[1]), int(found[2])
    ahead = found.string[found.end() : found.end() + 8]
    of_a_whole = found[3] and pair[0] < pair[1]
    if of_a_whole or (pair in _COMMON_FRACTIONS and not _MEASURED.match(ahead)):
        return fraction(*pair)
    return f"{found[1]}٫{found[2]}"


def _cardinal(found: re.Match[str]) -> str:
    before, number, after = found.groups(default="")
    said = grouped(number)
    return f"{before}{' ' * bool(before)}{said}{' ' * bool(after)}"
