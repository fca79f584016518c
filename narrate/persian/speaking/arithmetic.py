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
_COMPARED = re.compile(r"(?<=[\w)٪%]) ?([<>‹›]) ?(?=[\d.])|(?<=[\dA-Za-z]) ([<>]) (?=[A-Za-z])")
_UPPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "۰۱۲۳۴۵۶۷۸۹-")
_LESS, _MORE = " کوچک‌تر از ", " بزرگ‌تر از "
_POWER = re.compile(
    r"(?<![\d٫.])((?:10|2|۱۰|۲|(?<![A-Za-z])[A-Za-z]{1,2}))(?:(⁻?[⁰¹²³⁴-⁹]{1,4})|\^\(?([-−]?\d{1,4})\)?)"
)
_PLUS = re.compile(r"(?<![\w+])\+(?=\d)|(?<=[A-Za-z])\+(?![\w+])")
_AT_LEAST = re.compile(r"(?<![\d٫.])(\d{1,9})\+(?![\d+])")
_ADULT = 18
_BLOOD = re.compile(r"(?<=خونی )(AB?|B|O)([+−-])(?!\w)")
_MINUS = re.compile(r"(?<![\w)\]٪%])(?<!\d )[-−](?=\d)|(?:^|(?<=\())–(?=\d)")
_RANGE = re.compile(
    r"(?<![\d٫.])(?<!\d[-–—])(\d{1,15}(?:[٫.]\d{1,9})?)([٪%]?)( ?[-–—−] ?)"
    r"(?=([٪%]?\d{1,15})(?![\d٫]* ?[-–—]\d))"
)
_SCORE = re.compile(
    r"(?P<noun>(?<!\w)(?:(?:نتیجه|حساب)(?:‌?ی)?:?"
    r"|(?:پیروزی|برد|شکست|باخت|تساوی|مساوی|پیروز)(?: با)?) )"
    r"(?P<one>\d{1,2}) ?[-–—] ?(?=\d{1,2}(?![\d٫])(?:$|[^\w\s]"
    r"| (?:به|بر|در|از|مقابل|برابر|تمام|پایان|رسید|شد|کرد|برد|باخت|را|و|تیم)(?!\w)))"
    r"|(?<![\d٫-])(?P<two>\d{1,2}) ?[-–—] ?(?=\d{1,2} (?:پیروز|برنده|به سود|به نفع|مغلوب)(?!\w))"
)
_BETWEEN = re.compile(r"(?<=[\w²³)]) ?− ?(?=[\w(])|(?<=\b[A-Za-z\d]) - (?=[A-Za-z\d](?!\w))")
_BELOW_ZERO = re.compile(r"(?<![\d٫/.-])(\d{1,3}(?:[٫./]\d{1,2})?)-(?= ?(?:درجه|درصد|[٪%°)]))")
_SHORT_YEAR_FIRST = re.compile(r"(?<!\d)(\d\d) ?[-–—] ?(\d\d(\d\d))(?![\d٫])")
_FOLLOWING = re.compile(r"(?<=سال )(\d\d) ?[-–—] ?(\d\d)(?!\d)")
_YEARS = re.compile(r"(?<![\d٫])(\d{4}) ?[-–—] ?(\d{4})(?![\d٫])(?! ?(?:ق\.|پیش از|قبل از))")


def powers(text: str) -> str:
    """Say `۱۰⁶` and `x²`; what is small and high elsewhere is the mark of a note."""
    return _POWER.sub(
        lambda found: f"{found[1]} به توان {(found[2] or found[3]).translate(_UPPER)} ", text
    )


def sums(text: str) -> str:
    """Say the signs of `۳ × ۴ = ۱۲`; a hyphen is a minus only beside other such signs."""
    text = _SUM.sub(_sum, _BETWEEN.sub(_between, text))
    return _SIGN.sub(lambda found: _SIGNS[found[0]], text)


def comparisons(text: str) -> str:
    """Say `p < 0.05`."""
    return _COMPARED.sub(lambda found: _LESS if (found[1] or found[2]) in "<‹" else _MORE, text)


def scores(text: str) -> str:
    """Say the result of a match: `نتیجه ۳-۱` is three to one."""
    return _SCORE.sub(
        lambda found: f"{found['noun'] or ''}{found['one'] or found['two']} بر ", text
    )


def ranges(text: str) -> str:
    """Say the dash between two numbers; years that stand the wrong way round are turned."""
    text = _FOLLOWING.sub(_years, _YEARS.sub(_years, text))
    text = _SHORT_YEAR_FIRST.sub(_short_year_first, text)
    return _RANGE.sub(_range, text)


def signed_numbers(text: str) -> str:
    """Say the sign before a number, and `۱۸+`."""
    text = _BELOW_ZERO.sub(r"منفی \1", _AT_LEAST.sub(_at_least, text))
    return _PLUS.sub("مثبت ", _MINUS.sub("منفی ", text)).replace("+", " به علاوه ")


def blood_types(text: str) -> str:
    """Say the sign of a blood type."""
    return _BLOOD.sub(lambda found: f"{found[1]} {'مثبت' if found[2] == '+' else 'منفی'} ", text)


def _between(found: re.Match[str]) -> str:
    is_minus = "−" in found[0] or any(sign in found.string for sign in "=×÷²³")
    return " منهای " if is_minus else found[0]


def _at_least(found: re.Match[str]) -> str:
    is_age = int(found[1]) == _ADULT
    return f"{'مثبت' if is_age else 'بیش از'} {found[1]} "


def _sum(found: re.Match[str]) -> str:
    if not any(sign in found[0] for sign in "+×*÷="):
        return found[0]
    return _OPERATOR.sub(lambda sign: _OPERATORS[sign[1]], found[0])


def _range(found: re.Match[str]) -> str:
    first, percent, dash, second = found.groups()
    stands_apart = dash == f" {dash.strip()} "
    is_score = stands_apart and len(first) == len(second) == 1 and int(first) > int(second)
    return f"{first}{percent} {'بر' if is_score else 'تا'} "


def _years(found: re.Match[str]) -> str:
    # In a line from right to left a range is often typed as it looks.
    first, last = sorted(found.groups(), key=int)
    return f"{first} تا {last}"


def _short_year_first(found: re.Match[str]) -> str:
    is_turned = int(found[1]) > int(found[3])
    return f"{found[2]} تا {found[1]}" if is_turned else found[0]
