"""The command line: parse, call, print, map errors to exit codes; nothing else.

stdout carries results only; all talk goes to stderr. Heavy modules are imported by the command
that needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from contextlib import contextmanager
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from typer.core import TyperGroup

from narrate.errors import NarrateError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.model import Book, Details
    from narrate.pipeline import Plan, Result
    from narrate.reading import Cutting

log = logging.getLogger("narrate")

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


_Texts = Annotated[list[str], typer.Argument(metavar="TEXT...", help="Texts; - is standard input.")]
_Engine = Annotated[
    str | None, typer.Option(metavar="NAME", help="Engine; `narrate engines` lists them.")
]
_Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but warnings.")]
_Verbose = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say more, and show where errors come from.")
]
_Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,  # noqa: FBT002
) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"narrate {installed('narrate-fa')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def build(  # noqa: PLR0913 - one parameter for each option
    context: typer.Context,
    texts: _Texts,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder of the results.")
    ] = Path("output"),
    format_: Annotated[
        list[str], typer.Option("--format", "-f", metavar="LIST", help="Formats.")
    ] = ["mp3,m4b"],  # noqa: B006
    per_chapter: Annotated[
        bool, typer.Option("--per-chapter", help="Also write one file a chapter.")
    ] = False,
    title: Annotated[str, typer.Option(metavar="TEXT", help="Title, if not the text's own.")] = "",
    author: Annotated[
        list[str], typer.Option(metavar="NAME", help="Author; may be repeated.")
    ] = [],  # noqa: B006
    narrator: Annotated[
        list[str], typer.Option(metavar="NAME", help="Narrator; may be repeated.")
    ] = [],  # noqa: B006
    cover: Annotated[Path | None, typer.Option(metavar="FILE", help="Cover, JPEG or PNG.")] = None,
    date: Annotated[
        str, typer.Option(metavar="DATE", help="Date: 2026, 2026-11 or 2026-11-22.")
    ] = "",
    publisher: Annotated[str, typer.Option(metavar="NAME", help="Publisher.")] = "",
    description: Annotated[str, typer.Option(metavar="TEXT", help="What the book is about.")] = "",
    series: Annotated[
        str, typer.Option(metavar="NAME", help="Series that the book belongs to.")
    ] = "",
    series_part: Annotated[str, typer.Option(metavar="N", help="Its number in the series.")] = "",
    genre: Annotated[str, typer.Option(metavar="NAME", help="Genre.")] = "Audiobook",
    chapters: Annotated[
        str, typer.Option(metavar="MODE", help="Where chapters begin: auto, headings or none.")
    ] = "auto",
    chapter_minutes: Annotated[
        str, typer.Option(metavar="N", help="Length of the parts of a text without headings.")
    ] = "10",
    engine: _Engine = None,
    voice: Annotated[
        str | None, typer.Option(metavar="VOICE", help="[ENGINE:]VOICE, as espeak:fa+f3.")
    ] = None,
    set_: Annotated[
        list[str], typer.Option("--set", metavar="NAME=VALUE", help="Setting of the engine.")
    ] = [],  # noqa: B006
    pause: Annotated[
        list[str], typer.Option(metavar="NAME=TIME", help="Rest, as sentence=300ms,chapter=2s.")
    ] = [],  # noqa: B006
    loudness: Annotated[
        str, typer.Option(metavar="LUFS", help="Loudness of the results, read as mono.")
    ] = "-19",
    store: Annotated[
        Path | None,
        typer.Option(
            envvar="NARRATE_STORE",
            metavar="FOLDER",
            help="Folder of spoken clips, kept between runs.",
        ),
    ] = None,
    as_json: _Json = False,
    quiet: _Quiet = False,
    verbose: _Verbose = False,
) -> None:
    """Turn Persian texts into audiobooks: MP3 and M4B with chapters."""
    context.meta[_TRACEBACKS] = verbose
    from narrate import engines, options, pipeline, terminal
    from narrate.model import Details
    from narrate.outputs import OUTPUTS
    from narrate.outputs.cover import load_cover
    from narrate.reading import Cutting, Mode

    if output.suffix.lower() in {each.suffix for each in OUTPUTS.values()}:
        raise UsageError(f"--output names a folder, and {output} looks like a file: use --title")
    job = pipeline.Job(
        folder=output,
        store=store or _default_store(),
        formats=options.formats(format_, tuple(OUTPUTS)),
        pauses=options.pauses(pause),
        loudness=options.number(loudness, "--loudness", -31, -10, "LUFS"),
        per_chapter=per_chapter,
    )
    details = Details(
        authors=tuple(author),
        narrators=tuple(narrator),
        publisher=publisher,
        date=options.date(date),
        description=description,
        series=series,
        series_part=series_part,
        genre=genre,
        cover=load_cover(cover) if cover else None,
    )
    name, named_voice = engines.select(engine, voice)
    speaker = engines.create(name, named_voice, options.settings(set_))
    cutting = Cutting(
        options.choice(chapters, "--chapters", get_args(Mode)),
        options.number(chapter_minutes, "--chapter-minutes", 1, 600, "minutes"),
    )
    with terminal.talk(quiet=quiet, verbose=verbose), _explained_interruption():
        books = _read_all(texts, title, cutting, details)
        plans = [pipeline.plan(book, job) for book in books]
        _refuse_clashes(texts, plans)
        results = []
        for plan in plans:
            with terminal.progress(quiet=quiet) as report:
                results += pipeline.make(plan, speaker, job, report)
    _print_results(results, as_json=as_json)


@app.command()
def text(
    file: Annotated[str, typer.Argument(help="A text; - is standard input.")],
    form: Annotated[
        str,
        typer.Option(
            "--as", metavar="FORM", help="written: repaired; spoken: as the engine hears."
        ),
    ] = "spoken",
) -> None:
    """Print a text as it will be shown or spoken, one line for each of its lines."""
    from narrate import options, proofreading
    from narrate.reading import load

    shown = proofreading.FORMS[options.choice(form, "--as", tuple(proofreading.FORMS))]
    for line in load(file).lines:
        typer.echo(shown(line))


@app.command("inspect")
def inspect_(
    file: Annotated[Path, typer.Argument(help="A finished file.")], *, as_json: _Json = False
) -> None:
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
        **found.tags,
        "chapters": str(len(found.chapters)),
    }
    width = max(map(len, rows))
    for key, value in rows.items():
        typer.echo(f"{key:{width}}  {value}")
    for number, chapter in enumerate(found.chapters, 1):
        typer.echo(f"{number:{width}}  {clock(chapter.begin)}  {chapter.title}")


@app.command()
def engines(*, as_json: _Json = False) -> None:
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
    *,
    engine: _Engine = None,
    every: Annotated[bool, typer.Option("--all", help="Other languages too.")] = False,
    as_json: _Json = False,
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


def _read_all(texts: Sequence[str], title: str, cutting: Cutting, details: Details) -> list[Book]:
    from narrate.reading import read

    if title and len(texts) > 1:
        raise UsageError(f"--title names one book, and {len(texts)} texts are given")
    if len(set(texts)) < len(texts):
        raise UsageError("a text is named twice: name each once")
    return [replace(read(text, cutting, title), details=details) for text in texts]


def _refuse_clashes(texts: Sequence[str], plans: Sequence[Plan]) -> None:
    owners: dict[Path, str] = {}
    for text, plan in zip(texts, plans, strict=True):
        for part in plan.parts:
            other = owners.setdefault(part.path, text)
            if other != text:
                raise UsageError(
                    f"{other} and {text} are both called {plan.book.title}: "
                    "build them one by one, with --title"
                )


@contextmanager
def _explained_interruption() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt as error:
        typer.echo("stopped; what was spoken is kept: run the same command to go on", err=True)
        raise typer.Exit(_INTERRUPTED) from error


def _print_results(results: Sequence[Result], *, as_json: bool) -> None:
    if not as_json:
        for result in results:
            typer.echo(result.path)
        return
    rows = []
    for result in results:
        timeline = result.audiobook.timeline
        chapters = [
            {"title": mark.title, "begin": mark.begin / timeline.rate} for mark in timeline.marks
        ]
        rows.append(
            {
                "path": str(result.path),
                "title": result.audiobook.title,
                "seconds": timeline.length / timeline.rate,
                "chapters": chapters,
            }
        )
    _print_json(rows)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _default_store() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("narrate") / "clips"
