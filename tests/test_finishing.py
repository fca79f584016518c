"""Finished files: one that would come out the same is left alone, any other is written anew."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.model import Details, Pauses
from narrate.pipeline import build
from narrate.testing import tiny_book

if TYPE_CHECKING:
    from narrate.engines import Engine
    from narrate.model import Book
    from narrate.pipeline import Job


@pytest.fixture
def made(job: Job, tone: Engine) -> Job:
    build(tiny_book(), tone, job)
    return job


def written(job: Job, engine: Engine, book: Book | None = None) -> list[str]:
    """Return which files a build writes anew."""
    before = {path: path.stat().st_ino for path in job.folder.iterdir()}
    build(book or tiny_book(), engine, job)
    after = {path: path.stat().st_ino for path in job.folder.iterdir()}
    return sorted(path.suffix for path in after if after[path] != before.get(path))


def test_files_in_which_nothing_changed_are_left_alone(made: Job, tone: Engine) -> None:
    assert written(made, tone) == []


@pytest.mark.parametrize("tampered", ["longer", "touched", "gone"])
def test_a_file_that_somebody_touched_is_written_anew(
    made: Job, tone: Engine, tampered: str
) -> None:
    path = next(made.folder.glob("*.mp3"))
    match tampered:
        case "longer":
            path.write_bytes(path.read_bytes() + b"more")
        case "touched":
            os.utime(path)
        case "gone":
            path.unlink()

    assert written(made, tone) == [".mp3"]


@pytest.mark.parametrize("change", ["details", "pauses", "loudness", "title", "chapter"])
def test_whatever_is_in_a_file_makes_another_of_it(made: Job, tone: Engine, change: str) -> None:
    book, job = tiny_book(), made
    match change:
        case "details":
            book = replace(book, details=Details(publisher="نشر"))
        case "pauses":
            job = replace(job, pauses=Pauses(tail=2500))
        case "loudness":
            job = replace(job, loudness=-22)
        case "title":
            chapters = tuple(replace(each, title=f"{each.title}!") for each in book.chapters)
            book = replace(book, chapters=chapters)
        case "chapter":
            book = replace(book, chapters=book.chapters[:1])

    assert written(job, tone, book) == [".m4b", ".mp3"]


def test_another_version_of_the_program_writes_anew(
    made: Job, tone: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.finishing.program", lambda: "another")

    assert written(made, tone) == [".m4b", ".mp3"]
