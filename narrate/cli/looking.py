"""`narrate text` and `narrate inspect`: looking at what will be made, and at what was made."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import app, print_json
from narrate.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.persian import Manner


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
    from narrate import engines, proofreading
    from narrate.reading import lines as lines_of

    _check(file, form, explain=explain, unknown=unknown)
    named = engine or voice or form == "phonemes"
    speaker = engines.create(*engines.select(engine, voice)) if named else None
    manner = manner_of(lexicon, skip, no_ezafe, no_homographs, shown=not named)
    manner = replace(manner, hears=speaker.hears if speaker else "marks")
    lines = lines_of(file)
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
        print_json([asdict(row) if is_dataclass(row) else row for row in rows])
        return
    for row in rows:
        typer.echo(row)


def _check(file: str, form: str, *, explain: bool, unknown: bool) -> None:
    """Raise `UsageError` for what `text` cannot show."""
    from narrate import bookfile, options, proofreading

    if bookfile.is_one(file):
        raise UsageError(f"{file} is a book file: name one of its texts")
    options.choice(form, "--as", proofreading.FORMS)
    if explain and form != "spoken":
        raise UsageError("--explain shows why a text is spoken so: leave --as out")
    if unknown and (explain or form != "spoken"):
        raise UsageError("--unknown lists words: leave --explain and --as out")


@app.command("inspect")
def inspect_(file: flags.File, *, as_json: flags.Json = False) -> None:
    """Show the chapters, tags, length and loudness of a finished file."""
    from narrate.outputs.inspection import inspect
    from narrate.terminal import clock

    found = inspect(file)
    if as_json:
        print_json(asdict(found))
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


def manner_of(
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
