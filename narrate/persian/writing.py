"""Repairing written Persian: one code for each letter and digit, half-spaces where they were meant.

The result is what outputs show. It is said as `spoken` makes it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.persian.protect import shielded

if TYPE_CHECKING:
    from collections.abc import Callable

ZWNJ = "\u200c"

_STAND_INS = re.compile("[\u00ac\u00ad\u200b]")
_INVISIBLE = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f\ufffc]"
)
_SPACES = re.compile(
    r"[ \t\x0b\x0c\x1c-\x1f\x85\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0620-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_VOWELS = "\u064b-\u0655\u0670"
_LOOSE_ZWNJ = re.compile(rf"(?<![\w{_VOWELS}]){ZWNJ}|{ZWNJ}(?!\w)")
_MARK = "[\u064b-\u0652\u0670]*"
_COMPOSED = (
    (re.compile(f"ا({_MARK})\u0653"), r"آ\1"),
    (re.compile(f"ا({_MARK})\u0654"), r"أ\1"),
    (re.compile(f"و({_MARK})\u0654"), r"ؤ\1"),
    (re.compile(f"[یيى]({_MARK})\u0654"), r"ئ\1"),
)


def repaired(text: str) -> str:
    """Return `text` as its author meant to write it; lines stay lines.

    Vowel marks stay: they are pronunciation. Addresses, file names and dotted abbreviations
    come through untouched.
    """
    for rule in RULES:
        text = rule(text)
    return text


def invisible_signs(text: str) -> str:
    """Drop signs that order or join text and say nothing; make every blank a space."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def half_spaces(text: str) -> str:
    """Make the stand-ins `¬` and soft hyphen half-spaces, and keep only those between letters."""
    text = re.sub(f"{ZWNJ}+", ZWNJ, _STAND_INS.sub(ZWNJ, text))
    return _LOOSE_ZWNJ.sub("", text)


def quotation_marks(text: str) -> str:
    """Make every row of straight or curly quotation marks one mark, which then finds its pair."""
    return re.sub('["“”„‟]+', '"', text)


def letters(text: str) -> str:
    """Put Arabic and presentation forms, digits and quotation marks into their Persian form.

    A text in Latin letters alone, such as a file's name, keeps its digits.
    """
    if _LATIN.search(text) and not _ARABIC.search(text):
        return text
    return shielded(text, _hazm())


def composed(text: str) -> str:
    """Join a letter and a hamza or madda written after it, leaving the order of vowel marks."""
    for pattern, letter in _COMPOSED:
        text = pattern.sub(letter, text)
    return text


def ellipses(text: str) -> str:
    """Write three and more full stops as the one sign, where they stand."""
    return re.sub(r"\.{3,}", "…", text)


RULES: tuple[Callable[[str], str], ...] = (
    half_spaces,
    invisible_signs,
    ellipses,
    quotation_marks,
    composed,
    letters,
)


@lru_cache(maxsize=1)
def _hazm() -> Callable[[str], str]:
    from hazm import Normalizer

    # Its defaults serve search: they drop vowel marks and tear addresses apart.
    normalizer = Normalizer(
        correct_spacing=False,
        remove_diacritics=False,
        remove_specials_chars=False,
        decrease_repeated_chars=False,
        persian_style=True,
        persian_numbers=True,
        unicodes_replacement=True,
        seperate_mi=True,
    )
    normalize: Callable[[str], str] = normalizer.normalize
    return normalize
