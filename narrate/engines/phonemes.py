"""IPA → eSpeak NG's mnemonics, for the sounds of Persian.

Source: `phsource/ph_farsi` of eSpeak NG 1.52 for the mnemonics, the IPA handbook for the rest.
"""

from __future__ import annotations

import re

_IN_BRACKETS = re.compile(r"(?<=\[\[)[^\[\]]*(?=\]\])")
_MNEMONICS = {
    "t͡ʃ": "tS",
    "tʃ": "tS",
    "d͡ʒ": "dZ",
    "dʒ": "dZ",
    "ʃ": "S",
    "ʒ": "Z",
    "ʔ": "?",
    "ɡ": "g",
    "χ": "x",
    "ɣ": "q1",
    "ɢ": "q1",
    "ʁ": "q1",
    "q": "q1",
    "ɾ": "R",
    "ɹ": "R",
    "r": "R",
    "ŋ": "N",
    "ɟ": "g",
    "c": "k",
    "w": "v",
    "ɫ": "l",
    "h": "h",
    "ɦ": "h",
    "ɒ": "A",
    "ɑ": "A",
    "æ": "a",
    "ɛ": "e",
    "ɔ": "o",
    "ɪ": "i",
    "ʊ": "u",
    "ə": "e",
    "ː": ":",
    "ˈ": "'",
    "ˌ": ",",
    "͡": "",
    "̯": "",
    "̞": "",
    ".": "",
    "‿": "",
}
_SOUND = re.compile("|".join(map(re.escape, sorted(_MNEMONICS, key=len, reverse=True))) + "|.")


def as_mnemonics(text: str) -> tuple[str, list[int]]:
    """Return `text` with the IPA between `[[` and `]]` as mnemonics.

    With it comes, for each letter of the result and for its end, the place that it has in `text`.
    Phonemes in ASCII alone are mnemonics already.
    """
    if "[[" not in text:
        return text, list(range(len(text) + 1))
    parts: list[tuple[str, int]] = []
    done = 0
    for found in _IN_BRACKETS.finditer(text):
        parts += ((sign, place) for place, sign in enumerate(text[done : found.start()], done))
        parts += _converted(found)
        done = found.end()
    parts += ((sign, place) for place, sign in enumerate(text[done:], done))
    signs = "".join(sign for sign, _ in parts)
    return signs, [place for sign, place in parts for _ in sign] + [len(text)]


def _converted(found: re.Match[str]) -> list[tuple[str, int]]:
    phonemes, begin = found[0], found.start()
    if phonemes.isascii():
        return [(sign, begin + place) for place, sign in enumerate(phonemes)]
    return [
        (_MNEMONICS.get(sound[0], sound[0]), begin + sound.start())
        for sound in _SOUND.finditer(phonemes)
    ]
