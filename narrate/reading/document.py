"""What a reader finds in a file, before it is cut into chapters."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from narrate.model import Details

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from narrate.reading.source import Source

_NEVER_SEEN = re.compile(
    "[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffb\ufffd\U00010000-\U0010fffd]"
    "|[\u202a-\u202e\u2066-\u2069\ufeff]"
)
_DATE = re.compile(r"[1-9][0-9]{3}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹/", "0123456789-")

type BlockKind = Literal[
    "heading", "rule", "number", "body", "emphasis", "quote", "verse", "item", "row"
]


@dataclass(frozen=True, slots=True)
class Opening:
    """A chapter as a book's own table of contents has it."""

    title: str
    level: int
    """1 is the highest."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph before it has its place: `number` is a section number that stands alone."""

    kind: BlockKind
    text: str
    level: int = 1
    """Of a heading; 1 is the highest."""
    language: str = ""
    """As the file marks it."""
    opens: Opening | None = None
    """The chapter that begins here."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a file shows, in order, and what it tells of itself."""

    blocks: Sequence[Block]
    title: str = ""
    """As the file itself has it; where it is in the text, it is the first heading."""
    details: Details = field(default_factory=Details)
    language: str = "fa"
    left_out: Counter[str] = field(default_factory=Counter)
    """What is not for reading out, and how often it was there."""


def visible(text: str) -> str:
    """Return `text` without signs that XML forbids, or that turn the text around them."""
    return _NEVER_SEEN.sub(lambda match: " " if match[0].isspace() else "", text)


def date_in(text: str) -> str:
    """Return the date with which `text` begins, as `Details` has it; empty if there is none."""
    match = _DATE.match(text.strip().translate(_DIGITS))
    return match[0] if match else ""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that can be read."""

    name: str
    is_one: Callable[[Source], bool]
    """Tells by what is in a file whether it is one."""
    read: Callable[[Source], Document]
    """Raises `InputError`."""
