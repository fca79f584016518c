"""What a document itself does where a half-space belongs: its habits, which are to win."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from narrate.persian.labelling import LIKELY
from narrate.persian.spacing.glued import settled
from narrate.persian.spacing.lexicon import COMPARED, PLURALS, UNCOUNTED, VERBAL, Lexicon, lexicon
from narrate.persian.spacing.words import NON_JOINING, ZWNJ, Word, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_PERSONS = ("ام", "ایم", "اید", "اند")
_COMMON = "5"
_ENOUGH = 3
"""So many verbs say how a document writes; with fewer, plurals are asked too."""
_OFTEN = 0.07
"""What a document does less often than this is a slip, and not how it writes."""
_MOSTLY = 0.8
_SURE = 0.995
"""How sure one must be of a slip."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes what takes a half-space: in shares of 1, and word by word."""

    half: float = 0.0
    """With a half-space."""
    spaced: float = 0.0
    """With a space."""
    glued: float = 0.0
    """Without either."""
    glues: tuple[str, ...] = ()
    """What begins the endings that it writes without on purpose: `ها`, `تر`."""
    own: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Words that it mostly writes with half-spaces, in one way: letters before each."""

    @property
    def glued_sure(self) -> float:
        """How sure one must be to cut a word of this document."""
        return LIKELY if self.glues_freely else _SURE

    @property
    def keeps_half_spaces(self) -> bool:
        """Whether half-spaces stand where they belong, but for slips."""
        return self.half > _MOSTLY

    @property
    def glues_freely(self) -> bool:
        """Whether half-spaces are lost as a rule, or may be: a text without verbs shows nothing."""
        return self.glued >= _OFTEN or not self.half + self.spaced

    @property
    def spaces_freely(self) -> bool:
        """Whether spaces stand for half-spaces as a rule, and not by a slip."""
        return self.spaced >= _OFTEN

    @property
    def spaced_sure(self) -> float:
        """How sure one must be to join two words of this document."""
        return LIKELY if self.spaces_freely else _SURE

    @property
    def kind(self) -> tuple[object, ...]:
        """All that decides how a text is respaced, but for the document's own words."""
        return self.keeps_half_spaces, self.glues_freely, self.spaces_freely, self.glues

    def ways(self, shown: Evidence) -> dict[str, tuple[int, ...]]:
        """Return the document's own way of each word of a text that has one."""
        return {letters: self.own[letters] for letters in shown.words() if letters in self.own}

    @classmethod
    def of(cls, texts: Iterable[str]) -> Habits:
        """Return the habits that `texts`, the parts of one document, show together."""
        return cls.shown_by(map(Evidence.of, texts))

    @classmethod
    def shown_by(cls, parts: Iterable[Evidence]) -> Habits:
        """Return the habits that the parts of one document show together."""
        verbs, plurals, compared = Counter[str](), Counter[str](), Counter[str]()
        ways: dict[str, Counter[tuple[int, ...]]] = {}
        whole = Counter[str]()
        for shown in parts:
            verbs.update(shown.verbs)
            plurals.update(shown.plurals)
            compared.update(shown.compared)
            whole.update(shown.whole.split())
            for letters, cuts in shown.cut:
                ways.setdefault(letters, Counter())[tuple(cuts)] += 1
        seen = verbs if verbs.total() >= _ENOUGH else verbs + plurals
        total = seen.total() or 1
        return cls(
            half=seen["half"] / total,
            spaced=seen["spaced"] / total,
            glued=seen["glued"] / total,
            glues=tuple(
                group[-1]
                for group, counts in ((PLURALS, plurals), (COMPARED, compared))
                if verbs["half"] > _MOSTLY * verbs.total() and counts["glued"] > counts["half"]
            ),
            own={
                letters: next(iter(way))
                for letters, way in ways.items()
                if len(way) == 1 and way.total() > whole[letters]
            },
        )


class Evidence(NamedTuple):
    """What one text shows of its writer's habits; all of it can be told in JSON."""

    verbs: tuple[str, ...]
    """How each verb is written: `half`, `spaced` or `glued`."""
    plurals: tuple[str, ...]
    compared: tuple[str, ...]
    cut: tuple[tuple[str, tuple[int, ...]], ...]
    """Words with half-spaces: their letters, and how many stand before each."""
    whole: str
    """The letters of the other words, with spaces between."""

    @classmethod
    def of(cls, text: str) -> Evidence:
        """Return what `text` shows."""
        found = words(text)
        return cls(
            tuple(_verbs(found, text)),
            tuple(_endings(found, text, PLURALS)),
            tuple(_endings(found, text, COMPARED)),
            tuple((word.letters, word.cuts) for word in found if ZWNJ in word.written),
            " ".join(word.letters for word in found if ZWNJ not in word.written),
        )

    def words(self) -> Iterator[str]:
        """Yield the letters of each word."""
        yield from self.whole.split()
        yield from (letters for letters, _ in self.cut)


def _verbs(found: Sequence[Word], text: str) -> Iterator[str]:
    table = lexicon()
    for word, after in pairwise(found):
        of_two = (word.written in VERBAL and after.letters in table.verbs) or (
            after.written in _PERSONS and word.letters in table.participles
        )
        if of_two and text[word.end : after.begin] == " ":
            yield "spaced"
    for word in found:
        first, half_space, rest = word.written.partition(ZWNJ)
        if half_space:
            if first in VERBAL or (rest in _PERSONS and first in table.participles):
                yield "half"
        elif _glued_verb(word.letters, table):
            yield "glued"


def _glued_verb(letters: str, table: Lexicon) -> bool:
    if table.frequency(letters) > UNCOUNTED:
        return False
    return table.is_glued_verb(letters) or any(
        letters.endswith(person) and letters.removesuffix(person) in table.participles
        for person in _PERSONS
    )


def _endings(found: Sequence[Word], text: str, group: tuple[str, ...]) -> Iterator[str]:
    for before, word in pairwise(found):
        if word.letters in group and text[before.end : word.begin] == " ":
            yield "spaced"
    for word in found:
        if not word.letters.endswith(group):
            continue
        ending = next(each for each in group if word.letters.endswith(each))
        stem = word.letters.removesuffix(ending)
        if not stem or stem[-1] in NON_JOINING:
            continue
        if word.written.endswith(ZWNJ + ending):
            yield "half"
        elif ZWNJ not in word.written and _inflected(word.letters, stem):
            yield "glued"


def _inflected(letters: str, stem: str) -> bool:
    table = lexicon()
    return (
        letters not in settled()
        and table.frequency(letters) < table.frequency(stem)
        and table.frequency(stem) >= _COMMON
    )
