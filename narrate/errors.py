"""What can go wrong, and the exit code of each.

    NarrateError
    ├── UsageError     2   an option has a value that cannot be used
    ├── InputError     3   a text or a finished file cannot be read, or holds nothing to say
    ├── EngineError    4   an engine or a voice is unknown, not ready, or failed on a sentence
    ├── OutputError    5   a result or a clip cannot be written
    ├── CheckError     6   a finished file that was checked is not as it should be
    ├── BatchError     7   of several books some could not be made
    └── ClusterError   8   a cluster does not answer, or a worker of it cannot do the work

The codes are part of the stable interface. A message says what failed, where, and what to do.
Anything else that is raised is a bug: it is not caught, and the process exits with 1.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class NarrateError(Exception):
    """Any failure that a person can mend; its text is one line for that person."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        # What others report, and names of files, may have line breaks.
        super().__init__(" ".join(message.splitlines()))


class UsageError(NarrateError):
    """An option has a value that cannot be used."""

    exit_code = 2


class InputError(NarrateError):
    """A text or a finished file cannot be read, or holds nothing to say."""

    exit_code = 3


class EngineError(NarrateError):
    """An engine or a voice is unknown, not ready, or failed on a sentence."""

    exit_code = 4


class OutputError(NarrateError):
    """A result or a clip cannot be written."""

    exit_code = 5


class CheckError(NarrateError):
    """A finished file that was checked is not as it should be."""

    exit_code = 6


class BatchError(NarrateError):
    """Of several books some could not be made."""

    exit_code = 7


class ClusterError(NarrateError):
    """A cluster does not answer, or a worker of it cannot do the work."""

    exit_code = 8


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a question that names the known word that was most likely meant, if there is one."""
    close = get_close_matches(word, list(known), n=1)
    return f" (did you mean {close[0]}?)" if close else ""
