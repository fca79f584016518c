"""Units, percentages and degrees behind a number. Source of the symbols: the SI brochure."""

from __future__ import annotations

import re

from narrate.persian.tables import table

_UNITS = table(__package__, "units")
_SYMBOLS = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
# What is a letter of its own elsewhere is a unit only where no other Latin word follows.
_WORDLIKE = "A in s t h m x N J V W".split()
_UNIT = re.compile(rf"(?<=[\d⁰-⁹²³])( ?)({_SYMBOLS})(?:/({_SYMBOLS}))?(?![A-Za-z\d²³/])")
_LATIN_AHEAD = re.compile(" ?[A-Za-z0-9۰-۹]")
_OPERATOR = re.compile(" ?[-+−=×^*/]")
_DECADE = re.compile(r"(?<!\d)(1[5-9]\d0|20\d0|۱[۵-۹]\d۰|۲۰\d۰)s(?![A-Za-z])")
_METRES = re.compile("متر ?([²³])")
_NUMBER = r"\d[\d٫./٬]{0,20}"
_PERCENT = re.compile(
    rf"({_NUMBER}) ?[٪%](?!\d)(\u200c?ی(?!\w))?|[٪%] ?([-−]?{_NUMBER}(?: (?:تا|و) {_NUMBER})?)"
)
_PERCENT_BARE = re.compile("[٪%]")
_PER_MILLE = re.compile("[‰؉]")
_PER_TEN_THOUSAND = re.compile("[‱؊]")
_CELSIUS = re.compile(r" ?(?:[°º˚] ?[Cc](?![A-Za-z])|℃)")
_FAHRENHEIT = re.compile(r" ?(?:[°º˚] ?[Ff](?![A-Za-z])|℉)")
_DEGREE = re.compile(r" ?[°º˚]")
_ARC = re.compile(r"(?<=\d)(?:[°º˚] ?(\d{1,2}) ?['′’](?: ?(\d{1,2}(?:[٫.]\d+)?) ?(?:″|\"|''))?)")
_QUARTER = re.compile(r"(درجه|دقیقه|ثانیه) ?([NSEW])(?![A-Za-z])")
_QUARTERS = {"N": "شمالی", "S": "جنوبی", "E": "شرقی", "W": "غربی"}
_PER = re.compile(
    r"(متر|گرم|لیتر|مایل|بیت|بایت|ژول|مول) ?/ ?(?=(?:ساعت|ثانیه|دقیقه|روز|سال|لیتر|متر|دسی)(?!\w))"
)


def units(text: str) -> str:
    """Say `۵ km`, `mg/dL`, `کیلومتر/ساعت` and `متر²` behind a number."""
    text = _METRES.sub(lambda found: f"متر {'مربع' if found[1] == '²' else 'مکعب'}", text)
    text = _UNIT.sub(_unit, _DECADE.sub(r"\1", text))
    return _PER.sub(r"\1 بر ", text)


def percentages(text: str) -> str:
    """Say `٪۲۵`, `۲۵٪` and `۵‰` with the sign behind the number."""
    text = _PERCENT.sub(
        lambda found: f"{found[1] or found[3]} درصد{'ی' if found[2] else ''} ", text
    )
    text = _PER_TEN_THOUSAND.sub(" در ده هزار ", _PER_MILLE.sub(" در هزار ", text))
    return _PERCENT_BARE.sub(" درصد ", text)


def degrees(text: str) -> str:
    """Say `۲۵°C`, and `۳۵°۴۱′۲۲″N` on a globe."""
    text = _FAHRENHEIT.sub(" درجه فارنهایت ", _CELSIUS.sub(" درجه سانتی‌گراد ", text))
    text = _DEGREE.sub(" درجه ", _ARC.sub(_arc, text))
    return _QUARTER.sub(lambda found: f"{found[1]} {_QUARTERS[found[2]]}", text)


def _unit(found: re.Match[str]) -> str:
    gap, symbol, divisor = found.groups()
    is_loose = symbol in _WORDLIKE and (gap or symbol == "x")
    in_formula = symbol == "x" and _OPERATOR.match(found.string, found.end())
    if in_formula or (is_loose and _LATIN_AHEAD.match(found.string, found.end())):
        return found[0]
    return f" {_UNITS[symbol]}" + (f" بر {_UNITS[divisor]}" if divisor else "")


def _arc(found: re.Match[str]) -> str:
    seconds = f" و {found[2]} ثانیه" if found[2] else ""
    return f" درجه و {found[1]} دقیقه{seconds}"
