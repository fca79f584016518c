"""Scores how Persian is said: `scripts/score-pronunciation GOLD.tsv…`.

GOLD.tsv has a sentence, a tab, and its tokens in one letter a phone (`scripts/alignment.py` lists
them); a token that ends in 1 carries an ezafe. Scores are in percent:

PER     edits of phones that make what is said what should be said, of those that should be said
wrong   words with a wrong phone, their ezafe included
ezafe   F1 of the words behind whose stem an /e/ is heard

A glottal stop before a vowel at the beginning of a word is not counted. The first rows are eSpeak
NG alone and with each of its helps; the models of the package have seen the gold of
`phones-dev.tsv`: `scripts/train-pronunciation --folds` prints what models say that have not.
"""

from __future__ import annotations

import re
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.engines.espeak import Espeak
from narrate.persian import Lexicon, Manner, Vowels, repaired_parts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PHONES = {
    "t͡ʃ": "C", "d͡ʒ": "j", "tʃ": "C", "dʒ": "j", "ɑ": "A", "ɒ": "A", "æ": "a", "ʃ": "S", "ʒ": "Z",
    "ɢ": "q", "ʔ": "?", "ɾ": "r", "ɹ": "r", "j": "y", "ɡ": "g", "ŋ": "n", "w": "v",
}  # fmt: skip
_SOUND = re.compile("|".join([*_PHONES, "[aeioubptshdzfklmnvxrg]"]))
_VOWELS = frozenset("aAeiou")
_MISSED, _MATCHED, _ADDED = 0, 1, 2
_INITIAL = re.compile(r"^\?(?=[aAeiou])")


@dataclass(frozen=True)
class Token:
    """A word as it should be said."""

    phones: str
    ezafe: bool


@dataclass(frozen=True)
class Gold:
    """A sentence and how it should be said."""

    sentence: str
    tokens: tuple[Token, ...]

    @classmethod
    def read(cls, path: Path) -> list[Gold]:
        """Return the rows of a gold file."""
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        return [cls(row[0], tuple(map(_token, row[1].split()))) for row in rows]


@dataclass
class Score:
    """Counts, and what they come to."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_COUNTED, 0))

    def add(self, gold: Gold, said: str) -> None:
        """Count what is right in `said`, IPA with a space between words."""
        heard = "".join(_INITIAL.sub("", phones_of(word)) for word in said.split())
        wanted = [_INITIAL.sub("", token.phones) for token in gold.tokens]
        self.counts["phones"] += len("".join(wanted))
        self.counts["edits"] += _edits("".join(wanted), heard)
        stems = [_stem(token, own) for token, own in zip(gold.tokens, wanted, strict=True)]
        parts = _heard(wanted, stems, heard)
        for token, own, (stem, tail) in zip(gold.tokens, wanted, parts, strict=True):
            says_ezafe = "e" in tail
            self.counts["words"] += 1
            self.counts["wrong"] += stem + tail != own
            self.counts["hit"] += token.ezafe and says_ezafe
            self.counts["missed"] += token.ezafe and not says_ezafe
            self.counts["extra"] += says_ezafe and not token.ezafe

    def __str__(self) -> str:
        c = self.counts
        f1 = 200 * c["hit"] / max(1, 2 * c["hit"] + c["missed"] + c["extra"])
        per, wrong = 100 * c["edits"] / c["phones"], 100 * c["wrong"] / c["words"]
        return f"{per:6.2f} {wrong:7.2f} {f1:7.2f}"


_COUNTED = ("phones", "edits", "words", "wrong", "hit", "missed", "extra")
HEAD = f"{'':34} {'PER':>6} {'wrong':>7} {'ezafe':>7}"


def main() -> None:
    """Print a table for each file of the command line."""
    plain = Manner(Lexicon(), vowels=Vowels(ezafe=False, homographs=False), hears="phonemes")
    ways: Mapping[str, Manner | None] = {
        "eSpeak NG alone": None,
        "its hiatus mended": plain,
        "and words that it says wrong": Manner(vowels=plain.vowels, hears="phonemes"),
        "and ezafe": Manner(vowels=Vowels(homographs=False), hears="phonemes"),
        "and homographs": Manner(hears="phonemes"),
    }
    for path in map(Path, sys.argv[1:]):
        rows = Gold.read(path)
        print(f"{path.name}, {len(rows)} sentences\n{HEAD}")
        for name, manner in ways.items():
            score = Score()
            for row, said in zip(rows, say([row.sentence for row in rows], manner), strict=True):
                score.add(row, said)
            print(f"{name:34} {score}")
        print(f"{_milliseconds(rows):.1f} ms a sentence for its vowels, on one core")


def _milliseconds(rows: Sequence[Gold]) -> float:
    """Return how much longer a sentence takes with its vowels than without."""
    spent = []
    for manner in (Manner(), Manner(hears="phonemes")):
        manner.spoken("کتاب مرد")
        begun = time.process_time()
        for row in rows:
            manner.spoken(row.sentence)
        spent.append(time.process_time() - begun)
    return 1000 * (spent[1] - spent[0]) / len(rows)


def say(sentences: Sequence[str], manner: Manner | None) -> list[str]:
    """Return sentences in IPA; without a manner as eSpeak NG says what is written."""
    if manner is None:
        return list(map(Espeak(mend=0).phonemes, sentences))
    return [
        " ".join(Espeak().phonemes(said) for _, said in manner.said(text))
        for text in repaired_parts(sentences)
    ]


def phones_of(ipa: str) -> str:
    """Return the one-letter phones of a word in IPA."""
    return "".join(_PHONES.get(sound, sound) for sound in _SOUND.findall(ipa))


def _token(text: str) -> Token:
    return Token(re.sub("[12]", "", text), "1" in text)


def _stem(token: Token, phones: str) -> int:
    """Return how many phones a word has without its ezafe."""
    if not token.ezafe:
        return len(phones)
    return len(phones) - (2 if re.search("[aAeiou]ye$", phones) else 1)


def _edits(wanted: str, said: str) -> int:
    row = list(range(len(said) + 1))
    for number, left in enumerate(wanted, 1):
        last, row[0] = row[0], number
        for place, right in enumerate(said, 1):
            best = min(row[place] + 1, row[place - 1] + 1, last + (left != right))
            last, row[place] = row[place], best
    return row[-1]


def _heard(wanted: Sequence[str], stems: Sequence[int], said: str) -> list[tuple[str, str]]:
    """Return what is heard of `said` for the stem of each of the words `wanted`, and behind it."""
    owners = [(number, place) for number, word in enumerate(wanted) for place in range(len(word))]
    ways = _ways("".join(wanted), said)
    heard = [["", ""] for _ in wanted]
    left, right = len(owners), len(said)
    while left or right:
        way = ways[left][right]
        number, place = owners[max(0, left - 1)]
        if way != _MISSED:
            # What stands between two words belongs to the first: it is an ezafe, mostly.
            added_behind = way == _ADDED and place == stems[number] - 1
            is_tail = place >= stems[number] or (added_behind and left > 0)
            heard[number][is_tail] = said[right - 1] + heard[number][is_tail]
        left -= way != _ADDED
        right -= way != _MISSED
    return [(stem, tail) for stem, tail in heard]


def _ways(wanted: str, said: str) -> list[list[int]]:
    """Return the cheapest last step at each place of both, for the way back."""
    ways = [[_ADDED] * (len(said) + 1)]
    costs = [_lost(said[:place]) for place in range(len(said) + 1)]
    for phone in wanted:
        lost = _lost(phone)
        row, way = [costs[0] + lost], [_MISSED]
        for place, other in enumerate(said):
            options = (
                costs[place + 1] + lost,
                costs[place] + _cost(phone, other),
                row[place] + _lost(other),
            )
            row.append(min(options))
            way.append(options.index(row[-1]))
        costs = row
        ways.append(way)
    return ways


def _lost(phones: str) -> float:
    return sum(0.5 if phone == "?" else 1 for phone in phones)


def _cost(phone: str, other: str) -> float:
    if phone == other:
        return 0
    return 1.9 if (phone in _VOWELS) != (other in _VOWELS) else 1


if __name__ == "__main__":
    main()
