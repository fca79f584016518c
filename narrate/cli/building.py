"""`narrate build`."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import KEPT, TRACEBACKS, app, interruptible, print_json
from narrate.cli.books import BookCommand
from narrate.cli.wanting import Talk, Wanted, takes
from narrate.errors import BatchError, NarrateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.cli.books import Unread
    from narrate.finishing import Result
    from narrate.pipeline import Job, Workshop
    from narrate.speaking import Cast

log = logging.getLogger("narrate")


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
    from narrate.outputs import OUTPUTS, USUAL

    folder = options.folder(target.output, [each.suffix for each in OUTPUTS.values()])
    formats = options.formats(target.format_ or USUAL, tuple(OUTPUTS))
    job = replace(wanted.job(folder), formats=formats, per_chapter=target.per_chapter)
    with (
        terminal.talk(quiet=talk.quiet, verbose=talk.verbose),
        interruptible(KEPT),
        pipeline.workshop(job) as shop,
        _told(as_json=talk.as_json) as tell,
    ):
        books, cast = wanted.books(), wanted.cast()
        press = _Press(cast, job, shop, quiet=talk.quiet)
        if len(books) == 1:
            tell.made(press.make(books[0]))
        else:
            _make_each(books, press, tell)
        if not (wanted.engine or "body" in options.voices(wanted.voice)):
            log.info(engines.advice() or f"{cast.engine.voice} spoke; --voice names another")


class _Press:
    """Makes books, one after another."""

    def __init__(self, cast: Cast, job: Job, shop: Workshop, *, quiet: bool) -> None:
        self._cast, self._job, self._shop, self._quiet = cast, job, shop, quiet
        self._owners: dict[Path, str] = {}

    def make(self, book: Unread, label: str = "") -> list[Result]:
        """Make the files of `book`, whose progress is shown behind `label`."""
        from narrate import pipeline
        from narrate.terminal import progress

        plan = pipeline.plan(book.read(), self._cast, self._job, self._shop)
        for part in plan.parts:
            if (other := self._owners.setdefault(part.path, book.name)) != book.name:
                raise UsageError(
                    f"{other} and {book.name} are both called {plan.book.title}: "
                    "build them one by one, with --title"
                )
        with progress(quiet=self._quiet, label=label) as report:
            return pipeline.make(plan, self._cast, self._job, self._shop, report)


def _make_each(books: Sequence[Unread], press: _Press, tell: _Teller) -> None:
    """Make `books`; one that fails does not stop the others. Raises `BatchError` if any does."""
    from narrate.terminal import duration

    begun, failed = time.monotonic(), []
    whole, done = sum(each.size for each in books), 0
    for number, book in enumerate(books, 1):
        label = f"{number:{len(str(len(books)))}} of {len(books)}"
        try:
            results = press.make(book, label)
        except NarrateError as error:
            log.error("%s  failed: %s: %s", label, book.name, error)  # noqa: TRY400 - a person's line
            tell.failed(book.name, error)
            failed.append(book.name)
        else:
            tell.made(results)
            done += book.size
            left = (time.monotonic() - begun) * (whole - done) / max(done, 1)
            length = timedelta(seconds=round(results[0].length))
            rest = f", {duration(left)} left" if number < len(books) else ""
            log.info("%s  %s, %s%s", label, results[0].audiobook.book.title, length, rest)
    took = duration(time.monotonic() - begun)
    log.info("%d of %d books made in %s", len(books) - len(failed), len(books), took)
    if failed:
        raise BatchError(f"{len(failed)} of {len(books)} books failed: {', '.join(failed)}")


class _Teller:
    """Prints what was made, at once or as JSON in the end."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.rows: list[dict[str, Any]] = []

    def made(self, results: Sequence[Result]) -> None:
        """Tell of finished files."""
        if self._as_json:
            self.rows.extend(map(_row, results))
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
