"""How a text is read out: with which pronunciations, and what of it is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.persian.pronouncing import Lexicon, built_in
from narrate.persian.sentences import sentences
from narrate.persian.speaking import by_rules
from narrate.persian.speaking.addresses import without_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Skippable

_FOOTNOTE = re.compile(r"\s*(?:\[\^[\w-]{1,30}\]:|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|[†‡٭])")
_YEAR = r"(?:1[2-9]\d\d|20\d\d|۱[۲-۹]\d\d|۲۰\d\d|بی‌?تا)"
_CITATION = re.compile(
    r" ?[(\[](?:(?:ر\. ?ک|ن\. ?ک|رک[.:]|نک[.:]|همان(?![\w\u200c])|بنگرید به|نگاه کنید به|[Ii]bid)"
    rf"[^()\[\]]{{0,160}}|(?!(?:در|متولد|زاده|سال|از|تا|به|اکتبر)(?!\w))"
    rf"[^()\[\]\d]{{2,80}}[،, ] ?{_YEAR}"
    r"(?: ?[:،,؛;][^()\[\]]{0,160})?|[^()\[\]\d]{2,30}[:،/] ?\d{1,3}(?:[-–/:]\d{1,3})?)[)\]]"
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is read out."""

    lexicon: Lexicon = field(default_factory=lambda: Lexicon.of(built_in()))
    skip: frozenset[Skippable] = frozenset()
    """`footnotes`: paragraphs that are notes; `references`: sources in brackets; `urls`: web and
    e-mail addresses. The marks of notes are never said."""
    phonemes: bool = False
    """Whether what reads the text out takes phonemes."""

    def said(self, paragraph: str, *, heading: bool = False) -> Iterator[tuple[str, str]]:
        """Yield each sentence of a repaired paragraph as it is written and as it is spoken."""
        if "footnotes" in self.skip and _FOOTNOTE.match(paragraph):
            return
        for written in sentences(paragraph):
            if said := self.spoken(written, heading=heading):
                yield written, said

    def spoken(self, sentence: str, *, heading: bool = False) -> str:
        """Return what is to be said for a repaired sentence; empty if there is nothing."""
        if "references" in self.skip:
            sentence = _CITATION.sub("", sentence)
        if "urls" in self.skip:
            sentence = without_addresses(sentence)
        said = self.lexicon.applied(
            sentence, lambda text: by_rules(text, heading=heading), phonemes=self.phonemes
        )
        return " ".join(said.split()) if any(map(str.isalpha, said)) else ""
