"""Words as the restorer sees them: bare letters, with the half-spaces that stand among them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from narrate.persian.protect import SENTINEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ZWNJ = "\u200c"
EDGE = "#"
VOWELS = "\u064b-\u0655\u0670"
# After these letters a half-space cannot be seen.
NON_JOINING = frozenset("اآأإٱدذرزژوؤءۀة")

LETTER = "[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]"
_WORD = re.compile(rf"{LETTER}(?:[{VOWELS}{ZWNJ}]*{LETTER})*[{VOWELS}]*")
_BESIDE = re.compile(r" [«(\[\"]?")
_LONGEST = 40
"""Letters; a longer row is no word, and would take the square of its length."""
_UNHEARD = re.compile(f"[{VOWELS}{ZWNJ}]")
_VOWEL = re.compile(f"[{VOWELS}]")


class Word(NamedTuple):
    """A word of a text, which begins at `begin`."""

    begin: int
    written: str
    letters: str
    """Without vowel marks and half-spaces."""

    @property
    def end(self) -> int:
        """Where the word ends in its text."""
        return self.begin + len(self.written)

    @property
    def cuts(self) -> tuple[int, ...]:
        """How many letters stand before each of its half-spaces."""
        return cuts(self.written) if ZWNJ in self.written else ()


@lru_cache(maxsize=8)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text` in Persian letters, in order."""
    return tuple(
        Word(found.start(), found[0], letters)
        for found in _WORD.finditer(text)
        if len(letters := bare(found[0])) <= _LONGEST
    )


def rows_of_words(text: str) -> Iterator[list[Word]]:
    """Yield the rows of two and more words between which there is one space and no more."""
    row: list[Word] = []
    for word in words(text):
        if row and text[row[-1].end : word.begin] != " ":
            if len(row) > 1:
                yield row
            row = []
        row.append(word)
    if len(row) > 1:
        yield row


def neighbours(found: Sequence[Word], text: str) -> Iterator[tuple[Word, str, str]]:
    """Yield each of the words found in `text` with the letters of those on both sides.

    An opening bracket does not part words; a number or a Latin word stands for itself. A neighbour
    is `EDGE` where another sign stands between.
    """
    ends = [0, *(word.end for word in found)]
    begins = [*(word.begin for word in found), len(text)]
    between = [text[end:begin] for end, begin in zip(ends, begins, strict=True)]
    letters = [EDGE, *(word.letters for word in found), EDGE]
    for number, word in enumerate(found):
        left, right = between[number], between[number + 1]
        before = letters[number] if _BESIDE.fullmatch(left) else _sort_of(left[::-1])
        after = letters[number + 2] if _BESIDE.fullmatch(right) else _sort_of(right)
        yield word, before, after


def _sort_of(between: str) -> str:
    """Return what a text begins with that is no Persian word."""
    sign = between.lstrip(" «(")[:1]
    return "0" if sign.isdigit() else "A" if sign == SENTINEL or sign.isalpha() else EDGE


def bare(written: str) -> str:
    """Return `written` without vowel marks and half-spaces."""
    return written if written.isalpha() else _UNHEARD.sub("", written)


@lru_cache(maxsize=1 << 12)
def cuts(written: str) -> tuple[int, ...]:
    """Return how many letters stand before each half-space of a word."""
    pieces = _VOWEL.sub("", written).split(ZWNJ)
    places = [len("".join(pieces[:number])) for number in range(1, len(pieces))]
    return tuple(dict.fromkeys(place for place in places if place))


def cut(written: str, places: Iterable[int]) -> str:
    """Return a word with a half-space after each of `places` letters, its own kept."""
    wanted = set(places) - set(cuts(written))
    parts: list[str] = []
    seen = 0
    for letter in written:
        if letter != ZWNJ and not _VOWEL.match(letter):
            if seen in wanted:
                parts.append(ZWNJ)
            seen += 1
        parts.append(letter)
    return "".join(parts)


def gaps(letters: str) -> tuple[int, ...]:
    """Return the places in a word where a half-space could be seen."""
    return tuple(place for place in range(1, len(letters)) if letters[place - 1] not in NON_JOINING)
