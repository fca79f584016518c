"""Features of the gaps between words: a row for each."""

from __future__ import annotations

from narrate.persian.spacing.spaced import features, stands_out


def test_there_is_a_row_of_features_for_each_gap() -> None:
    assert len(features(["کتاب", "ها", "را"])) == 2
    assert features(["کتاب"]) == []


def test_half_spaces_that_stand_already_are_seen() -> None:
    plain, cut = features(["کتابخانه", "ها"])[0], features(["کتاب‌خانه", "ها"])[0]

    assert set(cut) - set(plain) == {"zl"}


def test_a_pair_stands_out_by_its_prefix_or_its_plural() -> None:
    assert stands_out(("می", "روم"))
    assert stands_out(("کتاب", "ها"))
    assert not stands_out(("این", "کتاب"))
