"""What earlier builds worked out, in one file beside the clips: to lose it costs time only."""

from __future__ import annotations

import hashlib
import logging
import sqlite3
import time
import zlib
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

log = logging.getLogger("narrate")

NAME = "notes.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS notes
    (key BLOB PRIMARY KEY, crc INTEGER NOT NULL, text BLOB NOT NULL, used REAL NOT NULL)
    WITHOUT ROWID"""
_USED_ANEW = 86_400.0
"""Seconds after which a note that is read again counts as used now."""
_AT_ONCE = 500
"""Keys to ask for at once."""
_MANY = 1_000
"""Keys for which it pays to read all of the file."""
_BLOCK = 1 << 20
"""Bytes to read at once."""
_PATIENCE = 10.0
"""Seconds to wait for another build that writes."""
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}
"""No database, or not one of ours. A file that is locked or cannot be written is none of these."""


class Notes:
    """Texts under keys. What cannot be read or written is as if it had never been noted."""

    def __init__(self, folder: Path) -> None:
        """Use the file in `folder`, which is there; begin a new one if it is damaged."""
        self._path = folder / NAME
        self._table = sqlite3.connect(":memory:")
        try:
            self._use(self._path)
        except sqlite3.Error as error:
            self._recover(error)

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
        found: dict[bytes, str] = {}
        self._try(lambda: self._find(keys, found))
        return found

    def add(self, notes: Mapping[bytes, str]) -> None:
        """Note texts under their keys."""
        now = time.time()
        texts = [(key, text.encode(errors="surrogatepass")) for key, text in notes.items()]
        rows = [(key, zlib.crc32(text), text, now) for key, text in texts]
        self._try(lambda: self._table.executemany(_NOTED, rows))

    def forget(self, older_than: float) -> None:
        """Drop what was not used for so many seconds."""
        old = time.time() - older_than
        self._try(lambda: self._table.execute("DELETE FROM notes WHERE used < ?", (old,)))
        self._try(lambda: self._table.execute("VACUUM"))

    def _find(self, keys: Iterable[bytes], found: dict[bytes, str]) -> None:
        old, now, keys = [], time.time(), sorted(keys)
        if len(keys) > _MANY:
            self._fetch()
        # Neighbours lie in one page.
        for some in batched(keys, _AT_ONCE):
            asked = f"{_ASKED} ({','.join('?' * len(some))})"
            for key, crc, text, used in self._table.execute(asked, some):
                if zlib.crc32(text) != crc:
                    continue
                found[key] = text.decode(errors="surrogatepass")
                if now - used > _USED_ANEW:
                    old.append((now, key))
        self._table.executemany("UPDATE notes SET used = ? WHERE key = ?", old)

    def _fetch(self) -> None:
        """Read the file from front to back: a disk is slow to find its pages one by one."""
        with suppress(OSError), self._path.open("rb", buffering=0) as file:
            while file.read(_BLOCK):
                pass

    def _try(self, work: Callable[[], object]) -> None:
        """Do all of `work` or nothing."""
        try:
            with self._table:
                work()
        except sqlite3.Error as error:
            self._recover(error)

    def _recover(self, error: sqlite3.Error) -> None:
        """Begin the file anew if it is damaged; do without it if it is not, or cannot be begun."""
        log.debug("%s: %s", self._path, error)
        self._use(":memory:")
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED:
            with suppress(OSError, sqlite3.Error):
                for path in (Path(f"{self._path}-journal"), self._path):
                    path.unlink(missing_ok=True)
                self._use(self._path)

    def _use(self, path: Path | str) -> None:
        """Turn from the table that is open to the one in the file at `path`."""
        table = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            # To wait for the disk after each build would cost more than what a power cut takes.
            table.execute("PRAGMA synchronous = OFF")
            table.execute(_TABLE)
        except sqlite3.Error:
            table.close()
            raise
        self._table.close()
        self._table = table


_ASKED = "SELECT key, crc, text, used FROM notes WHERE key IN"
_NOTED = "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?)"


def code_of(home: Path) -> str:
    """Return what changes whenever a file of code or data in `home` does."""
    files = [path for path in sorted(home.rglob("*")) if path.suffix not in ("", ".pyc")]
    return str([(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files])


@cache
def program() -> str:
    """Return what changes whenever this program may do something else."""
    return f"{version('narrate-fa')} {code_of(Path(__file__).parent)}"
