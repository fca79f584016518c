"""The Typer app, how it ends, and how it prints."""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERRUPTED = 130
KEPT = "what was spoken is kept"
"""What an interruption of a build costs."""
TRACEBACKS = "narrate.tracebacks"
"""In a context's `meta`: whether errors show where they come from."""


class Group(TyperGroup):
    """The one place where an expected error becomes a line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command."""
        try:
            return super().invoke(ctx)
        except NarrateError as error:
            if ctx.meta.get(TRACEBACKS):
                traceback.print_exc()
            typer.echo(f"narrate: {error}", err=True)
            raise typer.Exit(error.exit_code) from error


SETTINGS: dict[str, Any] = {
    "no_args_is_help": True,
    "rich_markup_mode": None,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app = typer.Typer(
    cls=Group,
    help="Persian text in, audiobooks out.",
    add_completion=False,
    pretty_exceptions_enable=False,
    **SETTINGS,
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


@contextmanager
def interruptible(kept: str) -> Iterator[None]:
    """End with the exit code of an interruption, and say what is `kept`."""
    try:
        yield
    except KeyboardInterrupt as error:
        typer.echo(f"stopped; {kept}: run the same command to go on", err=True)
        raise typer.Exit(_INTERRUPTED) from error


def print_json(value: object) -> None:
    """Print `value` as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
