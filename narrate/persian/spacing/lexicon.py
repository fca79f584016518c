"""What is known of Persian words: how frequent they are, what they are, where they are cut.

The table is compiled from hazm's by `scripts/train-half-space`; `data/lexicon.md` says how.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from narrate.persian.spacing.words import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = files("narrate.persian.spacing") / "data"

ENDINGS = frozenset(
    "ها های هایی هایم هایت هایش هایمان هایتان هایشان هاست هام هات هاش هامون هاتون هاشون "
    "ام ات اش مان تان شان مون تون شون ای اند ایم اید است یی تر تری ترین ترها "
    "گر گری گران ی م ش ت یم ید ند ان انی".split()
)
UNCOUNTED = "1"
"""The frequency of words that a dictionary has and nobody counted."""
PLURALS = ("هایمان", "هایتان", "هایشان", "هایی", "هایم", "هایت", "هایش", "های", "ها")
COMPARED = ("ترین", "تری", "تر")
VERBAL = ("می", "نمی")
PREFIXES = frozenset(
    "می نمی همی برمی درمی بازمی فرامی فرومی وامی ورمی برنمی درنمی بازنمی فرونمی".split()
)
_ANY_ENDING = tuple(ENDINGS)
_LONGEST_ENDING = max(map(len, ENDINGS))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of the language, without half-spaces."""

    known: Mapping[str, tuple[str, str]]
    """Word to frequency, on a scale of powers of 4, and parts of speech."""
    compounds: Mapping[str, tuple[int, ...]]
    """Word to how many letters stand before each of its half-spaces."""
    verbs: frozenset[str]
    """Forms that follow `می`."""
    participles: frozenset[str]
    """Forms that `ام`, `ای` and `اند` follow."""
    heads: Mapping[str, int]
    """Words to how many compounds begin with them."""
    tails: Mapping[str, int]
    """Words to how many compounds end with them."""

    @classmethod
    def of(
        cls,
        known: Mapping[str, tuple[str, str]],
        compounds: Mapping[str, tuple[int, ...]],
        verbs: frozenset[str],
        participles: frozenset[str],
    ) -> Lexicon:
        """Return a lexicon that counts the first and last words of its compounds."""
        heads = Counter(word[: places[0]] for word, places in compounds.items())
        tails = Counter(word[places[-1] :] for word, places in compounds.items())
        return cls(known, compounds, verbs, participles, heads, tails)

    def frequency(self, word: str) -> str:
        """Return `0` for an unknown word, `1` for an uncounted one, then `2` to `9`, `A` to `H`."""
        return self.known.get(word, _UNKNOWN)[0]

    def kind(self, word: str) -> str:
        """Return the parts of speech that `word` can be, `-` if unknown."""
        return self.known.get(word, _UNKNOWN)[1]

    def kinds(self, word: str) -> list[str]:
        """Return each part of speech that `word` can be; a verb form is a verb in any case."""
        if self.is_glued_verb(word):
            return ["V"]
        kind = self.kind(word)
        return (self.kind(self.stem(word)) if kind == _UNKNOWN[1] else kind).split(",")

    def is_glued_verb(self, word: str) -> bool:
        """Say whether `word` is `می` or `نمی` and a form that follows it."""
        stem = word.removeprefix("ن").removeprefix("می")
        return word.startswith(VERBAL) and stem in self.verbs

    def productive(self, left: str, right: str) -> tuple[str, str]:
        """Return how many compounds `left` begins and `right` ends, on a scale of powers of 2."""
        heads, tails = self.heads.get(left, 0), self.tails.get(right, 0)
        return str(heads.bit_length()), str(tails.bit_length())

    def cut_here(self, name: str, word: str, place: int) -> list[str]:
        """Return a feature called `name` that says if a compound is cut at `place`; else none."""
        places = self.compounds.get(word)
        return [name if place in places else f"no{name}"] if places else []

    def stem(self, word: str) -> str:
        """Return `word` without its longest ending, or as it is."""
        if not word.endswith(_ANY_ENDING):
            return word
        for length in range(min(_LONGEST_ENDING, len(word) - 2), 0, -1):
            if word[-length:] in ENDINGS:
                return word[:-length]
        return word


_UNKNOWN = ("0", "-")


def packed(lexicon: Lexicon) -> bytes:
    """Return the table as it lies in the package: the same words always give the same bytes."""
    groups: dict[tuple[str, str], list[str]] = {}
    for word, entry in sorted(lexicon.known.items()):
        groups.setdefault(entry, []).append(word)
    lines = [f"{' '.join(entry)}\t{' '.join(group)}" for entry, group in sorted(groups.items())]
    compounds = " ".join(
        _joined(word, places) for word, places in sorted(lexicon.compounds.items())
    )
    verbs, participles = (" ".join(sorted(group)) for group in (lexicon.verbs, lexicon.participles))
    return "\n".join([compounds, verbs, participles, *lines]).encode()


def unpacked(data: bytes) -> Lexicon:
    """Return the lexicon that `packed` wrote."""
    compounds, verbs, participles, *lines = data.decode().split("\n")
    known: dict[str, tuple[str, str]] = {}
    for line in lines:
        entry, group = line.split("\t")
        frequency, kind = entry.split(" ")
        known.update(dict.fromkeys(group.split(" "), (frequency, kind)))
    parts = [word.split(ZWNJ) for word in compounds.split(" ")]
    return Lexicon.of(
        known,
        {"".join(each): tuple(accumulate(map(len, each[:-1]))) for each in parts},
        frozenset(verbs.split(" ")),
        frozenset(participles.split(" ")),
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon of the package."""
    return unpacked((DATA / "lexicon.txt").read_bytes())


def _joined(word: str, places: tuple[int, ...]) -> str:
    edges = (0, *places, len(word))
    return ZWNJ.join(word[begin:end] for begin, end in pairwise(edges))
