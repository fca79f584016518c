"""The Typer app, how it ends, and how it prints."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import traceback
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.errors import NarrateError

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERRUPTED = 130
_ENDS = ("SIGINT", "SIGTERM", "SIGHUP")
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
    """End with the exit code of an interruption, and say what is `kept`.

    A window that is closed, or a system that shuts down, interrupts as Ctrl-C does. The first time
    what is being made is finished, the second time nothing is.
    """
    ends = [getattr(signal, name) for name in _ENDS if hasattr(signal, name) and _is_main()]
    # What `nohup` wants ignored is; a shell that works in the background ignores Ctrl-C unasked.
    ends = [
        each for each in ends if signal.getsignal(each) != signal.SIG_IGN or each == signal.SIGINT
    ]
    times = 0

    def stop(*_: object) -> None:
        nonlocal times
        times += 1
        if times == 1:
            _say("stopping when what is being made is finished; Ctrl-C again stops now")
        raise KeyboardInterrupt

    before = [signal.signal(each, stop) for each in ends]
    try:
        yield
    except KeyboardInterrupt as error:
        with suppress(OSError):
            typer.echo(f"stopped; {kept}: run the same command to go on", err=True)
        if times > 1 and any(map(_is_waited_for, threading.enumerate())):
            os._exit(_INTERRUPTED)
        raise typer.Exit(_INTERRUPTED) from error
    finally:
        for each, handler in zip(ends, before, strict=False):
            signal.signal(each, handler)


def _say(line: str) -> None:
    """Write a line to the terminal, if it is there, where a stream may be in the middle of one."""
    with suppress(OSError):
        os.write(2, f"\n{line}\n".encode())


def _is_main() -> bool:
    """Tell whether this is the thread that signals come to."""
    return threading.current_thread() is threading.main_thread()


def _is_waited_for(thread: threading.Thread) -> bool:
    """Tell whether the program would not end before `thread`, which may wait for a service."""
    return thread.is_alive() and not thread.daemon and thread is not threading.main_thread()


def print_json(value: object) -> None:
    """Print `value` as JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
