"""A text line by line, as it will be shown and as it will be heard: to read before listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate import persian
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def written(line: str) -> str:
    """Return one line of a text, repaired."""
    return persian.repaired(line)


def spoken(line: str) -> str:
    """Return what an engine hears of one line of a text; empty if it is not spoken."""
    kind = kind_of(line)
    if kind not in ("heading", "body"):
        return ""
    text = persian.repaired(heading_text(line) if kind == "heading" else line)
    return " ".join(filter(None, map(persian.spoken, persian.sentences(text))))


FORMS: Mapping[str, Callable[[str], str]] = {"written": written, "spoken": spoken}
