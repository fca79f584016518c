"""What is said instead of what is written."""

from __future__ import annotations

import pytest

from narrate.persian.pieces import Piece, joined


@pytest.mark.parametrize(
    ("text", "begin", "end", "said", "expected"),
    [
        ("آن مرد رفت", 3, 6, "مُرد", "آن مُرد رفت"),
        ("«مرد» رفت", 1, 4, "[[m'oRd]]", "« [[m'oRd]] » رفت"),
        ("کرم‌ها", 0, 3, "[[k'eRm]]", " [[k'eRm]]‌ها"),
        ("در۵کرم", 3, 6, "کِرم", "در۵ کِرم"),
    ],
)
def test_a_piece_stands_apart_from_the_words_around(
    text: str, begin: int, end: int, said: str, expected: str
) -> None:
    assert joined(text, [Piece(begin, end, said, "")]) == expected


def test_a_text_without_pieces_is_itself() -> None:
    assert joined("سلام", []) == "سلام"
