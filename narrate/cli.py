"""The command line: parse, call, print, map errors to exit codes; nothing else.

stdout carries results only; all talk goes to stderr. Heavy modules are imported by the command
that needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import contextmanager
from dataclasses import asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer
from typer.core import TyperGroup

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.errors import NarrateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from narrate.engines import Engine
    from narrate.model import Book, Details
    from narrate.persian import Manner
    from narrate.pipeline import Job, Plan, Result
    from narrate.reading import Cutting

_TRACEBACKS = "narrate.tracebacks"
_INTERRUPTED = 130


class _Group(TyperGroup):
    """The one place where an expected error becomes a line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        try:
            return super().invoke(ctx)
        except NarrateError as error:
            if ctx.meta.get(_TRACEBACKS):
                traceback.print_exc()
            typer.echo(f"narrate: {error}", err=True)
            raise typer.Exit(error.exit_code) from error


app = typer.Typer(
    cls=_Group,
    help="Persian text in, audiobooks out.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A pipe on Windows, or an old locale, would refuse Persian letters.
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    app()


@app.callback(invoke_without_command=True)
def _root(context: typer.Context, *, version: flags.Version = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"narrate {installed('narrate-fa')}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def build(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    texts: flags.Texts,
    *,
    output: flags.Output = Path("output"),
    format_: flags.Format = [],  # noqa: B006
    per_chapter: flags.PerChapter = False,
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
    engine: flags.Engine = None,
    voice: flags.Voice = None,
    set_: flags.Set = [],  # noqa: B006
    lexicon: flags.Lexicon = [],  # noqa: B006
    skip: flags.Skip = [],  # noqa: B006
    no_ezafe: flags.NoEzafe = False,
    no_homographs: flags.NoHomographs = False,
    pause: flags.Pause = [],  # noqa: B006
    loudness: flags.Loudness = "-19",
    store: flags.Store = None,
    as_json: flags.Json = False,
    quiet: flags.Quiet = False,
    verbose: flags.Verbose = False,
) -> None:
    """Turn Persian texts into audiobooks: MP3 and M4B with chapters."""
    context.meta[_TRACEBACKS] = verbose
    from narrate import engines, options, pipeline, terminal
    from narrate.model import Details
    from narrate.outputs import OUTPUTS
    from narrate.outputs.cover import load_cover
    from narrate.reading import Cutting, Mode

    job = pipeline.Job(
        folder=options.folder(output, [each.suffix for each in OUTPUTS.values()]),
        store=store or _default_store(),
        formats=options.formats(format_ or ["mp3,m4b"], tuple(OUTPUTS)),
        pauses=options.pauses(pause),
        loudness=options.number(loudness, "--loudness", -31, -17, "LUFS"),
        per_chapter=per_chapter,
        manner=_manner(lexicon, skip, no_ezafe, no_homographs),
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
    cutting = Cutting(
        options.choice(chapters, "--chapters", get_args(Mode)),
        options.number(chapter_minutes, "--chapter-minutes", 1, 600, "minutes"),
    )
    name, named_voice = engines.select(engine, voice)
    speaker = engines.create(name, named_voice, options.settings(set_))
    with terminal.talk(quiet=quiet, verbose=verbose), _explained_interruption():
        read = _read(texts, options.plain(title, "--title"), cutting, details)
        plans = _planned(texts, read, speaker, job)
        with _printed(as_json=as_json) as show:
            for plan in plans:
                with terminal.progress(quiet=quiet) as report:
                    results = pipeline.make(plan, speaker, job, report)
                show(results)


@app.command()
def text(  # noqa: PLR0913 - one parameter for each option
    file: flags.Text,
    form: flags.Form = "spoken",
    engine: flags.Engine = None,
    voice: flags.Voice = None,
    lexicon: flags.Lexicon = [],  # noqa: B006
    skip: flags.Skip = [],  # noqa: B006
    *,
    no_ezafe: flags.NoEzafe = False,
    no_homographs: flags.NoHomographs = False,
    explain: flags.Explain = False,
    unknown: flags.Unknown = False,
    as_json: flags.Json = False,
) -> None:
    """Print a text as it will be shown, spoken or said, line for line, or its unknown words."""
    from narrate import engines, options, proofreading
    from narrate.reading import load

    options.choice(form, "--as", proofreading.FORMS)
    if explain and form != "spoken":
        raise UsageError("--explain shows why a text is spoken so: leave --as out")
    if unknown and (explain or form != "spoken"):
        raise UsageError("--unknown lists words: leave --explain and --as out")
    named = engine or voice or form == "phonemes"
    speaker = engines.create(*engines.select(engine, voice)) if named else None
    manner = _manner(lexicon, skip, no_ezafe, no_homographs, shown=not named)
    manner = replace(manner, hears=speaker.hears if speaker else "marks")
    lines = load(file).lines
    rows: Sequence[Any]
    if unknown:
        found = proofreading.unknown(lines, manner)
        rows = found if as_json else proofreading.as_lexicon(found)
    elif explain:
        rows = proofreading.explained(lines, manner)
    elif form == "phonemes":
        if not isinstance(speaker, engines.Phonemic):
            raise UsageError(f"{voice or engine} does not tell its phonemes: try --voice espeak")
        rows = proofreading.phonemes(lines, manner, speaker)
    elif form == "written":
        rows = proofreading.written(lines)
    else:
        rows = proofreading.spoken(lines, manner)
    if as_json:
        _print_json([asdict(row) if is_dataclass(row) else row for row in rows])
        return
    for row in rows:
        typer.echo(row)


@app.command("inspect")
def inspect_(file: flags.File, *, as_json: flags.Json = False) -> None:
    """Show the chapters, tags, length and loudness of a finished file."""
    from narrate.outputs.inspection import inspect
    from narrate.terminal import clock

    found = inspect(file)
    if as_json:
        _print_json(asdict(found))
        return
    rows = {
        "file": found.path,
        "format": f"{found.codec}, {round(found.bit_rate / 1000)} kbit/s, {found.sample_rate} Hz, "
        + ("mono" if found.channels == 1 else f"{found.channels} channels"),
        "length": clock(found.length),
        "loudness": f"{found.loudness.integrated:.1f} LUFS, "
        f"true peak {found.loudness.true_peak:.1f} dBTP (read as mono)",
        "cover": "yes" if found.cover else "no",
        **{key: " ".join(value.split()) for key, value in found.tags.items()},
        "chapters": str(len(found.chapters)),
    }
    width = max(map(len, rows))
    for key, value in rows.items():
        typer.echo(f"{key:{width}}  {value}")
    for number, chapter in enumerate(found.chapters, 1):
        typer.echo(f"{number:{width}}  {clock(chapter.begin)}  {chapter.title}")


@app.command()
def engines(*, as_json: flags.Json = False) -> None:
    """List the engines and their settings."""
    from narrate.engines import find_all

    rows: list[dict[str, Any]] = [
        {
            "name": found.name,
            "summary": found.engine.summary,
            "settings": {each.name: each.default for each in fields(found.engine)},
        }
        if found.engine
        else {"name": found.name, "problem": found.problem}
        for found in find_all()
    ]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['name']:8}  {row.get('summary') or 'cannot be loaded: ' + row['problem']}"
        )
        for name, value in row.get("settings", {}).items():
            typer.echo(f"{'':8}  {name}={value}")


@app.command()
def voices(
    *, engine: flags.Engine = None, every: flags.Every = False, as_json: flags.Json = False
) -> None:
    """List the Persian voices, as --voice takes them."""
    from narrate.engines import create, find_all
    from narrate.model import Book

    if engine is not None:
        create(engine)
    rows = [
        {"voice": f"{found.name}:{voice.name}", **asdict(voice)}
        for found in find_all()
        if found.engine and engine in (None, found.name)
        for voice in found.engine.voices()
        if every or voice.language == Book.language
    ]
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['voice']:28}  {row['language']:8}  {row['summary']}")


def _manner(
    lexica: Sequence[str],
    skip: Sequence[str],
    no_ezafe: bool,  # noqa: FBT001 - as the options say it
    no_homographs: bool,  # noqa: FBT001
    *,
    shown: bool = False,
) -> Manner:
    """Return how a text is read out; with `shown`, a person sees phonemes that no marks tell."""
    from narrate import options
    from narrate.persian import Lexicon, Manner, Vowels, built_in
    from narrate.reading import read_pronunciations

    entries = [each for path in lexica for each in read_pronunciations(path)]
    if shown:
        entries = [replace(each, spoken=each.spoken or f"[[{each.phonemes}]]") for each in entries]
    return Manner(
        Lexicon.of(built_in(), entries),
        options.skipped(skip),
        vowels=Vowels(ezafe=not no_ezafe, homographs=not no_homographs),
    )


def _read(texts: Sequence[str], title: str, cutting: Cutting, details: Details) -> list[Book]:
    from narrate.reading import read

    if title and len(texts) > 1:
        raise UsageError(f"--title names one book, and {len(texts)} texts are given")
    if len(set(texts)) < len(texts):
        raise UsageError("a text is named twice: name each once")
    return [replace(read(text, cutting, title), details=details) for text in texts]


def _planned(texts: Sequence[str], books: Sequence[Book], engine: Engine, job: Job) -> list[Plan]:
    """Name all files, so that nothing that can be refused is refused after hours of work."""
    from narrate import pipeline

    plans = [pipeline.plan(book, engine, job) for book in books]
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
def _explained_interruption() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        typer.echo("stopped; what was spoken is kept: run the same command to go on", err=True)
        raise typer.Exit(_INTERRUPTED) from error


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
            _print_json(rows)


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


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _default_store() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("narrate") / "clips"
