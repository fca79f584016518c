"""A journal → what can be learnt of it: speed, what the store saved, what was slow, what failed.

It is read once, from front to back, and may come from anywhere.
"""

from __future__ import annotations

import heapq
import json
import math
import re
from array import array
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BINS = 12
_SLOWEST = 5
_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]")


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a journal."""

    time: datetime
    event: str
    book: str = ""
    error: str = ""
    place: Sequence[int] = ()
    """Chapter, paragraph and sentence."""
    text: str = ""
    found: str = ""
    """As what a sentence lay in the store: `spoken`, `encoded`."""
    took: float = 0.0
    """Seconds; those of the sound are the `length`."""
    length: float = 0.0
    retries: int = 0
    worker: str = ""

    @property
    def is_spoken(self) -> bool:
        """Whether an engine was asked for a sentence and said it."""
        return self.event == "clip" and not self.found and not self.error


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
    sums = _Sums()
    try:
        # Texts may hold signs that end lines elsewhere.
        with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            for event in filter(None, map(_parsed, file)):
                sums.add(event)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    if not sums.runs:
        raise InputError(f"{path} is no log of narrate: `narrate build … --log FILE` writes one")
    return sums.digest()


def _parsed(line: str) -> Event | None:
    """Return the event in a line; nothing if it is damaged, or somebody else's."""
    try:
        told = json.loads(line)
        time = datetime.fromisoformat(told["time"]).astimezone(UTC)
        place = [int(each) for each in told.get("place", ())]
        texts = {name: _text(told[name]) for name in _TEXTS if name in told or name in _NEEDED}
        took, length = (_seconds(told.get(name, 0)) for name in ("took", "length"))
        retries = int(told.get("retries", 0))
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        return None
    return Event(time, took=took, length=length, retries=retries, place=place, **texts)


_NEEDED = ("event", "book")
_TEXTS = (*_NEEDED, "error", "text", "found", "worker")


def _text(value: object) -> str:
    """Return a text without what a terminal would obey. Raises `TypeError` if it is none."""
    if not isinstance(value, str):
        raise TypeError
    return _CONTROL.sub(" ", value)


def _seconds(value: object) -> float:
    """Return a length of time. Raises `ValueError` or `TypeError` if it is none."""
    seconds = float(value)  # type: ignore[arg-type]
    if not math.isfinite(seconds):
        raise ValueError
    return seconds


@dataclass(slots=True)
class _Run:
    """When a run began and ended, and when it spoke how much."""

    begun: float
    ended: float
    times: array[float] = field(default_factory=lambda: array("d"))
    lengths: array[float] = field(default_factory=lambda: array("d"))

    @property
    def wall(self) -> float:
        return self.ended - self.begun

    def course(self) -> list[tuple[datetime, float, float]]:
        """Return when sound was spoken, in equal parts of the time."""
        if not self.wall:
            return []
        step, parts = self.wall / _BINS, [0.0] * _BINS
        for time, length in zip(self.times, self.lengths, strict=True):
            parts[min(_BINS - 1, int((time - self.begun) / step))] += length
        begins = (_EPOCH + timedelta(seconds=self.begun + n * step) for n in range(_BINS))
        return [(begin, step, sound) for begin, sound in zip(begins, parts, strict=True)]


class _Sums:
    """What was read so far."""

    def __init__(self) -> None:
        self.runs, self._begun = 0, _EPOCH
        self._wall = self._sound = self._engine = 0.0
        self._retries = 0
        self._run = self._last = _Run(0.0, 0.0)
        self._books = set[str]()
        self._found, self._workers = Counter[str](), Counter[str]()
        self._failed: list[Event] = []
        self._slowest: list[tuple[float, int, Event]] = []

    def add(self, event: Event) -> None:
        """Count one more event."""
        now = event.time.timestamp()
        if event.event == "begin" or not self.runs:
            self._end_run()
            self._run, self.runs = _Run(now, now), self.runs + 1
            self._begun = event.time if self.runs == 1 else self._begun
        run = self._run
        run.begun, run.ended = min(run.begun, now), max(run.ended, now)
        if event.error:
            self._failed.append(event)
        elif event.event == "book":
            self._books.add(event.book)
        if event.event == "clip":
            self._retries += event.retries
            self._found[event.found] += not event.error
        if event.is_spoken:
            self._add_spoken(event, now)

    def digest(self) -> Digest:
        """Return what all that is."""
        self._end_run()
        # That a run failed is worth telling only if nothing in it did.
        failed = [each for each in self._failed if each.event != "end"] or self._failed
        return Digest(
            begun=self._begun,
            wall=self._wall,
            runs=self.runs,
            books=len(self._books),
            failed=failed,
            spoken=self._found[""],
            found_spoken=self._found["spoken"],
            found_encoded=self._found["encoded"],
            sound=self._sound,
            engine=self._engine,
            retries=self._retries,
            slowest=[each for _, _, each in sorted(self._slowest, reverse=True)],
            workers=dict(self._workers.most_common()),
            course=self._last.course(),
        )

    def _add_spoken(self, event: Event, now: float) -> None:
        self._sound += event.length
        self._engine += event.took
        self._workers[event.worker] += 1
        self._run.times.append(now)
        self._run.lengths.append(event.length)
        # Of equally slow ones the first.
        heapq.heappush(self._slowest, (event.took, -self._found[""], event))
        if len(self._slowest) > _SLOWEST:
            heapq.heappop(self._slowest)

    def _end_run(self) -> None:
        self._wall += self._run.wall
        if self._run.times:
            self._last = self._run
        self._run = _Run(0.0, 0.0)
