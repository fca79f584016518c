"""Words that no lexicon knows: names, mostly, which an editor wants to hear before synthesis."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.persian.spacing.lexicon import ENDINGS, lexicon
from narrate.persian.spacing.words import ZWNJ, bare, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from narrate.persian.pronouncing.lexicon import Lexicon
    from narrate.persian.spacing.words import Word

_CONTEXT = 40


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that no lexicon knows."""

    written: str
    count: int
    context: str
    """Where it stands first, with some letters on both sides."""


def unknown_words(texts: Iterable[str], pronunciations: Lexicon) -> list[Unknown]:
    """Return the unknown words of repaired `texts`, the most frequent first."""
    counts: Counter[str] = Counter()
    contexts: dict[str, str] = {}
    for text in texts:
        for word in words(text):
            stem = _stem(word)
            # A letter is no name, and a word with vowel marks was looked at by its author.
            is_plain = len(stem) > 1 and len(stem.replace(ZWNJ, "")) == len(bare(stem))
            if is_plain and not (_is_known(stem) or pronunciations.knows(stem)):
                counts[stem] += 1
                contexts.setdefault(stem, _around(text, word))
    return [Unknown(word, count, contexts[word]) for word, count in counts.most_common()]


def _stem(word: Word) -> str:
    """Return a word without the endings behind its half-spaces."""
    first, *rest = word.written.split(ZWNJ)
    while rest and rest[-1] in ENDINGS:
        rest.pop()
    return ZWNJ.join([first, *rest])


@lru_cache(maxsize=1 << 14)
def _is_known(stem: str) -> bool:
    table, letters = lexicon(), bare(stem)
    return (
        letters in table.known
        or letters in table.compounds
        or table.is_glued_verb(letters)
        or table.stem(letters) in table.known
        or all(part in table.known or part in ENDINGS for part in stem.split(ZWNJ))
    )


def _around(text: str, word: Word) -> str:
    begin, end = max(0, word.begin - _CONTEXT), word.end + _CONTEXT
    return " ".join(text[begin:end].split())
