"""Finished files → findings: what was made, here or elsewhere, read back and judged.

One file for each kind of result. Figures that are not a format's own rule are those by which
players and shops judge spoken word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.checking.captions import CAPTIONS
from narrate.checking.daisy import DAISY
from narrate.checking.epub import EPUB
from narrate.checking.feed import FEED
from narrate.checking.finding import Check, Finding, Report, Verdict
from narrate.checking.page import PAGE
from narrate.checking.plotting import plotted
from narrate.checking.sound import SOUND
from narrate.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CHECKS", "Check", "Finding", "Report", "Verdict", "check", "plotted"]

CHECKS: tuple[Check, ...] = (FEED, DAISY, PAGE, EPUB, CAPTIONS, SOUND)
"""The first that says that a path is its own checks it."""


def check(path: Path) -> Report:
    """Judge the file or folder at `path`. Raises `InputError` if there is none."""
    if not path.exists():
        raise InputError(f"{path}: there is no such file")
    found = next((each for each in CHECKS if each.is_one(path)), None)
    if found is None:
        raise InputError(
            f"{path} is a folder that holds neither a DAISY book (ncc.html), nor a page "
            "(index.html), nor a feed (feed.xml)"
        )
    try:
        return found.run(path)
    except InputError as error:
        return Report(path, found.name, (Finding("opens", Verdict.FAIL, str(error)),))
