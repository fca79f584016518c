"""A text line by line, as it will be shown and as it will be heard: to read before listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate import persian
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


def written(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, repaired: one for each."""
    return persian.repaired_parts(lines)


def spoken(lines: Sequence[str]) -> list[str]:
    """Return what an engine hears of each line of a text; empty where it is not spoken."""
    return [_said(line) for line in persian.repaired_parts(map(_read_aloud, lines))]


def _read_aloud(line: str) -> str:
    kind = kind_of(line)
    return heading_text(line) if kind == "heading" else line if kind == "body" else ""


def _said(line: str) -> str:
    return " ".join(filter(None, map(persian.spoken, persian.sentences(line))))


FORMS: Mapping[str, Callable[[Sequence[str]], list[str]]] = {"written": written, "spoken": spoken}
