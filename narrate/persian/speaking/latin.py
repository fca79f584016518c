"""Latin, Greek and Cyrillic letters: known words, short forms by letters, the rest by sound."""

from __future__ import annotations

import re
import unicodedata

from narrate.persian.letters import LATIN
from narrate.persian.speaking.transliteration import is_word, transliterated
from narrate.persian.tables import table

_KNOWN = table(__package__, "latin")
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        (
            "آلفا بتا گاما دلتا اپسیلون زتا اتا تتا یوتا کاپا لامبدا مو نو کسی اومیکرون پی رو "
            "سیگما تاو اوپسیلون فی خی پسی امگا"
        ).split(),
        strict=True,
    )
)
_GREEK_LETTER = re.compile("[α-ωΑ-ΡΣ-Ω]")
_CYRILLIC = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюяёіїєґ",
        "ا ب و گ د ِ ژ ز ی ی ک ل م ن ُ پ ر س ت و ف خ تس چ ش شچ ی ِ یو یا یو ی یی یِ گ".split(),
        strict=True,
    )
)
_FIRST_CYRILLIC = {"а": "آ", "е": "یِ", "и": "ای", "о": "اُ", "у": "او", "э": "اِ"}
_CYRILLIC_WORD = re.compile("[а-яёіїєґА-ЯЁІЇЄҐ]+")
_ACCENTED_GREEK = re.compile("[ά-ώΆ-Ώἀ-ῼ]")
_THREE_D = re.compile(r"(?<!\w)([23۲۳]) ?D(?!\w)")
_ODD_LETTER = re.compile(
    "[ªºÀ-ÖØ-öø-\u02af\u1d00-\u1dbf\u1e00-\u1eff\u2071\u207f\u2090-\u209c\u2102\u210a-\u2113\u2115\u2119-\u211d\u2124\u2128\u212a-\u2139\u2145-\u2149"
    "\u249c-\u24e9\u2c60-\u2c7f\ua722-\ua7ff\uab30-\uab6f\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a"
    "\U0001d400-\U0001d7cb\U0001f110-\U0001f189]"
)
_INDIVISIBLE = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ə": "e", "Ə": "E"}
)
_AND = re.compile("(?<=[A-Za-z]) ?& ?(?=[A-Za-z])")
_PLUS = re.compile(r"(?<=[A-Za-z])\+\+")
_SHARP = re.compile("(?<![A-Za-z])([CF])#")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-–](?=\w)|(?<=\d)-(?=[A-Za-z])")
_WORD = re.compile(
    r"(?P<before>\w)?(?<![A-Za-z])(?P<word>[A-Za-z]+)(?:['’](?:s|t|re|ll|ve|d|m)(?![A-Za-z]))?"
    r"(?P<stop>\.(?= ))?(?=(?P<after>\w)?)"
)
_PLURAL = re.compile(r"ها(?:ی|یی|یش|یشان)?(?!\w)")
_HUMP = re.compile("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_VOWEL = re.compile("[aeiouy]")
_SHORT = 3
"""Letters of a word that an address spells."""


def greek(text: str) -> str:
    """Say Greek letters by their names."""
    text = _ACCENTED_GREEK.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text)
    return _GREEK_LETTER.sub(lambda found: f" {_GREEK[found[0].lower().replace('ς', 'σ')]} ", text)


def cyrillic(text: str) -> str:
    """Write Russian words in Persian letters."""
    return _CYRILLIC_WORD.sub(lambda found: _from_cyrillic(found[0].lower()), text)


def plain_letters(text: str) -> str:
    """Write Latin letters with accents, and those of other alphabets of signs, as A to Z."""
    return _ODD_LETTER.sub(_plain, text)


def names_with_signs(text: str) -> str:
    """Say the signs of `R&D`, `C++`, `C#` and `3D`."""
    text = _THREE_D.sub(r"\1 بعدی", _SHARP.sub(r"\1 شارپ ", text))
    return _PLUS.sub(" پلاس پلاس ", _AND.sub(" اند ", text))


def latin_words(text: str) -> str:
    """Say Latin words and short forms; numbers beside them are set apart."""
    return _WORD.sub(_said, _HYPHEN.sub(" ", text))


def said_as(word: str) -> str:
    """Return how the table says `word`; empty if it does not know it."""
    return _KNOWN.get(word.lower(), "")


def name_of(letters: str) -> str:
    """Return how a short form is said: by its own name, or letter by letter."""
    known = _KNOWN.get(letters.lower())
    return known or " ".join(LATIN.get(sign, sign) for sign in letters.lower())


def part_of_address(label: str) -> str:
    """Return how a part of an address is said: short unknown parts letter by letter."""
    is_known = label.lower() in _KNOWN
    return name_of(label) if is_known or len(label) <= _SHORT else _as_word(label)


def _said(found: re.Match[str]) -> str:
    before, word, stop, after = found.group("before", "word", "stop", "after")
    said = _KNOWN.get(f"{word.lower()}.") if stop else None
    if said is None:
        said = _as_word(word) + (stop or "")
    gap = "\u200c" if _PLURAL.match(found.string, found.end()) else " " * bool(after)
    return f"{before or ''}{' ' * bool(before)}{said}{gap}"


def _as_word(word: str) -> str:
    small = word.lower()
    if small in _KNOWN:
        return _KNOWN[small]
    if word.isupper() and (len(word) <= _SHORT or not is_word(small)):
        return name_of(word)
    humps = _HUMP.findall(word)
    if len(humps) > 1:
        return " ".join(map(_as_word, humps))
    return transliterated(small) if _VOWEL.search(small) and len(small) > 1 else name_of(small)


def _from_cyrillic(word: str) -> str:
    first = _FIRST_CYRILLIC.get(word[0]) or _CYRILLIC.get(word[0], "")
    return first + "".join(_CYRILLIC.get(letter, "") for letter in word[1:])


def _plain(found: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKD", found[0].translate(_INDIVISIBLE))
    return "".join(sign for sign in parts if sign.isascii() and sign.isalpha())
