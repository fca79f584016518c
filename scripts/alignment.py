"""Which gold tokens of a sentence belong to which of its words, by the sounds of their letters.

Phones are one letter each, as in the gold: a=æ A=ɒː e i o u, j=dʒ C=tʃ S=ʃ Z=ʒ q=ɢ y=j ?=ʔ.
Source: Needleman and Wunsch, 1970, with costs for what Persian writes and does not write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SOUNDS = {
    "ب": "b", "پ": "p", "ت": "td", "ث": "s", "ج": "jZ", "چ": "C", "ح": "h", "خ": "x", "د": "dt",
    "ذ": "z", "ر": "r", "ز": "z", "ژ": "Z", "س": "sz", "ش": "S", "ص": "sz", "ض": "z", "ط": "td",
    "ظ": "z", "ع": "?", "غ": "q", "ف": "f", "ق": "q", "ک": "kg", "گ": "g", "ل": "l", "م": "mn",
    "ن": "nm", "و": "vuo", "ه": "he", "ی": "yiA?", "ا": "AaeoA?", "آ": "A?", "ء": "?", "ئ": "?y",
    "ؤ": "?", "أ": "?aA", "ۀ": "e", "إ": "?e",
}  # fmt: skip
_OFTEN_SILENT = frozenset("وهاعءیئ")
_MATCH, _SKIP, _ADD = 0, 1, 2


class _Sign(NamedTuple):
    sound: str
    owner: int


class _Aligned(NamedTuple):
    steps: list[list[int]]
    cost: float


def aligned(words: Sequence[str], tokens: Sequence[str]) -> tuple[list[list[int]], float]:
    """Return the numbers of the tokens of each word, in order, and what it cost a token.

    Above 0.6 words and tokens are not of the same sentence.
    """
    letters = _spaced(["".join(c for c in word if c in SOUNDS) for word in words])
    phones = _spaced(tokens)
    table, cost = _table(letters, phones)
    votes = _votes(table, letters, phones)
    owned: list[list[int]] = [[] for _ in words]
    word = 0
    for token in range(len(tokens)):
        found = votes.get(token, {})
        word = max(word, max(found, key=lambda key: found[key])) if found else word
        owned[word].append(token)
    return owned, cost / max(1, len(tokens))


def _spaced(parts: Sequence[str]) -> list[_Sign]:
    signs: list[_Sign] = []
    for number, part in enumerate(parts):
        signs += [_Sign(" ", -1)] * bool(number)
        signs += [_Sign(sound, number) for sound in part]
    return signs


def _table(letters: Sequence[_Sign], phones: Sequence[_Sign]) -> _Aligned:
    added = [_cost_of_adding(phones, place) for place in range(len(phones))]
    costs = [0.0]
    for each in added:
        costs.append(costs[-1] + each)
    steps = [[_ADD] * (len(phones) + 1)]
    for letter, _ in letters:
        skipped = 0.6 if letter == " " else 0.2 if letter in _OFTEN_SILENT else 0.9
        fits = " " if letter == " " else SOUNDS[letter]
        row, ways = [costs[0] + skipped], [_SKIP]
        for place, (phone, _) in enumerate(phones):
            wrong = 0.0 if phone in fits else 3.0 if " " in (phone, letter) else 1.1
            options = (costs[place] + wrong, costs[place + 1] + skipped, row[place] + added[place])
            best = min(options)
            row.append(best)
            ways.append(options.index(best))
        costs = row
        steps.append(ways)
    return _Aligned(steps, costs[-1])


def _cost_of_adding(phones: Sequence[_Sign], place: int) -> float:
    sound = phones[place].sound
    if place and phones[place - 1].sound == sound:
        return 0.2
    return {" ": 0.5, "a": 0.1, "e": 0.1, "o": 0.1, "?": 0.15, "y": 0.3}.get(sound, 0.9)


def _votes(
    steps: Sequence[Sequence[int]], letters: Sequence[_Sign], phones: Sequence[_Sign]
) -> dict[int, dict[int, float]]:
    """Return, for each token, how many of its phones met letters of which word."""
    votes: dict[int, dict[int, float]] = {}
    row, column = len(letters), len(phones)
    while row or column:
        step = steps[row][column]
        if step == _MATCH:
            (letter, word), (phone, token) = letters[row - 1], phones[column - 1]
            if word >= 0 <= token:
                own = votes.setdefault(token, {})
                own[word] = own.get(word, 0) + (1 if phone in SOUNDS[letter] else 0.1)
        row -= step != _ADD
        column -= step != _SKIP
    return votes
