"""What a check finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.outputs.inspection import FoundChapter


_CLOCK = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|(?:\d+:)?\d{1,2}:\d{1,2}(?:\.\d+)?)(?P<unit>h|min|s|ms)?", re.ASCII
)
_UNITS = {"h": 3600.0, "min": 60.0, "s": 1.0, "ms": 0.001}


class Verdict(StrEnum):
    """How a rule is kept."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one rule is kept, and why."""

    rule: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """How a sound goes on, for a picture."""

    length: float
    """Seconds."""
    peaks: tuple[float, ...]
    """Of stretches of equal length, 0 to 1."""
    loudness: tuple[float, ...]
    """LUFS of the last three seconds, once a second."""
    chapters: tuple[FoundChapter, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found of one file or folder."""

    path: Path
    kind: str
    findings: tuple[Finding, ...]
    course: Course | None = None

    @property
    def worst(self) -> Verdict:
        """The worst of its findings."""
        order = list(Verdict)
        return max((each.verdict for each in self.findings), key=order.index)


@dataclass(frozen=True, slots=True)
class Check:
    """How one kind of result is judged."""

    name: str
    is_one: Callable[[Path], bool]
    run: Callable[[Path], Report]
    """Raises `InputError` for what cannot be opened at all."""


def judged(rule: str, good: bool, reason: str, otherwise: Verdict = Verdict.FAIL) -> Finding:  # noqa: FBT001 - the finding itself
    """Return that `rule` is kept, or else `otherwise`."""
    return Finding(rule, Verdict.PASS if good else otherwise, reason)


def seconds(text: str) -> float:
    """Return a clock value of SMIL, as `1:02:03.5`, `npt=3.5s` or `3500ms`, in seconds.

    Raises `InputError` if it is none. Source: SMIL 3.0, "Clock values".
    """
    match = _CLOCK.fullmatch(text.strip().removeprefix("npt="))
    if not match:
        raise InputError(f"{text!r} is no clock value")
    found = 0.0
    for part in match["number"].split(":"):
        found = 60 * found + float(part)
    return found * _UNITS[match["unit"] or "s"]


def clock(seconds: float) -> str:
    """Return a place in a file as people write it."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
