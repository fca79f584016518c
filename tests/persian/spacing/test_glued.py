"""Features of the gaps in a word: a row for each, and neighbours only where they decide."""

from __future__ import annotations

import pytest

from narrate.persian.spacing.glued import ambiguous, features, settled
from narrate.persian.spacing.words import EDGE, gaps


@pytest.mark.parametrize("letters", ["میروم", "کتابهایشان", "دارا", "حرفهای", "بهتر"])
def test_there_is_a_row_of_features_for_each_gap(letters: str) -> None:
    assert len(features(letters, EDGE, EDGE)) == len(gaps(letters))


def test_neighbours_speak_only_where_a_word_can_be_two() -> None:
    assert ambiguous("حرفهای") == (3, 4)
    assert ambiguous("کتابهای") == ()
    assert features("حرفهای", EDGE, "من") != features("حرفهای", EDGE, "است")
    assert features("کتابهای", EDGE, "من") == features("کتابهای", EDGE, "است")


def test_words_that_come_often_and_whole_are_settled() -> None:
    assert {"کتاب", "ایران", "همیشه"} <= settled()
    assert not {"حرفهای", "نامهای", "میروم", "کتابها"} & settled()
