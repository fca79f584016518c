"""The folder of a show: every file that the feed names, nothing touched that did not change."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner, Result

from narrate.checking import Verdict, check
from narrate.cli import app

SHOW = """
inputs = ["texts/*.txt"]
[show]
title = "قصه‌ها"
description = "هر شب یکی"
base-url = "https://example.org/a"
author = "نرگس"
[voices]
body = "tone"
"""
ODD = ["یک & دو", "<b>سه</b>", "«شب»", "«شب»", "🙂", "شب ", "و " * 250, "]]>", "شب؟"]


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    path = Path("qesse.toml")
    path.write_text(SHOW, encoding="utf-8")
    return path


def text(name: str, title: str, body: str = "یکی بود. یکی نبود.") -> Path:
    path = Path("texts", name)
    path.write_text(f"# {title}\n\n{body}\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["feed", *map(str, arguments)])


def made(*arguments: str | Path) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def files(folder: Path = Path("qesse.podcast")) -> dict[Path, int]:
    return {each: each.stat().st_mtime_ns for each in folder.rglob("*") if each.is_file()}


def faults(folder: Path = Path("qesse.podcast")) -> list[str]:
    return [each.reason for each in check(folder).findings if each.verdict is not Verdict.PASS]


def test_a_show_becomes_a_folder_in_which_everything_is_right(show: Path) -> None:
    text("a.txt", "یکم", "## فصل\n\nیکی بود.\n\n## فصل دیگر\n\nیکی نبود.")
    text("b.txt", "دوم")

    done = run(show)

    assert (done.exit_code, done.stdout) == (0, "qesse.podcast/feed.xml\n")
    assert "episode: یکم, 0:00:" in done.stderr
    assert faults() == []
    names = [each.as_posix() for each in sorted(files())]
    assert names == [
        "qesse.podcast/artwork.jpg",
        *(
            f"qesse.podcast/episodes/{name}{suffix}"
            for name in ("دوم", "یکم")
            for suffix in (".chapters.json", ".html", ".mp3", ".vtt")
        ),
        "qesse.podcast/feed.xml",
    ]


def test_nothing_is_touched_that_did_not_change(show: Path) -> None:
    text("a.txt", "یکم")
    run(show)
    before = files()

    text("b.txt", "دوم")
    run(show)

    after = files()
    new = {each for each in after if "دوم" in each.name}
    assert {each for each in before if before[each] != after[each]} == {
        Path("qesse.podcast/feed.xml")
    }
    assert after.keys() - before.keys() == new
    run(show)
    assert files() == after


def test_the_same_show_is_the_same_from_any_folder(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text("a.txt", "یکم")
    run(show)
    before = files()
    monkeypatch.chdir("texts")

    done = run(Path("..", show))

    assert done.stderr == "no episode is new\n"
    monkeypatch.chdir("..")
    assert files() == before


def test_a_text_that_cannot_be_read_is_told_before_any_is_narrated(show: Path) -> None:
    text("a.txt", "یکم")
    Path("texts/b.txt").write_text("Only English.", encoding="utf-8")

    done = run(show)

    assert done.exit_code == 3
    assert (
        done.stderr == "narrate: texts/b.txt holds no Persian letter: there is nothing to narrate\n"
    )
    assert not Path("qesse.podcast/episodes").exists()


def test_another_title_and_another_text_change_no_guid_and_no_address(show: Path) -> None:
    text("a.txt", "یکم")
    text("b.txt", "دوم")
    before = made(show)

    text("a.txt", "نام دیگر", "متنی دیگر آمد.")
    after = made(show)

    assert [each["title"] for each in after["episodes"]] == ["نام دیگر", "دوم"]
    for key in ("guid", "published", "sound"):
        assert [each[key] for each in after["episodes"]] == [
            each[key] for each in before["episodes"]
        ]
    assert after["guid"] == before["guid"]
    assert faults() == []


def test_a_show_that_moves_keeps_its_guid(show: Path) -> None:
    text("a.txt", "یکم")
    before = made(show)

    after = made(show, "--base-url", "https://b.ir/show")

    assert after["guid"] == before["guid"]
    assert b"https://b.ir/show/episodes/" in Path("qesse.podcast/feed.xml").read_bytes()
    assert faults() == []


def test_chapters_become_episodes_in_order(show: Path) -> None:
    show.write_text(SHOW.replace("[voices]", 'episodes = "chapter"\n[voices]'), encoding="utf-8")
    chapters = [f"## فصل {name}\n\nمتن {name}." for name in ("یک", "دو", "سه")]
    text("a.txt", "کتاب", "\n\n".join(chapters))

    first = made(show)
    text("a.txt", "کتاب", "\n\n".join([chapters[0], "## تازه\n\nمتن.", *chapters[1:]]))
    second = made(show)

    assert [each["title"] for each in first["episodes"]][-3:] == ["فصل یک", "فصل دو", "فصل سه"]
    assert [each["title"] for each in second["episodes"]][-4:] == [
        *("فصل یک", "تازه", "فصل دو", "فصل سه"),
    ]
    kept = {each["title"]: each["guid"] for each in second["episodes"]}
    assert all(kept[each["title"]] == each["guid"] for each in first["episodes"])
    assert faults() == []


def test_odd_titles_are_well_formed_and_get_files_of_their_own(show: Path) -> None:
    show.write_text(SHOW.replace("inputs", "# inputs"), encoding="utf-8")
    for number, title in enumerate(ODD):
        Path("texts", f"{number}.txt").write_text("یکی بود.", encoding="utf-8")
        assert run("add", show, f"texts/{number}.txt", "--title", title).exit_code == 0
    found = made(show)

    assert len({each["sound"] for each in found["episodes"]}) == len(ODD)
    assert [each["title"] for each in found["episodes"]] == [" ".join(each.split()) for each in ODD]
    root = etree.parse("qesse.podcast/feed.xml").getroot()
    assert {each.text for each in root.iterfind("channel/item/title")} == {
        " ".join(each.split()) for each in ODD
    }
    assert faults() == []


def test_a_text_that_is_taken_out_takes_its_files_along(show: Path) -> None:
    text("a.txt", "یکم")
    other = text("b.txt", "دوم")
    run(show)

    done = run("remove", show, other)

    assert done.exit_code == 0
    assert not [each for each in files() if "دوم" in each.name]
    assert faults() == []
    missing = run("remove", show, "texts/c.txt")
    assert missing.exit_code == 3
    assert "has no book texts/c.txt; it has texts/a.txt" in missing.stderr


def test_another_kind_of_sound_replaces_the_one_before(show: Path) -> None:
    text("a.txt", "یکم")
    run(show)

    show.write_text(SHOW.replace("[voices]", 'audio = "m4a"\n[voices]'), encoding="utf-8")
    run(show)

    assert [each.name for each in files() if each.suffix in (".mp3", ".m4a")] == ["یکم.m4a"]
    assert faults() == []


def test_a_file_that_somebody_deleted_comes_back(show: Path) -> None:
    text("a.txt", "یکم")
    run(show)
    Path("qesse.podcast/episodes/یکم.vtt").unlink()

    run(show)

    assert faults() == []


def test_a_book_file_among_the_texts_says_more_than_the_show(show: Path) -> None:
    text("a.txt", "یکم")
    text("b.txt", "دوم")
    Path("texts/book.toml").write_text(
        'inputs = ["a.txt", "b.txt"]\n[metadata]\ntitle = "هر دو"\nauthor = "سعدی"\n',
        encoding="utf-8",
    )
    show.write_text(SHOW.replace("*.txt", "book.toml"), encoding="utf-8")

    found = made(show)
    again = run(show)

    assert [each["title"] for each in found["episodes"]] == ["هر دو"]
    feed = Path("qesse.podcast/feed.xml").read_text(encoding="utf-8")
    assert ">سعدی</podcast:person>" in feed
    assert "recording" not in again.stderr


def test_given_artwork_is_checked_before_anything_is_spoken(show: Path) -> None:
    text("a.txt", "یکم")
    Path("cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    show.write_text(SHOW.replace("[voices]", 'artwork = "cover.png"\n[voices]'), encoding="utf-8")

    done = run(show)

    assert done.exit_code == 2
    assert "is damaged" in done.stderr
    assert not Path("qesse.podcast/episodes").exists()


@pytest.mark.parametrize(
    ("old", "new", "message", "code"),
    [
        ('base-url = "https://example.org/a"', "", "write base-url = ", 2),
        ('inputs = ["texts/*.txt"]', "", "has no episode yet", 3),
        ('inputs = ["texts/*.txt"]', 'inputs = ["no.txt"]', "no.txt: there is no such file", 3),
        ("tone", "nobody", "has no voice nobody", 4),
        ("[show]", "[shew]", "has no [show]", 2),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    show: Path, old: str, new: str, message: str, code: int
) -> None:
    text("a.txt", "یکم")
    show.write_text(SHOW.replace(old, new), encoding="utf-8")

    done = run(show)

    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr
    assert done.stderr.startswith("narrate: ")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("show")
def test_a_text_in_the_place_of_a_show_is_told_so() -> None:
    done = run("add", text("a.txt", "یکم"))

    assert done.exit_code == 2
    assert "a.txt is no show, which is a TOML file: `narrate feed add SHOW.toml" in done.stderr


def test_standard_input_is_no_text_of_a_show(show: Path) -> None:
    done = run("add", show, "-")

    assert done.exit_code == 2
    assert "save what is to come into it as a file" in done.stderr


def test_a_feed_of_somebody_else_is_not_overwritten(show: Path) -> None:
    text("a.txt", "یکم")
    run(show)
    Path("qesse.episodes.json").unlink()
    before = files()

    done = run(show)

    assert done.exit_code == 5
    assert "feed.xml is in the way: another program made it, or qesse.episodes" in done.stderr
    assert files() == before


def test_a_title_of_blanks_is_none(show: Path) -> None:
    text("a.txt", "یکم")

    assert run("add", show, "texts/a.txt", "--title", "   ").exit_code == 0
    assert [each["title"] for each in made(show)["episodes"]] == ["یکم"]


def test_two_at_once_are_refused(show: Path) -> None:
    from narrate.feed.publishing import opened
    from narrate.feed.show import load

    text("a.txt", "یکم")

    with opened(load(show)[0]):
        done = run(show)

    assert done.exit_code == 5
    assert "another narrate works on qesse.toml: wait for it" in done.stderr
    assert run(show).exit_code == 0


@pytest.fixture
def long(show: Path) -> Path:
    for number in range(12):
        text(f"{number}.txt", f"قسمت {number}", "یکی بود. یکی نبود. " * 30)
    return show


def test_a_show_that_is_killed_at_any_moment_is_whole_and_goes_on(long: Path) -> None:
    command = [sys.executable, "-m", "narrate", "feed", str(long)]
    rounds = 0
    for number in range(8):
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        time.sleep(1.0 + 0.25 * number)
        rounds += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        if Path("qesse.podcast/feed.xml").exists():
            assert faults() == []
    assert rounds

    assert run(long).exit_code == 0
    assert faults() == []
    assert len(made(long)["episodes"]) == 12
