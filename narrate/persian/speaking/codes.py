"""Numbers that count nothing: telephones, bank cards, accounts, and what is longer than a number.

Telephones are said in the groups in which people say them, codes digit by digit. Sources: the
national numbering plan of Iran (ITU-T E.164, +98); ISO/IEC 7812 for cards, ISO 13616 for IBAN.
"""

from __future__ import annotations

import re

from narrate.persian.speaking.numerals import MOST_DIGITS, grouped, spelled

_GAP = r"[ -]?"
_PREFIX = r"(?P<prefix>(?:\+|[0۰]{2})[9۹][8۸]|[0۰])"
_MOBILE = re.compile(
    rf"(?<![\d+]){_PREFIX}{_GAP}(?P<area>[9۹]\d\d){_GAP}(\d{{3}}){_GAP}(\d\d){_GAP}(\d\d)(?!\d)"
)
_LANDLINE = re.compile(
    rf"(?<![\d+])\(?{_PREFIX}{_GAP}(?P<area>[1-8۱-۸]\d)\)?{_GAP}(\d\d){_GAP}(\d\d){_GAP}(\d\d)"
    rf"{_GAP}(\d\d)(?!\d)"
)
_ABROAD = re.compile(rf"(?<![\d+])\+(\d{{1,3}}(?:{_GAP}\(?\d{{2,8}}\)?){{1,5}})(?!\d)")
_FEWEST_DIGITS = 9
"""Of a telephone number with its country."""
_LOCAL = re.compile(r"((?:تلفن|تلفکس|فکس|نمابر|تماس)(?: با)?[ :]{1,3})(\d{7,8})(?!\d)")
_CARD = re.compile(r"(?<!\d)\d{4}([ -]?)\d{4}\1\d{4}\1\d{4}(?!\d)")
_IBAN = re.compile(r"(?<![A-Za-z])IR ?(\d\d(?: ?\d{4}){5} ?\d\d)(?!\d)")
_NAMED = re.compile(
    r"((?<!\w)(?:کد ?(?:ملی|پستی)?|شناسه|شابک|ISBN|شاپا|ISSN|صندوق پستی"
    r"|شماره (?:ملی|حساب|کارت|شبا|پرونده|شناسنامه|پیگیری|ثبت|سریال))"
    r"(?:‌?ی)?(?: [^\W\d_]{2,12})?[ :]{1,3})(\d(?:-?\d){4,30})(?![\d-])"
)
_LETTER_NUMBER = re.compile(r"(شماره(?:‌?ی)? \d{1,7})/(?=\d)")
_CHAIN = re.compile(r"(?<![\d-])\d{1,9}(?:-\d{1,9}){2,9}(?![\d-])")
_ZEROS_FIRST = re.compile(r"(?<!\d)[0۰]\d{7,}(?!\d)")
_LONG = re.compile(rf"\d{{{MOST_DIGITS + 1},}}")


def telephones(text: str) -> str:
    """Say telephone numbers as people do, two and three digits at a time."""
    text = _LANDLINE.sub(_telephone, _MOBILE.sub(_telephone, text))
    text = _ABROAD.sub(_abroad, text)
    return _LOCAL.sub(lambda found: found[1] + _by_groups(_chunked(found[2], 2)), text)


def cards(text: str) -> str:
    """Say the numbers of bank cards and accounts digit by digit, four at a time."""
    text = _IBAN.sub(lambda found: f"آی آر، {_spelled_by(found[1], 4)}", text)
    return _CARD.sub(lambda found: _spelled_by(found[0], 4), text)


def named_codes(text: str) -> str:
    """Say the digits of what is called a code, and of rows of numbers such as an ISBN."""
    text = _NAMED.sub(lambda found: found[1] + _code(found[2]), text)
    text = _LETTER_NUMBER.sub(r"\1، ", text)
    return _CHAIN.sub(lambda found: "، ".join(map(grouped, found[0].split("-"))), text)


def long_numbers(text: str) -> str:
    """Say a long number that counts nothing, or is too long to have a name, digit by digit."""
    text = _ZEROS_FIRST.sub(lambda found: _spelled_by(found[0], 4), text)
    return _LONG.sub(lambda found: f" {_spelled_by(found[0], 4)} ", text)


def _telephone(found: re.Match[str]) -> str:
    prefix, *groups = found.groups()
    country = f"مثبت {grouped(prefix[1:])}" if prefix.startswith("+") else grouped(prefix)
    return " ".join([country, *map(grouped, groups)])


def _abroad(found: re.Match[str]) -> str:
    is_long = sum(map(str.isdecimal, found[0])) >= _FEWEST_DIGITS
    return f"مثبت {_by_groups(found[1])}" if is_long else found[0]


def _by_groups(text: str) -> str:
    return " ".join(map(grouped, re.findall(r"\d+", text)))


def _code(text: str) -> str:
    return "، ".join(map(spelled, text.split("-"))) if "-" in text else _spelled_by(text, 4)


def _spelled_by(text: str, size: int) -> str:
    digits = "".join(filter(str.isdecimal, text))
    return "، ".join(map(spelled, _chunked(digits, size).split()))


def _chunked(digits: str, size: int) -> str:
    return " ".join(digits[at : at + size] for at in range(0, len(digits), size))
