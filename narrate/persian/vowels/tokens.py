"""A spoken sentence as the models of vowels see it: words and signs, without vowel marks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from narrate.persian.spacing.words import LETTER, VOWELS, ZWNJ

_TOKEN = re.compile(rf"{LETTER}(?:[{VOWELS}{ZWNJ}]*{LETTER})*[{VOWELS}]*|\w+|[^\s{VOWELS}{ZWNJ}]")
_MARK = re.compile(f"[{VOWELS}]")
_HE_WITH_YE = re.compile(f"ه{ZWNJ}ی$|ۀ$")


class Token(NamedTuple):
    """A word or sign that stands at `begin` in its sentence."""

    begin: int
    written: str
    letters: str
    """Without vowel marks; a silent ه that carries its ezafe is a bare ه."""

    @property
    def end(self) -> int:
        """Where it ends in its sentence."""
        return self.begin + len(self.written)

    @property
    def is_word(self) -> bool:
        """Whether it is no sign."""
        return self.letters[0].isalpha()


def tokens(sentence: str) -> list[Token]:
    """Return the words and signs of `sentence`, in order."""
    found = _TOKEN.finditer(sentence)
    return [Token(each.start(), each[0], _letters(each[0])) for each in found]


@lru_cache(maxsize=1 << 14)
def _letters(written: str) -> str:
    return _HE_WITH_YE.sub("ه", _MARK.sub("", written))
