"""A lexicon of pronunciations, and where its entries stand in a sentence."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.model import Pronunciation
from narrate.persian.pieces import Piece, joined
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
    sign: str = ""
    """Changes whenever an entry does."""

    @classmethod
    def of(cls, *sources: Iterable[Pronunciation]) -> Lexicon:
        """Return the lexicon of `sources`; of two entries for one word the later counts."""
        found = {_folded(cleaned(each.written)): each for source in sources for each in source}
        persian = {key: each for key, each in found.items() if _PERSIAN.fullmatch(key)}
        other = {key: each for key, each in found.items() if key not in persian}
        entries = str(sorted(found.items())).encode(errors="surrogatepass")
        sign = hashlib.blake2b(entries, digest_size=16)
        return cls(_index(persian), _index(other), sign.hexdigest())

    def knows(self, word: str) -> bool:
        """Tell whether `word` has an entry of its own."""
        key = _folded(word)
        return any(end - begin == len(key) for begin, end, _ in _found(key, self.persian))

    def found(
        self, text: str, rules: Callable[[str], str], *, phonemes: bool
    ) -> tuple[str, list[Piece]]:
        """Return `text` after `rules`, and what the entries in it want to be said.

        Entries in Persian letters are looked for behind the rules, all others (`K.G.P`, `ق.م`)
        before them; no rule sees what they say. A space and a half-space are the same here. A
        word that carries vowel marks is left alone. With `phonemes` an entry that has some gives
        them, as `[[…]]`.
        """
        clean = _HOLDER.sub("", text)
        pieces = _pieces(clean, self.other, phonemes=phonemes)[:_MOST_HELD]
        held = [
            Piece(each.begin, each.end, chr(_FIRST_HOLDER + number), each.why)
            for number, each in enumerate(pieces)
        ]
        text = rules(joined(clean, held))
        shown = [
            replace(pieces[ord(each[0]) - _FIRST_HOLDER], begin=each.start(), end=each.end())
            for each in _HOLDER.finditer(text)
        ]
        return text, sorted(
            [*shown, *_pieces(text, self.persian, phonemes=phonemes)], key=lambda each: each.begin
        )


@lru_cache(maxsize=1)
def built_in() -> tuple[Pronunciation, ...]:
    """Return the pronunciations that come with the package."""
    rows = table(__package__, "words").items()
    return tuple(Pronunciation(written, *said.split("\t")) for written, said in rows)


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


def _pieces(text: str, index: _Index, *, phonemes: bool) -> list[Piece]:
    """Return what the entries of `index` want to be said in `text`."""
    return [
        Piece(begin, end, said, "lexicon")
        for begin, end, entry in _found(text, index)
        if (said := entry.said(phonemes=phonemes))
    ]
