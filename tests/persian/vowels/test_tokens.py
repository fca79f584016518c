"""Words and signs as the models of vowels see them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narrate.persian.vowels.tokens import tokens


def test_marks_and_the_ezafe_of_a_silent_he_are_not_seen() -> None:
    found = tokens("کِتابِ خانه‌ی ما، نامهٔ «او»؟")

    assert [each.letters for each in found] == [
        *("کتاب", "خانه", "ما", "،", "نامه", "«", "او", "»", "؟")
    ]
    assert [each.is_word for each in found].count(False) == 4


@given(st.text())
def test_a_token_is_what_stands_at_its_place(text: str) -> None:
    found = tokens(text)

    assert all(text[each.begin : each.end] == each.written for each in found)
    assert all(each.letters for each in found)
    assert [each.begin for each in found] == sorted({each.begin for each in found})
