"""What people in a book say is told from what its author says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian import quotations


@pytest.mark.parametrize(
    ("paragraph", "speech"),
    [
        ("او گفت: «سلام بر شما» و رفت.", ["«سلام بر شما»"]),
        ("او گفت: «سلام.» من گفتم: «خوبی؟»", ["«سلام.»", "«خوبی؟»"]),
        ("«کجا بودی؟» پدر پرسید.", ["«کجا بودی؟»"]),
        ("«همه‌ی این بند گفتار است»", ["«همه‌ی این بند گفتار است»"]),
        ("گفت: «کتاب «بوف کور» را خوانده‌ای؟»", ["«کتاب «بوف کور» را خوانده‌ای؟»"]),
        ("— سلام. کجا می‌روی؟", ["— سلام. کجا می‌روی؟"]),
        ("- سلام.", ["- سلام."]),
        ("کتاب «جنگ و صلح» را خواندم.", []),
        ("به او «استاد» می‌گفتند.", []),
        ("گفت: «سلام", []),
        ("-۵ درجه بود.", []),
        ("کتاب «چه باید کرد؟» را خواندم.", []),
        ("پدر پرسید «کجا بودی؟»", ["«کجا بودی؟»"]),
        ("رفت. «کجا می‌روی؟» برگشت.", ["«کجا می‌روی؟»"]),
        ("بدون نقل.", []),
    ],
)
def test_speech_is_found_and_titles_are_not(paragraph: str, speech: list[str]) -> None:
    assert [text for text, own in quotations(paragraph) if own] == speech


@given(st.text(alphabet="آب «»:.؟— ", max_size=60))
def test_no_letter_is_lost(paragraph: str) -> None:
    runs = "".join(text for text, _ in quotations(paragraph))

    assert [each for each in runs if each.isalnum()] == [
        each for each in paragraph if each.isalnum()
    ]
