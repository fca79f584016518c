"""A paragraph → its sentences, as a reader would take breath."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from narrate.persian.letters import NAMES, SURE_NAMES
from narrate.persian.protect import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = re.compile(r"(?<![.!?؟…])[.!?؟…]+[»”\"’]*(?=\s)|:(?=\s)")
# «تهران-ایرنا:» stands before the news, and is said by itself.
_DATELINE = re.compile(r"[^:]{2,20}-[^:]{2,20}:")
_INITIAL = re.compile(r"(?:^|[\s«(\u200c])(?:[^\W\d_]|ر\.ک|[^\W\d_](?:\.[^\W\d_])+)\.$")
_SHORT_FORM = re.compile(
    r"\d[قمشه]\.$|(?:^|[\s«(])(?:حک|مقت|صص|رک|نک|قس|[DM]r|M[rs]s?|Prof|St|[Vv]ol|[Nn]o|pp?|eds?|cf|vs|e\.g|i\.e)\.$"
)
_SURE_LETTER_NAME = re.compile(rf"(?:^|[\s«(])(?:{SURE_NAMES})\.$")
_LETTER_NAME = re.compile(rf"(?:^|[\s«(])(?:{NAMES})\.$")
_LETTER_NAME_AHEAD = re.compile(rf"\s+(?:{NAMES})(?!\w)")
_NUMBER_ALONE = re.compile(r"\s*[(\[]?\d{1,3}(?:[.٫-]\d{1,3}){0,5}\.$")
_FULL_STOP = re.compile(r"(?<![.!?؟…])\.$")
_BREATHS: tuple[tuple[str, ...], ...] = (
    ("؛ ",),
    ("، ",),
    tuple(f" {word} " for word in "و که اما ولی یا زیرا چون اگر تا بلکه لیکن هرچند چنان‌که".split()),
    (" ",),
)
_LONGEST_QUOTE = 300
_LONGEST_SENTENCE = 500


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of `paragraph`; joined by spaces they are the paragraph again.

    A quotation of up to 300 letters stays whole, and so does a quotation in a quotation. A
    sentence of more than 500 letters is cut at a semicolon, else a comma, else before a
    conjunction, else between words.
    """
    text = " ".join(paragraph.split())
    unbroken = _unbroken(text)
    pieces, begin = [], 0
    for match in _END.finditer(text):
        end = match.end()
        if not unbroken[end] and _ends(text[begin:end], text[end : end + 12]):
            pieces.append(text[begin:end])
            begin = end + 1
    whole = _with_letters([*pieces, text[begin:]])
    return [part for sentence in whole for part in phrases(sentence, _LONGEST_SENTENCE)]


def phrases(sentence: str, longest: int) -> Iterator[str]:
    """Yield the parts of `sentence` between which a reader takes breath.

    Joined by spaces they are the sentence again. None has more than `longest` letters, if words
    have not.
    """
    begin = 0
    while len(sentence) - begin > longest:
        window = sentence[begin : begin + longest]
        place = next(filter(None, (_last(signs, window) for signs in _BREATHS)), 0)
        if not place:
            break
        end = begin + place
        yield sentence[begin:end]
        begin = end + 1
    yield sentence[begin:]


def _last(signs: tuple[str, ...], window: str) -> int:
    """Return where the last of `signs` leaves off its sentence; 0 if none stands far enough on."""
    found = max((window.rfind(sign, len(window) // 3), sign) for sign in signs)
    return max(0, found[0]) and found[0] + (found[1][0] != " ")


def _ends(sentence: str, ahead: str) -> bool:
    """Tell whether the sign at the end of `sentence`, with `ahead` behind it, ends it."""
    if sentence.endswith(":"):
        return bool(_DATELINE.fullmatch(sentence))
    before = sentence[-12:]
    if not _FULL_STOP.search(before):
        return True
    unended = (_INITIAL, _SHORT_FORM, _SURE_LETTER_NAME)
    if any(each.search(before) for each in unended) or _NUMBER_ALONE.fullmatch(sentence):
        return False
    return not (_LETTER_NAME.search(before) and _LETTER_NAME_AHEAD.match(ahead))


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
