"""Words as the restorer sees them: no letter is lost, every place is counted in letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian.spacing.words import (
    EDGE,
    ZWNJ,
    bare,
    cut,
    cuts,
    gaps,
    neighbours,
    rows_of_words,
    words,
)

WRITTEN = st.text("کتابهارودمیی\u064e\u0651\u0654" + ZWNJ, min_size=1, max_size=12)


@given(WRITTEN, st.sets(st.integers(1, 11)))
def test_a_cut_word_has_its_letters_and_all_its_half_spaces(written: str, places: set[int]) -> None:
    places &= set(range(1, len(bare(written))))

    done = cut(written, places)

    assert done.replace(ZWNJ, "") == written.replace(ZWNJ, "")
    assert {*cuts(done)} == {*cuts(written), *places}


@given(WRITTEN)
def test_a_word_that_is_cut_nowhere_stays_as_it_is(written: str) -> None:
    assert cut(written, ()) == written
    assert cut(written, cuts(written)) == written


def test_vowel_marks_belong_to_the_letter_before_them() -> None:
    assert cut("کِتابَها", [4]) == f"کِتابَ{ZWNJ}ها"


def test_places_are_counted_in_letters() -> None:
    assert [(each.letters, each.cuts) for each in words("او می‌رُود، K.G.P ۱۲")] == [
        ("او", ()),
        ("میرود", (2,)),
    ]


@pytest.mark.parametrize(
    ("letters", "places"), [("میروم", (1, 2)), ("دارا", ()), ("سهها", (1, 2, 3)), ("", ())]
)
def test_a_half_space_can_be_seen_only_after_a_letter_that_joins(
    letters: str, places: tuple[int, ...]
) -> None:
    assert gaps(letters) == places


def test_a_row_ends_where_more_than_one_space_stands() -> None:
    rows = rows_of_words("کتاب ها را، می روم  خانه و «باغ»")

    assert [[word.written for word in row] for row in rows] == [
        ["کتاب", "ها", "را"],
        ["می", "روم"],
        ["خانه", "و"],
    ]


def test_a_neighbour_stands_one_space_away() -> None:
    text = "حرف‌های او، و خانه"

    assert [(word.letters, *beside) for word, *beside in neighbours(words(text), text)] == [
        ("حرفهای", EDGE, "او"),
        ("او", "حرفهای", EDGE),
        ("و", EDGE, "خانه"),
        ("خانه", "و", EDGE),
    ]


def test_a_row_of_letters_that_is_too_long_is_no_word() -> None:
    assert words("ب" * 41) == ()
