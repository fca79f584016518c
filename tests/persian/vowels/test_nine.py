"""Nine, and no."""

from __future__ import annotations

import pytest

from narrate.persian.vowels.nine import is_nine
from narrate.persian.vowels.tokens import tokens


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("ساعت نه آمد", True),
        ("سال هزار و نه", True),
        ("نه و نیم", False),
        ("نه هزار نفر", True),
        ("نه نفر آمدند", True),
        ("بیست و نه کتاب", True),
        ("نه، نمی‌آیم", False),
        ("نه این و نه آن", False),
        ("او نه گفت", False),
    ],
)
def test_nine_is_told_by_what_is_counted(sentence: str, expected: bool) -> None:  # noqa: FBT001
    found = tokens(sentence)
    place = [each.letters for each in found].index("نه")

    assert is_nine(found, place) is expected
