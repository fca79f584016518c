"""What is said at a place of a sentence instead of what is written there, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.persian.spacing.words import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterable

PHONEMES = "[["


@dataclass(frozen=True, slots=True)
class Piece:
    """`text[begin:end]` of a sentence, and what is said for it."""

    begin: int
    end: int
    said: str
    """Persian letters with vowel marks, or `[[phonemes]]`."""
    why: str
    """For a person who asks."""


def joined(text: str, pieces: Iterable[Piece]) -> str:
    """Return `text` with every one of `pieces`, which are in order and do not overlap, said."""
    parts, done = [""], 0
    for piece in pieces:
        parts += text[done : piece.begin], _apart(piece, text)
        done = piece.end
    return "".join([*parts, text[done:]])


def _apart(piece: Piece, text: str) -> str:
    """Set a piece apart from the words that it touches, and phonemes from all but an ending."""
    before = text[max(0, piece.begin - 1) : piece.begin]
    after = text[piece.end : piece.end + 1]
    # eSpeak NG hears phonemes only at the beginning of a word.
    alone = piece.said.startswith(PHONEMES)
    left = " " if alone or (before.isalnum() and piece.said[:1] != ZWNJ) else ""
    right = " " if (alone and after != ZWNJ) or after.isalnum() else ""
    return f"{left}{piece.said}{right}"
