"""Where words are joined by ezafe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian.vowels.ezafe import ezafes
from narrate.persian.vowels.tokens import tokens


def joined(sentence: str) -> str:
    found = tokens(sentence)
    return " ".join(found[number].written for number in sorted(ezafes(found)))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("کتاب من روی میز است.", "کتاب روی"),
        ("او کتاب را خواند.", ""),
        ("پدر و مادر من به شهر تهران رفتند.", "مادر شهر"),
        ("خانه ما بزرگ است.", "خانه"),
        ("دولت جمهوری اسلامی ایران اعلام کرد.", "دولت جمهوری اسلامی"),
        ("", ""),
        ("،", ""),
    ],
)
def test_a_word_is_joined_to_what_modifies_it(sentence: str, expected: str) -> None:
    assert joined(sentence) == expected


WORDS = st.sampled_from(
    "کتاب خانه مرد بزرگ را و که می‌رود رفت بود از به ما تهران ، . ؟ « » ای این شادی باد".split()
)


@given(st.lists(WORDS, max_size=12))
def test_no_word_is_joined_to_what_no_word_can_be_joined_to(words: list[str]) -> None:
    found = tokens(" ".join(words))

    for number in ezafes(found):
        after = found[number + 1].letters
        assert found[number].is_word
        assert after not in {"را", "و", "که", "می‌رود", "رفت", "بود", "،", ".", "؟", "»"}


def test_a_wish_is_no_wind() -> None:
    assert joined("دلتان پر از شادی باد.") == ""
