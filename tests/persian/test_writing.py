"""Repairing written Persian: each rule with its examples, and what must come through unharmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian import repaired, writing

EXAMPLES = {
    "half_spaces": [
        ("هم¬جنس¬گرا", "هم‌جنس‌گرا"),
        ("می\u00adرود", "می‌رود"),
        ("کتاب‌‌‌ها", "کتاب‌ها"),
        ("کتاب‌ ها", "کتاب ها"),
        ("‌سلام‌،", "سلام،"),
        ("گُلِ‌سرخ", "گُلِ‌سرخ"),
    ],
    "invisible_signs": [
        ("\u200fسلام\u200e \u202bدنیا\u202c", "سلام دنیا"),
        ("سلام\u00a0\u2009  دنیا\t!", "سلام دنیا !"),
        ("\ufeffسلام\x00", "سلام"),
        ("سلام\x0cدنیا\x0bجدید\x85", "سلام دنیا جدید"),
    ],
    "ellipses": [("رفت... و", "رفت… و"), ("نه.....", "نه…"), ("الف..ب", "الف..ب")],
    "quotation_marks": [('""می""', '"می"'), ("“می”", '"می"')],
    "composed": [("ا\u0653ب", "آب"), ("مسی\u0654له", "مسئله"), ("خانه\u0654", "خانه\u0654")],
    "letters": [
        ("كتاب هاي عربي", "کتاب های عربی"),
        ("٤٥٦ و 123", "۴۵۶ و ۱۲۳"),
        ('او گفت "بله" و رفت', "او گفت «بله» و رفت"),
        ("میآموزد و نمیشود", "می‌آموزد و نمی‌شود"),
        ("میدان میلاد", "میدان میلاد"),
        ("مُرد و گُلِ سرخ", "مُرد و گُلِ سرخ"),
        ("بخش ۱.۲.۳ و ۳.۵", "بخش ۱.۲.۳ و ۳٫۵"),
        ("Chapter 12 (draft)", "Chapter 12 (draft)"),
        ("name12@mail.example.com", "name12@mail.example.com"),
        ("https://a.example/12/x.html?q=1.", "https://a.example/12/x.html?q=1."),
        ("K.G.P و report2.txt و www.example.ir", "K.G.P و report2.txt و www.example.ir"),
        ("اس. آر", "اس. آر"),
        ('"نامه به a@b.ir برسد"', "«نامه به a@b.ir برسد»"),
    ],
}


def test_every_rule_has_examples() -> None:
    assert list(EXAMPLES) == [rule.__name__ for rule in writing.RULES]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [(rule, *pair) for rule, pairs in EXAMPLES.items() for pair in pairs],
)
def test_a_rule_does_what_its_examples_show(rule: str, text: str, expected: str) -> None:
    assert getattr(writing, rule)(text) == expected


@pytest.mark.parametrize("pair", [pair for pairs in EXAMPLES.values() for pair in pairs])
def test_repairing_twice_changes_nothing_more(pair: tuple[str, str]) -> None:
    once = repaired(pair[0])

    assert repaired(once) == once


# Addresses stand apart, as they do in texts.
PIECES = [
    "می",
    "روم",
    "كتاب",
    "ها",
    " ",
    "‌",
    "¬",
    ".",
    "...",
    "\u200f",
    '"',
    "«",
    "۱۲",
    "3.5",
    " a@b.ir ",
]
PIECES += ["\u0654", "\u0651", "ه", "ا", "\u0653", "؟", " K.G.P ", "-", "\t", "\ufffc", "(", "ـ"]


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_repairing_is_idempotent_on_what_persian_is_made_of(text: str) -> None:
    once = repaired(text)

    assert repaired(once) == once


@given(st.text(alphabet=st.characters(exclude_characters="\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")))
def test_any_text_can_be_repaired_and_stays_one_line(text: str) -> None:
    assert len(repaired(text).splitlines()) <= 1


def test_a_correct_text_comes_through_untouched() -> None:
    text = Path("tests/data/sample.txt").read_text(encoding="utf-8")

    assert [repaired(line) for line in text.split("\n")] == text.split("\n")
