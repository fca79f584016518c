"""Several texts → one book."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Book, Chapter


def joined(books: Sequence[Book], title: str = "") -> Book:
    """Return the chapters of `books` as one book, called `title` or like the first."""
    chapters = [chapter for book in books for chapter in book.chapters]
    left_out = Counter[str]()
    for book in books:
        left_out.update(book.left_out)
    return replace(
        books[0],
        title=title or books[0].title,
        chapters=tuple(_numbered(chapter, number) for number, chapter in enumerate(chapters, 1)),
        left_out=left_out,
    )


def _numbered(chapter: Chapter, number: int) -> Chapter:
    """Return `chapter` with the ids that it has in its new place."""
    own = f"c{number:04}"
    return replace(
        chapter,
        id=own,
        paragraphs=tuple(
            replace(each, id=own + each.id.removeprefix(chapter.id)) for each in chapter.paragraphs
        ),
    )
