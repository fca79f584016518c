"""Written Persian → what an engine hears: each rule with its examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian import speaking, spoken

EXAMPLES = {
    "emphasis": [("این **مهم** است", "این مهم است"), ("_او_ رفت", "او رفت"), ("۲*۳*۴", "۲*۳*۴")],
    "bare_signs": [("• سلام", "  سلام"), ("<سلام>", " سلام "), ("گفت: «بله»", "گفت: «بله»")],
    "dashes": [("سیاسی – اجتماعی", "سیاسی، اجتماعی"), ("۱۹۱۸–۱۹۲۱", "۱۹۱۸–۱۹۲۱")],
}


def test_every_rule_has_examples() -> None:
    assert list(EXAMPLES) == [rule.__name__ for rule in speaking.RULES]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [(rule, *pair) for rule, pairs in EXAMPLES.items() for pair in pairs],
)
def test_a_rule_does_what_its_examples_show(rule: str, text: str, expected: str) -> None:
    assert getattr(speaking, rule)(text) == expected


@pytest.mark.parametrize("text", ["a_b~c@d.ir", "https://x.ir/a_b#c", "my_notes.txt"])
def test_an_address_reaches_the_engine_whole(text: str) -> None:
    assert spoken(f"به {text} بنویس") == f"به {text} بنویس"


@pytest.mark.parametrize("text", ["", "***", "۱۲۳", "— ۴ —", "؟"])
def test_what_holds_no_letter_is_never_spoken(text: str) -> None:
    assert spoken(text) == ""


def test_vowel_marks_reach_the_engine_in_the_order_in_which_they_were_written() -> None:
    assert spoken("مُحَمَّد و خَی\u0651\u064eاط") == "مُحَمَّد و خَی\u0651\u064eاط"


@given(st.text())
def test_speaking_is_idempotent(text: str) -> None:
    once = spoken(text)

    assert spoken(once) == once
