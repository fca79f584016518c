"""Roman numerals behind Persian words: `لویی XIV`, `جنگ جهانی II`, `قرن XX`."""

from __future__ import annotations

import re
import unicodedata

from narrate.persian.speaking.numerals import cardinal, place

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_NUMERAL = r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"
_SIGNS = re.compile("[Ⅰ-ⅿ]+")
_AFTER_WORD = re.compile(
    rf"(?P<word>(?<!\w)[^\W\dA-Za-z_][^\W\dA-Za-z_\u200c]{{0,20}})[ -]"
    rf"(?P<numeral>(?=[IVXLCDM]){_NUMERAL})(?![\w.&-])"
)
_AFTER_NAME = re.compile(
    rf"(?<![A-Za-z])(?P<word>[A-Z][a-z]{{2,20}}) (?P<numeral>(?=[IVX]{{2}}){_NUMERAL})(?!\w)"
)
_FIRST_OF_LINE = re.compile(rf"^(?=[IVX]){_NUMERAL}(?=[.):] )(?!\. ?[A-Z])")
_ALONE = re.compile(rf"(?=[IVX]{{2}}){_NUMERAL}")
_REPEATED = re.compile(rf"(?<=[^\W\d_]م) \((?=[IVX]){_NUMERAL}\)")
# A single letter is a name of its own elsewhere: «اشعه‌ی X», «ویتامین C».
_ORDERED = frozenset(
    "جهانی قرن سده فصل بخش باب جلد پرده دفتر قسمت لویی لوئی هنری جورج جرج پاپ الیزابت ویلیام چارلز "
    "شارل کاترین نیکلای نیکولای الکساندر پتر پطر فردریک ناپلئون ادوارد جیمز فیلیپ لئوپولد پل پیوس "
    "ویلهلم آلبرت کارل ماری رامسس داریوش".split()
)
_SURELY = re.compile("[IVX]{2,}|[IVXLCDM]{4,}")


def roman_numerals(text: str) -> str:
    """Say a Roman numeral as an ordinal behind a name, as a number before a title."""
    text = _SIGNS.sub(lambda found: unicodedata.normalize("NFKC", found[0]).upper(), text)
    if _ALONE.fullmatch(text):
        return cardinal(_value(text))
    text = _FIRST_OF_LINE.sub(lambda found: cardinal(_value(found[0])), _REPEATED.sub("", text))
    return _AFTER_NAME.sub(_said, _AFTER_WORD.sub(_said, text))


def _said(found: re.Match[str]) -> str:
    word, numeral = found["word"], found["numeral"]
    is_certain = _SURELY.fullmatch(numeral) or (word in _ORDERED and numeral in {"I", "V", "X"})
    if not is_certain:
        return found[0]
    number = _value(numeral)
    return f"{word} {place(number)}"


def _value(numeral: str) -> int:
    values = [_VALUES[sign] for sign in numeral]
    following = [*values[1:], 0]
    return sum(-own if own < after else own for own, after in zip(values, following, strict=True))
