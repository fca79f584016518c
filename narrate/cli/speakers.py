"""`narrate engines` and `narrate voices`: who can speak, and getting more of them."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import SETTINGS, Group, app, interruptible, print_json
from narrate.errors import EngineError


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
        print_json(rows)
        return
    for row in rows:
        typer.echo(
            f"{row['name']:8}  {row.get('summary') or 'cannot be loaded: ' + row['problem']}"
        )
        for name, value in row.get("settings", {}).items():
            typer.echo(f"{'':8}  {name}={value}")


_voices = typer.Typer(cls=Group, **(SETTINGS | {"no_args_is_help": False}))
app.add_typer(_voices, name="voices")


@_voices.callback(invoke_without_command=True)
def voices(
    context: typer.Context,
    *,
    engine: flags.Engine = None,
    every: flags.Every = False,
    as_json: flags.Json = False,
) -> None:
    """List the Persian voices, as --voice takes them, and those that can be installed."""
    if context.invoked_subcommand:
        return
    from narrate.engines import CATALOGUE, PREFERRED, short_name

    rows = _ready(engine, every=every)
    ready = {row["voice"] for row in rows}
    if engine in (None, PREFERRED):
        offers = [(f"{PREFERRED}:{each.name}", each) for each in CATALOGUE]
        rows += [
            {"voice": name, "language": "fa", "ready": False, **asdict(offer)}
            for name, offer in offers
            if name not in ready
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        summary = row["summary"]
        if not row["ready"]:
            summary += (
                f"; {row['quality']}, {row['size'] / 1e6:.0f} MB; {row['licence']}; "
                f"get it: narrate voices install {short_name(row['name'])}"
            )
        typer.echo(f"{row['voice']:32}  {row['language']:6}  {summary}")


@_voices.command()
def install(name: flags.NewVoice, from_: flags.From = "", *, quiet: flags.Quiet = False) -> None:
    """Get a natural voice, and use it from then on."""
    from narrate import engines, terminal

    with (
        terminal.talk(quiet=quiet, verbose=False),
        interruptible("what was fetched is kept"),
        terminal.progress(quiet=quiet) as report,
    ):
        model = engines.install(name, from_, report)
    speaker = engines.create(engines.PREFERRED, model.stem)
    speaker.check()
    try:
        speaker.speak("سلام")
    except EngineError:
        engines.remove(model)
        raise
    typer.echo(model)
    if not quiet:
        speaks = ":".join(filter(None, engines.select(None, None)))
        own = f"{engines.PREFERRED}:{model.stem}"
        typer.echo(f"{own} is installed; where no voice is named, {speaks} speaks", err=True)


def _ready(engine: str | None, *, every: bool) -> list[dict[str, Any]]:
    """Return the voices that can speak here: all of one engine, or the Persian ones of each."""
    from narrate.engines import PREFERRED, find_all, find_engine, is_persian

    chosen = [found.engine for found in find_all() if found.engine]
    chosen.sort(key=lambda each: each.name != PREFERRED)
    if engine is not None:
        chosen = [find_engine(engine)]
    elif not every:
        chosen = [each for each in chosen if not getattr(each, "foreign", False)]
    return [
        {"voice": f"{each.name}:{voice.name}", "ready": True, **asdict(voice)}
        for each in chosen
        for voice in each.voices()
        if every or engine or (is_persian(voice) and not voice.aside)
    ]
