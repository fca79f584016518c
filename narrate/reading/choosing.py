"""The chapters that a person wants, by their numbers in `narrate plan`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from narrate.model import Book

type Runs = Collection[tuple[int, int]]
"""First and last number of each run of chapters, from 1."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which chapters become sound, and what some of them are called."""

    only: Runs = ()
    """All if there is none."""
    without: Runs = ()
    renamed: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_one(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.only or self.without or self.renamed)


def chosen(book: Book, choice: Choice) -> Book:
    """Return `book` with the chapters of `choice`. Raises `UsageError` if one is not there."""
    total = len(book.chapters)
    runs = [*choice.only, *choice.without, *((number, number) for number in choice.renamed)]
    for first, _ in runs:
        if not 1 <= first <= total:
            raise UsageError(f"{book.title} has no chapter {first}: it has {total}")
    kept = [
        number
        for number in range(1, total + 1)
        if (not choice.only or _is_in(number, choice.only)) and not _is_in(number, choice.without)
    ]
    left = [
        replace(chapter, title=choice.renamed.get(number, chapter.title))
        for number, chapter in enumerate(book.chapters, 1)
        if number in kept
    ]
    if gone := [number for number in choice.renamed if number not in kept]:
        raise UsageError(f"{book.title}: --rename names chapter {gone[0]}, which is left out")
    if not left:
        raise UsageError(f"{book.title}: --only and --without leave no chapter")
    return replace(book, chapters=tuple(left), only=_named(choice.only, total))


def _named(runs: Runs, total: int) -> str:
    spans = ((first, min(last, total)) for first, last in runs)
    return ",".join(f"{first}" if first == last else f"{first}-{last}" for first, last in spans)


def _is_in(number: int, runs: Iterable[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in runs)
