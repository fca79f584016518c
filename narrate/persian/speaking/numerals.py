"""Whole numbers, ordinals, decimals and fractions in Persian words.

Source of the words: the package persiantools; here they are put as a reader says them, `هزار` for
`یک هزار` and `صد` for `یکصد`.
"""

from __future__ import annotations

import re

from persiantools.digits import to_word

MOST_DIGITS = 15
"""Of a number that has a name; a longer one is said digit by digit."""
MEASURED = (
    r" ?(?:درصد|٪|%|هزار|میلیون|میلیارد|تریلیون|برابر|متر|کیلو|سانتی|میلی|ساعت|دقیقه|ثانیه|روز|ماه"
    r"|سال|دلار|یورو|تومان|ریال|درجه|گرم|لیتر|تن|هکتار|ریشتر|واحد|نفر|رأی|بار(?!ه))"
)
"""What a number counts or measures, behind it."""

_ONE_THOUSAND = re.compile(r"(?:^|(?<=ون و )|(?<=ارد و ))یک هزار")
_PLACES = ("", "دهم", "صدم", "هزارم")
_SPECIAL_ORDINALS = (("سه", "سوم"), ("سی", "سی‌ام"), ("یک", "یکم"))


def cardinal(number: int) -> str:
    """Return a number below 10**15 in words: `هزار و نهصد و هفده`."""
    words: str = to_word(number)
    return _ONE_THOUSAND.sub("هزار", words.replace("یکصد", "صد"))


def place(number: int) -> str:
    """Return the ordinal of what stands in a row: `اول` for the first."""
    return "اول" if number == 1 else ordinal(number)


def ordinal(number: int) -> str:
    """Return the ordinal of a number below 10**15: `بیست و سوم`."""
    words = cardinal(number)
    for ending, changed in _SPECIAL_ORDINALS:
        if words.endswith(ending):
            return words.removesuffix(ending) + changed
    return f"{words}م"


def fraction(numerator: int, denominator: int) -> str:
    """Return a fraction: `سه چهارم`."""
    return f"{cardinal(numerator)} {ordinal(denominator)}"


def decimal(whole: str, part: str) -> str:
    """Return a decimal, given its digits: `سه و نیم`, `هفتاد و پنج صدم`, else with `ممیز`."""
    if int(part) == 0 or len(part) >= len(_PLACES):
        return f"{cardinal(int(whole))} ممیز {spelled(part)}"
    rest = "نیم" if int(part) * 10 == 5 * 10 ** len(part) else _tenths(part)
    return f"{cardinal(int(whole))} و {rest}" if int(whole) else rest


def spelled(digits: str) -> str:
    """Return digits one by one: `صفر نه یک`."""
    return " ".join(cardinal(int(digit)) for digit in digits)


def grouped(digits: str) -> str:
    """Return digits as one number, each zero in front of it said: `صفر نه`."""
    zeros = len(digits) - len(str(int(digits)))
    return " ".join([cardinal(0)] * zeros + [cardinal(int(digits))])


def _tenths(part: str) -> str:
    return f"{cardinal(int(part))} {_PLACES[len(part)]}"
