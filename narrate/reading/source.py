"""Getting a text off the disk or from standard input, with a clear word when it fails."""

from __future__ import annotations

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.errors import InputError
from narrate.reading.encoding import decode

if TYPE_CHECKING:
    from typing import BinaryIO

log = logging.getLogger("narrate")

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A text as it came: where from, and its lines without their ends."""

    name: str
    """The file name without its suffix; empty for standard input."""
    lines: tuple[str, ...]
    label: str = "the text"
    """What a message calls it."""


def load(path: str, standard_input: BinaryIO | None = None) -> Source:
    """Read the text at `path`; `-` is standard input. Raises `InputError`."""
    if path == STANDARD_INPUT:
        data = (standard_input or sys.stdin.buffer).read()
        name, label = "", "standard input"
    else:
        data, name, label = _read(Path(path)), Path(path).stem, path
    text, encoding = decode(data, label)
    if encoding != "utf-8":
        log.info("%s: read as %s", label, encoding)
    return Source(name, tuple(_lines(text)), label)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except IsADirectoryError as error:
        raise InputError(f"{path} is a folder: name a file in it") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
