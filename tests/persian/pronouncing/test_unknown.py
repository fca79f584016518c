"""Which words no lexicon knows."""

from __future__ import annotations

from narrate.model import Pronunciation
from narrate.persian import Lexicon, unknown_words

NONE = Lexicon()


def test_names_are_found_and_words_with_their_endings_are_not() -> None:
    text = "شلیاپنیکف و کتاب‌هایشان را می‌خواندیم و نمی‌رفتند؛ شلیاپنیکف‌ها آمدند."

    (found,) = unknown_words([text], NONE)

    assert found.written == "شلیاپنیکف"
    assert found.count == 2
    assert found.context.startswith("شلیاپنیکف و کتاب‌هایشان")


def test_the_most_frequent_comes_first() -> None:
    found = unknown_words(["گژمبالف قژلباف گژمبالف", "قژلباف گژمبالف"], NONE)

    assert [(each.written, each.count) for each in found] == [("گژمبالف", 3), ("قژلباف", 2)]


def test_letters_and_words_with_vowel_marks_are_not_listed() -> None:
    assert unknown_words(["ج ق شِلیاپنیکُف"], NONE) == []


def test_what_a_person_wrote_down_is_known() -> None:
    lexicon = Lexicon.of([Pronunciation("شلیاپنیکف", "شِلیاپنیکُف")])

    assert unknown_words(["شلیاپنیکف‌ها"], lexicon) == []
