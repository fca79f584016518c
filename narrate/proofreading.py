"""A text line by line, as it will be shown and as it will be heard: to read before listening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate import persian
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from narrate.persian import Manner, Unknown


def written(lines: Sequence[str], _manner: Manner) -> list[str]:
    """Return the lines of a text, repaired: one for each."""
    return persian.repaired_parts(lines)


def spoken(lines: Sequence[str], manner: Manner) -> list[str]:
    """Return what an engine hears of each line of a text; empty where it is not spoken."""
    kinds = map(kind_of, lines)
    texts = persian.repaired_parts(map(_read_aloud, lines))
    return [
        " ".join(said for _, said in manner.said(text, heading=kind == "heading"))
        for kind, text in zip(kinds, texts, strict=True)
    ]


def unknown(lines: Sequence[str], manner: Manner) -> list[Unknown]:
    """Return the words that no lexicon knows, the most frequent first."""
    return persian.unknown_words(persian.repaired_parts(lines), manner.lexicon)


def as_lexicon(found: Iterable[Unknown]) -> list[str]:
    """Return the lines of a lexicon in which unknown words wait for their vowel marks."""
    return [f"{each.written}\t{each.written}\t# {each.count}× {each.context}" for each in found]


def _read_aloud(line: str) -> str:
    kind = kind_of(line)
    return heading_text(line) if kind == "heading" else line if kind == "body" else ""


FORMS: Mapping[str, Callable[[Sequence[str], Manner], list[str]]] = {
    "written": written,
    "spoken": spoken,
}
