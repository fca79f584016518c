"""What earlier builds worked out, in one file beside the clips: to lose it costs time only."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

log = logging.getLogger("narrate")

NAME = "notes.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS notes
    (key BLOB PRIMARY KEY, text TEXT NOT NULL, used REAL NOT NULL) WITHOUT ROWID"""
_USED_ANEW = 86_400.0
"""Seconds after which a note that is read again counts as used now."""
_PATIENCE = 10.0
"""Seconds to wait for another build that writes."""


class Notes:
    """Texts under keys. What cannot be read or written is as if it had never been noted."""

    def __init__(self, folder: Path) -> None:
        """Use the file in `folder`, which is there; begin a new one if it is damaged."""
        path = folder / NAME
        try:
            self._table = _opened(path)
        except sqlite3.DatabaseError as error:
            log.debug("%s is begun anew: %s", path, error)
            try:
                path.unlink(missing_ok=True)
                self._table = _opened(path)
            except (OSError, sqlite3.Error):
                self._table = _opened(":memory:")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._table.close()

    @staticmethod
    def key(*parts: object) -> bytes:
        """Return the key of what follows from `parts`, which are told apart by their text."""
        texts = map(str, parts)
        told = "".join(f"{len(text)}:{text}" for text in texts)
        return hashlib.blake2b(told.encode(errors="surrogatepass"), digest_size=16).digest()

    def found(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """Return what was noted under `keys`."""
        found, old, now = {}, [], time.time()
        with suppress(sqlite3.Error):
            for key in keys:
                for text, used in self._table.execute(_ASKED, (key,)):
                    found[key] = text
                    if now - used > _USED_ANEW:
                        old.append((now, key))
            with self._table:
                self._table.executemany("UPDATE notes SET used = ? WHERE key = ?", old)
        return found

    def add(self, notes: Mapping[bytes, str]) -> None:
        """Note texts under their keys."""
        now = time.time()
        rows = [(key, text, now) for key, text in notes.items()]
        with suppress(sqlite3.Error), self._table:
            self._table.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", rows)

    def forget(self, older_than: float) -> None:
        """Drop what was not used for so many seconds."""
        with suppress(sqlite3.Error):
            with self._table:
                old = (time.time() - older_than,)
                self._table.execute("DELETE FROM notes WHERE used < ?", old)
            self._table.execute("VACUUM")


def code_of(package: ModuleType) -> str:
    """Return what changes whenever the code or the data of `package` does."""
    home = Path(*package.__path__)
    files = [path for path in sorted(home.rglob("*")) if path.suffix not in ("", ".pyc")]
    states = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return str((version("narrate-fa"), states))


_ASKED = "SELECT text, used FROM notes WHERE key = ?"


def _opened(path: Path | str) -> sqlite3.Connection:
    table = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        # To wait for the disk after each build would cost more than notes that a power cut takes.
        table.execute("PRAGMA synchronous = OFF")
        table.execute(_TABLE)
    except sqlite3.Error:
        table.close()
        raise
    return table
