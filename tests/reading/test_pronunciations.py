"""A lexicon that a person wrote: tables, PLS, and one clear line for what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError
from narrate.model import Pronunciation
from narrate.reading import read_pronunciations

if TYPE_CHECKING:
    from pathlib import Path

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa">
  <lexeme><grapheme>کرم</grapheme><grapheme>کِرم</grapheme><phoneme>keɾm</phoneme></lexeme>
  <lexeme><grapheme>ق.م</grapheme><alias>پیش از میلاد</alias></lexeme>
</lexicon>
"""


def read(tmp_path: Path, text: str) -> tuple[Pronunciation, ...]:
    path = tmp_path / "names.tsv"
    path.write_text(text, encoding="utf-8")
    return read_pronunciations(str(path))


def test_a_table_has_what_is_written_and_spoken(tmp_path: Path) -> None:
    text = "# نام‌ها\n\nلنین\tلِنین\t# ۳× در متن\nکرم\t[[keRm]]\nمل\tمُل\t[[mol]]\nپتر\t\t# هنوز نه\n"

    assert read(tmp_path, text) == (
        Pronunciation("لنین", "لِنین"),
        Pronunciation("کرم", "", "keRm"),
        Pronunciation("مل", "مُل", "mol"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "لنین;لِنین\nپتر;پِتِر\n",
        "لنین,لِنین,رهبر\nپتر,پِتِر,\n",
        "واژه\tتلفظ\tتوضیح\nلنین\tلِنین\tرهبر\nپتر\tپِتِر # تزار\t\n",
        '\ufeffلنین\tلِنین\t"# او گفت ""نه"""\r\nپتر\tپِتِر\r\n',
    ],
    ids=["semicolons", "commas", "headers and remarks", "as a spreadsheet saves it"],
)
def test_a_table_may_come_from_anywhere(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == (Pronunciation("لنین", "لِنین"), Pronunciation("پتر", "پِتِر"))


def test_a_preferred_phoneme_comes_first(tmp_path: Path) -> None:
    other = '<phoneme>kaɾam</phoneme><phoneme prefer="true">keɾm</phoneme>'

    assert read(tmp_path, PLS.replace("<phoneme>keɾm</phoneme>", other))[0].phonemes == "keɾm"


def test_lexemes_in_lexemes_are_not_looked_for(tmp_path: Path) -> None:
    deep = "<lexeme>" * 100_000 + "</lexeme>" * 100_000

    with pytest.raises(InputError, match="lexeme 1: a grapheme and"):
        read(
            tmp_path,
            f'<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon">{deep}</lexicon>',
        )


def test_a_pls_has_phonemes_and_aliases(tmp_path: Path) -> None:
    assert read(tmp_path, PLS) == (
        Pronunciation("کرم", "", "keɾm"),
        Pronunciation("کِرم", "", "keɾm"),
        Pronunciation("ق.م", "پیش از میلاد"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("لنین لِنین\n", "line 1: write what is written, a tab"),
        ("ا\tب\n(ص)\tدرود\n", "line 2: what is written must begin with a letter"),
        ("ا\tب [[b]]\n", "line 1: say it in Persian letters, or write phonemes as"),
        ("ا\t[[ب]]\n", "line 1: phonemes are in"),
        (f"{'ا' * 201}\tب\n", "line 1: more than 200 letters"),
        (PLS.replace('"ipa"', '"x-sampa"'), "lexeme 1: the alphabet x-sampa is not known"),
        (PLS.replace("keɾm", ""), "lexeme 1: a grapheme and"),
        ("<lexicon>", "no well-formed PLS"),
        ("<lexicon/>", "no PLS lexicon"),
        ('<!DOCTYPE l [<!ENTITY a "b">]><l>&a;</l>', "DOCTYPE"),
        (PLS.replace("<alias>پیش از میلاد</alias>", ""), "lexeme 2: a grapheme and"),
        ("<a>" * 10_000 + "</a>" * 10_000, "no PLS lexicon"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(
    tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        read(tmp_path, text)


def test_a_lexicon_that_is_not_there_is_named() -> None:
    with pytest.raises(InputError, match=r"nowhere\.tsv: there is no such file"):
        read_pronunciations("nowhere.tsv")
