"""A book file says what the command line would say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate import bookfile
from narrate.cli.building import build
from narrate.errors import InputError, UsageError
from narrate.model import ROLES, Pauses

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
inputs = ["one.txt", "sub/two.txt"]
lexicon = "names.tsv"
skip = ["footnotes", "urls"]
on-error = "skip"

[metadata]
title = "کتاب"
author = ["سعدی", "حافظ"]
date = 1405
cover = "cover.png"

[voices]
body = "piper:fa_IR-mana-medium"
heading = "espeak:fa+f3"

[settings]
rate = 1.1

[settings.heading]
rate = 150

[pauses]
sentence = "300ms"

[reading]
ezafe = false
chapters = "headings"

[outputs]
folder = "out"
formats = ["mp3"]
per-chapter = true
loudness = -20
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.toml"


def test_every_key_becomes_an_option(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    here = file.parent

    book = bookfile.load([str(file)])

    assert book.inputs == (str(here / "one.txt"), str(here / "sub" / "two.txt"))
    assert book.options == {
        "lexicon": [str(here / "names.tsv")],
        "skip": ["footnotes", "urls"],
        "on_error": "skip",
        "title": "کتاب",
        "author": ["سعدی", "حافظ"],
        "date": "1405",
        "cover": str(here / "cover.png"),
        "voice": ["body=piper:fa_IR-mana-medium", "heading=espeak:fa+f3"],
        "set_": ["rate=1.1", "heading.rate=150"],
        "pause": ["sentence=300ms"],
        "no_ezafe": True,
        "chapters": "headings",
        "output": str(here / "out"),
        "format_": ["mp3"],
        "per_chapter": True,
        "loudness": "-20",
    }


def test_a_voice_may_lie_beside_the_texts(file: Path) -> None:
    file.write_text('inputs = ["a"]\nvoices = { quote = "piper:./own/voice.onnx" }')

    model = file.parent / "own" / "voice.onnx"
    assert bookfile.load([str(file)]).options["voice"] == [f"quote=piper:{model}"]


def test_a_store_at_an_address_stays_there(file: Path) -> None:
    file.write_text('inputs = ["a"]\noutputs = { store = "s3://bucket/clips" }')

    assert bookfile.load([str(file)]).options["store"] == "s3://bucket/clips"


def test_every_key_stands_for_an_option_that_there_is() -> None:
    tables = bookfile._TABLES.items()
    names = {name for _, keys in tables for name in keys.values()} | {*bookfile._TOP.values()}

    assert names - {""} <= build.__annotations__.keys()
    assert {*bookfile._TABLES["voices"]} == {*ROLES}
    assert {*bookfile._TABLES["pauses"]} == {*Pauses.names()}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("input = []", r"no input \(did you mean inputs\?\)"),
        ('inputs = ["a"]\n[metadat]', r"no metadat \(did you mean metadata\?\)"),
        ('inputs = ["a"]\n[metadata]\nauthors = "x"', r"no metadata.authors \(did you mean author"),
        ('inputs = ["a"]\n[voices]\nquotes = "x"', r"no voices.quotes \(did you mean quote\?\)"),
        (
            'inputs = ["a"]\n[pauses]\nsentense = "1s"',
            r"no pauses.sentense \(did you mean",
        ),
        (
            'inputs = ["a"]\n[settings.haeding]\nrate = 1',
            r"no settings.haeding \(did you mean",
        ),
        ('inputs = ["a"]\nvoices = "x"', r"voices is a table: write \[voices\]"),
        ('inputs = ["a"]\n[outputs]\nper-chapter = "yes"', "must be true or false"),
        ('inputs = ["a"]\n[metadata]\ntitle = ["x"]', "metadata.title must be a text"),
        ("[metadata]", "name the texts"),
    ],
)
def test_a_wrong_key_or_value_names_the_right_one(file: Path, text: str, message: str) -> None:
    file.write_text(text, encoding="utf-8")

    with pytest.raises(UsageError, match=message):
        bookfile.load([str(file)])


def test_what_is_no_toml_is_an_input_error(file: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        bookfile.load([str(file)])
    file.write_text("inputs = [", encoding="utf-8")
    with pytest.raises(InputError, match="is no TOML"):
        bookfile.load([str(file)])


def test_a_book_file_stands_alone(file: Path) -> None:
    with pytest.raises(UsageError, match="stands alone"):
        bookfile.load([str(file), "other.txt"])


def test_a_role_that_is_given_to_another_voice_loses_its_settings(file: Path) -> None:
    file.write_text(WHOLE, encoding="utf-8")
    book = bookfile.load([str(file)])

    assert book.without({"body"}).options["set_"] == ["heading.rate=150"]
    assert book.without({"heading"}).options["voice"] == ["body=piper:fa_IR-mana-medium"]
    assert "voice" not in book.without({"body", "heading"}).options


def test_a_file_that_windows_wrote_is_read(file: Path) -> None:
    file.write_text('inputs = ["~nobody-of-that-name.txt"]', encoding="utf-8-sig")

    assert bookfile.load([str(file)]).inputs == (str(file.parent / "~nobody-of-that-name.txt"),)
