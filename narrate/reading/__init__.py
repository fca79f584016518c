"""A file → `Book`. One file per format; everything here keeps the text as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.reading.joining import joined
from narrate.reading.plain import read_plain
from narrate.reading.pronunciations import read_pronunciations
from narrate.reading.source import load
from narrate.reading.structure import Cutting, Mode

if TYPE_CHECKING:
    from narrate.model import Book

__all__ = ["Cutting", "Mode", "joined", "load", "read", "read_plain", "read_pronunciations"]


def read(path: str, cutting: Cutting | None = None, title: str = "") -> Book:
    """Return the book at `path`; `-` is standard input. Raises `InputError`."""
    return read_plain(load(path), cutting, title)
