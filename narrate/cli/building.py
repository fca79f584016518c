"""`narrate build`."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import KEPT, TRACEBACKS, app, interruptible, print_json
from narrate.cli.books import BookCommand
from narrate.cli.wanting import Talk, Wanted, takes
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.finishing import Result
    from narrate.model import Book
    from narrate.pipeline import Job, Plan
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
    details = wanted.details()
    with terminal.talk(quiet=talk.quiet, verbose=talk.verbose), interruptible(KEPT):
        cast = wanted.cast()
        books = [replace(book, details=book.details.but(details)) for book in wanted.books()]
        plans = _planned(wanted.texts[:1] if wanted.join else wanted.texts, books, cast, job)
        with _printed(as_json=talk.as_json) as show:
            for plan in plans:
                with terminal.progress(quiet=talk.quiet) as report:
                    results = pipeline.make(plan, cast, job, report)
                show(results)
        if not (wanted.engine or "body" in options.voices(wanted.voice)):
            log.info(engines.advice() or f"{cast.engine.voice} spoke; --voice names another")


def _planned(texts: Sequence[str], books: Sequence[Book], cast: Cast, job: Job) -> list[Plan]:
    """Name all files, so that nothing that can be refused is refused after hours of work."""
    from narrate import pipeline

    plans = [pipeline.plan(book, cast, job) for book in books]
    owners: dict[Path, str] = {}
    for text, plan in zip(texts, plans, strict=True):
        for part in plan.parts:
            if (other := owners.setdefault(part.path, text)) != text:
                raise UsageError(
                    f"{other} and {text} are both called {plan.book.title}: "
                    "build them one by one, with --title"
                )
    return plans


@contextmanager
def _printed(*, as_json: bool) -> Iterator[Callable[[Sequence[Result]], None]]:
    """Give a function that prints results; what was made is told even if the rest fails."""
    rows: list[dict[str, Any]] = []

    def show(results: Sequence[Result]) -> None:
        if as_json:
            rows.extend(map(_row, results))
        else:
            for result in results:
                typer.echo(result.path)

    try:
        yield show
    finally:
        if as_json and rows:
            print_json(rows)


def _row(result: Result) -> dict[str, Any]:
    timeline = result.audiobook.timeline
    chapters = [
        {"title": mark.title, "begin": mark.begin / timeline.rate} for mark in timeline.marks
    ]
    return {
        "path": str(result.path),
        "title": result.audiobook.title,
        "seconds": timeline.length / timeline.rate,
        "chapters": chapters,
    }
