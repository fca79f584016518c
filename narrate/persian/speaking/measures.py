"""Units, percentages and degrees behind a number. Source of the symbols: the SI brochure."""

from __future__ import annotations

import re

from narrate.persian.tables import table

_UNITS = table(__package__, "units")
_LONGEST_FIRST = sorted(_UNITS, key=len, reverse=True)
_UNIT = re.compile(rf"(?<=\d) ?({'|'.join(map(re.escape, _LONGEST_FIRST))})(?![A-Za-z\d²³/])")
_NUMBER = r"\d[\d٫./٬]{0,20}"
_PERCENT = re.compile(rf"({_NUMBER}) ?[٪%](?!\d)|[٪%] ?([-−]?{_NUMBER})")
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
    """Say `۵ km` and `کیلومتر/ساعت`."""
    return _PER.sub(r"\1 بر ", _UNIT.sub(lambda found: f" {_UNITS[found[1]]}", text))


def percentages(text: str) -> str:
    """Say `٪۲۵`, `۲۵٪` and `۵‰` with the sign behind the number."""
    text = _PERCENT.sub(lambda found: f"{found[1] or found[2]} درصد ", text)
    text = _PER_TEN_THOUSAND.sub(" در ده هزار ", _PER_MILLE.sub(" در هزار ", text))
    return _PERCENT_BARE.sub(" درصد ", text)


def degrees(text: str) -> str:
    """Say `۲۵°C`, and `۳۵°۴۱′۲۲″N` on a globe."""
    text = _FAHRENHEIT.sub(" درجه فارنهایت ", _CELSIUS.sub(" درجه سانتی‌گراد ", text))
    text = _DEGREE.sub(" درجه ", _ARC.sub(_arc, text))
    return _QUARTER.sub(lambda found: f"{found[1]} {_QUARTERS[found[2]]}", text)


def _arc(found: re.Match[str]) -> str:
    seconds = f" و {found[2]} ثانیه" if found[2] else ""
    return f" درجه و {found[1]} دقیقه{seconds}"
