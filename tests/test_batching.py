"""Many books: the same bytes as one by one, in order, whatever becomes of the others."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate import pipeline
from narrate.batching import Press, Unread
from narrate.engines.tone import Tone
from narrate.errors import EngineError, InputError, OutputError, UsageError
from narrate.model import Book, Chapter, Paragraph, Speech
from narrate.pipeline import Job
from narrate.speaking import Cast
from narrate.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from narrate.batching import Outcome
    from narrate.engines import Engine

TITLES = ("یک", "دو", "سه", "چهار", "پنج", "شش")


@dataclass(frozen=True)
class Moody(Tone):
    """Beeps, but fails, says nothing, or dies of certain words."""

    def speak(self, text: str) -> Speech:
        if "خراب" in text:
            raise EngineError("the line is dead")
        if "مرگ" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        return Speech(b"", 22_050) if "هیچ" in text else super().speak(text)


def book_of(title: str, more: str = "", sentences: int = 12) -> Book:
    text = [f"این جمله‌ی بلند شماره‌ی {n} از کتاب {title} است {more}." for n in range(sentences)]
    paragraphs = tuple(Paragraph(f"c1p{n}", each) for n, each in enumerate(text))
    return Book(title, (Chapter("c1", title, paragraphs),))


def unread(book: Book) -> Unread:
    return Unread(f"{book.title}.txt", lambda: book, 2000)


def made(books: Sequence[Unread], folder: Path, engine: Engine | None = None) -> list[Outcome]:
    job = Job(folder, folder.with_name("store"), formats=("mp3",), jobs=2)
    with pipeline.workshop(job) as shop:
        return list(Press(Cast(engine or Moody()), job, shop, quiet).each(books))


quiet = partial(progress, quiet=True)


def test_short_and_long_books_come_in_order_and_as_one_by_one(tmp_path: Path) -> None:
    books = [book_of(title, sentences=200 if title == "سه" else 12) for title in TITLES]
    outcomes = made([unread(book) for book in books], tmp_path / "many")
    alone = Job(tmp_path / "alone", tmp_path / "other", formats=("mp3",), jobs=1)

    assert [each.unread.name for each in outcomes] == [f"{title}.txt" for title in TITLES]
    assert [each.label for each in outcomes] == [f"{n} of 6" for n in range(1, 7)]
    for book, outcome in zip(books, outcomes, strict=True):
        (one,), (result,) = pipeline.build(book, Moody(), alone), outcome.results
        assert result.path.read_bytes() == one.path.read_bytes()


def test_one_that_fails_stops_no_other(tmp_path: Path) -> None:
    def missing() -> Book:
        raise InputError("there is no such file")

    books = [unread(book_of(each, "خراب" if each == "دو" else "")) for each in TITLES]
    outcomes = made([*books[:3], Unread("هفت.txt", missing, 1), *books[3:]], tmp_path / "many")
    failed = {each.unread.name: each.error for each in outcomes if each.error}

    assert sorted(failed) == ["دو.txt", "هفت.txt"]
    assert isinstance(failed["دو.txt"], EngineError)
    assert "the line is dead" in str(failed["دو.txt"])
    assert len(list((tmp_path / "many").iterdir())) == 5


def test_those_that_are_whole_are_told_when_the_rest_is_given_up(tmp_path: Path) -> None:
    # While the first is made some others are.
    books = [unread(book_of("آب", sentences=150))]
    books += [unread(book_of(f"کتاب {one}{other}")) for one in "آبپت" for other in "جچحخدذ"]
    job = Job(tmp_path / "many", tmp_path / "store", formats=("mp3",), jobs=2)
    with pipeline.workshop(job) as shop:
        press = Press(Cast(Moody()), job, shop, quiet)
        told = [next(press.each(books)), *press.rest()]

    assert 1 < len(told) < len(books)
    made = sorted(each.results[0].path for each in told)
    assert made == sorted((tmp_path / "many").iterdir())


def test_a_book_that_kills_its_worker_takes_no_other_with_it(tmp_path: Path) -> None:
    many = [f"کتاب {one}{other}" for one in "آبپت" for other in "جچحخدذ"]
    books = [unread(book_of(each, "مرگ" if each == many[7] else "")) for each in many]
    outcomes = made(books, tmp_path / "many")
    (failed,) = (each for each in outcomes if each.error)

    assert [each.unread.name for each in outcomes] == [f"{each}.txt" for each in many]
    assert failed.unread.name == f"{many[7]}.txt"
    assert isinstance(failed.error, OutputError)
    assert "worker process was killed" in str(failed.error)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the workers")
def test_workers_that_are_killed_from_outside_cost_no_book(tmp_path: Path) -> None:
    books = [unread(book_of(f"کتاب {one}{other}")) for one in "آبپت" for other in "جچحخدذ"]
    job = Job(tmp_path / "many", tmp_path / "store", formats=("mp3",), jobs=2)
    outcomes: list[Outcome] = []
    with pipeline.workshop(job) as shop:
        for outcome in Press(Cast(Moody()), job, shop, quiet).each(books):
            outcomes.append(outcome)
            # Not while those that the first one lost are made one by one.
            if len(outcomes) in (3, 16):
                os.kill(next(iter(shop.crew._processes._processes)), signal.SIGKILL)  # type: ignore[union-attr]

    assert [each.error for each in outcomes] == [None] * len(books)
    assert [each.unread for each in outcomes] == books


def test_two_of_one_title_are_refused_before_one_takes_the_place_of_the_other(
    tmp_path: Path,
) -> None:
    books = [unread(book_of("یک")), Unread("other.txt", lambda: book_of("یک", "دیگر"), 1)]
    first, second = made(books, tmp_path / "many")

    assert not first.error
    assert isinstance(second.error, UsageError)
    assert "other.txt is called یک, as یک.txt is" in str(second.error)


def test_two_titles_that_differ_in_blanks_are_one_where_texts_may_mend_them(
    tmp_path: Path,
) -> None:
    books = [
        Book(title, (Chapter("c1", title, (Paragraph("c1p1", f"این {title} است."),)),))
        for title in ("خانه ی ما", "خانه‌ی ما")
    ]
    first, second = made(
        [Unread(f"{n}.txt", lambda book=book: book, 1) for n, book in enumerate(books)],  # type: ignore[misc]
        tmp_path / "many",
    )

    assert not first.error
    assert isinstance(second.error, UsageError)


def test_what_other_processes_warn_of_is_told_here(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    books = [book_of(each) for each in TITLES]
    mute = Paragraph("c1p99", "هیچ نمی‌گوید.")
    (chapter,) = books[-1].chapters
    last = Book("شش", (Chapter("c1", "شش", (*chapter.paragraphs, mute)),))
    with caplog.at_level(logging.WARNING):
        made([*map(unread, books[:-1]), unread(last)], tmp_path / "many")

    assert caplog.text.count("the voice says nothing for: هیچ نمی‌گوید.") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what a process has open")
def test_however_many_books_no_file_stays_open(tmp_path: Path) -> None:
    books = [unread(book_of(f"کتاب {'آبپت'[n % 4]} {n}", sentences=4)) for n in range(60)]
    job = Job(tmp_path / "many", tmp_path / "store", formats=("mp3", "m4b"), jobs=2)
    held = []
    with pipeline.workshop(job) as shop:
        for outcome in Press(Cast(Moody()), job, shop, quiet).each(books):
            assert not outcome.error
            held.append(sum(map(open_files, family(os.getpid()))))

    # While a file is being written it is open, so only the fewest of many tell.
    assert min(held[40:]) <= min(held[10:30])


def test_many_books_leave_no_process_and_no_temporary_file(tmp_path: Path) -> None:
    (tmp := tmp_path / "tmp").mkdir()
    texts = [tmp_path / f"{n}.txt" for n in range(12)]
    for n, text in enumerate(texts):
        text.write_text("\n".join(f"جمله‌ی {m} از متن {n}." for m in range(20)), encoding="utf-8")
    command = [sys.executable, "-m", "narrate", "build", "-q", "--voice", "tone", "-j", "2"]
    command += [f"--store={tmp_path}/store", f"--output={tmp_path}/output"]
    environment = os.environ | {"TMPDIR": str(tmp)}
    with subprocess.Popen([*command, *map(str, texts)], env=environment) as process:
        workers: set[int] = set()
        while process.poll() is None:
            workers |= set(family(process.pid)) - {process.pid}
            time.sleep(0.05)

    assert process.returncode == 0
    assert len(list((tmp_path / "output").iterdir())) == 24
    assert sys.platform != "linux" or len(workers) > 1
    deadline = time.monotonic() + 10
    while any(map(is_at_work, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [pid for pid in workers if is_at_work(pid)] == []
    assert [*tmp.iterdir(), *tmp_path.rglob(".*.part")] == []


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it began, where the system tells."""
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text().split():
                yield from family(int(child))


def is_at_work(pid: int) -> bool:
    """Tell whether a process runs; one that ended is told of until its parent has heard of it."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def open_files(pid: int) -> int:
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))
