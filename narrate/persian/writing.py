"""Repairing written Persian: one code for each letter and digit, spaces where they were meant.

The result is what outputs show. It is said as `spoken` makes it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from narrate.persian import spacing
from narrate.persian.letters import NAMES
from narrate.persian.protect import shielded
from narrate.persian.spacing import Habits
from narrate.persian.spacing.words import LETTER, VOWELS, ZWNJ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_STAND_INS = re.compile("[\u00ac\u00ad\u200b]")
_INVISIBLE = re.compile(
    "(?<![\u2600-\u27bf\ufe0f\U0001f300-\U0001faff])\u200d"
    "|[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0e-\x1b\x7f\ufffc"
    "\U000f0000-\U0010ffff]"
)
_SPACES = re.compile(
    r"[ \t\x0b\x0c\x1c-\x1f\x85\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
_LOOSE_ZWNJ = re.compile(rf"(?<![\w{VOWELS}]){ZWNJ}|{ZWNJ}(?!\w)")
_MARK = "[\u064b-\u0652\u0670]*"
_COMPOSED = (
    (re.compile(f"ا({_MARK})\u0653"), r"آ\1"),
    (re.compile(f"ا({_MARK})\u0654"), r"أ\1"),
    (re.compile(f"و({_MARK})\u0654"), r"ؤ\1"),
    (re.compile(f"ی({_MARK})\u0654"), r"ئ\1"),
)
_PRESENTED = (*range(0xFB50, 0xFDFD), *range(0xFE70, 0xFEFD))
_PHRASE = re.compile("[\ufdfa\ufdfb\ufdfd]")
_SAME = str.maketrans("يىےكڪہھە", "یییککههه")
_DIGITS = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩%", "۰۱۲۳۴۵۶۷۸۹۰۱۲۳۴۵۶۷۸۹٪")
_NUMBER_OR_NAME = re.compile("[0-9A-Za-z٠-٩%]+(?:-[0-9A-Za-z]+)*")
_LATIN = re.compile("[A-Za-z]")
_ARABIC = re.compile("[\u0620-\u06d3\ufb50-\ufdff\ufe70-\ufefc]")
_TATWEEL_DASH = re.compile(rf"(?<!\S)ـ+(?!\S)|(?<=\d)ـ+(?=\d)|{ZWNJ}ـ+{ZWNJ}")

# «کتاب(ها)» is one book or more, «(نا)آگاه» two words in one, «۲۱ام» the twenty-first.
_ENDING = f"(?:ها|های|هایی|ی|ای|ان|ات|تر|ترین|م|ام|امین|مین|اش|شان|مان|تان|هایش|هایشان)(?!{LETTER})"
_OPENING = re.compile(rf"(?:(?<={LETTER})|(?<=[۰-۹]))(?=[(\[«](?!{_ENDING}))")
_CLOSING = re.compile(rf"([(\[][^()\[\]\n]{{6,}}[)\]])(?={LETTER})(?!{_ENDING})")
_STOP = re.compile(
    rf"(?<={LETTER}[؟!،؛])(?={LETTER})|(?<={LETTER}{{3}}[.:])(?={LETTER}{{2}})(?!ایران(?!{LETTER}))"
    rf"|(?<=»)(?={LETTER}{{2}})(?!{_ENDING})"
)
_GLUED_NUMBER = re.compile(rf"(?<=[۰-۹])(?={LETTER}{{2}})(?!{_ENDING})|(?<={LETTER}{{2}})(?=[۰-۹])")
_ABBREVIATED_PLURAL = re.compile(rf"(?<=\.)( ?)({NAMES})(?=(?:ها|های|هایی)(?!{LETTER}))")


def repaired(text: str) -> str:
    """Return `text`, a document by itself, as its author meant to write it; lines stay lines.

    Vowel marks stay: they are pronunciation. Addresses, file names, Latin words and dotted
    abbreviations come through untouched.
    """
    return "\n".join(repaired_parts(text.split("\n")))


def repaired_parts(texts: Iterable[str]) -> list[str]:
    """Return the parts of one document as `repaired`, each in the light of the habits of all."""
    clean = [cleaned(text) for text in texts]
    habits = Habits.of(clean)
    return [respaced(text, habits) for text in clean]


def respaced(text: str, habits: Habits) -> str:
    """Return a `cleaned` text with spaces and half-spaces where its author meant them."""
    return shielded(text, lambda part: spacing.respaced(part, habits))


def cleaned(text: str) -> str:
    """Return `text` with one code for each letter and sign, its half-spaces as they are."""
    for rule in SIGNS:
        text = rule(text)
    return shielded(text, _by_rules)


def stretched_letters(text: str) -> str:
    """Make a tatweel between words a dash, and drop it as ornament in a word."""
    return _TATWEEL_DASH.sub("–", text).replace("ـ", "")


def half_spaces(text: str) -> str:
    """Make the stand-ins `¬` and soft hyphen half-spaces, and keep only those between letters."""
    text = re.sub(f"{ZWNJ}+", ZWNJ, _STAND_INS.sub(ZWNJ, text))
    return _LOOSE_ZWNJ.sub("", text)


def invisible_signs(text: str) -> str:
    """Drop signs that order or join text and say nothing."""
    return _INVISIBLE.sub("", text)


def blanks(text: str) -> str:
    """Make every row of blanks one space, and drop those at the ends."""
    return _SPACES.sub(" ", text).strip()


def ellipses(text: str) -> str:
    """Write three and more full stops as the one sign, where they stand."""
    return re.sub(r"\.{3,}", "…", text)


def composed(text: str) -> str:
    """Join a letter and a hamza or madda written after it, leaving the order of vowel marks."""
    for pattern, letter in _COMPOSED:
        text = pattern.sub(letter, text)
    return text


def letters(text: str) -> str:
    """Put Arabic and presentation forms of letters into their Persian form."""
    return blanks(text.translate(_FORMS)) if _PHRASE.search(text) else text.translate(_FORMS)


def digits(text: str) -> str:
    """Write digits as Persian does, except in Latin words and in texts in Latin letters alone."""
    if _LATIN.search(text) and not _ARABIC.search(text):
        return text
    return _NUMBER_OR_NAME.sub(_persian_number, text)


def decimal_points(text: str) -> str:
    """Write the decimal point that Persian digits take."""
    return re.sub(r"(?<=[۰-۹])\.(?=[۰-۹])", "٫", text)


def quotation_marks(text: str) -> str:
    """Make pairs of straight or curly quotation marks, in rows or alone, Persian ones."""
    if not _ARABIC.search(text):
        return text
    text = re.sub('["“”„‟]+', '"', re.sub('[“„]([^"“”„‟\n]+)”', r"«\1»", text))
    return re.sub(r'"([^\n"]+)"', r"«\1»", text)


def glued_signs(text: str) -> str:
    """Set words apart from the brackets, stops and numbers that they are glued to."""
    text = _OPENING.sub(" ", _CLOSING.sub(r"\1 ", text))
    return _GLUED_NUMBER.sub(" ", _STOP.sub(" ", text))


def abbreviated_plurals(text: str) -> str:
    """Set the ending of a spelled name apart: `اس. آرها` is more than one `اس. آر`."""
    return _ABBREVIATED_PLURAL.sub(rf"\1\2{ZWNJ}", text)


SIGNS: tuple[Callable[[str], str], ...] = (invisible_signs, stretched_letters, half_spaces, blanks)
"""Rules for every sign of a text, addresses not excepted."""

RULES: tuple[Callable[[str], str], ...] = (
    ellipses,
    letters,
    composed,
    digits,
    decimal_points,
    quotation_marks,
    glued_signs,
    abbreviated_plurals,
)


def _by_rules(text: str) -> str:
    for rule in RULES:
        text = rule(text)
    return text


def _persian_number(found: re.Match[str]) -> str:
    return found[0] if _LATIN.search(found[0]) else found[0].translate(_DIGITS)


def _forms() -> dict[int, str]:
    """Return the letters that stand for presentation forms, U+FB50 to U+FEFC, and others."""
    plain = {
        code: unicodedata.normalize("NFKC", chr(code)).strip(" ـ").translate(_SAME)
        for code in _PRESENTED
        if unicodedata.decomposition(chr(code))
    }
    plain[ord("﷽")] = "بسم الله الرحمن الرحیم"
    # A sign for a phrase is a word of its own.
    shown = {code: f" {text} " if " " in text else text for code, text in plain.items()}
    return {code: chr(letter) for code, letter in _SAME.items()} | shown


_FORMS = _forms()
