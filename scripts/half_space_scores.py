"""Scores restorers of half-spaces: `scripts/score-half-space GOLD…`, one sentence a line.

Each text is spoiled in these ways, restored as one document, and compared with what it was:

    glued   every half-space lost
    spaced  every half-space a space
    mixed   70 % lost, 20 % a space, 10 % kept
    clean   nothing spoiled

F1, precision P and recall R count half-spaces after joining letters, where they can be seen.
`exact` is the share of sentences that came out as they were, `lost` the spaces that were lost, of
1,000, `letters` the sentences in which a letter or digit was changed, and `ه‌ای` how many words
such as `حرفهای` were read right, as `حرف‌های` or `حرفه‌ای`, where both are words.
"""

from __future__ import annotations

import difflib
import random
import re
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.persian import repaired_parts
from narrate.persian.spacing.lexicon import UNCOUNTED, lexicon
from narrate.persian.spacing.words import NON_JOINING, ZWNJ, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SPOILS = {"glued": (1.0, 0.0), "spaced": (0.0, 1.0), "mixed": (0.7, 0.2), "clean": (0.0, 0.0)}
_FORMS = str.maketrans("يىكةۀ%", "ییکهه٪")

type Tool = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True)
class Shape:
    """A sentence without its signs: letters, and what stands before which of them."""

    letters: str
    halves: frozenset[int]
    spaces: frozenset[int]


@dataclass(frozen=True)
class Score:
    """Counts over all sentences of a text."""

    sentences: int
    right: int
    wrong: int
    missed: int
    exact: int
    spaces: int
    spaces_lost: int
    letters_changed: int

    @property
    def precision(self) -> float:
        """Percent of the half-spaces that were set and are right."""
        return 100 * self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Percent of the half-spaces that should be there and are."""
        return 100 * self.right / max(1, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, in percent."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)


def narrate(sentences: Sequence[str]) -> Sequence[str]:
    """Repair with this package, as one document, as `narrate text --as written` does."""
    return repaired_parts(sentences)


def hazm(sentences: Sequence[str]) -> Sequence[str]:
    """Restore with hazm's normalizer and nothing else that it does."""
    from hazm import Normalizer

    normalizer = Normalizer(
        remove_diacritics=False,
        remove_specials_chars=False,
        decrease_repeated_chars=False,
        persian_style=False,
        persian_numbers=False,
        unicodes_replacement=False,
    )
    return [normalizer.normalize(sentence) for sentence in sentences]


def sentences_of(path: Path) -> list[str]:
    """Return the lines of a text that are not empty."""
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def spoiled(sentences: Sequence[str], how: str) -> list[str]:
    """Return the sentences with their half-spaces spoiled, in the same way each time."""
    chance = random.Random(7)  # noqa: S311 - a test is to be the same each time
    glued, spaced = SPOILS[how]

    def one(_: re.Match[str]) -> str:
        draw = chance.random()
        return "" if draw < glued else " " if draw < glued + spaced else ZWNJ

    return [re.sub(ZWNJ, one, sentence) for sentence in sentences]


def score(outputs: Sequence[str], golds: Sequence[str]) -> Score:
    """Compare restored sentences with what they were."""
    right = wrong = missed = exact = spaces = lost = changed = 0
    for output, gold in zip(outputs, golds, strict=True):
        want, have = shape(gold), shape(output)
        same = have.letters == want.letters
        if not same:
            have = _moved(have, want.letters)
        want_seen, have_seen = _seen(want), _seen(have)
        right += len(have_seen & want_seen)
        wrong += len(have_seen - want_seen)
        missed += len(want_seen - have_seen)
        exact += same and have_seen == want_seen and have.spaces == want.spaces
        spaces += len(want.spaces)
        lost += len(want.spaces - have.spaces)
        changed += not same
    return Score(len(golds), right, wrong, missed, exact, spaces, lost, changed)


def shape(sentence: str) -> Shape:
    """Return the letters and digits of a sentence, and where half-spaces and spaces stand."""
    letters: list[str] = []
    halves: set[int] = set()
    spaces: set[int] = set()
    between = ""
    for sign in sentence.translate(_FORMS):
        if sign.isalnum():
            if between and letters:
                (halves if between == ZWNJ else spaces).add(len(letters))
            letters.append(str(unicodedata.digit(sign)) if sign.isdigit() else sign)
            between = ""
        elif sign == ZWNJ:
            between = between or ZWNJ
        elif unicodedata.category(sign) != "Mn":
            between = " "
    return Shape("".join(letters), frozenset(halves), frozenset(spaces))


def _seen(found: Shape) -> frozenset[int]:
    return frozenset(place for place in found.halves if found.letters[place - 1] not in NON_JOINING)


def _moved(found: Shape, letters: str) -> Shape:
    """Return `found` with its places counted among other letters."""
    matcher = difflib.SequenceMatcher(None, found.letters, letters, autojunk=False)
    place = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    halves, spaces = (
        frozenset(place[each] for each in places if each in place)
        for places in (found.halves, found.spaces)
    )
    return Shape(letters, halves, spaces)


def both_ways(outputs: Sequence[str], golds: Sequence[str]) -> tuple[int, int]:
    """Return how many words that can be plurals or end in `ه‌ای` are right, of how many."""
    right = total = 0
    for output, gold in zip(outputs, golds, strict=True):
        have, want = words(output), words(gold)
        if [word.letters for word in have] != [word.letters for word in want]:
            continue
        for mine, true in zip(have, want, strict=True):
            if _may_be_both(true.letters) and true.cuts:
                total += 1
                right += mine.cuts == true.cuts
    return right, total


def _may_be_both(letters: str) -> bool:
    stem, table = letters.removesuffix("های"), lexicon()
    return (
        stem not in {letters, ""}
        and stem[-1] not in NON_JOINING
        and min(table.frequency(stem), table.frequency(f"{stem}ه")) > UNCOUNTED
    )


def print_scores(paths: Sequence[Path], tools: Sequence[Tool]) -> None:
    """Print a table: each text, spoiled in each way, restored by each tool."""
    print(
        f"{'text':14} {'spoiled':8} {'by':8} {'F1':>6} {'P':>6} {'R':>6} {'exact':>6} {'lost':>6}"
        f" {'letters':>8} {'ه‌ای':>7} {'chars/s':>8}"
    )
    for path in paths:
        golds = sentences_of(path)
        for how in SPOILS:
            for tool in tools:
                inputs = spoiled(golds, how)
                tool(inputs[:1])
                begun = time.perf_counter()
                outputs = tool(inputs)
                speed = sum(map(len, inputs)) / (time.perf_counter() - begun)
                found, (right, total) = score(outputs, golds), both_ways(outputs, golds)
                print(
                    f"{path.stem:14} {how:8} {tool.__name__:8} {found.f1:6.2f} "
                    f"{found.precision:6.2f} {found.recall:6.2f} "
                    f"{100 * found.exact / found.sentences:6.1f} "
                    f"{1000 * found.spaces_lost / max(1, found.spaces):6.2f} "
                    f"{found.letters_changed:8} {f'{right}/{total}':>7} {speed:8.0f}",
                    flush=True,
                )


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: scripts/score-half-space GOLD…   (one sentence a line)")
    print_scores([Path(word) for word in sys.argv[1:]], [narrate, hazm])
