"""Amounts of money: the name of the currency follows its number. Source of the codes: ISO 4217."""

from __future__ import annotations

import re

_SIGNS = {
    "$": "دلار",
    "€": "یورو",
    "£": "پوند",
    "¥": "ین",
    "₺": "لیر",
    "₽": "روبل",
    "₹": "روپیه",
    "₩": "وون",
    "₪": "شِکِل",
    "₿": "بیت‌کوین",
    "¢": "سنت",
    "؋": "افغانی",
    "﷼": "ریال",
}
_CODES = {
    "USD": "دلار",
    "EUR": "یورو",
    "GBP": "پوند",
    "JPY": "ین",
    "CNY": "یوآن",
    "IRR": "ریال",
    "IRT": "تومان",
    "AED": "درهم",
    "TRY": "لیر",
    "CAD": "دلار کانادا",
    "AUD": "دلار استرالیا",
    "CHF": "فرانک سوئیس",
    "RUB": "روبل",
    "AFN": "افغانی",
    "IQD": "دینار",
}
_NAMES = _SIGNS | _CODES
_SCALES = {
    "k": "هزار",
    "thousand": "هزار",
    "m": "میلیون",
    "mn": "میلیون",
    "million": "میلیون",
    "b": "میلیارد",
    "bn": "میلیارد",
    "billion": "میلیارد",
    "tn": "تریلیون",
    "trillion": "تریلیون",
}
_CURRENCY = rf"(?P<sign>[{''.join(_SIGNS)}]|(?<![A-Za-z])(?:{'|'.join(_CODES)})(?![A-Za-z]))"
_NUMBER = r"\d{1,15}(?:[٫./]\d{1,4})?"
_AMOUNT = rf"(?P<amount>{_NUMBER}(?: ?[-–] ?{_NUMBER})?)(?![\d٫])"
_SCALE = (
    r"(?P<scale>(?: ?(?:هزار|میلیون|میلیارد|تریلیون|بیلیون)(?!\w)){1,2}"
    rf"| ?(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})(?![A-Za-z]))?"
)
_BEFORE = re.compile(rf"(?P<minus>[-−]?)(?:US|CA)?{_CURRENCY} ?{_AMOUNT}{_SCALE}", re.IGNORECASE)
_AFTER = re.compile(rf"(?<![\d٫./]){_AMOUNT}{_SCALE} ?{_CURRENCY}")
_ALONE = re.compile(f"[{''.join(_SIGNS)}]")
_WITH_CENTS = "$€"
_CENTS = re.compile(r"(\d+)[٫.](\d\d)")


def amounts(text: str) -> str:
    """Say `$100` and `۱۰۰ €` with the currency behind the number and its thousands or millions."""
    text = _AFTER.sub(_amount, _BEFORE.sub(_amount, text))
    return _ALONE.sub(lambda found: f" {_SIGNS[found[0]]} ", text)


def _amount(found: re.Match[str]) -> str:
    parts = found.groupdict(default="")
    minus, amount, scale = parts.get("minus", ""), parts["amount"], parts["scale"].strip()
    name = _NAMES[parts["sign"].upper()]
    cents = _CENTS.fullmatch(amount)
    if cents and not scale and parts["sign"] in _WITH_CENTS:
        said = f"{cents[1]} {name}" + (f" و {int(cents[2])} سنت" if int(cents[2]) else "")
    else:
        said = " ".join(filter(None, [amount, _SCALES.get(scale.lower(), scale), name]))
    is_glued = found.string[found.end() : found.end() + 1].isalnum()
    return f"{minus}{said} " if is_glued else f"{minus}{said}"
