"""What a person sees while the program works: a bar on a terminal, plain lines anywhere else."""

from __future__ import annotations

import logging
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Progress, Report, Stage

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def talk(*, quiet: bool, verbose: bool) -> Iterator[None]:
    """Send the program's notes to stderr: warnings only if `quiet`, all if `verbose`."""
    logger = logging.getLogger("narrate")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    level = logging.DEBUG if verbose else logging.WARNING if quiet else logging.INFO
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


@contextmanager
def progress(label: str = "", *, quiet: bool) -> Iterator[Report]:
    """Give a function that shows how far each stage is, with the time left.

    With a `label`, one of several books is meant: each stage has it in front, and ends in silence.
    """
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(label) as report:
            yield report
    else:
        yield _Lines(label)


@contextmanager
def _bar(label: str) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description:>9}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    tasks = {}
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:

        def report(now: Progress) -> None:
            if now.stage not in tasks:
                name = f"{label}  {now.stage.value}".strip()
                tasks[now.stage] = bar.add_task(name, total=now.total)
            bar.update(tasks[now.stage], completed=now.done)

        yield report


class _Lines:
    """Writes a line when a stage ends, and every few seconds in between."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.begun: dict[Stage, float] = {}
        self.next = time.monotonic() + _SECONDS_BETWEEN_LINES

    def __call__(self, now: Progress) -> None:
        clock = time.monotonic()
        begun = self.begun.setdefault(now.stage, clock)
        is_over = now.done >= now.total
        if clock < self.next if not is_over else self.label:
            return
        self.next = clock + _SECONDS_BETWEEN_LINES
        share = now.done / max(now.total, 1)
        left = (clock - begun) * (1 - share) / share if share else 0
        rest = f", {duration(left)} left" if share < 1 else f" in {duration(clock - begun)}"
        name = f"{self.label}  {now.stage.value}".strip()
        print(f"{name}: {share:.0%}{rest}", file=sys.stderr, flush=True)  # noqa: T201


def duration(seconds: float) -> str:
    """Return a length of time as people say it: `9 s`, `2 min 5 s`, `1 h 15 min`."""
    whole = round(seconds)
    minutes, rest = divmod(whole, 60)
    hours, past = divmod(minutes, 60)
    if hours:
        return f"{hours} h {past} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def clock(seconds: float) -> str:
    """Return a position in a file: `1:02:03.456`."""
    milliseconds = round(1000 * seconds)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest / 1000:06.3f}"
