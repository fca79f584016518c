"""`narrate plan`: what a book becomes, before anything is spoken."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import app, print_json
from narrate.cli.books import BookCommand, books_of, some_failed
from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Book

log = logging.getLogger("narrate")

_TOLD = ("authors", "publisher", "date", "description")
_LETTERS_A_SECOND = 13
_REST, _LONG_REST = 0.75, 2.0
"""Seconds after a paragraph and after a chapter, about."""


@app.command(cls=BookCommand)
def plan(  # noqa: PLR0913 - one parameter for each option
    texts: flags.Texts,
    *,
    join: flags.Join = False,
    title: flags.Title = "",
    chapters: flags.Chapters = "auto",
    chapter_minutes: flags.ChapterMinutes = "10",
    only: flags.Only = [],  # noqa: B006
    without: flags.Without = [],  # noqa: B006
    rename: flags.Rename = [],  # noqa: B006
    as_json: flags.Json = False,
) -> None:
    """List the chapters of a book, how long they will be, and what is left out."""
    from narrate import options, terminal

    choice = options.chapters(only, without, rename)
    cutting = options.cutting(chapters, chapter_minutes)
    with terminal.talk(quiet=False, verbose=False):
        books = books_of(texts, options.plain(title, "--title"), cutting, choice, join=join)
        rows, failed = [], []
        for each in books:
            try:
                rows.append(_row(each.read()))
            except NarrateError as error:
                if len(books) == 1:
                    raise
                log.error("%s", error)  # noqa: TRY400 - no bug
                failed.append(each.name)
    if as_json:
        print_json(rows)
    elif rows:
        typer.echo("\n\n".join("\n".join(_lines(row)) for row in rows))
    if failed:
        raise some_failed(failed, len(books))


def _row(book: Book) -> dict[str, Any]:
    chapters = [
        {
            "number": int(chapter.id[1:]),
            "title": chapter.title,
            "level": chapter.level,
            "paragraphs": sum(each.kind != "rule" for each in chapter.paragraphs),
            "foreign": sorted({each.language for each in chapter.paragraphs if each.language}),
            "characters": (letters := sum(len(each.text) for each in chapter.paragraphs)),
            "minutes": round(_seconds(letters, len(chapter.paragraphs)) / 60, 2),
        }
        for chapter in book.chapters
    ]
    return {
        "title": book.title,
        **{key: getattr(book.details, key) for key in _TOLD},
        "language": book.language,
        "cover": bool(book.details.cover),
        "chapters": chapters,
        "left_out": dict(book.left_out),
    }


def _seconds(letters: int, paragraphs: int) -> float:
    return letters / _LETTERS_A_SECOND + paragraphs * _REST + _LONG_REST


def _lines(row: dict[str, Any]) -> Iterator[str]:
    by = f" – {'، '.join(row['authors'])}" if row["authors"] else ""
    yield f"{row['title']}{by}"
    for each in row["chapters"]:
        indent = "  " * (each["level"] - 1)
        yield (
            f"{each['number']:>4}  {each['minutes']:6.1f} min  {each['paragraphs']:>5} paragraphs  "
            f"{each['characters']:>7} characters  {indent}{each['title']}"
            + (f" (also {', '.join(each['foreign'])})" if each["foreign"] else "")
        )
    total = sum(each["minutes"] for each in row["chapters"])
    yield f"      {total:6.1f} min in all"
    if row["left_out"]:
        counts = (f"{what} {count}" for what, count in row["left_out"].items())
        yield f"      left out: {', '.join(counts)}"
