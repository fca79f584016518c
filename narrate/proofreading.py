"""A text line by line, as it will be shown and as it will be heard: to read before listening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate import persian
from narrate.reading.languages import foreign
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.engines import Phonemic
    from narrate.persian import Manner, Unknown


def written(lines: Sequence[str]) -> list[str]:
    """Return the lines of a text, repaired: one for each."""
    return persian.repaired_parts(lines)


def spoken(lines: Sequence[str], manner: Manner) -> list[str]:
    """Return what an engine hears of each line of a text; empty where it is not spoken."""
    return [" ".join(said for _, said in sentences) for sentences in _said(lines, manner)]


def phonemes(lines: Sequence[str], manner: Manner, engine: Phonemic) -> list[str]:
    """Return each line of a text in IPA, as `engine` says it."""
    return [
        " ".join(filter(None, (engine.phonemes(said) for _, said in sentences)))
        for sentences in _said(lines, manner)
    ]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is said otherwise than it is written."""

    written: str
    spoken: str
    why: str
    """The rule, `lexicon`, `homograph` with its probability, `ezafe`."""

    def __str__(self) -> str:
        return f"    {self.written or '–'} → {self.spoken or '–'}  {self.why}"


@dataclass(frozen=True, slots=True)
class Explained:
    """What an engine hears of a line, and why."""

    spoken: str
    reasons: tuple[Reason, ...]

    def __str__(self) -> str:
        return "\n".join([self.spoken, *map(str, self.reasons)])


def explained(lines: Sequence[str], manner: Manner) -> list[Explained]:
    """Return what an engine hears of each line of a text, and why."""
    return [
        Explained(
            " ".join(said for _, said in sentences),
            tuple(
                Reason(*reason)
                for written, _ in sentences
                for reason in manner.reasons(written, heading=kind_of(line) == "heading")
            ),
        )
        for line, sentences in zip(lines, _said(lines, manner), strict=True)
    ]


def _said(lines: Sequence[str], manner: Manner) -> list[list[tuple[str, str]]]:
    """Return the sentences of each line, written and spoken."""
    texts = persian.repaired_parts(map(_read_aloud, lines))
    return [
        [(each, each) for each in persian.sentences(line)]
        if foreign(line)
        else list(manner.said(text, heading=kind_of(line) == "heading"))
        for line, text in zip(lines, texts, strict=True)
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


FORMS = ("written", "spoken", "phonemes")
