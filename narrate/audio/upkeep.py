"""What lies in the clip store, and throwing away what is not used."""

from __future__ import annotations

import logging
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.files import ABANDONED, PART
from narrate.notes import NAME, Notes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

log = logging.getLogger("narrate")

_CLIP = re.compile(r"[0-9a-f]{64}\.wav|[0-9a-f]{32}\.pack")
_IN_USE = 3600.0
"""Seconds for which a clip may belong to a build that is running."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A clip in the store, or a pack of encoded ones."""

    path: Path
    size: int
    """Bytes."""
    used: float
    """When a build last used it, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What lies in a store, or was thrown away."""

    clips: int
    size: int
    """Bytes."""
    oldest: float | None
    """When the clip that was not used for the longest time was used, in seconds since 1970."""
    newest: float | None

    @classmethod
    def of(cls, kept: Iterable[Kept]) -> Holdings:
        """Count `kept`."""
        clips = list(kept)
        times = [each.used for each in clips]
        return cls(
            sum(each.path.suffix == ".wav" for each in clips),
            sum(each.size for each in clips),
            min(times, default=None),
            max(times, default=None),
        )


def holdings(folder: Path) -> Holdings:
    """Return what the store in `folder` holds: its clips, and the notes in its size."""
    clips = Holdings.of(_kept(folder, _CLIP))
    return replace(clips, size=clips.size + _size_of_notes(folder))


def prune(
    folder: Path, *, older_than: float | None = None, max_size: int | None = None
) -> Holdings:
    """Throw away what was not used for `older_than` seconds, and the oldest above `max_size` bytes.

    Clips go by themselves, and packs of encoded ones too. Returns what was thrown away. What was
    used in the last hour stays, since a build may need it; what builds that were killed left half
    written goes too.
    """
    now = time.time()
    for part in _kept(folder, PART):
        if now - part.used > ABANDONED:
            _removed(part)
    if older_than is not None and (folder / NAME).is_file():
        with Notes(folder) as notes:
            notes.forget(max(older_than, _IN_USE))
    clips = sorted(_kept(folder, _CLIP), key=lambda each: each.used)
    rest, gone = sum(each.size for each in clips) + _size_of_notes(folder), []
    for each in clips:
        is_old = older_than is not None and now - each.used > older_than
        is_too_much = max_size is not None and rest > max_size
        if now - each.used < _IN_USE or not (is_old or is_too_much):
            continue
        if _removed(each):
            rest -= each.size
            gone.append(each)
    return Holdings.of(gone)


def _size_of_notes(folder: Path) -> int:
    path = folder / NAME
    return path.stat().st_size if path.is_file() else 0


def _removed(kept: Kept) -> bool:
    try:
        kept.path.unlink(missing_ok=True)
    except OSError as error:
        log.warning("%s cannot be removed: %s", kept.path, error.strerror)
        return False
    return True


def _kept(folder: Path, name: re.Pattern[str]) -> list[Kept]:
    """Return the files in the store that are called like `name`; what else is there is not ours."""
    found = []
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        if not name.fullmatch(path.name):
            continue
        try:
            status = path.stat()
        except FileNotFoundError:
            continue  # Another build or another prune took it away.
        found.append(Kept(path, status.st_size, status.st_mtime))
    return found
