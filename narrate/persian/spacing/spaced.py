"""Spaces that stand for half-spaces: which gaps between the words of a row are to be joined."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.persian.spacing.lexicon import ENDINGS, PLURALS, PREFIXES, Lexicon, lexicon
from narrate.persian.spacing.words import EDGE, ZWNJ, bare

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORT = 6
_PARTICLE = 3


def features(row: Sequence[str]) -> list[list[str]]:
    """Return the features of each gap between the words of `row`, as they are written."""
    letters = [EDGE, *map(bare, row), EDGE]
    return [
        [
            *_pair(*letters[number + 1 : number + 3]),
            *_around(*letters[number : number + 4]),
            *(["zl"] if ZWNJ in left else []),
            *(["zr"] if ZWNJ in right else []),
        ]
        for number, (left, right) in enumerate(pairwise(row))
    ]


def stands_out(pair: tuple[str, str]) -> bool:
    """Say whether two words look like one even in a text that knows half-spaces."""
    left, right = pair
    return left in PREFIXES or right in PLURALS


def _around(before: str, left: str, right: str, after: str) -> list[str]:
    table = lexicon()
    found = [
        f">{right}|{after}" if len(right) <= _PARTICLE else f">k{table.kind(after)}",
        f"<{before}|{left}" if len(left) <= _PARTICLE else f"<k{table.kind(before)}",
    ]
    if right in ENDINGS:
        found += [f"E>{right}|{after}", f"E>k{right}|{table.kind(after)}", f"E<{right}|{before}"]
    return found


@lru_cache(maxsize=1 << 14)
def _pair(left: str, right: str) -> tuple[str, ...]:
    table = lexicon()
    return (
        *_letters(left, right),
        *_words(left, right, table),
        *_inflection(left, right, table),
        *_compounds(left, right, table),
    )


def _letters(left: str, right: str) -> list[str]:
    return [
        "b",
        f"l{left}",
        f"r{right}",
        f"{left}|{right}",
        f"l-{left[-1:]}",
        f"l-{left[-2:]}",
        f"l-{left[-3:]}",
        f"r+{right[:2]}",
        f"r+{right[:3]}",
        f"r-{right[-2:]}",
        f"r-{right[-3:]}",
        f"{left[-1]}|{right[:2]}",
        f"{left[-2:]}|{_short(right)}",
    ]


def _words(left: str, right: str, table: Lexicon) -> list[str]:
    fl, fr, fw = map(table.frequency, (left, right, left + right))
    kl, kr = table.kind(left), table.kind(right)
    return [
        f"fl{fl}",
        f"fr{fr}",
        f"fw{fw}",
        f"flr{fl}{fr}",
        f"flrw{fl}{fr}{fw}",
        f"kl{kl}{_short(right)}",
        f"kr{kr}{left}",
        f"k{kl}|{kr}",
        f"n{min(len(left), 8)},{min(len(right), 8)}",
    ]


def _inflection(left: str, right: str, table: Lexicon) -> list[str]:
    found: list[str] = []
    if right in ENDINGS:
        found += [f"E{right}{table.frequency(left)}", f"E{right}{left[-1]}", f"E{right}{left[-2:]}"]
    if left in PREFIXES:
        found.append(f"M{left}{right in table.verbs}")
    if left in table.participles:
        found.append(f"P{_short(right)}")
    if (stem := table.stem(right)) != right:
        found += [f"Sr{table.frequency(stem)}", f"S{stem}", f"W{table.frequency(left + stem)}"]
    return found


def _compounds(left: str, right: str, table: Lexicon) -> list[str]:
    stem = table.stem(right)
    head, tail = table.productive(left, stem)
    fl, fr, fw = map(table.frequency, (left, right, left + right))
    return [
        f"h{head}{fr}",
        f"t{tail}{fl}",
        f"ht{head}{tail}{fw}",
        *table.cut_here("S", left + right, len(left)),
        *table.cut_here("T", left + stem, len(left)),
    ]


def _short(part: str) -> str:
    return part if len(part) <= _SHORT else "*"
