"""Chapters beside an episode begin where its audio's chapters do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from narrate.audio.codecs import MP3
from narrate.outputs import chapters, mp3
from narrate.outputs.inspection import inspect
from narrate.testing import tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path


def test_they_are_those_of_the_audio(tmp_path: Path) -> None:
    audiobook = tiny_audiobook(tmp_path, tiny_book(chapters=5, title='«گلستان» & "بوستان"'), MP3)
    chapters.write(audiobook, tmp_path / "a.json", lambda _: None)
    mp3.write(audiobook, tmp_path / "a.mp3", lambda _: None)

    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))

    heard = inspect(tmp_path / "a.mp3").chapters
    assert told["version"] == "1.2.0"
    assert told["title"] == '«گلستان» & "بوستان"'
    assert [(each["title"], each["startTime"]) for each in told["chapters"]] == [
        (each.title, pytest.approx(each.begin)) for each in heard
    ]
    assert told["chapters"][0]["startTime"] == 0
