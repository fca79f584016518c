"""File names: letters stay, every file system takes them, no two titles share one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Book
from narrate.outputs.names import file_name, gregorian, identifier, slug

TITLES = st.text() | st.text(alphabet="aA/:؟?~ .كک‌\u200eé\u0301e")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("کتاب‌خانه‌ی ما", "کتاب‌خانه‌ی ما"),
        ("فصل ۱: آغاز؟", "فصل ۱： آغاز؟"),
        ("چرا? / نه", "چرا？ ／ نه"),
        ("کتاب: «آبی» & <سبز>", "کتاب： «آبی» & ＜سبز＞"),
    ],
)
def test_a_title_keeps_its_letters(title: str, name: str) -> None:
    assert file_name(title) == name


@pytest.mark.parametrize(
    "title", ["", ".", "..", "con", "NUL", "com1.txt", "کتاب.", " کتاب", "a/b\x00"]
)
def test_a_name_that_a_system_refuses_gets_a_tail(title: str) -> None:
    assert "~" in file_name(title)


@given(TITLES)
def test_every_file_system_takes_the_name(title: str) -> None:
    name = file_name(title)

    assert 0 < len(name.encode()) <= 200
    assert not set(name) & set('/\\:*?"<>|')
    assert not any(unicodedata.category(letter) == "Cc" for letter in name)
    assert name == name.strip(" .")
    assert name.split(".")[0].casefold().strip() not in ("con", "prn", "aux", "nul", "com1", "lpt1")


def fold(name: str) -> str:
    """Return what a file system that knows neither case nor composition makes of a name."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", name).casefold())


@given(TITLES, TITLES)
def test_two_titles_never_fall_on_one_name(one: str, other: str) -> None:
    assert one == other or fold(file_name(one)) != fold(file_name(other))


@given(TITLES)
def test_a_small_change_changes_the_name(title: str) -> None:
    for other in (title.upper(), title + " ", title + ".", unicodedata.normalize("NFD", title)):
        assert other == title or fold(file_name(other)) != fold(file_name(title))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("کتاب‌خانه‌ی ما", "کتاب-خانه-ی-ما"),
        ("گلِستان: «باب اوّل» & ...", "گلستان-باب-اول"),
        ("A Book, 2nd", "a-book-2nd"),
        ("🙂 – ؟", ""),
        ("ب" * 500, "ب" * 60),
    ],
)
def test_a_slug_has_letters_and_digits_only(title: str, name: str) -> None:
    assert slug(title) == name


def test_some_chapters_of_a_book_are_another_one_to_a_library() -> None:
    book = Book("ا", ())

    assert identifier(book) == identifier(Book("ا", ()))
    assert identifier(book) != identifier(replace(book, only="1"))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2026-11-22", "2026-11-22"), ("1405-09-01", "2026-11-22"), ("1405", "2026"),
        ("1405-09", "2026-11"), ("", ""), ("1405-13-01", ""), ("1999", "1999"),
    ],
)  # fmt: skip
def test_a_persian_date_is_told_in_the_calendar_of_catalogues(date: str, expected: str) -> None:
    assert gregorian(date) == expected
