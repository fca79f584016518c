"""A lexicon that a person wrote → pronunciations: columns between tabs, or W3C PLS.

Source: Pronunciation Lexicon Specification (PLS) 1.0, W3C Recommendation, 14 October 2008.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from narrate.errors import InputError
from narrate.model import Pronunciation
from narrate.reading.source import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PHONEMES = re.compile(r"\[\[(?P<phonemes>[^\[\]]+)\]\]")
_NAMESPACE = "{http://www.w3.org/2005/01/pronunciation-lexicon}"
_MOST_LETTERS = 10_000_000
_LONGEST = 200


def read_pronunciations(path: str) -> tuple[Pronunciation, ...]:
    """Return the entries of the lexicon at `path`, in order. Raises `InputError`.

    In a table a line is `written`, tab, `spoken`; `spoken` may be `[[phonemes]]`, or they are in
    a third column. Columns that begin with `#`, and lines that do, are comments; a line whose
    second column is empty says nothing.
    """
    lines = load(path).lines
    start = next((line for line in lines if line.strip()), "").lstrip("\ufeff ")
    if start.startswith("<"):
        return tuple(_from_pls("\n".join(lines), path))
    return tuple(_from_table(lines, path))


def _from_table(lines: Sequence[str], path: str) -> Iterator[Pronunciation]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        columns = [each.strip() for each in line.split("\t")]
        written, *said = [each for each in columns if not each.startswith("#")] or [""]
        if "\t" not in line:
            raise InputError(f"{path}, line {number}: no tab between what is written and spoken")
        if any(said):
            yield _entry(written, said, f"{path}, line {number}")


def _entry(written: str, said: Sequence[str], where: str) -> Pronunciation:
    phonemes, spoken = "", ""
    for column in filter(None, said):
        if found := _PHONEMES.fullmatch(column):
            phonemes = " ".join(found["phonemes"].split())
        elif spoken:
            raise InputError(f"{where}: a third column is [[phonemes]] or begins with #")
        else:
            spoken = column
    if not re.match(r"[^\W_]", written) or len(written) > _LONGEST:
        raise InputError(f"{where}: what is written must begin with a letter or a digit")
    if "[[" in spoken or "]]" in spoken:
        raise InputError(f"{where}: write phonemes as [[phonemes]], and nothing beside them")
    return Pronunciation(written, spoken, phonemes)


def _from_pls(text: str, path: str) -> Iterator[Pronunciation]:
    if len(text) > _MOST_LETTERS:
        raise InputError(f"{path} is larger than a lexicon can be")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise InputError(f"{path}: a lexicon with a DOCTYPE is not read; remove that line")
    try:
        root = ET.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))  # noqa: S314 - no DTD
    except ET.ParseError as error:
        raise InputError(f"{path} is no well-formed PLS: {error}") from error
    if root.tag != f"{_NAMESPACE}lexicon":
        raise InputError(f"{path} is XML, but no PLS lexicon")
    for number, lexeme in enumerate(root.iter(f"{_NAMESPACE}lexeme"), 1):
        where = f"{path}, lexeme {number}"
        graphemes, aliases, phonemes = (
            ["".join(each.itertext()).strip() for each in lexeme.iter(f"{_NAMESPACE}{name}")]
            for name in ("grapheme", "alias", "phoneme")
        )
        said = [*aliases[:1], *(f"[[{each}]]" for each in phonemes[:1])]
        if not graphemes or not any(said):
            raise InputError(f"{where}: a grapheme and a phoneme or an alias are needed")
        for grapheme in graphemes:
            yield _entry(grapheme, said, where)
