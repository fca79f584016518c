"""What a line is: a table of lines that are headings, rules, numbers and prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.reading.lines import heading_text, joined, kind_of

HEADINGS = """
فصل اول
فصل اول: آغاز راه
فصل ۱۲ - بازگشت
فصل 3
فصل دوازدهم
فصل بیست و یکم
فصل سی‌ام
فصل پنجم‌
«فصل دوم»
بخش چهارم – جنگ
باب ۳
گفتار سوم. در باب دوستی
جلد دوم
قسمت آخر
فصل يكم
پیش‌گفتار
پیشگفتار
پيش گفتار
مقدمه
مقدمه‌ی مترجم
مقدمه: چرا این کتاب
پایان
نتیجه‌گیری
پی‌نوشت‌ها
**فصل اول**
_مقدمه_
# سلام
### فصلی دیگر ###
"""
RULES = "***|* * *|———|—————————————————-|---|___|* * * * *|⁂|•••|=====|– – –"
NUMBERS = "1|۲|۲.|(۳)|[4]|IV|12-"
BODY = """
فصل اول این کتاب درباره‌ی زندگی او بود.
بخش اول کتاب را خواندم و بعد از آن تا صبح خوابم نبرد که نبرد
بخش زیادی از مردم
فصل دوستی ما
فصل‌های سال
پایان جنگ
پایان.
مقدمه‌ی آشنایی ما سفری بود که به شمال رفتیم.
بابا آب داد
1917
۱۳۶۵
#سلام
- سلام
....
…
-
سلام
"""


def cases(text: str, sign: str = "\n") -> list[str]:
    return [line for line in text.split(sign) if line.strip()]


@pytest.mark.parametrize("line", cases(HEADINGS))
def test_a_heading_is_a_heading(line: str) -> None:
    assert kind_of(line) == "heading"


@pytest.mark.parametrize("line", cases(RULES, "|"))
def test_a_rule_is_a_rule(line: str) -> None:
    assert kind_of(line) == "rule"


@pytest.mark.parametrize("line", cases(NUMBERS, "|"))
def test_a_number_that_stands_alone_is_a_section_number(line: str) -> None:
    assert kind_of(line) == "number"


@pytest.mark.parametrize("line", cases(BODY))
def test_prose_is_prose(line: str) -> None:
    assert kind_of(line) == "body"


@given(st.text())
def test_every_line_has_a_kind(line: str) -> None:
    assert kind_of(line) in ("heading", "rule", "number", "body", "blank")


def test_the_signs_of_a_markdown_heading_are_not_its_words() -> None:
    assert heading_text("##  فصل # یک ##") == "فصل # یک"
    assert heading_text("# یک **مهم** و _تازه_") == "یک مهم و تازه"
    assert heading_text("**فصل اول**") == "فصل اول"


PROSE = (
    "در کوچه‌ی ما پیش از آن که خیابان را پهن کنند خانه‌ای بود با دری آبی و حیاطی پر از نارنج "
    "که صاحبش سی سال معلم بود و وقتی بازنشسته شد اتاق رو به کوچه را کتابخانه کرد و از آن پس "
    "هر کس که از آن جا می‌گذشت می‌توانست کتابی بردارد و برود و هر وقت خواست آن را پس بیاورد."
)


def wrapped(text: str, width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width, break_on_hyphens=False)


@pytest.mark.parametrize("width", [40, 60, 72])
def test_a_text_wrapped_at_a_width_is_joined_again(width: int) -> None:
    lines = ["فصل اول", "", *wrapped(PROSE, width), "", *wrapped(PROSE, width)]

    assert joined(lines) == ["فصل اول", "", PROSE, "", PROSE]


def test_wrapped_paragraphs_that_follow_each_other_directly_stay_apart() -> None:
    assert joined([*wrapped(PROSE, 60), *wrapped(PROSE, 60)]) == [PROSE, PROSE]


def test_verse_and_lists_are_not_joined() -> None:
    verse = ["بشنو این نی چون شکایت می‌کند", "از جدایی‌ها حکایت می‌کند", "کز نیستان تا مرا ببریده‌اند"]
    verse += [
        "در نفیرم مرد و زن نالیده‌اند",
        "سینه خواهم شرحه شرحه از فراق",
        "تا بگویم شرح درد اشتیاق",
    ]

    assert joined(verse) == verse


def test_long_lines_are_paragraphs() -> None:
    assert joined([PROSE, PROSE]) == [PROSE, PROSE]
