"""A paragraph → its sentences, as a reader would take breath."""

from __future__ import annotations

import re

from narrate.persian.protect import PROTECTED

_END = re.compile(r"[.!?؟…]+[»”\"’]*(?=\s)")
_LETTER_NAMES = (
    "ای|بی|سی|دی|اف|جی|اچ|آی|جی|کی|کا|ال|ام|ان|او|پی|کیو|آر|اس|تی|یو|وی|دبلیو|ایکس|وای|زد"
)
_INITIAL = re.compile(r"(?:^|[\s«(\u200c])(?:[^\W\d_]|ر\.ک|[^\W\d_](?:\.[^\W\d_])+)\.$")
_LETTER_NAME = re.compile(rf"(?:^|[\s«(])(?:{_LETTER_NAMES})\.$")
_LETTER_NAME_AHEAD = re.compile(rf"\s+(?:{_LETTER_NAMES})(?!\w)")
_NUMBER_ALONE = re.compile(r"\s*[(\[]?\d{1,3}\.$")
_LONGEST_QUOTE = 300


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of `paragraph`; joined by spaces they are the paragraph again.

    A quotation of up to 300 letters stays whole, and so does a quotation in a quotation.
    """
    text = " ".join(paragraph.split())
    whole = _unbroken(text)
    result, begin = [], 0
    for match in _END.finditer(text):
        end = match.end()
        if any(first < end < last for first, last in whole):
            continue
        if not _is_abbreviation(text, match.start(), end):
            result.append(text[begin:end])
            begin = end + 1
    return _with_letters([*result, text[begin:]])


def _is_abbreviation(text: str, dot: int, end: int) -> bool:
    if text[dot:end] != ".":
        return False
    before = text[max(0, dot - 12) : end]
    if _INITIAL.search(before) or _NUMBER_ALONE.fullmatch(text[:end]):
        return True
    return bool(_LETTER_NAME.search(before) and _LETTER_NAME_AHEAD.match(text, end))


def _unbroken(text: str) -> list[tuple[int, int]]:
    """Return the spans in which no sentence ends: addresses, short and inner quotations."""
    spans = [match.span() for match in PROTECTED.finditer(text)]
    open_at: list[int] = []
    for place, sign in enumerate(text):
        if sign == "«":
            open_at.append(place)
        elif sign == "»" and open_at:
            first = open_at.pop()
            if open_at or place - first <= _LONGEST_QUOTE:
                spans.append((first, place))
    return spans


def _with_letters(pieces: list[str]) -> list[str]:
    """Join pieces that hold nothing to say to their neighbour."""
    result: list[str] = []
    for piece in pieces:
        if result and not (_sayable(piece) and _sayable(result[-1])):
            result[-1] = f"{result[-1]} {piece}".strip()
        else:
            result.append(piece)
    return result


def _sayable(piece: str) -> bool:
    return any(map(str.isalnum, piece))
