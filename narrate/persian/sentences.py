"""A paragraph → its sentences, as a reader would take breath."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from narrate.persian.protect import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"(?<![.!?؟…])[.!?؟…]+[»”\"’]*(?=\s)")
_LETTER_NAMES = "ای|بی|سی|دی|اف|جی|اچ|آی|کی|کا|ال|ام|ان|او|پی|کیو|آر|اس|تی|یو|وی|دبلیو|ایکس|وای|زد"
_INITIAL = re.compile(r"(?:^|[\s«(\u200c])(?:[^\W\d_]|ر\.ک|[^\W\d_](?:\.[^\W\d_])+)\.$")
_LETTER_NAME = re.compile(rf"(?:^|[\s«(])(?:{_LETTER_NAMES})\.$")
_LETTER_NAME_AHEAD = re.compile(rf"\s+(?:{_LETTER_NAMES})(?!\w)")
_NUMBER_ALONE = re.compile(r"\s*[(\[]?\d{1,3}\.$")
_FULL_STOP = re.compile(r"(?<![.!?؟…])\.$")
_LONGEST_QUOTE = 300
_LONGEST_SENTENCE = 500


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of `paragraph`; joined by spaces they are the paragraph again.

    A quotation of up to 300 letters stays whole, and so does a quotation in a quotation. A
    sentence of more than 500 letters is cut at a semicolon, else a comma, else between words.
    """
    text = " ".join(paragraph.split())
    unbroken = _unbroken(text)
    pieces, begin = [], 0
    for match in _END.finditer(text):
        end = match.end()
        if not unbroken[end] and not _is_abbreviation(text[begin:end], text[end : end + 12]):
            pieces.append(text[begin:end])
            begin = end + 1
    whole = _with_letters([*pieces, text[begin:]])
    return [part for sentence in whole for part in _bounded(sentence)]


def _bounded(sentence: str) -> Iterator[str]:
    begin = 0
    while len(sentence) - begin > _LONGEST_SENTENCE:
        window = sentence[begin : begin + _LONGEST_SENTENCE]
        places = (window.rfind(sign, _LONGEST_SENTENCE // 3) for sign in ("؛ ", "، ", " "))
        place = next((found for found in places if found >= 0), -1)
        if place < 0:
            break
        end = begin + place + (window[place] != " ")
        yield sentence[begin:end]
        begin = end + 1
    yield sentence[begin:]


def _is_abbreviation(sentence: str, ahead: str) -> bool:
    """Tell whether the full stop at the end of `sentence`, with `ahead` behind it, ends nothing."""
    before = sentence[-12:]
    if not _FULL_STOP.search(before):
        return False
    if _INITIAL.search(before) or _NUMBER_ALONE.fullmatch(sentence):
        return True
    return bool(_LETTER_NAME.search(before) and _LETTER_NAME_AHEAD.match(ahead))


def _unbroken(text: str) -> list[int]:
    """Return for each place how many addresses, short and inner quotations lie around it."""
    changes = [0] * (len(text) + 1)
    for first, last in [match.span() for match in PROTECTED.finditer(text)] + _quotations(text):
        changes[first + 1] += 1
        changes[last] -= 1
    return list(accumulate(changes))


def _quotations(text: str) -> list[tuple[int, int]]:
    spans, open_at = [], []
    for place, sign in enumerate(text):
        if sign == "«":
            open_at.append(place)
        elif sign == "»" and open_at:
            first = open_at.pop()
            if open_at or place - first <= _LONGEST_QUOTE:
                spans.append((first, place))
    return spans


def _with_letters(pieces: list[str]) -> list[str]:
    """Join pieces that hold nothing to say to the one before, or to the first that does."""
    groups: list[list[str]] = []
    sayable = False
    for piece in pieces:
        says = any(map(str.isalnum, piece))
        if groups and not (says and sayable):
            groups[-1].append(piece)
            sayable = sayable or says
        else:
            groups.append([piece])
            sayable = says
    return [" ".join(group).strip() for group in groups]
