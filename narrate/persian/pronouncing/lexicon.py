"""A lexicon of pronunciations, and where its entries stand in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from narrate.model import Pronunciation
from narrate.persian.spacing.lexicon import ENDINGS
from narrate.persian.spacing.words import LETTER, VOWELS, ZWNJ
from narrate.persian.tables import table
from narrate.persian.writing import cleaned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_FIRST = re.compile(rf"(?<![\w{VOWELS}{ZWNJ}])[^\W_]+")
_IN_PERSIAN = re.compile(rf"{LETTER}(?:[ {ZWNJ}{VOWELS}]*{LETTER})*")
_FIRST_HOLDER = 0xF0000
_HOLDER = re.compile("[\U000f0000-\U000ffffd]")
_GOES_ON = re.compile(rf"[\w{VOWELS}]|{ZWNJ}(?!(?:{'|'.join(sorted(ENDINGS))})(?!\w))")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Pronunciations by the first letters and digits of what is written."""

    entries: Mapping[str, tuple[Pronunciation, ...]] = field(default_factory=dict)
    """The longest first."""

    @classmethod
    def of(cls, *sources: Iterable[Pronunciation]) -> Lexicon:
        """Return the lexicon of `sources`; of two entries for one word the later counts."""
        found = {cleaned(each.written): each for source in sources for each in source}
        groups: dict[str, list[tuple[str, Pronunciation]]] = {}
        for written, each in found.items():
            first = _FIRST.match(written)
            if first:
                groups.setdefault(first[0], []).append((written, each))
        return cls(
            {
                first: tuple(
                    Pronunciation(written, each.spoken, each.phonemes)
                    for written, each in sorted(group, key=lambda pair: -len(pair[0]))
                )
                for first, group in groups.items()
            }
        )

    def knows(self, word: str) -> bool:
        """Tell whether `word` has an entry of its own."""
        return any(
            each.written == word for each in self.entries.get(word.split(ZWNJ, maxsplit=1)[0], ())
        )

    def applied(self, text: str, rules: Callable[[str], str], *, phonemes: bool) -> str:
        """Return `text` after `rules`, with every entry said as it wants to be.

        Entries in Persian letters are looked for behind the rules, all others (`K.G.P`, `ق.م`)
        before them; no rule sees what they say. A word that carries vowel marks is left alone.
        With `phonemes` an entry that has some gives them, as `[[…]]`.
        """
        held: list[str] = []

        def hold(said: str) -> str:
            held.append(said)
            return chr(_FIRST_HOLDER + len(held) - 1)

        text = self._replaced(_HOLDER.sub("", text), hold, phonemes=phonemes, persian=False)
        text = self._replaced(rules(text), str, phonemes=phonemes, persian=True)
        return _HOLDER.sub(lambda found: held[ord(found[0]) - _FIRST_HOLDER], text)

    def _replaced(
        self, text: str, shown: Callable[[str], str], *, phonemes: bool, persian: bool
    ) -> str:
        parts: list[str] = []
        done = 0
        for begin, entry in self._found(text, persian=persian):
            said = entry.said(phonemes=phonemes)
            if said and begin >= done:
                end = begin + len(entry.written)
                # eSpeak NG hears phonemes only at the beginning of a word.
                gaps = said.startswith("[[") and (" ", "" if text[end : end + 1] == ZWNJ else " ")
                before, after = gaps or ("", "")
                parts += text[done:begin], before, shown(said), after
                done = end
        return "".join([*parts, text[done:]])

    def _found(self, text: str, *, persian: bool) -> Iterator[tuple[int, Pronunciation]]:
        for first in _FIRST.finditer(text):
            begin = first.start()
            for entry in self.entries.get(first[0], ()):
                if bool(_IN_PERSIAN.fullmatch(entry.written)) != persian:
                    continue
                end = begin + len(entry.written)
                if text.startswith(entry.written, begin) and not _GOES_ON.match(text, end):
                    yield begin, entry
                    break


@lru_cache(maxsize=1)
def built_in() -> tuple[Pronunciation, ...]:
    """Return the pronunciations that come with the package."""
    return tuple(Pronunciation(*row) for row in table(__package__, "words").items())
