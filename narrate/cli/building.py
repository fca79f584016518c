"""`narrate build`."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import TRACEBACKS, app, interruptible, print_json
from narrate.cli.books import BookCommand, books_of
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from narrate.finishing import Result
    from narrate.model import Book
    from narrate.pipeline import Job, Plan
    from narrate.speaking import Cast

log = logging.getLogger("narrate")


@app.command(cls=BookCommand)
def build(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    texts: flags.Texts,
    *,
    output: flags.Output = Path("output"),
    format_: flags.Format = [],  # noqa: B006
    per_chapter: flags.PerChapter = False,
    join: flags.Join = False,
    title: flags.Title = "",
    author: flags.Author = [],  # noqa: B006
    narrator: flags.Narrator = [],  # noqa: B006
    cover: flags.Cover = None,
    date: flags.Date = "",
    publisher: flags.Publisher = "",
    description: flags.Description = "",
    series: flags.Series = "",
    series_part: flags.SeriesPart = "",
    genre: flags.Genre = "Audiobook",
    chapters: flags.Chapters = "auto",
    chapter_minutes: flags.ChapterMinutes = "10",
    only: flags.Only = [],  # noqa: B006
    without: flags.Without = [],  # noqa: B006
    rename: flags.Rename = [],  # noqa: B006
    engine: flags.Engine = None,
    voice: flags.Voices = [],  # noqa: B006
    set_: flags.Set = [],  # noqa: B006
    on_error: flags.OnError = "stop",
    foreign: flags.Foreign = "speak",
    lexicon: flags.Lexicon = [],  # noqa: B006
    skip: flags.Skip = [],  # noqa: B006
    no_ezafe: flags.NoEzafe = False,
    no_homographs: flags.NoHomographs = False,
    pause: flags.Pause = [],  # noqa: B006
    loudness: flags.Loudness = "-19",
    jobs: flags.Jobs = "",
    store: flags.Store = None,
    as_json: flags.Json = False,
    quiet: flags.Quiet = False,
    verbose: flags.Verbose = False,
) -> None:
    """Turn Persian texts into audiobooks: MP3 and M4B with chapters."""
    context.meta[TRACEBACKS] = verbose
    from narrate import engines, options, pipeline, terminal
    from narrate.cli.looking import manner_of
    from narrate.cli.storing import default_store
    from narrate.model import Details, Foreign
    from narrate.outputs import OUTPUTS
    from narrate.outputs.cover import load_cover

    job = pipeline.Job(
        folder=options.folder(output, [each.suffix for each in OUTPUTS.values()]),
        store=store or default_store(),
        formats=options.formats(format_ or ["mp3,m4b"], tuple(OUTPUTS)),
        pauses=options.pauses(pause),
        loudness=options.number(loudness, "--loudness", -31, -17, "LUFS"),
        per_chapter=per_chapter,
        manner=manner_of(lexicon, skip, no_ezafe, no_homographs),
        jobs=options.jobs(jobs),
    )
    details = Details(
        authors=tuple(options.plain(name, "--author") for name in author),
        narrators=tuple(options.plain(name, "--narrator") for name in narrator),
        publisher=options.plain(publisher, "--publisher"),
        date=options.date(date),
        description=options.plain(description, "--description"),
        series=options.plain(series, "--series"),
        series_part=options.plain(series_part, "--series-part"),
        genre=options.plain(genre, "--genre"),
        cover=load_cover(cover) if cover else None,
    )
    cutting = options.cutting(chapters, chapter_minutes)
    choice = options.chapters(only, without, rename)
    with terminal.talk(quiet=quiet, verbose=verbose), interruptible("what was spoken is kept"):
        cast = _cast(engine, voice, options.settings(set_), on_error)
        cast = replace(cast, foreign=options.choice(foreign, "--foreign", get_args(Foreign)))
        books = books_of(texts, options.plain(title, "--title"), cutting, choice, join=join)
        books = [replace(book, details=book.details.but(details)) for book in books]
        plans = _planned([texts[0]] if join else texts, books, cast, job)
        with _printed(as_json=as_json) as show:
            for plan in plans:
                with terminal.progress(quiet=quiet) as report:
                    results = pipeline.make(plan, cast, job, report)
                show(results)
        if not (engine or "body" in options.voices(voice)):
            log.info(engines.advice() or f"{cast.engine.voice} spoke; --voice names another")


def _cast(
    engine: str | None, voices: Sequence[str], settings: Mapping[str, str], on_error: str
) -> Cast:
    """Return who speaks each role, as the options say."""
    from narrate import engines, options
    from narrate.speaking import Cast

    named = options.voices(voices)
    own = options.by_role(settings, named)
    makers = {role: engines.select(None, voice, engine) for role, voice in named.items()}
    makers["body"] = engines.select(engine, named.get("body"))
    speakers = {role: engines.create(*maker, own[role]) for role, maker in makers.items()}
    what, fallback = options.on_error(on_error)
    return Cast(
        speakers.pop("body"),
        speakers,
        what,
        engines.create(*engines.select(None, fallback)) if fallback else None,
    )


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
