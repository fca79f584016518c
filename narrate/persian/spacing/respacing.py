"""Putting spaces and half-spaces back into a text."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.persian.labelling import labeller
from narrate.persian.spacing import glued, spaced
from narrate.persian.spacing.lexicon import lexicon
from narrate.persian.spacing.lost import with_lost_spaces
from narrate.persian.spacing.words import (
    NON_JOINING,
    ZWNJ,
    cut,
    gaps,
    neighbours,
    rows_of_words,
    words,
)

if TYPE_CHECKING:
    from narrate.persian.spacing.habits import Habits
    from narrate.persian.spacing.words import Word


def respaced(text: str, habits: Habits) -> str:
    """Return `text` with spaces and half-spaces where its author meant them.

    No letter is changed. `habits` are those of the document that `text` is a part of.
    """
    while (joined := _joined(with_lost_spaces(text), habits)) != text:
        # What was joined shows its neighbours in another light. A gap only goes from nothing to
        # a space to a half-space, so this ends.
        text = joined
    return _cut(text, habits)


def _joined(text: str, habits: Habits) -> str:
    signs = list(text)
    for row in rows_of_words(text):
        for number in _joins(tuple(word.written for word in row), habits):
            signs[row[number].end] = ZWNJ
    return "".join(signs)


def _joins(row: tuple[str, ...], habits: Habits) -> tuple[int, ...]:
    """Return the numbers of the words of `row` that are joined to the next."""
    if habits.spaces_freely or any(map(spaced.stands_out, pairwise(row))):
        return _labelled_row(row, habits.spaced_sure)
    return ()


@lru_cache(maxsize=1 << 10)
def _labelled_row(row: tuple[str, ...], sure: float) -> tuple[int, ...]:
    return tuple(labeller(__package__, "spaced").found(spaced.features(row), sure))


def _cut(text: str, habits: Habits) -> str:
    parts: list[str] = []
    end = 0
    for word, before, after in neighbours(words(text), text):
        places = _places(word, before, after, habits)
        parts += text[end : word.begin], cut(word.written, places) if places else word.written
        end = word.end
    return "".join([*parts, text[end:]])


def _places(word: Word, before: str, after: str, habits: Habits) -> tuple[int, ...]:
    letters = word.letters
    own = habits.own.get(letters, ())
    if letters in glued.settled() or (own and habits.keeps_half_spaces):
        return own
    if not habits.glues_freely and not glued.stands_out(letters):
        return own
    around = (before, after) if glued.ambiguous(letters) else ("", "")
    places = _labelled_word(letters, *around, habits.glued_sure)
    if habits.glues:
        places = tuple(place for place in places if not letters.startswith(habits.glues, place))
    # Beside a half-space of the author's another would part a single letter.
    taken = {place + step for place in word.cuts for step in (-1, 0, 1)}
    return tuple(place for place in places or own if place not in taken)


@lru_cache(maxsize=1 << 14)
def _labelled_word(letters: str, before: str, after: str, sure: float) -> tuple[int, ...]:
    places = gaps(letters)
    if not places:
        return ()
    row = glued.features(letters, before, after)
    cuts = tuple(places[number] for number in labeller(__package__, "glued").found(row, sure))
    return tuple(_before_plural(letters, place) for place in cuts)


def _before_plural(letters: str, place: int) -> int:
    """Return `place`, or the one before it in `استان‌هاست`: only participles take `است`."""
    left, right, table = letters[:place], letters[place:], lexicon()
    plural = (
        (left[-1], right) == ("ه", "است")
        and left not in table.participles
        and table.frequency(left) < table.frequency(left[:-1])
    )
    return place - 1 if plural and left[-2] not in NON_JOINING else place
