"""Words that are written alike and said otherwise: «مرد» is man or died.

A logistic regression over all words weighs each reading of a word by what stands around it: the
words that readings like it keep company with, what the neighbours can be, ezafe, and the words
that were seen beside it. `data/homographs.md` says what it learned from.

Source: Yarowsky, "Homograph Disambiguation in Text-to-Speech Synthesis", 1997.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from narrate.persian import tables
from narrate.persian.labelling import labeller
from narrate.persian.spacing.lexicon import lexicon
from narrate.persian.spacing.words import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from narrate.persian.vowels.tokens import Token

SURE = 0.45
"""How probable a reading must be, or the voice's own is left."""
_FUNCTIONS = frozenset({"P", "CONJ"})
VERBS = frozenset({"PAST", "PRES", "V"})
_NEAR, _FAR, _WINDOW = 4, 15, 24
_NEVER_IN_DOUBT = 0.98
"""A function word that is read one way so often is never read another way."""
_SHORT = 3
_SHORTEST_WITH_ENDING = 4
_PREFIXES: Mapping[str, str] = {f"نمی{ZWNJ}": "nemi", f"می{ZWNJ}": "mi", "ن": "na", "ب": "be"}
_ENDINGS: Mapping[str, str] = {
    "ی": "i", "م": "am", "ت": "at", "ش": "aS", "ان": "An", "ات": "At", "مان": "emAn",
    "تان": "etAn", "شان": "eSAn", "ند": "and", "یم": "im", "ید": "id", "ن": "an",
}  # fmt: skip
_TENSES = frozenset(
    "باید نباید شاید اگر تا که هرگز بتواند نمی‌تواند می‌تواند خواهد دیروز دیشب فردا همیشه هر وقتی "
    "سپس بود است شد را".split()
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a homograph."""

    phonemes: str
    """In eSpeak NG's mnemonics, with its stress."""
    marked: str
    """In Persian letters, with vowel marks."""
    sort: str
    """`N`, `A`, `PAST` and so on: see `data/homographs.md`."""
    share: float
    """How often the word is said so in ordinary text, 0 to 1."""
    is_default: bool
    """Whether eSpeak NG says the word so."""
    cues: frozenset[str]
    """Words that stand near this reading."""


@dataclass(frozen=True, slots=True)
class Form:
    """A homograph in a sentence: its word, and what is written before and behind."""

    prefix: str
    word: str
    ending: str = ""
    tail: str = ""
    """From the half-space on; it is left as it is."""

    @property
    def length(self) -> int:
        """How many letters a reading says."""
        return len(self.prefix) + len(self.word) + len(self.ending)

    def phonemes(self, reading: Reading) -> str:
        """Return the mnemonics of the form, up to its half-space."""
        before, behind = _PREFIXES.get(self.prefix, ""), _ENDINGS.get(self.ending, "")
        return f"{before}{reading.phonemes}{behind}"

    def marked(self, reading: Reading) -> str:
        """Return the form in Persian letters, with the vowel marks of its word."""
        return f"{self.prefix}{reading.marked}{self.ending}"


@lru_cache(maxsize=1)
def table() -> Mapping[str, tuple[Reading, ...]]:
    """Return the homographs that are known, with their readings."""
    found: dict[str, list[Reading]] = {}
    data = files(__package__) / "data" / "homographs.tsv"
    for line in data.read_text(encoding="utf-8").splitlines()[1:]:
        word, phonemes, marked, sort, share, default, cues = line.split("\t")
        reading = Reading(
            phonemes, marked, sort, float(share), default == "1", frozenset(cues.split(" "))
        )
        found.setdefault(word, []).append(reading)
    return {word: tuple(readings) for word, readings in found.items()}


@lru_cache(maxsize=1 << 13)
def form_of(letters: str) -> Form | None:
    """Return the homograph that a word is, with what stands around it; None if it is none."""
    for prefix in ("", *_PREFIXES):
        rest = letters.removeprefix(prefix)
        stem = rest.partition(ZWNJ)[0]
        if letters.startswith(prefix) and stem in table() and _fits(prefix, stem):
            return Form(prefix, stem, tail=rest[len(stem) :])
    for prefix in ("", *_PREFIXES):
        rest = letters.removeprefix(prefix)
        for ending in _ENDINGS if letters.startswith(prefix) else ():
            stem = rest.removesuffix(ending)
            longer = len(stem) >= (_SHORT if prefix else _SHORTEST_WITH_ENDING)
            if longer and stem != rest and stem in table() and _fits(prefix, stem):
                return Form(prefix, stem, ending)
    return None


def _fits(prefix: str, stem: str) -> bool:
    """Say whether a verb's prefix stands before a form of a verb, long enough to be one."""
    if len(prefix) == 1 and len(stem) < _SHORT:
        return False
    return not prefix or any(each.sort in VERBS for each in table()[stem])


def likelihoods(
    form: Form, sentence: Sequence[Token], place: int, ezafes: Collection[int]
) -> list[float]:
    """Return how likely each reading of `form` is, where it stands at `place`: they sum to 1."""
    weigh = labeller(__package__, "homographs").likelihood
    around = Around.of(form, sentence, place, ezafes)
    found = [weigh(features(form, reading, around)) for reading in table()[form.word]]
    return [each / sum(found) for each in found]


def chosen(form: Form, chances: Sequence[float]) -> tuple[Reading, float] | None:
    """Return how a homograph is read, and how likely that is; None to leave it to the voice.

    It is left where no reading is likely enough, and where five folds read it worse. Behind the
    prefix of a verb it is a verb.
    """
    readings = table()[form.word]
    fit = [number for number, each in enumerate(readings) if not form.prefix or each.sort in VERBS]
    best = max(fit, key=lambda number: chances[number])
    if chances[best] < SURE or form.word in _left():
        return None
    if any(each.share >= _NEVER_IN_DOUBT and each.sort in _FUNCTIONS for each in readings):
        return None
    return readings[best], chances[best]


def _left() -> Mapping[str, str]:
    return tables.table(__package__, "left")


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a word of a sentence."""

    signs: tuple[str, ...]
    """Shared by all readings: what neighbours are."""
    near: tuple[str, ...]
    """Words within four places, the nearest first."""
    far: tuple[str, ...]
    """Words farther off."""

    @classmethod
    def of(
        cls, form: Form, sentence: Sequence[Token], place: int, ezafes: Collection[int]
    ) -> Around:
        """Return what stands around `form`, which stands at `place`, within 24 places."""
        first = max(0, place - _WINDOW)
        words = [token.letters for token in sentence[first : place + _WINDOW + 1]]
        own = place - first
        before, after = ["<", *words][own], [*words, ">"][own + 1]
        signs = (
            f"b{_sort(before)}",
            f"a{_sort(after)}",
            f"{_sort(before)}_{_sort(after)}",
            f"B{before}" if len(before) <= _SHORT else "",
            f"A{after}" if len(after) <= _SHORT else "",
            f"e{place in ezafes}",
            f"E{place - 1 in ezafes}",
            f"p{form.prefix}",
            f"s{form.ending}{form.tail}",
            f"v{_last_verb(words)}",
            *(f"t{word}" for word in words if word in _TENSES),
        )
        spread = sorted(range(len(words)), key=lambda other: abs(other - own))[1:]
        others = [words[other] for other in spread]
        close = sum(abs(other - own) <= _NEAR for other in spread)
        return cls(tuple(filter(None, signs)), tuple(others[:close]), tuple(others[close:][:_FAR]))


def features(form: Form, reading: Reading, around: Around) -> dict[str, float]:
    """Return what speaks for and against `reading`, with weights."""
    name = f"{form.word}/{reading.phonemes}"
    found = {
        "default" if reading.is_default else "other": 1.0,
        "share": math.log(reading.share + 0.02),
        name: 0.5,
        "near": _matches(reading.cues, around.near),
        "far": _matches(reading.cues, around.far),
        "next": _matches(reading.cues, around.near[:2]),
    }
    found |= {f"{reading.sort}:{sign}": 1.0 for sign in around.signs}
    found |= {f"{name}:{sign}": 0.5 for sign in around.signs}
    found |= {f"{name}+{_stem(word)}": 0.7 for word in around.near}
    found |= {f"{name}~{_stem(word)}": 0.4 for word in around.far}
    return found


def _matches(cues: Collection[str], words: Sequence[str]) -> float:
    return sum(1.0 if word in cues else 0.7 * (_stem(word) in cues) for word in words)


@lru_cache(maxsize=1 << 13)
def _stem(word: str) -> str:
    first = word.removeprefix(f"نمی{ZWNJ}").removeprefix(f"می{ZWNJ}").split(ZWNJ)[0]
    return lexicon().stem(first) if len(first) > _SHORTEST_WITH_ENDING else first


@lru_cache(maxsize=1 << 13)
def _sort(word: str) -> str:
    if not word[0].isalpha():
        return word
    return "".join(sorted(lexicon().kinds(word.replace(ZWNJ, ""))))


def _last_verb(words: Sequence[str]) -> str:
    """Return the last letters of the last word: of the verb, mostly."""
    last: Iterator[str] = (word for word in reversed(words) if word[0].isalpha())
    return next(last, "")[-2:]
