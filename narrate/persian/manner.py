"""How a text is read out: with which pronunciations, and what of it is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from narrate.persian.pieces import joined
from narrate.persian.pronouncing import Lexicon, built_in
from narrate.persian.sentences import sentences
from narrate.persian.speaking import by_rules
from narrate.persian.speaking import reasons as rules_behind
from narrate.persian.speaking.addresses import without_addresses
from narrate.persian.vowels import Vowels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from narrate.model import Hearing, Skippable
    from narrate.persian.pieces import Piece

_SHADDA_LAST = re.compile("([\u064b-\u0650])\u0651")
_MARK = re.compile("[\u064b-\u0652\u0670]")
_NO_VOWELS = Vowels(ezafe=False, homographs=False)
_FOOTNOTE = re.compile(r"\s*(?:\[\^[\w-]{1,30}\]:|\[\d{1,3}\]|[⁰¹²³⁴-⁹]{1,3}|[†‡٭])")
_YEAR = r"(?:1[2-9]\d\d|20\d\d|۱[۲-۹]\d\d|۲۰\d\d|بی‌?تا)"
_CITATION = re.compile(
    r" ?[(\[](?:(?:ر\. ?ک|ن\. ?ک|رک[.:]|نک[.:]|همان(?![\w\u200c])|بنگرید به|نگاه کنید به|[Ii]bid)"
    rf"[^()\[\]]{{0,160}}|(?!(?:در|متولد|زاده|سال|از|تا|به|اکتبر)(?!\w))"
    rf"[^()\[\]\d]{{2,80}}[،, ] ?{_YEAR}"
    r"(?: ?[:،,؛;][^()\[\]]{0,160})?|[^()\[\]\d]{2,30}[:،/] ?\d{1,3}(?:[-–/:]\d{1,3})?)[)\]]"
)


def is_note(paragraph: str) -> bool:
    """Tell whether `paragraph` is a note: it begins with the mark of one."""
    return bool(_FOOTNOTE.match(paragraph))


@dataclass(frozen=True, slots=True)
class Manner:
    """How a text is read out."""

    lexicon: Lexicon = field(default_factory=lambda: Lexicon.of(built_in()))
    skip: frozenset[Skippable] = frozenset()
    """`footnotes`: paragraphs that are notes; `references`: sources in brackets; `urls`: web and
    e-mail addresses. The marks of notes are never said."""
    hears: Hearing = "letters"
    """What the voice that reads the text out can read."""
    vowels: Vowels = field(default_factory=Vowels)

    @property
    def sign(self) -> str:
        """Changes whenever something may be said otherwise."""
        return str((self.lexicon.sign, sorted(self.skip), self.hears, self.vowels))

    def said(self, paragraph: str, *, heading: bool = False) -> Iterator[tuple[str, str]]:
        """Yield each sentence of a repaired paragraph as it is written and as it is spoken."""
        if "footnotes" in self.skip and is_note(paragraph):
            return
        for written in sentences(paragraph):
            if said := self.spoken(written, heading=heading):
                yield written, said

    def spoken(self, sentence: str, *, heading: bool = False) -> str:
        """Return what is to be said for a repaired sentence; empty if there is nothing."""
        said = joined(*self.explained(sentence, heading=heading))
        # Voices read a doubled consonant before its vowel: the other way round than in NFC.
        said = _SHADDA_LAST.sub("\u0651\\1", said)
        if self.hears == "letters":
            said = _MARK.sub("", said)
        return " ".join(said.split()) if any(map(str.isalpha, said)) else ""

    def reasons(self, sentence: str, *, heading: bool = False) -> Iterator[tuple[str, str, str]]:
        """Yield what is said otherwise than a repaired sentence has it: written, said, why."""
        yield from rules_behind(self._kept(sentence), heading=heading)
        text, pieces = self.explained(sentence, heading=heading)
        for piece in pieces:
            written = text[piece.begin : piece.end]
            # An entry that rules must not see has left a sign of its own in the text.
            yield written if written < "\U000f0000" else "", piece.said, piece.why

    def explained(self, sentence: str, *, heading: bool = False) -> tuple[str, list[Piece]]:
        """Return a repaired sentence after all rules, and what is said otherwise than written."""
        sentence = self._kept(sentence)
        phonemes = self.hears == "phonemes"
        text, pieces = self.lexicon.found(
            sentence, lambda text: by_rules(text, heading=heading), phonemes=phonemes
        )
        vowels = self.vowels if self.hears != "letters" else _NO_VOWELS
        return text, vowels.pieces(text, pieces, phonemes=phonemes)

    def _kept(self, sentence: str) -> str:
        """Return a sentence without what is skipped."""
        if "references" in self.skip:
            sentence = _CITATION.sub("", sentence)
        return without_addresses(sentence) if "urls" in self.skip else sentence
