"""The command line: parse, call, print, map errors to exit codes; nothing else.

stdout carries results only; all talk goes to stderr. Heavy modules are imported by the command
that needs them, so that `--help` answers at once.
"""

# The commands in the order in which `--help` lists them.
from narrate.cli import (  # noqa: F401
    building,
    checking,
    feeding,
    looking,
    planning,
    serving,
    speakers,
    storing,
    studying,
)
from narrate.cli.app import app, main

__all__ = ["app", "main"]
