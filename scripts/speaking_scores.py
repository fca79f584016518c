"""Scores the front end: `scripts/score-speaking GOLD…`, one sentence a line in each text.

`F1` is of the places where sentences end: five sentences at a time are joined by spaces and cut
again. `a second` are the characters that one core repairs, cuts and says in a second, with every
half-space as it is, lost (`glued`) and a space (`spaced`).
"""

from __future__ import annotations

import sys
import time
from itertools import accumulate, batched
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.persian import Manner, repaired_parts, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINED = 5
_ZWNJ = "\u200c"


def main() -> None:
    """Print a row for each text on the command line."""
    print(f"{'text':16} {'F1':>6} {'as it is':>10} {'glued':>8} {'spaced':>8}  a second")
    for path in map(Path, sys.argv[1:]):
        gold = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").splitlines()]
        gold = [line for line in gold if line]
        rates = [rate([line.replace(_ZWNJ, sign) for line in gold]) for sign in (_ZWNJ, "", " ")]
        print(f"{path.stem:16} {f1(gold):6.2f} {rates[0]:10,} {rates[1]:8,} {rates[2]:8,}")


def f1(gold: Sequence[str]) -> float:
    """Return the F1 of the ends of sentences, in percent."""
    right = wanted = found = 0
    for group in batched(gold, _JOINED):
        ends, ours = _ends(group), _ends(sentences(" ".join(group)))
        right, wanted, found = right + len(ends & ours), wanted + len(ends), found + len(ours)
    return 200 * right / (wanted + found)


def rate(lines: Sequence[str]) -> int:
    """Return how many characters of a document are repaired, cut and said in a second."""
    manner = Manner()
    list(manner.said("سال ۱۹۱۷"))
    begun = time.process_time()
    for line in repaired_parts(lines):
        list(manner.said(line))
    return round(sum(map(len, lines)) / (time.process_time() - begun))


def _ends(parts: Sequence[str]) -> set[int]:
    return set(accumulate(len(part.replace(" ", "")) for part in parts))


if __name__ == "__main__":
    main()
