"""Numbers in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian.speaking.numerals import cardinal, decimal, grouped, ordinal, spelled

_SCALES = {"تریلیون": 10**12, "میلیارد": 10**9, "میلیون": 10**6, "هزار": 1000}
_NAMED = [*range(21), *range(30, 100, 10), *range(100, 1000, 100)]
_SMALL = {cardinal(number): number for number in _NAMED}


def number_of(words: str) -> int:
    """Read the words of a number again."""
    total = part = 0
    for word in words.replace(" و ", " ").split():
        if word in _SCALES:
            total += (part or 1) * _SCALES[word]
            part = 0
        else:
            part += _SMALL[word]
    return total + part


@given(st.integers(0, 10**15 - 1))
def test_the_words_of_a_number_say_that_number(number: int) -> None:
    assert number_of(cardinal(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1000, "هزار"),
        (1100, "هزار و صد"),
        (21_000, "بیست و یک هزار"),
        (1_001_000, "یک میلیون و هزار"),
        (101_000, "صد و یک هزار"),
    ],
)
def test_a_thousand_and_a_hundred_need_no_one(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "یکم"), (3, "سوم"), (23, "بیست و سوم"), (30, "سی‌ام"), (42, "چهل و دوم"), (100, "صدم")],
)
def test_an_ordinal_takes_its_ending(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("whole", "part", "words"),
    [
        ("۳", "۵۰", "سه و نیم"),
        ("۰", "۲۵", "بیست و پنج صدم"),
        ("۲", "۷", "دو و هفت دهم"),
        ("۱", "۰۰۵", "یک و پنج هزارم"),
        ("۱", "۰", "یک ممیز صفر"),
    ],
)
def test_a_decimal_is_said_by_its_places(whole: str, part: str, words: str) -> None:
    assert decimal(whole, part) == words


def test_zeros_in_front_are_said() -> None:
    assert grouped("۰۰۷") == "صفر صفر هفت"
    assert grouped("۰۰") == "صفر صفر"
    assert spelled("۰۹") == "صفر نه"
