"""`narrate log`: what can be learnt of a run afterwards."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations
from narrate.cli.app import app, print_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.journal import Digest, Event

_WIDEST = 40
_SHOWN = 10


@app.command(name="log")
def study(log: flags.LogFile, *, as_json: flags.Json = False) -> None:
    """Sum up what `narrate build --log FILE` wrote: speed, store, slow sentences, failures."""
    from narrate.journal import digest

    found = digest(log)
    if as_json:
        print_json(_row(found))
        return
    for line in _lines(found):
        typer.echo(line)


def _row(found: Digest) -> dict[str, Any]:
    row = asdict(found)
    for event in (*row["failed"], *row["slowest"]):
        event["time"] = event["time"].isoformat()
    course = [
        {"begin": begin.isoformat(), "seconds": seconds, "sound": sound}
        for begin, seconds, sound in found.course
    ]
    return row | {"begun": found.begun.isoformat(), "speed": found.speed, "course": course}


def _lines(found: Digest) -> Iterator[str]:
    from narrate.terminal import duration

    def named(count: int, what: str) -> str:
        return f"{count:,} {what}{'' if count == 1 else 's'}"

    all_ = found.spoken + found.found_spoken + found.found_encoded
    saved = (found.found_spoken + found.found_encoded) / max(all_, 1)
    sound = timedelta(seconds=round(found.sound))
    books, runs = named(found.books, "book"), named(found.runs, "run")
    begun = f"{found.begun:%Y-%m-%d %H:%M} UTC"
    yield f"time       {duration(found.wall)}, {books} in {runs}, begun {begun}"
    yield f"sentences  {all_:,}: {found.spoken:,} spoken, {saved:.0%} found in the store"
    yield f"speed      {sound} of sound, {found.speed:.0f} times as fast as it is heard"
    if found.retries:
        yield f"retries    {found.retries:,}"
    for worker, count in list(found.workers.items())[:_SHOWN] if len(found.workers) > 1 else ():
        yield f"worker     {worker}: {named(count, 'sentence')}"
    for event in found.slowest:
        yield f"slow       {event.took:6.2f} s  {_where(event)}"
    for event in found.failed[:_SHOWN]:
        yield f"failed     {_with_place(event)}"
    if len(found.failed) > _SHOWN:
        yield f"           and {len(found.failed) - _SHOWN:,} more"
    most = max((sound / seconds for _, seconds, sound in found.course), default=0)
    for begin, seconds, sound_of in found.course if most else ():
        speed = sound_of / seconds
        yield f"{begin:%H:%M:%S}   {'█' * round(speed / most * _WIDEST):{_WIDEST}} {speed:6.0f} ×"


def _with_place(event: Event) -> str:
    """Return what failed, and where, unless it says so itself."""
    told = event.error
    return told if event.book in told else f"{_where(event)}: {told}"


def _where(event: Event) -> str:
    names = ("chapter", "paragraph", "sentence")
    place = [f"{name} {number}" for name, number in zip(names, event.place, strict=False)]
    text = f" ({event.text})" if event.text else ""
    return ", ".join([event.book or "all", *place]) + text
