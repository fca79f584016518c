"""A page that reads along: everything that it names lies beside it, and is as long as it says."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.checking.finding import Check, Report, clock, judged, seconds
from narrate.errors import InputError
from narrate.outputs.inspection import inspect
from narrate.outputs.page import OUTPUT
from narrate.reading.trees import html

if TYPE_CHECKING:
    from pathlib import Path

_NAMING = ("script", "link", "img")
_NEAR = 0.1
"""Seconds by which a sound may be longer or shorter than its chapter."""


def _run(path: Path) -> Report:
    index = path / OUTPUT.entry
    page = html(index.read_text(encoding="utf-8", errors="replace"), str(index))
    sections = [each for each in page.iter("section") if each.get("data-sound")]
    if not sections:
        raise InputError(f"{path} is no page that reads along")
    sounds = {
        each.get("data-sound", ""): seconds(each.get("data-length", "0")) for each in sections
    }
    beside = (each.get("src") or each.get("href") or "" for each in page.iter(*_NAMING))
    named = [*sounds, *(each for each in beside if not each.startswith("data:"))]
    missing = [each for each in named if not (path / unquote(each)).is_file()]
    lengths = {} if missing else {each: inspect(path / unquote(each)).length for each in sounds}
    wrong = [
        f"{each} is {length:.1f} s long, and not {sounds[each]:.1f}"
        for each, length in lengths.items()
        if abs(length - sounds[each]) > _NEAR
    ]
    heard = f"{len(sections)}, {clock(sum(lengths.values()))}"
    findings = (
        judged("files", not missing, f"{missing[0]} is not there" if missing else "all there"),
        judged("chapters", not wrong, wrong[0] if wrong else heard),
    )
    return Report(path, "page", findings)


PAGE = Check("page", lambda path: (path / OUTPUT.entry).is_file(), _run)
