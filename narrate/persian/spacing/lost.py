"""Spaces that were lost after a letter that does not join, where nobody sees it: `درسال`."""

from __future__ import annotations

from functools import lru_cache

from narrate.persian.spacing.lexicon import ENDINGS, UNCOUNTED, Lexicon, lexicon
from narrate.persian.spacing.words import NON_JOINING, words

_FIRST = frozenset(("و", "در", "از"))
_LAST = frozenset(("را", "بود", "شد", "شود", "از", "در", "دارد", "کرد"))
_SHORTEST = 3
_FREQUENT = "A"
# With these a word is made of another: `ناکرده`, `هم‌وطن`, `دهستان`.
_BEFORE = ("نا", "هم", "بر", "باز", "پر", "سر", "وا", "فرا", "فرو", "ور", "غیر", "ضد", "ال")
_AFTER = ENDINGS | {"ستان", "ات", "ین", "مند", "وار", "گاه", "چه", "انه", "ک", "یان", "گی"}


def with_lost_spaces(text: str) -> str:
    """Return `text` with a space in each unknown word that must be two frequent ones."""
    signs = list(text)
    for word in words(text):
        # A word with marks was written with care.
        if len(word.written) == len(word.letters) and (place := _loss(word.letters)):
            signs[word.begin + place] = " " + signs[word.begin + place]
    return "".join(signs)


@lru_cache(maxsize=1 << 14)
def _loss(letters: str) -> int:
    table = lexicon()
    places = [
        place
        for place in range(1, len(letters))
        if letters[place - 1] in NON_JOINING and _two_words(letters[:place], letters[place:], table)
    ]
    return places[0] if len(places) == 1 and not _a_word(letters, table) else 0


def _two_words(left: str, right: str, table: Lexicon) -> bool:
    rest = right if left in _FIRST else left if right in _LAST else ""
    return (
        len(rest) >= _SHORTEST
        and table.frequency(rest) >= _FREQUENT
        and not (rest is right and _part(right, table))
    )


def _a_word(letters: str, table: Lexicon) -> bool:
    stems = {letters, *map(letters.removesuffix, _AFTER), *map(letters.removeprefix, _BEFORE)}
    return any(len(stem) > 1 and _known(stem, table) for stem in stems)


def _known(word: str, table: Lexicon) -> bool:
    return (
        table.frequency(word) > UNCOUNTED
        or table.kind(word) == "V"
        or word in table.compounds
        or _part(word, table)
    )


def _part(word: str, table: Lexicon) -> bool:
    return word in table.verbs or word in table.participles
