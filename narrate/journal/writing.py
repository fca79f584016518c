"""Telling what happens, and keeping it in a file: a JSON object a line.

It goes by way of the standard library's logging, so that what happens in other processes comes
here as their warnings do.
"""

from __future__ import annotations

import json
import logging
import os
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from narrate.errors import NarrateError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EVENTS = logging.getLogger("narrate.events")
"""Silent until somebody wants to know."""
_OFF = logging.CRITICAL + 1
_BEGINS = b'{"time": '
EVENTS.propagate = False
EVENTS.setLevel(_OFF)
_book: ContextVar[str] = ContextVar("book", default="")

log = logging.getLogger("narrate")


def is_on() -> bool:
    """Tell whether anybody wants to know what happens."""
    return EVENTS.isEnabledFor(logging.INFO)


def happened(event: str, **told: object) -> None:
    """Tell of an event: what JSON can hold, times in seconds."""
    if is_on():
        told = {"event": event, "book": _book.get(), **told}
        EVENTS.info(event, extra={"told": told})


@contextmanager
def about(book: str) -> Iterator[None]:
    """Let what happens meanwhile belong to `book`."""
    token = _book.set(book)
    try:
        yield
    finally:
        _book.reset(token)


@contextmanager
def switched(handler: logging.Handler, *, on: bool = True) -> Iterator[None]:
    """Give what happens meanwhile to `handler` alone, or to nobody."""
    before = EVENTS.handlers, EVENTS.level
    EVENTS.handlers = [handler]
    EVENTS.setLevel(logging.INFO if on else _OFF)
    try:
        yield
    finally:
        EVENTS.handlers = before[0]
        EVENTS.setLevel(before[1])


@contextmanager
def keeping(path: Path | None) -> Iterator[None]:
    """Add what happens meanwhile to the file at `path`, if one is named.

    Raises `OutputError` if it cannot be written, or is no log.
    """
    if path is None:
        yield
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            _mend(path)
        handler = _Lines(path, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise OutputError(f"the log {path} cannot be written: {error.strerror}") from error
    with switched(handler):
        happened("begin", version=version("narrate-fa"))
        try:
            yield
        except NarrateError as error:
            happened("end", error=str(error))
            raise
        except KeyboardInterrupt:
            happened("end", stopped=True)
            raise
        else:
            happened("end")
        finally:
            handler.close()


def _mend(path: Path) -> None:
    """End the last line of a log, which may be cut short. Raises `OutputError` if it is none."""
    with path.open("rb+") as file:
        head = file.read(len(_BEGINS))
        if not _BEGINS.startswith(head):
            raise OutputError(f"{path} is no log of narrate, and stays as it is: name another")
        file.seek(-1 if head else 0, os.SEEK_END)
        if file.read() not in (b"", b"\n"):
            file.write(b"\n")


class _Lines(logging.FileHandler):
    """Writes a line for each event; a log that cannot be written stops no build."""

    _is_well = True

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = getattr(record, "told", {})
        return json.dumps({"time": time, **told}, ensure_ascii=False)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: ARG002, N802 - logging's
        if self._is_well:
            log.warning("%s takes no more lines; the build goes on", self.baseFilename)
        self._is_well = False

    def close(self) -> None:
        with suppress(OSError):
            super().close()
