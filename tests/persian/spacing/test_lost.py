"""Lost spaces: put back only where a word must be two."""

from __future__ import annotations

import pytest

from narrate.persian.spacing.lost import with_lost_spaces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("درسال وعلل باربود", "در سال و علل بار بود"),
        ("ازتاریخ این کشور", "از تاریخ این کشور"),
        ("او کاررا تمام کرد", "او کار را تمام کرد"),
        ("وعدالت", "و عدالت"),
    ],
)
def test_a_word_that_must_be_two_frequent_ones_becomes_two(text: str, expected: str) -> None:
    assert with_lost_spaces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("درخت", "دریا", "وزارت", "ورزش", "آذر", "کاربرد", "دربند", "ازدواج", "واقعه", "دروازه"),
        *("برنداشته", "درگذشت", "وارسته", "داریوش", "روزولت", "فرودگاه", "کردستان", "واژه‌نامه"),
        *("درِ خانه", "وَلی", "ادوارد", "نیوساوت", "بازارها", "ازبکستان", "سرود", "درود"),
    ],
)
def test_a_word_stays_one_if_it_may_be_one(text: str) -> None:
    assert with_lost_spaces(text) == text
