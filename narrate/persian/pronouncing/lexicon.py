"""A lexicon of pronunciations, and where its entries stand in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.model import Pronunciation
from narrate.persian.spacing.lexicon import ENDINGS
from narrate.persian.spacing.words import LETTER, VOWELS, ZWNJ
from narrate.persian.tables import table
from narrate.persian.writing import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# By the first letters or digits, then by length, the longest first.
type _Index = Mapping[str, Mapping[int, Mapping[str, Pronunciation]]]

_FIRST = re.compile(rf"(?<![\w{VOWELS}])[^\W_]+")
_PERSIAN = re.compile(rf"{LETTER}(?:[ {VOWELS}]*{LETTER})*[{VOWELS}]*")
_FOLD = str.maketrans(f"۰۱۲۳۴۵۶۷۸۹{ZWNJ}", "0123456789 ")
_GOES_ON = re.compile(
    rf"[\w{VOWELS}]|{ZWNJ}(?!(?:{'|'.join(sorted(ENDINGS))})(?![\w{VOWELS}]))|(?<=\d)[٫٬.,/:–-]\d"
)
_INSIDE = re.compile(rf"(?:{ZWNJ}|\d[٫٬.,/:–-])$")
_FIRST_HOLDER = 0xF0000
_MOST_HELD = 0xFFFD
_HOLDER = re.compile("[\U000f0000-\U000ffffd]")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Pronunciations, those in Persian letters apart from all others."""

    persian: _Index = field(default_factory=dict)
    other: _Index = field(default_factory=dict)

    @classmethod
    def of(cls, *sources: Iterable[Pronunciation]) -> Lexicon:
        """Return the lexicon of `sources`; of two entries for one word the later counts."""
        found = {_folded(cleaned(each.written)): each for source in sources for each in source}
        persian = {key: each for key, each in found.items() if _PERSIAN.fullmatch(key)}
        other = {key: each for key, each in found.items() if key not in persian}
        return cls(_index(persian), _index(other))

    def knows(self, word: str) -> bool:
        """Tell whether `word` has an entry of its own."""
        key = _folded(word)
        return any(end - begin == len(key) for begin, end, _ in _found(key, self.persian))

    def applied(self, text: str, rules: Callable[[str], str], *, phonemes: bool) -> str:
        """Return `text` after `rules`, with every entry said as it wants to be.

        Entries in Persian letters are looked for behind the rules, all others (`K.G.P`, `ق.م`)
        before them; no rule sees what they say. A space and a half-space are the same here. A
        word that carries vowel marks is left alone. With `phonemes` an entry that has some gives
        them, as `[[…]]`.
        """
        held: list[str] = []
        text = _held(_HOLDER.sub("", text), self.other, held, phonemes=phonemes)
        text = _held(rules(text), self.persian, held, phonemes=phonemes)
        return _HOLDER.sub(lambda found: _apart(held[ord(found[0]) - _FIRST_HOLDER], found), text)


@lru_cache(maxsize=1)
def built_in() -> tuple[Pronunciation, ...]:
    """Return the pronunciations that come with the package."""
    return tuple(Pronunciation(*row) for row in table(__package__, "words").items())


def _folded(text: str) -> str:
    return text.translate(_FOLD)


def _index(entries: Mapping[str, Pronunciation]) -> _Index:
    index: dict[str, dict[int, dict[str, Pronunciation]]] = {}
    for key, entry in sorted(entries.items(), key=lambda pair: -len(pair[0])):
        if first := _FIRST.match(key):
            index.setdefault(first[0], {}).setdefault(len(key), {})[key] = entry
    return index


def _found(text: str, index: _Index) -> Iterator[tuple[int, int, Pronunciation]]:
    """Yield where entries of `index` begin and end in `text`, and the entries; none overlap."""
    folded, done = _folded(text), 0
    for first in _FIRST.finditer(folded) if index else ():
        begin = first.start()
        for length, entries in index.get(first[0], {}).items() if begin >= done else ():
            entry, end = entries.get(folded[begin : begin + length]), begin + length
            if (
                entry
                and not _GOES_ON.match(text, end)
                and not _INSIDE.search(text[max(0, begin - 2) : begin])
            ):
                yield begin, end, entry
                done = end
                break


def _held(text: str, index: _Index, held: list[str], *, phonemes: bool) -> str:
    """Return `text` with a sign for each entry; what it says goes into `held`."""
    parts, done = [""], 0
    for begin, end, entry in _found(text, index):
        said = entry.said(phonemes=phonemes)
        if said and len(held) < _MOST_HELD:
            held.append(said)
            parts += text[done:begin], chr(_FIRST_HOLDER + len(held) - 1)
            done = end
    return "".join([*parts, text[done:]])


def _apart(said: str, found: re.Match[str]) -> str:
    """Set an entry apart from the words that it touches, and phonemes from all but an ending."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    # eSpeak NG hears phonemes only at the beginning of a word.
    alone = said.startswith("[[")
    left = " " if alone or before.isalnum() else ""
    right = " " if (alone and after != ZWNJ) or after.isalnum() else ""
    return f"{left}{said}{right}"
