"""What eSpeak NG says wrong in Persian words of every kind, mended before it speaks.

It lets vowels meet (`siAsi`, `Rais`) where Persian has a glide or a glottal stop (`sijAsi`,
`Ra?is`), says the ezafe of some words twice (`tahtee`), and reads some words otherwise when their
ezafe is marked. Such words are given to it as phonemes, made from its own.

Source: Windfuhr and Perry, "Persian and Tajik", in "The Iranian Languages", 2009, on hiatus.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    type LookUp = Callable[[Sequence[str]], Mapping[str, str]]

MENDING = 1
"""Rises whenever words come to be said otherwise: clips that were made before are not used."""

_LETTER = "[\u0621-\u063a\u0641-\u064a\u0671-\u06d3\u06d5]"
_WORD = re.compile(rf"\[\[[^\[\]]*\]\]|{_LETTER}[\u0621-\u065f\u0670-\u06d3\u06d5\u200c]*")
_EZAFE = "\u0650"
_ZWNJ = "\u200c"
_SEPARATOR = "_"
_VOWEL = re.compile("[',]*([aAeiou]):?")
_SILENT = "ه"


def mended(text: str, look_up: LookUp) -> tuple[str, list[int]]:
    """Return `text` with `[[phonemes]]` for the words that eSpeak NG would say wrong.

    With it comes, for each letter of the result and for its end, the place that it has in `text`.
    `look_up` tells how eSpeak NG says words: mnemonics with `_` between them.
    """
    # An ending behind phonemes is a part of their word.
    words = [
        found
        for found in _WORD.finditer(text)
        if found[0][0] != "[" and text[found.start() - 1 : found.start()] != _ZWNJ
    ]
    said = look_up(list(dict.fromkeys(form for word in words for form in _forms(word[0]))))
    told, places, done = [""], [*range(len(text) + 1)], 0
    kept: list[int] = []
    for word in words:
        if better := _better(word[0], said):
            begin, end = word.span()
            left = " " if begin and not text[begin - 1].isspace() else ""
            right = " " if end < len(text) and not text[end].isspace() else ""
            new = f"{left}[[{better}]]{right}"
            told += text[done:begin], new
            kept += places[done:begin]
            kept += [begin] * (len(left) + 3) + [end] * (len(new) - len(left) - 3)
            done = end
    return "".join([*told, text[done:]]), kept + places[done:]


def _forms(word: str) -> tuple[str, ...]:
    return (word, word[:-1]) if word.endswith(_EZAFE) else (word,)


def _better(word: str, said: Mapping[str, str]) -> str:
    """Return the mnemonics that `word` needs; empty if eSpeak NG says it right."""
    own = said[word]
    if not own or " " in own:
        return ""
    sounds = own
    if word.endswith(_EZAFE) and (stem := said[word[:-1]]):
        has_it = stem.split(_SEPARATOR)[-1].strip("',:") == "e" and word[-2] != _SILENT
        sounds = stem if has_it else f"{stem}{_SEPARATOR}e"
    sounds = _without_hiatus(sounds.split(_SEPARATOR), ezafe=word.endswith(_EZAFE))
    return "" if _plain(sounds) == _plain(own) else sounds


def _without_hiatus(sounds: Sequence[str], *, ezafe: bool) -> str:
    """Put a glide behind an i, and before an ezafe, and a glottal stop between other vowels.

    An i between two vowels is a glide itself.
    """
    parts: list[str] = []
    for number, sound in enumerate(sounds):
        before = _vowel(parts[-1]) if parts else ""
        after = _vowel(sounds[number + 1]) if number + 1 < len(sounds) else ""
        if before and sound == "i" and after:
            parts.append("j")
            continue
        if before and (own := _vowel(sound)):
            is_ezafe = ezafe and number == len(sounds) - 1
            glides = own != "i" and (before == "i" or is_ezafe)
            parts.append("j" if glides else "?")
        parts.append(sound)
    return "".join(parts)


def _vowel(sound: str) -> str:
    found = _VOWEL.fullmatch(sound)
    return found[1] if found else ""


def _plain(sounds: str) -> str:
    return re.sub(f"[',{_SEPARATOR}:]", "", sounds)
