"""`narrate build`."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import KEPT, TRACEBACKS, app, interruptible, print_json
from narrate.cli.books import BookCommand, some_failed
from narrate.cli.wanting import Talk, Wanted, takes
from narrate.errors import NarrateError
from narrate.journal import happened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.batching import Outcome, Press, Unread
    from narrate.finishing import Result

log = logging.getLogger("narrate")

_SOON = 5.0
"""Seconds before which nobody can tell how long the rest will take."""


@dataclass(frozen=True, slots=True)
class Target:
    """Which files are made, and where."""

    output: flags.Output = Path("output")
    format_: flags.Format = field(default_factory=list)
    per_chapter: flags.PerChapter = False


@app.command(cls=BookCommand)
@takes(Target, Wanted, Talk)
def build(context: typer.Context, target: Target, wanted: Wanted, talk: Talk) -> None:
    """Turn Persian texts into audiobooks: MP3 and M4B with chapters."""
    context.meta[TRACEBACKS] = talk.verbose
    from narrate import engines, options, pipeline, terminal
    from narrate.batching import Press
    from narrate.journal import keeping
    from narrate.outputs import OUTPUTS, USUAL

    folder = options.folder(target.output, [each.suffix for each in OUTPUTS.values()])
    formats = options.formats(target.format_ or USUAL, tuple(OUTPUTS))
    job = replace(wanted.job(folder), formats=formats, per_chapter=target.per_chapter)
    with (
        terminal.talk(quiet=talk.quiet, verbose=talk.verbose),
        interruptible(KEPT),
        keeping(talk.log),
        pipeline.workshop(job) as shop,
        _told(as_json=talk.as_json) as tell,
    ):
        books, cast = wanted.books(), wanted.cast()
        press = Press(cast, job, shop, partial(terminal.progress, quiet=talk.quiet))
        if len(books) == 1:
            _make_one(books[0], press, tell)
        else:
            _make_each(books, press, tell)
        if not (wanted.engine or "body" in options.voices(wanted.voice)):
            log.info(engines.advice() or f"{cast.engine.voice} spoke; --voice names another")


def _make_one(book: Unread, press: Press, tell: _Teller) -> None:
    try:
        tell.made(book.name, press.make(book.read()))
    except NarrateError as error:
        tell.failed(book.name, error)
        raise


def _make_each(books: Sequence[Unread], press: Press, tell: _Teller) -> None:
    """Make `books`; one that fails does not stop the others. Raises `BatchError` if any does."""
    from narrate.terminal import duration

    begun, made, failed = time.monotonic(), 0, []
    whole, done = sum(each.size for each in books), 0

    def take(outcome: Outcome) -> None:
        nonlocal made, whole, done
        name, size = outcome.unread.name, outcome.unread.size
        if outcome.error:
            happened("book", book=name, error=str(outcome.error))
            tell.failed(name, outcome.error)
            failed.append(name)
            whole -= size
        else:
            tell.made(name, outcome.results)
            made += 1
            done += size
        _show(outcome, _left(time.monotonic() - begun, done, whole))

    try:
        for outcome in press.each(books):
            take(outcome)
    finally:
        for outcome in press.rest():
            take(outcome)
        log.info("%d of %d books made in %s", made, len(books), duration(time.monotonic() - begun))
    if failed:
        raise some_failed(failed, len(books))


def _left(took: float, done: int, whole: int) -> str:
    """Return how long the rest will take, as soon as that can be told."""
    from narrate.terminal import duration

    if took < _SOON or not 0 < done < whole:
        return ""
    return f"{duration(took * (whole - done) / done)} left"


def _show(outcome: Outcome, left: str) -> None:
    """Write a row of the table of books: its place, its length, the time `left`, its title."""
    name = outcome.unread.name
    if error := str(outcome.error or ""):
        row = "failed", left, error if name in error else f"{name}: {error}"
    else:
        first = outcome.results[0]
        length = timedelta(seconds=round(first.length))
        row = str(length), left, first.audiobook.book.title
    log.log(logging.ERROR if error else logging.INFO, "%s  %8s  %15s  %s", outcome.label, *row)


class _Teller:
    """Prints what was made, at once or as JSON in the end."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.rows: list[dict[str, Any]] = []

    def made(self, name: str, results: Sequence[Result]) -> None:
        """Tell of finished files, and of the text that they were made from."""
        if self._as_json:
            self.rows.extend({"text": name, **_row(each)} for each in results)
        else:
            for result in results:
                typer.echo(result.path)

    def failed(self, name: str, error: NarrateError) -> None:
        """Tell of a book that could not be made."""
        self.rows.append({"text": name, "error": str(error), "exit_code": error.exit_code})


@contextmanager
def _told(*, as_json: bool) -> Iterator[_Teller]:
    """Give what tells of results; what was made is told even if the rest fails."""
    teller = _Teller(as_json=as_json)
    try:
        yield teller
    finally:
        if as_json and teller.rows:
            print_json(teller.rows)


def _row(result: Result) -> dict[str, Any]:
    timeline = result.audiobook.timeline
    chapters = [
        {"title": mark.title, "begin": mark.begin / timeline.rate} for mark in timeline.marks
    ]
    return {
        "path": str(result.path),
        "title": result.audiobook.title,
        "seconds": result.length,
        "chapters": chapters,
    }
