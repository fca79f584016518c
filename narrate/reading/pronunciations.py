"""A lexicon that a person wrote → pronunciations: columns between tabs, or W3C PLS.

Source: Pronunciation Lexicon Specification (PLS) 1.0, W3C Recommendation, 14 October 2008.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from narrate.errors import InputError
from narrate.model import Pronunciation
from narrate.reading.encoding import lines_of
from narrate.reading.source import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_IN_BRACKETS = re.compile(r"\[\[(?P<phonemes>[^\[\]]+)\]\]")
_PERSIAN = re.compile(r"[\u0620-\u06d3]")
_LATIN = re.compile("[A-Za-z]")
_REMARK = re.compile(r"\s+#.*$")
_PLS = "{http://www.w3.org/2005/01/pronunciation-lexicon}"
_ALPHABETS = ("ipa", "x-espeak")
_SEPARATORS = ("\t", ";", "؛", ",", "،")
_HEADERS = frozenset({"written", "word", "واژه", "کلمه", "نوشته", "نوشتار"})
_MOST_LETTERS = 10_000_000
_LONGEST = 200


def read_pronunciations(path: str) -> tuple[Pronunciation, ...]:
    """Return the entries of the lexicon at `path`, in order. Raises `InputError`.

    In a table a line is `written`, tab, `spoken`; `spoken` may be `[[phonemes]]`, or they are in
    a third column; other columns are remarks. Semicolons or commas may stand for the tabs. A line
    that begins with `#` is a comment; one whose second column is empty says nothing yet.
    """
    with opened(path) as source:
        lines = lines_of(source.data(), source.label)
    if sum(map(len, lines)) > _MOST_LETTERS:
        raise InputError(f"{path} is larger than a lexicon can be")
    start = next((line for line in lines if line.strip()), "").lstrip("\ufeff ")
    if start.startswith("<"):
        return tuple(_from_pls("\n".join(lines), path))
    return tuple(_from_table(lines, path))


def _from_table(lines: Sequence[str], path: str) -> Iterator[Pronunciation]:
    rows = [line if line.strip() and line.lstrip()[0] != "#" else "" for line in lines]
    separator = next(
        (each for each in _SEPARATORS if all(each in row for row in rows if row)), "\t"
    )
    for number, row in enumerate(rows, 1):
        where = f"{path}, line {number}"
        if row and separator not in row:
            raise InputError(
                f"{where}: write what is written, a tab, and how it is said "
                "(from a spreadsheet: save as Unicode text)"
            )
        columns = next(csv.reader([row], delimiter=separator), [])
        cells = [_REMARK.sub("", cell).strip() for cell in columns]
        written, spoken, more = (*cells, "", "", "")[:3]
        if spoken and not spoken.startswith("#") and written.lower() not in _HEADERS:
            yield _entry(written, spoken, more, where)


def _entry(written: str, spoken: str, more: str, where: str) -> Pronunciation:
    alone, behind = _IN_BRACKETS.fullmatch(spoken), _IN_BRACKETS.fullmatch(more)
    found = alone or behind
    phonemes = " ".join(found["phonemes"].split()) if found else ""
    if not re.match(r"[^\W_]", written):
        raise InputError(f"{where}: what is written must begin with a letter or a digit")
    if max(map(len, (written, spoken, phonemes))) > _LONGEST:
        raise InputError(f"{where}: more than {_LONGEST} letters are no word")
    if not alone and _LATIN.search(spoken):
        raise InputError(f"{where}: say it in Persian letters, or write phonemes as [[phonemes]]")
    if _PERSIAN.search(phonemes):
        raise InputError(f"{where}: phonemes are in eSpeak NG's mnemonics or in IPA")
    return Pronunciation(written, "" if alone else spoken, phonemes)


def _from_pls(text: str, path: str) -> Iterator[Pronunciation]:
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError(f"{path}: a lexicon with a DOCTYPE is not read; remove that line")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - no DTD
    except ET.ParseError as error:
        raise InputError(f"{path} is no well-formed PLS: {error}") from error
    if root.tag != f"{_PLS}lexicon":
        raise InputError(f"{path} is XML, but no PLS lexicon")
    alphabet = root.get("alphabet", "ipa")
    for number, lexeme in enumerate(root.findall(f"{_PLS}lexeme"), 1):
        where = f"{path}, lexeme {number}"
        alias, phoneme = _preferred(lexeme, "alias"), _preferred(lexeme, "phoneme")
        spelling = phoneme.get("alphabet", alphabet) if phoneme is not None else "ipa"
        if spelling not in _ALPHABETS:
            raise InputError(f"{where}: the alphabet {spelling} is not known, only ipa")
        graphemes = [_text_of(each) for each in lexeme.findall(f"{_PLS}grapheme")]
        spoken, phonemes = _text_of(alias), _text_of(phoneme)
        if not graphemes or not (spoken or phonemes):
            raise InputError(f"{where}: a grapheme and a phoneme or an alias are needed")
        for grapheme in graphemes:
            yield _entry(grapheme, spoken, f"[[{phonemes}]]" if phonemes else "", where)


def _preferred(lexeme: ET.Element, name: str) -> ET.Element | None:
    found = lexeme.findall(f"{_PLS}{name}")
    marked = [each for each in found if each.get("prefer") == "true"]
    return next(iter([*marked, *found]), None)


def _text_of(element: ET.Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
