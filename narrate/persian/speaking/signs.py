"""Signs that are words, signs that are rests, and signs that are nothing to the ear."""

from __future__ import annotations

import re
import unicodedata

_SMALL_DIGIT = re.compile("[₀-₉①-⒛⓪-⓿❶-➓㉑-㉟㊱-㊿]")
_TAG = re.compile("</?[A-Za-z][^<>]{0,60}>|&[a-z]{2,6};")
_WORDS = {
    "&": "و",
    "@": "ات",
    "§": "بند",
    "№": "شماره",
    "≃": "تقریباً",
    "∼": "تقریباً",
}
_WORD = re.compile(f"[{''.join(_WORDS)}]")
_NUMBER_SIGN = re.compile(r"# ?(?=\d)")
_ABOUT = re.compile(r"(?<![\w~])~ ?(?=\d)")
_SLASH = re.compile(r"(?<=\w) ?/ ?(?=\w)")
_OR = re.compile(r"(?<=\bو)/(?=یا\b)")
_DASH = re.compile(r"(?<!\s)(?:\s+[-–—―−]+)+\s+|(?<=\w)[—―]+(?=\w)")
_HYPHEN = re.compile(r"(?<=\w)[-–−]+(?=\w)")
_LOOSE_HYPHEN = re.compile(r"[-–—―−‐-―]+")
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
_HELD = "\U000f0000-\U000ffffd"
_SILENT = re.compile(rf"(?:[^\w\s\u200c{_MARKS}{_HELD}.,;:!?،؛؟…«»()\"']|_)+")
# What is left of a thousands separator was meant for a comma.
_ROUND = str.maketrans("[]{}٬", "()()،")
_LOOSE_SPACE = re.compile(r"(?<!\s)\s+(?=[.،؛:!؟»)…])|(?<=[«(])\s+")
_COMMAS = re.compile("،(?:[ ،]*،)+")
_EDGE = re.compile("^[ ،؛:.]+")


def small_digits(text: str) -> str:
    """Write `H₂O` and `①` with ordinary digits."""
    return _SMALL_DIGIT.sub(lambda found: f"{unicodedata.numeric(found[0]):.0f}", text)


def tags(text: str) -> str:
    """Drop what is left of a web page: `<b>`, `&nbsp;`."""
    return _TAG.sub(" ", text)


def signs_for_words(text: str) -> str:
    """Say the signs that stand for a word."""
    text = _ABOUT.sub("حدود ", _NUMBER_SIGN.sub("شماره ", text))
    return _WORD.sub(lambda found: f" {_WORDS[found[0]]} ", text)


def dashes(text: str) -> str:
    """Make a dash or a slash between words a short rest, and a hyphen none."""
    text = _HYPHEN.sub(" ", _DASH.sub("، ", text))
    return _SLASH.sub("، ", _OR.sub(" ", text))


def silent_signs(text: str) -> str:
    """Drop what an engine would spell out and no reader says, emoji among it."""
    return _SILENT.sub(" ", _LOOSE_HYPHEN.sub(" ", text.translate(_ROUND)))


def rests(text: str) -> str:
    """Close up what the other rules left: spaces before stops, commas in a row."""
    return _EDGE.sub("", _COMMAS.sub("،", _LOOSE_SPACE.sub("", text)))
