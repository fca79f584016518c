"""Several texts become one book, its chapters in their order."""

from __future__ import annotations

from narrate.reading import joined
from narrate.testing import tiny_book


def test_chapters_follow_one_another_with_ids_of_their_own() -> None:
    book = joined([tiny_book(2, "یک"), tiny_book(3, "دو")])

    ids = [paragraph.id for chapter in book.chapters for paragraph in chapter.paragraphs]
    assert book.title == "یک"
    assert [chapter.id for chapter in book.chapters] == [f"c{n:04}" for n in range(1, 6)]
    assert len(ids) == len(set(ids)) == 15
    assert ids == sorted(ids)
    assert all(each.id.startswith(c.id) for c in book.chapters for each in c.paragraphs)


def test_a_joined_book_may_have_a_title_of_its_own() -> None:
    assert joined([tiny_book(1, "یک")], "کتاب").title == "کتاب"
