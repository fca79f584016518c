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

_CLOCK = r"(?:(\d{{2,}}):){0}([0-5]\d):([0-5]\d){1}(\d{{3}})"
_TIMES = {
    suffix: re.compile(rf"{clock}[ \t]+-->[ \t]+{clock}(?:[ \t].*)?", re.ASCII)
    for suffix, clock in ((".vtt", _CLOCK.format("?", r"\.")), (".srt", _CLOCK.format("", ",")))
}
_SIGNED = re.compile(r"WEBVTT(?:[ \t\n]|$)")
_NO_CAPTION = re.compile(r"WEBVTT|NOTE\b|STYLE\b|REGION\b")
_LONGEST_LINE, _MOST_LINES = 80, 3


@dataclass(frozen=True, slots=True)
class _Caption:
    """What is shown from `begin` to `end`, in seconds."""

    begin: float
    end: float
    lines: tuple[str, ...]


def _run(path: Path) -> Report:
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n").rstrip()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as UTF-8: {error}") from error
    form = path.suffix.lower()
    is_signed = form != ".vtt" or bool(_SIGNED.match(text))
    blocks = [each.strip("\n") for each in re.split(r"\n{2,}", text)]
    texts = [each for each in blocks if each and (form == ".srt" or not _NO_CAPTION.match(each))]
    found = [caption for each in texts if (caption := _caption(each, _TIMES[form]))]
    told = f"{len(found)} captions" if is_signed else "it does not begin with WEBVTT"
    if is_signed and len(found) < len(texts):
        lost = next(each for each in texts if not _caption(each, _TIMES[form]))
        told = f"{len(texts) - len(found)} are none, the first: {lost.splitlines()[0][:60]}"
    late = [after for before, after in pairwise(found) if after.begin < before.begin]
    wrong = [each for each in found if each.end <= each.begin or not any(each.lines)]
    long = [each for each in found if not _fits(each)]
    findings = (
        judged("opens", bool(is_signed and found and len(found) == len(texts)), told),
        judged("times", not wrong + late, _at(wrong + late, "in order")),
        judged("lines", not long, _at(long, "short enough"), Verdict.WARN),
    )
    return Report(path, path.suffix[1:].upper(), findings)


CAPTIONS = Check("captions", lambda path: path.suffix.lower() in _TIMES, _run)


def _caption(block: str, times: re.Pattern[str]) -> _Caption | None:
    lines = block.split("\n")
    for place, line in enumerate(lines[:2]):
        if match := times.fullmatch(line):
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
