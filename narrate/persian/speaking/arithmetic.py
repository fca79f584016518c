"""Sums, powers, negative numbers, ranges and scores."""

from __future__ import annotations

import re

_OPERATORS = {
    "+": " به علاوه ",
    "-": " منهای ",
    "−": " منهای ",
    "–": " منهای ",
    "×": " ضرب در ",
    "*": " ضرب در ",
    "÷": " تقسیم بر ",
    "/": " تقسیم بر ",
    "=": " مساوی ",
}
_SIGNS = {
    "=": " مساوی ",
    "×": " ضرب در ",
    "÷": " تقسیم بر ",
    "±": " مثبت و منفی ",
    "≈": " تقریباً مساوی ",
    "≠": " نامساوی ",
    "≤": " کوچک‌تر یا مساوی ",
    "≥": " بزرگ‌تر یا مساوی ",
    "√": " رادیکال ",
    "∞": " بی‌نهایت ",
    "∑": " مجموع ",
    "∫": " انتگرال ",
}
_NUMBER = r"\d{1,15}(?:[٫.]\d{1,9})?"
_OPERATOR = re.compile(r" ?([-−–+×*÷/=]) ?")
_SUM = re.compile(rf"(?<![\d٫./]){_NUMBER}(?: ?[-−–+×*÷/=] ?[-−]?{_NUMBER}){{1,40}}(?![\d٫/])")
_SIGN = re.compile(f"[{''.join(_SIGNS)}]")
_COMPARED = re.compile(r"(?<=[\dA-Za-z]) ?([<>]) ?(?=[\dA-Za-z])")
_UPPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "۰۱۲۳۴۵۶۷۸۹-")
_LESS, _MORE = " کوچک‌تر از ", " بزرگ‌تر از "
_POWER = re.compile(
    r"(?<![\d٫.])((?:10|2|۱۰|۲|(?<![A-Za-z])[A-Za-z]{1,2}))(?:(⁻?[⁰¹²³⁴-⁹]{1,4})|\^\(?([-−]?\d{1,4})\)?)"
)
_PLUS = re.compile(r"(?<![\w+])\+ ?(?=\d)")
_AT_LEAST = re.compile(r"(?<![\d٫.])(\d{1,9})\+(?![\d+])")
_MINUS = re.compile(r"(?<![\w)\]٪%])(?<!\d )[-−](?=\d)")
_RANGE = re.compile(
    r"(?<![\d٫.])(?<!\d[-–—])(\d{1,15}(?:[٫.]\d{1,9})?)([٪%]?) ?[-–—−] ?"
    r"(?=([٪%]?\d{1,15})(?![\d٫]* ?[-–—]\d))"
)
_SCORE = re.compile(
    r"((?:نتیجه|پیروزی|برد|برنده|شکست|مساوی|باخت|تساوی|پیروز|غلبه)(?:‌?ی)?(?: \w{1,12}){0,2} )"
    r"(\d{1,2}) ?[-–—] ?(?=\d{1,2}(?![\d٫]))"
)
_SHORT_YEAR_FIRST = re.compile(r"(?<!\d)(\d\d) ?[-–—] ?(\d\d(\d\d))(?![\d٫])")
_YEARS = re.compile(r"(?<![\d٫])(\d{4}) ?[-–—] ?(\d{4})(?![\d٫])(?! ?(?:ق\.|پیش از|قبل از))")


def powers(text: str) -> str:
    """Say `۱۰⁶` and `x²`; what is small and high elsewhere is the mark of a note."""
    return _POWER.sub(
        lambda found: f"{found[1]} به توان {(found[2] or found[3]).translate(_UPPER)} ", text
    )


def sums(text: str) -> str:
    """Say the signs of `۳ × ۴ = ۱۲`; a hyphen is a minus only beside other such signs."""
    text = _SUM.sub(_sum, text)
    text = _COMPARED.sub(lambda found: _LESS if found[1] == "<" else _MORE, text)
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)


def scores(text: str) -> str:
    """Say the result of a match: `نتیجه ۳-۱` is three to one."""
    return _SCORE.sub(r"\1\2 بر ", text)


def ranges(text: str) -> str:
    """Say the dash between two numbers; years that stand the wrong way round are turned."""
    text = _SHORT_YEAR_FIRST.sub(_short_year_first, _YEARS.sub(_years, text))
    return _RANGE.sub(r"\1\2 تا ", text)


def signed_numbers(text: str) -> str:
    """Say the sign before a number, and `۱۸+`."""
    text = _AT_LEAST.sub(r"مثبت \1 ", text)
    return _PLUS.sub("مثبت ", _MINUS.sub("منفی ", text)).replace("+", " به علاوه ")


def _sum(found: re.Match[str]) -> str:
    if not any(sign in found[0] for sign in "+×*÷="):
        return found[0]
    return _OPERATOR.sub(lambda sign: _OPERATORS[sign[1]], found[0])


def _years(found: re.Match[str]) -> str:
    # In a line from right to left a range is often typed as it looks.
    first, last = sorted(found.groups(), key=int)
    return f"{first} تا {last}"


def _short_year_first(found: re.Match[str]) -> str:
    is_turned = int(found[1]) > int(found[3])
    return f"{found[2]} تا {found[1]}" if is_turned else found[0]
