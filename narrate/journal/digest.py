"""A journal → what can be learnt of it: speed, what the store saved, what was slow, what failed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    type Event = dict[str, Any]

_BINS = 12
_SLOWEST = 5
_STORES = ("", "spoken", "encoded")


@dataclass(frozen=True, slots=True)
class Digest:
    """What happened in one or more runs."""

    begun: datetime
    wall: float
    """Seconds from the first event of each run to its last."""
    runs: int
    books: int
    failed: Sequence[Event]
    """Sentences and books."""
    spoken: int
    """Sentences that an engine was asked for; the next are those that it was not asked for."""
    found_spoken: int
    found_encoded: int
    sound: float
    """Seconds of the sentences that were spoken."""
    engine: float
    """Seconds that engines took for them, all workers together."""
    retries: int
    slowest: Sequence[Event]
    workers: dict[str, int]
    """Sentences of each."""
    course: Sequence[tuple[datetime, float, float]]
    """When an equal part of the last run that spoke begins, its seconds, and those of its sound."""

    @property
    def speed(self) -> float:
        """How many times faster than it is heard a sentence was spoken, all workers together."""
        return self.sound / self.wall if self.wall else 0.0


def digest(path: Path) -> Digest:
    """Read the journal at `path`. Raises `InputError` if it is none."""
    try:
        lines = path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    events = [event for line in lines if (event := _parsed(line))]
    if not events:
        raise InputError(f"{path} is no log of narrate: `narrate build … --log FILE` writes one")
    runs = _runs(events)
    clips = [each for each in events if each["event"] == "clip"]
    spoken = [each for each in clips if _is_spoken(each)]
    found = Counter(each["found"] for each in clips)
    return Digest(
        begun=events[0]["time"],
        wall=sum(map(_wall, runs)),
        runs=len(runs),
        books=len({each["book"] for each in events if _is_made(each)}),
        failed=_failed(events),
        spoken=len(spoken),
        found_spoken=found["spoken"],
        found_encoded=found["encoded"],
        sound=sum(each["length"] for each in spoken),
        engine=sum(each["took"] for each in spoken),
        retries=sum(each["retries"] for each in clips),
        slowest=sorted(spoken, key=lambda each: -each["took"])[:_SLOWEST],
        workers=dict(Counter(each["worker"] for each in spoken).most_common()),
        course=_course(next((run for run in reversed(runs) if any(map(_is_spoken, run))), [])),
    )


def _failed(events: Sequence[Event]) -> list[Event]:
    """Return what failed; that a run failed is worth telling only if nothing in it did."""
    failed = [each for each in events if each.get("error")]
    return [each for each in failed if each["event"] != "end"] or failed


def _is_spoken(event: Event) -> bool:
    """Tell whether an engine was asked for a sentence and said it."""
    return event["event"] == "clip" and not event["found"] and not event.get("error")


def _is_made(event: Event) -> bool:
    return event["event"] == "book" and not event.get("error")


def _parsed(line: str) -> Event | None:
    """Return the event in a line; nothing if it is damaged, or somebody else's."""
    try:
        event: Event = json.loads(line)
        event["time"] = datetime.fromisoformat(event["time"]).astimezone(UTC)
        if event["event"] == "clip":
            event = {"found": "", "took": 0.0, "length": 0.0, "retries": 0, "worker": ""} | event
    except (ValueError, TypeError, KeyError):
        return None
    return event if isinstance(event.get("book"), str) else None


def _runs(events: Sequence[Event]) -> list[list[Event]]:
    """Return the events of each run."""
    runs: list[list[Event]] = []
    for event in events:
        if event["event"] == "begin" or not runs:
            runs.append([])
        runs[-1].append(event)
    return runs


def _wall(run: Sequence[Event]) -> float:
    times = [each["time"] for each in run]
    return float((max(times) - min(times)).total_seconds()) if times else 0.0


def _course(run: Sequence[Event]) -> list[tuple[datetime, float, float]]:
    """Return when sound was spoken in a run, in equal parts of its time."""
    times = [each["time"] for each in run]
    first, whole = min(times, default=None), _wall(run)
    if first is None or not whole:
        return []
    step, parts = whole / _BINS, [0.0] * _BINS
    for each in filter(_is_spoken, run):
        since = (each["time"] - first).total_seconds()
        parts[min(_BINS - 1, int(since / step))] += each["length"]
    return [(first + timedelta(seconds=n * step), step, sound) for n, sound in enumerate(parts)]
