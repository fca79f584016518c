"""Where a sentence needs vowels, and which."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.persian.pieces import Piece
from narrate.persian.spacing.words import VOWELS, ZWNJ
from narrate.persian.vowels.ezafe import ezafes
from narrate.persian.vowels.homographs import VERBS, chosen, form_of, likelihoods
from narrate.persian.vowels.marks import with_ezafe, without_ezafe
from narrate.persian.vowels.nine import MARKED, NINE, PHONEMES, is_nine
from narrate.persian.vowels.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from narrate.persian.vowels.homographs import Form, Reading
    from narrate.persian.vowels.tokens import Token

_MARKED = re.compile(f"[{VOWELS}ۀ]")
_WRITTEN_EZAFE = f"{ZWNJ}ی"


@dataclass(frozen=True, slots=True)
class Vowels:
    """Which vowels are put into a sentence."""

    ezafe: bool = True
    homographs: bool = True

    def pieces(self, text: str, taken: Sequence[Piece], *, phonemes: bool) -> list[Piece]:
        """Return `taken`, pieces of the sentence `text`, with their ezafe, and all others needed.

        They are in order and do not overlap. With `phonemes` homographs are said in phonemes.
        """
        if not (self.ezafe or self.homographs):
            return [replace(piece, said=without_ezafe(piece.said)) for piece in taken]
        sentence = tokens(text)
        joined, pieces = set(ezafes(sentence)), list(taken)
        if self.homographs:
            free = set(range(len(sentence))) - _covered(sentence, taken)
            for choice in _choices(sentence, free, joined):
                if choice.reading.sort in VERBS:
                    joined.discard(choice.place - 1)
                pieces += choice.pieces(sentence, phonemes=phonemes)
            pieces += _nines(sentence, free, phonemes=phonemes)
        pieces = _with_ezafes(sentence, joined if self.ezafe else (), pieces)
        return sorted(pieces, key=lambda piece: piece.begin)


def _nines(sentence: Sequence[Token], free: Iterable[int], *, phonemes: bool) -> Iterator[Piece]:
    for place in free:
        token = sentence[place]
        if token.written == NINE and is_nine(sentence, place):
            yield Piece(token.begin, token.end, PHONEMES if phonemes else MARKED, "number")


@dataclass(frozen=True, slots=True)
class _Choice:
    """A homograph of a sentence, and how it is read there."""

    place: int
    form: Form
    reading: Reading
    chance: float

    def pieces(self, sentence: Sequence[Token], *, phonemes: bool) -> list[Piece]:
        """Return what says the reading; nothing if it is the voice's own."""
        if self.reading.is_default:
            return []
        begin = sentence[self.place].begin
        said = self.form.marked(self.reading)
        if phonemes:
            said = f"[[{self.form.phonemes(self.reading)}]]"
        return [Piece(begin, begin + self.form.length, said, f"homograph {self.chance:.0%}")]


def _covered(sentence: Sequence[Token], taken: Sequence[Piece]) -> set[int]:
    """Return the numbers of the words of which a piece says a part."""
    covered, rest = set[int](), iter(sorted(taken, key=lambda piece: piece.begin))
    piece = next(rest, None)
    for number, token in enumerate(sentence):
        while piece and piece.end <= token.begin:
            piece = next(rest, None)
        if piece and piece.begin < token.end:
            covered.add(number)
    return covered


def _choices(
    sentence: Sequence[Token], free: Iterable[int], joined: Collection[int]
) -> Iterator[_Choice]:
    """Yield how the homographs at the places `free` are read, where the model is sure."""
    for place in sorted(free):
        token = sentence[place]
        form = None if _MARKED.search(token.written) else form_of(token.letters)
        if form:
            choice = chosen(form, likelihoods(form, sentence, place, joined))
            if choice:
                yield _Choice(place, form, *choice)


def _with_ezafes(
    sentence: Sequence[Token], joined: Collection[int], pieces: Sequence[Piece]
) -> list[Piece]:
    """Return `pieces` and those that the words `joined` need for their ezafe."""
    by_end = {piece.end: piece for piece in pieces}
    inside = {place for piece in pieces for place in range(piece.begin, piece.end)}
    changed = {piece.begin: replace(piece, said=without_ezafe(piece.said)) for piece in pieces}
    for number in joined:
        token = sentence[number]
        own = by_end.get(token.end)
        if own:
            said, why = with_ezafe(own.said, token.letters), f"{own.why}; ezafe"
            changed[own.begin] = replace(own, said=said, why=why)
        elif token.end - 1 not in inside:
            begin = token.begin
            while begin in inside:
                begin += 1
            rest = token.written[begin - token.begin :]
            stem = by_end.get(begin)
            if stem and rest == _WRITTEN_EZAFE:
                said = with_ezafe(without_ezafe(stem.said), token.letters)
                changed[stem.begin] = replace(stem, end=token.end, said=said)
            elif (said := with_ezafe(rest, token.letters)) != rest:
                changed[begin] = Piece(begin, token.end, said, "ezafe")
    return list(changed.values())
