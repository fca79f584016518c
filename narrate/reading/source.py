"""Getting a file off the disk or from standard input, with a clear word when it fails."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

STANDARD_INPUT = "-"
_HEAD = 4096
_MOST_HELD = 200_000_000
"""Bytes of a book that comes from another program."""
_MOST = 50_000_000
"""Bytes of text; a file can hold a tenth of what they say."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it came."""

    name: str
    """The file name without its suffix; empty for standard input."""
    stream: BinaryIO
    """Can be sought in."""
    label: str = "the text"
    """What a message calls it."""
    suffix: str = ""
    """Of the file's name, in lower case, with its dot."""

    @property
    def head(self) -> bytes:
        """How the file begins. Raises `InputError`."""
        return self._read(_HEAD)

    def data(self) -> bytes:
        """Return all that is in a text file. Raises `InputError`."""
        data = self._read(_MOST + 1)
        if len(data) > _MOST:
            raise InputError(
                f"{self.label} is larger than {_MOST // 1_000_000} MB, and one file can hold about "
                "a tenth of that: split it"
            )
        return data

    def _read(self, size: int) -> bytes:
        try:
            self.stream.seek(0)
            return self.stream.read(size)
        except OSError as error:
            raise InputError(f"{self.label} cannot be read: {error.strerror}") from error


def _held(stream: BinaryIO, label: str) -> BinaryIO:
    """Return what comes from a stream that cannot be sought in. Raises `InputError`."""
    data = stream.read(_MOST_HELD + 1)
    if len(data) > _MOST_HELD:
        raise InputError(f"{label} gives more than {_MOST_HELD // 1_000_000} MB: save it as a file")
    return io.BytesIO(data)


@contextmanager
def opened(path: str, standard_input: BinaryIO | None = None) -> Iterator[Source]:
    """Open the file at `path`; `-` is standard input. Raises `InputError`."""
    if path == STANDARD_INPUT:
        yield Source(
            "", _held(standard_input or sys.stdin.buffer, "standard input"), "standard input"
        )
        return
    place = Path(path)
    try:
        stream = place.open("rb")
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder: name a file in it, or all: {place / '*'}") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    with stream:
        if stream.seekable():
            yield Source(place.stem, stream, path, place.suffix.lower())
        else:
            yield Source("", _held(stream, path), path)
