"""WebVTT and SRT: captions in order, none empty, none too long for a screen.

Source: WebVTT, section 4.1; SRT has no specification: the same rules hold in practice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from narrate.checking.finding import Check, Report, Verdict, clock, judged
from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CLOCK = r"(?:(\d+):)?(\d\d):(\d\d)[.,](\d{3})"
_TIMES = re.compile(rf"{_CLOCK} +--> +{_CLOCK}(?: .*)?")
_SIGNED = re.compile(r"WEBVTT(?:[ \t\n]|$)")
_NAMES = (".vtt", ".srt")
_LONGEST_LINE, _MOST_LINES = 80, 3


@dataclass(frozen=True, slots=True)
class _Caption:
    """What is shown from `begin` to `end`, in seconds."""

    begin: float
    end: float
    lines: tuple[str, ...]


def _run(path: Path) -> Report:
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8: {error}") from error
    found = [caption for block in re.split(r"\n{2,}", text) if (caption := _caption(block))]
    is_signed = path.suffix.lower() != _NAMES[0] or bool(_SIGNED.match(text))
    told = f"{len(found)} captions" if is_signed else "it does not begin with WEBVTT"
    late = [after for before, after in pairwise(found) if after.begin < before.begin]
    wrong = [each for each in found if each.end <= each.begin or not any(each.lines)]
    long = [each for each in found if not _fits(each)]
    findings = (
        judged("opens", bool(is_signed and found), told),
        judged("times", not wrong + late, _at(wrong + late, "in order")),
        judged("lines", not long, _at(long, "short enough"), Verdict.WARN),
    )
    return Report(path, path.suffix[1:].upper(), findings)


CAPTIONS = Check("captions", lambda path: path.suffix.lower() in _NAMES, _run)


def _caption(block: str) -> _Caption | None:
    lines = block.split("\n")
    for place, line in enumerate(lines[:2]):
        if match := _TIMES.fullmatch(line):
            parts = match.groups()
            return _Caption(_seconds(parts[:4]), _seconds(parts[4:]), tuple(lines[place + 1 :]))
    return None


def _fits(caption: _Caption) -> bool:
    return len(caption.lines) <= _MOST_LINES and all(
        len(line) <= _LONGEST_LINE for line in caption.lines
    )


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, rest = (int(each or 0) for each in parts)
    return 3600 * hours + 60 * minutes + seconds + rest / 1000


def _at(captions: Sequence[_Caption], otherwise: str) -> str:
    if not captions:
        return otherwise
    return f"{len(captions)} are not, the first at {clock(captions[0].begin)}"
