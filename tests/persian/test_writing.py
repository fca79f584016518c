"""Repairing written Persian: each rule with its examples, and what must come through unharmed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian import repaired, writing

EXAMPLES = {
    "invisible_signs": [
        ("\u200fسلام\u200e \u202bدنیا\u202c", "سلام دنیا"),
        ("\ufeffسلام\x00", "سلام"),
        ("مدرسه\u200d‌ها", "مدرسه‌ها"),
    ],
    "stretched_letters": [
        ("سلــام", "سلام"),
        ("برست ـ لیتووسک", "برست – لیتووسک"),
        ("۱۹۱۷ـ۱۹۲۱", "۱۹۱۷–۱۹۲۱"),
    ],
    "half_spaces": [
        ("هم¬جنس¬گرا", "هم‌جنس‌گرا"),
        ("می\u00adرود", "می‌رود"),
        ("کتاب‌‌‌ها", "کتاب‌ها"),
        ("کتاب‌ ها", "کتاب ها"),
        ("‌سلام‌،", "سلام،"),
        ("گُلِ‌سرخ", "گُلِ‌سرخ"),
    ],
    "blanks": [
        (" سلام\u00a0\u2009  دنیا\t!", "سلام دنیا !"),
        ("سلام\x0cدنیا\x0bجدید\x85", "سلام دنیا جدید"),
    ],
    "ellipses": [("رفت... و", "رفت… و"), ("نه.....", "نه…"), ("الف..ب", "الف..ب")],
    "letters": [
        ("كتاب هاي عربي", "کتاب های عربی"),
        ("ﻛﺘﺎﺏ ﻻﻟﻪ ﺁﺑﯽ", "کتاب لاله آبی"),
        ("ﷲ ﷼ محمدﷺ", "الله ریال محمد صلی الله علیه وسلم"),
        ("مُرد و گُلِ سرخ", "مُرد و گُلِ سرخ"),
        ("جامعة خانۀ رأی ئێمه", "جامعة خانۀ رأی ئێمه"),
    ],
    "composed": [("ا\u0653ب", "آب"), ("مسی\u0654له", "مسئله"), ("خانه\u0654", "خانه\u0654")],
    "digits": [
        ("٤٥٦ و 123 و 50%", "۴۵۶ و ۱۲۳ و ۵۰٪"),
        ("پروندهٔ MP3 و Windows 11", "پروندهٔ MP3 و Windows ۱۱"),
        ("بیماری COVID-19 و 10-12", "بیماری COVID-19 و ۱۰-۱۲"),
        ("Chapter 12 (draft)", "Chapter 12 (draft)"),
    ],
    "decimal_points": [("۳.۵ متر", "۳٫۵ متر"), ("۳. ۵", "۳. ۵")],
    "quotation_marks": [
        ('""می""', "«می»"),
        ("“می”", "«می»"),
        ('او گفت "بله" و رفت', "او گفت «بله» و رفت"),
        ("“الف”“ب”", "«الف»«ب»"),
        ("He said “yes”", "He said “yes”"),
    ],
    "glued_signs": [
        ("نیکلای دوم(آخرین تزار)بود", "نیکلای دوم (آخرین تزار) بود"),
        ("گفت«سلام» و ۱۳۶۱(پس از جنگ)", "گفت «سلام» و ۱۳۶۱ (پس از جنگ)"),
        ("رفتم.ولی،او؟نه: «کاپیتال»مارکس", "رفتم. ولی، او؟ نه: «کاپیتال» مارکس"),
        ("ق.م و اس.آر و سایت.ایران", "ق.م و اس.آر و سایت.ایران"),
        ("(نا)خودآگاه و دوست(ان)مان", "(نا)خودآگاه و دوست(ان)مان"),
        ("کتاب(ها)ی من و «ایران»ی", "کتاب(ها)ی من و «ایران»ی"),
        ("۱۹۱۷میلادی و سال۱۲۹۶", "۱۹۱۷ میلادی و سال ۱۲۹۶"),
        ("۲۱ام و ۳م و ۱۰ها و ب۲", "۲۱ام و ۳م و ۱۰ها و ب۲"),
    ],
    "abbreviated_plurals": [("اس. آرهای چپ", "اس. آر‌های چپ"), ("اس.آرها", "اس.آر‌ها")],
}
WHOLE = [
    ("میآموزد و نمیشود", "می‌آموزد و نمی‌شود"),
    ("میدان میلاد", "میدان میلاد"),
    ("کتاب ها را می خوانم", "کتاب‌ها را می‌خوانم"),
    ("طبقهای انقلابی به رهبری کارگران", "طبقه‌ای انقلابی به رهبری کارگران"),
    ("خانوادهی بزرگ و خانوادهٔ کوچک", "خانواده‌ی بزرگ و خانوادهٔ کوچک"),
    ("هم¬جنس¬گرایی", "هم‌جنس‌گرایی"),
    ("درسال ۱۹۱۷میلادی وعلل آن", "در سال ۱۹۱۷ میلادی و علل آن"),
    ("سازمان هاي سياسى", "سازمان‌های سیاسی"),
    ("بهطور کلی", "به‌طور کلی"),
    ("میشه بری؟ نمیخوام", "می‌شه بری؟ نمی‌خوام"),
    ("بخش ۱.۲.۳ و 3.5", "بخش ۱.۲.۳ و ۳٫۵"),
    ("name12@mail.example.com", "name12@mail.example.com"),
    ("https://a.example/12/x.html?q=1.", "https://a.example/12/x.html?q=1."),
    ("K.G.P و report2.txt و www.example.ir", "K.G.P و report2.txt و www.example.ir"),
    ("اس. آر", "اس. آر"),
    ('"نامه به a@b.ir برسد"', "«نامه به a@b.ir برسد»"),
]


def test_every_rule_has_examples() -> None:
    assert list(EXAMPLES) == [rule.__name__ for rule in (*writing.SIGNS, *writing.RULES)]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [(rule, *pair) for rule, pairs in EXAMPLES.items() for pair in pairs],
)
def test_a_rule_does_what_its_examples_show(rule: str, text: str, expected: str) -> None:
    assert getattr(writing, rule)(text) == expected


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_all_rules_together_repair_a_text(text: str, expected: str) -> None:
    assert repaired(text) == expected


@pytest.mark.parametrize("pair", [*WHOLE, *(pair for pairs in EXAMPLES.values() for pair in pairs)])
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

    assert repaired(text) == text
