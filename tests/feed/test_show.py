"""A show's file says what the show is; what no app takes is refused in one line."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError, UsageError
from narrate.feed.show import Show, load

if TYPE_CHECKING:
    from pathlib import Path

KEYS = [each.name for each in fields(Show)]
LEAST = """
[show]
title = "قصه‌ها"
description = "هر شب یکی"
base-url = "https://example.org/a"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "qesse.toml"


def test_three_lines_make_a_show(file: Path) -> None:
    file.write_text(LEAST, encoding="utf-8")

    show, books = load(file)

    assert show == Show(
        file, file.parent / "qesse.podcast", "https://example.org/a/", "قصه‌ها", "هر شب یکی"
    )
    assert (show.type, show.medium, show.language, show.audio) == (
        *("episodic", "podcast", "fa", "mp3"),
    )
    assert show.url("episodes/یک.mp3") == "https://example.org/a/episodes/%DB%8C%DA%A9.mp3"
    assert books.inputs == ()


def test_every_key_is_taken(file: Path) -> None:
    file.write_text(
        'inputs = ["a.txt", "more/*.txt"]\n'
        + LEAST
        + """
        author = ["سعدی", "حافظ"]
        owner = "نرگس"
        email = "n@example.org"
        category = "Fiction > Drama"
        language = "fa-AF"
        artwork = "cover.jpg"
        explicit = true
        type = "serial"
        medium = "audiobook"
        link = "https://example.org"
        copyright = "۱۴۰۵"
        license = "cc-by-4.0"
        license-url = "https://example.org/l"
        funding = "https://example.org/give"
        locked = true
        episodes = "chapter"
        audio = "m4a"
        folder = "out"
        [voices]
        heading = "tone"
        """,
        encoding="utf-8",
    )
    (file.parent / "more").mkdir()
    for name in ("c.txt", "b.txt", "d.md"):
        (file.parent / "more" / name).touch()

    show, books = load(file)

    plain = Show(file, file, "x", "x", "x")
    same = {name for name in KEYS if getattr(show, name) == getattr(plain, name)}
    assert same == {"path"}
    assert (show.folder, show.artwork) == (file.parent / "out", file.parent / "cover.jpg")
    assert books.options["voice"] == ["heading=tone"]
    assert [each.removeprefix(f"{file.parent}/") for each in books.inputs] == [
        *("a.txt", "more/b.txt", "more/c.txt"),
    ]


def test_episodes_of_chapters_are_an_audiobook_in_order(file: Path) -> None:
    file.write_text(LEAST + 'episodes = "chapter"', encoding="utf-8")

    show, _ = load(file)

    assert (show.type, show.medium) == ("serial", "audiobook")


def test_the_address_of_the_command_line_goes_first(file: Path) -> None:
    file.write_text(LEAST, encoding="utf-8")

    show, _ = load(file, "http://a.ir")

    assert show.base_url == "http://a.ir/"


def test_a_pattern_of_brackets_is_no_pattern(file: Path) -> None:
    file.write_text('inputs = ["a[1].txt"]' + LEAST, encoding="utf-8")

    _, books = load(file)

    assert books.inputs == (str(file.parent / "a[1].txt"),)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ('titel = "x"', r"no show.titel \(did you mean title\?\)"),
        ('type = "serail"', r"show.type: there is no serail \(did you mean serial\?\)"),
        ('episodes = "page"', "choose from book, chapter"),
        ('audio = "ogg"', "choose from mp3, m4a"),
        ('category = "Arts > Boks"', r"no Arts > Boks \(did you mean Books\?\)"),
        ('category = "Art"', r"no Art \(did you mean Arts\?\)"),
        ('category = "Fiction > Books"', "no Fiction > Books; choose from Comedy Fiction"),
        ('link = "example.org"', "example.org is no address: write https://"),
        ('language = "فارسی"', "show.language: write fa, not فارسی"),
        ("explicit = 1", "show.explicit must be true or false"),
        ("author = 3", "show.author must be a text"),
        ('license = "' + "x" * 129 + '"', "more than 128 letters"),
        ('[outputs]\nformats = "mp3"', "a show says where and what"),
        ("[shows]\n", "there is no shows; known: "),
    ],
)
def test_what_no_app_takes_is_refused(file: Path, more: str, message: str) -> None:
    file.write_text(LEAST + more, encoding="utf-8")

    with pytest.raises(UsageError, match=message):
        load(file)


@pytest.mark.parametrize("key", ["title", "description", "base-url"])
def test_what_is_needed_is_asked_for(file: Path, key: str) -> None:
    lines = [line for line in LEAST.splitlines() if not line.startswith(key)]
    file.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(UsageError, match=f"{key} = "):
        load(file)


def test_a_file_that_is_no_show_is_refused(file: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        load(file)
    file.write_text('inputs = ["a.txt"]', encoding="utf-8")
    with pytest.raises(UsageError, match=r"has no \[show\]"):
        load(file)
    file.write_text("show = 3", encoding="utf-8")
    with pytest.raises(UsageError, match=r"write \[show\] above"):
        load(file)
