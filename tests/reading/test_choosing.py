"""Chapters are chosen and renamed by the numbers that `narrate plan` shows."""

from __future__ import annotations

import pytest

from narrate import options
from narrate.errors import UsageError
from narrate.model import Book, Chapter, Paragraph
from narrate.reading import chosen

BOOK = Book(
    "کتاب",
    tuple(Chapter(f"c{n:04}", f"فصل {n}", (Paragraph(f"c{n:04}p1", "متن"),)) for n in range(1, 10)),
)


def numbers(*, only: str = "", without: str = "") -> list[int]:
    choice = options.chapters([only] if only else [], [without] if without else [], [])
    return [int(each.id[1:]) for each in chosen(BOOK, choice).chapters]


@pytest.mark.parametrize(
    ("only", "left"),
    [("3-5,9", [3, 4, 5, 9]), ("۲", [2]), ("7-", [7, 8, 9]), ("-2", [1, 2]), ("8–20", [8, 9])],
)
def test_runs_of_chapters_are_kept(only: str, left: list[int]) -> None:
    assert numbers(only=only) == left


def test_what_is_left_out_wins() -> None:
    assert numbers(only="1-3", without="2") == [1, 3]
    assert numbers(without="2-9") == [1]


def test_a_chapter_is_called_as_it_is_renamed() -> None:
    renamed = chosen(BOOK, options.chapters(["3"], [], ["3=آغاز = پایان"]))

    assert [each.title for each in renamed.chapters] == ["آغاز = پایان"]
    assert [each.id for each in renamed.chapters] == ["c0003"]


@pytest.mark.parametrize(
    ("only", "without", "rename"),
    [
        (["x"], [], []),
        (["3 4"], [], []),
        ([""], [], []),
        ([], ["-"], []),
        (["10"], [], []),
        ([], ["1-9"], []),
        ([], [], ["3"]),
        ([], [], ["2-3=x"]),
        ([], [], ["12=x"]),
    ],
)
def test_what_names_no_chapter_is_refused(
    only: list[str], without: list[str], rename: list[str]
) -> None:
    with pytest.raises(UsageError):
        chosen(BOOK, options.chapters(only, without, rename))
