"""Which language a paragraph is in, if it is not Persian: by its script and by what marks it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCRIPTS = {
    "fa": "\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufefc",
    "en": "A-Za-z\u00c0-\u024f",
    "ru": "\u0400-\u052f",
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "hi": "\u0900-\u097f",
    "ko": "\uac00-\ud7af",
    "ja": "\u3040-\u30ff",
    "zh": "\u4e00-\u9fff",
}
"""For each script the language that is meant where nothing says which."""
_OTHER = re.compile(f"[{''.join(letters for key, letters in _SCRIPTS.items() if key != 'fa')}]")
_LETTERS = {language: re.compile(f"[{letters}]") for language, letters in _SCRIPTS.items()}
_SHARED = {
    "fa": {"ar", "ur", "ps", "ckb", "ug", "sd", "azb"},
    "en": {"de", "fr", "es", "it", "pt", "nl", "sv", "pl", "tr", "az", "ku", "la", "cs", "ro", "fi",
           "da", "no", "nb", "hu", "id", "vi", "tg"},
    "ru": {"uk", "bg", "sr", "be", "tg", "kk"},
    "ja": {"ja"},
    "zh": {"ja", "yue"},
}  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")
"""Latin letters in any language."""
_MAINLY = 0.85
_LETTERS_OF_TEXT = 0.3
"""Of all signs, so many at least are letters of another language where it is the main one."""
_PERSIAN = ("", "fa", "fas", "per", "prs")
_NOT_ARABIC = set("پچژگ")
_FEW = 0.003
"""Of a Persian text's letters, one in thirty is none of Arabic's."""
_FEWEST_LETTERS, _FEWEST_WORDS = 12, 3


def is_marked_rightly(texts: Iterable[str], marked: str) -> bool:
    """Tell whether `texts`, which a file marks as Arabic, can be; some programs mark all so."""
    if marked.lower().partition("-")[0] != "ar":
        return True
    letters = _LETTERS["fa"].findall("".join(texts))
    return sum(letter in _NOT_ARABIC for letter in letters) <= _FEW * len(letters)


def foreign(text: str, marked: str = "") -> str:
    """Return the language of `text` if it is mainly in another than Persian, else nothing.

    `marked` is what the file says of it, which counts where the script allows it. A name or a few
    words are no other language: they are said as a Persian reader says them.
    """
    told, text = marked.lower().partition("-")[0], _ADDRESS.sub(" ", text)
    if told in _PERSIAN:
        least = max(_FEWEST_LETTERS, _LETTERS_OF_TEXT * len(text))
        if len(_OTHER.findall(text)) < least:
            return ""
    counts = {language: len(letters.findall(text)) for language, letters in _LETTERS.items()}
    main = max(counts, key=lambda language: counts[language])
    if counts[main] < max(_FEWEST_LETTERS, _MAINLY * sum(counts.values())):
        return ""
    if len(text.split()) < _FEWEST_WORDS and main not in ("zh", "ja"):
        return ""
    if told in _SHARED.get(main, ()):
        return told
    return "" if main == "fa" else main
