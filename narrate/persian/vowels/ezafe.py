"""Which words of a sentence are joined to the next by ezafe: «کتابِ من»، «خانه‌ی ما».

A conditional random field decides; `data/ezafe.md` says what it learned from.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.persian.labelling import LIKELY, labeller
from narrate.persian.spacing.lexicon import UNCOUNTED, lexicon
from narrate.persian.spacing.words import ZWNJ
from narrate.persian.vowels.homographs import VERBS, table
from narrate.persian.vowels.nine import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.persian.vowels.tokens import Token

_BEGINNING, _END = ("<<", "<"), (">", ">>")
_NEVER = frozenset("و که را یا اما ولی اگر از به در با بر تا ای این آن هر بن".split())
_NEVER_JOINED = frozenset(
    "و که را یا اما ولی اگر است نیست هستند بود شد بن "
    "ناگهان هنوز دوباره هرگز فقط حتی نیز همیشه".split()
)
_THEN = frozenset("پیش بعد قبل".split())
_COUNTS = NUMBERS | {"چند", "چندین"}
_WISHES = frozenset({"باد", "مباد"})
_CONJUNCTIONS = frozenset("که اگر چون تا وقتی".split())
_SELDOM = 0.05
_OPENING = frozenset("«([“")


def ezafes(sentence: Sequence[Token]) -> frozenset[int]:
    """Return the numbers of the words of `sentence` that carry an ezafe."""
    if not sentence:
        return frozenset()
    row = features([each.letters for each in sentence])
    found = labeller(__package__, "ezafe").found(row, LIKELY)
    return frozenset(number for number in found if _may_carry(sentence, number))


def _may_carry(sentence: Sequence[Token], number: int) -> bool:
    """Say whether grammar lets a word carry an ezafe, whatever the model thinks."""
    token, after = sentence[number], sentence[number + 1 : number + 2]
    if not token.is_word or token.letters in _NEVER or not after:
        return False
    if token.letters.endswith("هایی") or _is_span(sentence, number):
        return False
    if not after[0].is_word:
        return after[0].letters in _OPENING
    if _closes_as_verb(sentence, number + 1):
        return False
    return after[0].letters not in _NEVER_JOINED and not _is_verb(after[0].letters)


def _is_span(sentence: Sequence[Token], number: int) -> bool:
    """Say whether a word is the unit of a span of time: «دو سال پیش»."""
    counted = number > 0 and sentence[number - 1].letters in _COUNTS
    return counted and sentence[number + 1].letters in _THEN


def _closes_as_verb(sentence: Sequence[Token], number: int) -> bool:
    """Say whether a word that can be a verb closes a clause that wants one and has no other.

    «دلتان شاد باد.», «هر که یاری خرد،»: a clause behind a conjunction, or at the end.
    """
    end = number + 1
    if not _can_be_verb(sentence[number].letters):
        return False
    while end < len(sentence) and not sentence[end].is_word:
        end += 1
    is_last = end == len(sentence)
    if not is_last and end == number + 1:
        return False
    begin = number
    while begin and sentence[begin - 1].is_word:
        begin -= 1
    clause = [token.letters for token in sentence[begin:number]]
    wants_verb = is_last or not _CONJUNCTIONS.isdisjoint(clause)
    return wants_verb and not any(map(_is_verb, clause))


def _can_be_verb(word: str) -> bool:
    readings = table().get(word, ())
    if word in _WISHES or lexicon().kind(word) == "V":
        return True
    return any(each.sort in VERBS for each in readings if each.share >= _SELDOM)


@lru_cache(maxsize=1 << 13)
def _is_verb(word: str) -> bool:
    letters, table = word.replace(ZWNJ, ""), lexicon()
    counted = table.frequency(letters) > UNCOUNTED
    return table.is_glued_verb(letters) or (counted and table.kind(letters) == "V")


def features(words: Sequence[str]) -> list[list[str]]:
    """Return the features of each of the words and signs of a sentence."""
    row = [*_BEGINNING, *words, *_END]
    own = [_own(word) for word in row]
    return [_features(row, own, place) for place in range(2, len(row) - 2)]


def _features(row: Sequence[str], own: Sequence[tuple[str, ...]], place: int) -> list[str]:
    far, left, word, right, farther = row[place - 2 : place + 3]
    kind, ending = own[place][:2]
    before, after, then = own[place - 1], own[place + 1], own[place + 2]
    return [
        f"w{word}",
        f"l{left}",
        f"r{right}",
        f"L{far}",
        f"R{farther}",
        f"{word}|{right}",
        f"{left}|{word}|",
        f"{right}||{farther}",
        f"{kind}|{after[0]}",
        f"{after[0]}||{then[0]}",
        f"{word}|{after[0]}",
        f"{ending}|{after[0]}",
        f"{before[0]}|{kind}|{after[0]}",
        f"R{then[0]}",
        *own[place],
        *(f"r{each}" for each in after),
        *(f"l{each}" for each in before[:3]),
    ]


@lru_cache(maxsize=1 << 13)
def _own(word: str) -> tuple[str, ...]:
    """Return what a word shows of itself: first what it can be, then its last letters."""
    if not word[0].isalpha():
        return (f"k{word}", f"e{word}")
    letters, parts = word.replace(ZWNJ, ""), word.split(ZWNJ)
    kinds = "".join(sorted(lexicon().kinds(letters)))
    halves = (f"h{parts[-1]}", f"g{parts[0]}") if len(parts) > 1 else ()
    return (
        f"k{kinds}",
        f"e{word[-2:]}",
        f"E{word[-3:]}",
        f"f{word[-1:]}",
        f"F{word[-4:]}",
        *(f"p{word[:length]}" for length in (1, 2, 3)),
        *halves,
    )
