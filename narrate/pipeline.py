"""The whole program on one page: read → say → speak → join → write."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from itertools import batched, groupby
from typing import TYPE_CHECKING

from narrate import persian
from narrate.audio.clips import Store
from narrate.audio.loudness import gains_for
from narrate.audio.timeline import lay
from narrate.errors import InputError, OutputError
from narrate.files import check_folder, published
from narrate.model import ROLES, Audiobook, Gap, Pauses, Progress, Stage, Track, Utterance
from narrate.outputs import OUTPUTS
from narrate.outputs.names import file_name
from narrate.persian import Manner, is_note, quotations
from narrate.speaking import Cast, speak

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.engines import Engine
    from narrate.model import Book, Chapter, Paragraph, Report, Role
    from narrate.outputs import Output
    from narrate.speaking import Spoken

log = logging.getLogger("narrate")


class _StoppedError(Exception):
    """Another file failed, or the person stopped the build: this file is not wanted any more."""


@dataclass(frozen=True, slots=True)
class Job:
    """How a book is to be made, and where its files go."""

    folder: Path
    store: Path
    formats: tuple[str, ...] = tuple(OUTPUTS)
    pauses: Pauses = field(default_factory=Pauses)
    loudness: float = -19.0
    """LUFS of the finished files, read as mono."""
    per_chapter: bool = False
    manner: Manner = field(default_factory=Manner)


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be: a run of chapters in one format."""

    path: Path
    output: Output
    title: str
    chapters: tuple[Chapter, ...]
    track: Track | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A repaired book, what is said of it, and the files that it becomes."""

    book: Book
    said: tuple[Utterance, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A finished file and what is in it."""

    path: Path
    audiobook: Audiobook


def build(
    book: Book, cast: Engine | Cast, job: Job, report: Report = lambda _: None
) -> list[Result]:
    """Make the audiobook files of `book`, spoken by `cast`, and return them, in order.

    Raises `NarrateError`; whatever was spoken until then is kept, and not spoken again.
    """
    cast = cast if isinstance(cast, Cast) else Cast(cast)
    return make(plan(book, cast, job), cast, job, report)


def make(plan: Plan, cast: Cast, job: Job, report: Report) -> list[Result]:
    """Make the files of a plan and return them, in order. Raises as `build`."""
    store = Store(job.store)
    cast.check()
    spoken = speak(plan.said, cast, job.manner, store, report)
    whole = lay(plan.book.chapters, spoken, job.pauses, cast.engine.sample_rate)
    gains = gains_for(whole, job.loudness)
    runs = {key: list(run) for key, run in groupby(spoken, lambda pair: pair[0].chapter)}
    books = [assemble(plan.book, part, runs, job, gains) for part in plan.parts]
    write(plan.parts, books, report)
    return [Result(part.path, book) for part, book in zip(plan.parts, books, strict=True)]


def repaired(book: Book) -> Book:
    """Return `book` with its text as its author meant to write it."""
    texts = [book.title]
    for chapter in book.chapters:
        texts += chapter.title, *(each.text for each in chapter.paragraphs)
    mended = iter(persian.repaired_parts(texts))
    return replace(
        book,
        title=next(mended),
        chapters=tuple(
            replace(
                chapter,
                title=next(mended),
                paragraphs=tuple(replace(each, text=next(mended)) for each in chapter.paragraphs),
            )
            for chapter in book.chapters
        ),
    )


def plan(book: Book, cast: Cast, job: Job) -> Plan:
    """Repair `book`, find what `cast` is to say of it, and name its files.

    Chapters in which nothing is said are left out.
    Raises `InputError` if nothing is said at all, `OutputError` if a file could not be written.
    """
    check_folder(job.folder)
    book = repaired(book)
    said = tuple(say(book, cast, job.manner))
    heard = {utterance.chapter for utterance in said}
    book = replace(book, chapters=tuple(each for each in book.chapters if each.id in heard))
    if not said:
        raise InputError(f"{book.title} holds nothing that can be spoken")
    parts = tuple(part for name in job.formats for part in _parts(book, OUTPUTS[name], job))
    for part in parts:
        if part.path.is_dir() or part.path.parent.is_file():
            raise OutputError(f"{part.path} is in the way: remove it, or change --output")
    return Plan(book, said, parts)


def say(book: Book, cast: Cast, manner: Manner) -> list[Utterance]:
    """Return what is to be said, in order, as who says it reads it, with the rest after each."""
    manners = {role: replace(manner, hears=cast.of(role).hears) for role in ROLES}
    numbers = range(1, len(book.chapters) + 1)
    quotes = "quote" in cast.roles
    return [each for number in numbers for each in _chapter(book, number, manners, quotes=quotes)]


def assemble(
    book: Book, part: Part, runs: Mapping[str, Spoken], job: Job, gains: Mapping[str, float]
) -> Audiobook:
    """Lay the clips of `part`, found by chapter in `runs`, on a timeline of its own."""
    spoken = [pair for chapter in part.chapters for pair in runs[chapter.id]]
    timeline = lay(part.chapters, spoken, job.pauses, spoken[0][1].rate)
    return Audiobook(part.title, book, timeline, gains, part.track)


def write(parts: Sequence[Part], books: Sequence[Audiobook], report: Report) -> None:
    """Encode all files, as many at once as there are cores; each gets its name when it is whole."""
    total, done = sum(each.timeline.length for each in books), 0
    stopped, lock = threading.Event(), threading.Lock()

    def heard(samples: int) -> None:
        nonlocal done
        if stopped.is_set():
            raise _StoppedError
        with lock:
            done += samples
            report(Progress(Stage.WRITING, done, total))

    def one(part: Part, book: Audiobook) -> None:
        with published(part.path) as temporary:
            part.output.write(book, temporary, heard)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            tasks = [pool.submit(one, *pair) for pair in zip(parts, books, strict=True)]
            for task in wait(tasks, return_when=FIRST_EXCEPTION).done:
                task.result()
        finally:
            stopped.set()
            pool.shutdown(cancel_futures=True)


def _parts(book: Book, output: Output, job: Job) -> Iterator[Part]:
    name = file_name(book.title)
    runs = list(batched(book.chapters, output.most_chapters))
    if len(runs) == 1:
        yield Part(job.folder / f"{name}{output.suffix}", output, book.title, runs[0])
    else:
        log.warning(
            "%d chapters, and players list %d in one %s: it becomes %d files",
            *(len(book.chapters), output.most_chapters, output.name.upper(), len(runs)),
        )
        for number, run in enumerate(runs, 1):
            path = job.folder / f"{name} {number}{output.suffix}"
            yield Part(path, output, f"{book.title} {number}", run, Track(number, len(runs)))
    if job.per_chapter:
        yield from _chapter_parts(book, output, job.folder / name)


def _chapter_parts(book: Book, output: Output, folder: Path) -> Iterator[Part]:
    total = len(book.chapters)
    for number, chapter in enumerate(book.chapters, 1):
        path = folder / f"{number:0{len(str(total))}} {file_name(chapter.title)}{output.suffix}"
        yield Part(path, output, chapter.title, (chapter,), Track(number, total))


def _chapter(
    book: Book, number: int, manners: Mapping[Role, Manner], *, quotes: bool
) -> list[Utterance]:
    chapter = book.chapters[number - 1]
    said: list[Utterance] = []
    for place, paragraph in enumerate(chapter.paragraphs, 1):
        if paragraph.kind == "rule":
            said = _ended(said, Gap.RULE)
            continue
        sentences = [
            (*pair, Gap.SENTENCE, role)
            for text, role in _runs(paragraph, quotes=quotes)
            for pair in manners[role].said(text, heading=role == "heading")
        ]
        own = [
            Utterance(chapter.id, paragraph.id, (number, place, nth), *sentence)
            for nth, sentence in enumerate(sentences, 1)
        ]
        said += _ended(own, Gap.HEADING if paragraph.kind == "heading" else Gap.PARAGRAPH)
    return _ended(said, Gap.CHAPTER)


def _runs(paragraph: Paragraph, *, quotes: bool) -> list[tuple[str, Role]]:
    """Return the parts of a paragraph that may have voices of their own."""
    if paragraph.kind == "heading":
        return [(paragraph.text, "heading")]
    if not quotes or is_note(paragraph.text):
        return [(paragraph.text, "body")]
    return [(text, "quote" if own else "body") for text, own in quotations(paragraph.text)]


def _ended(said: list[Utterance], gap: Gap) -> list[Utterance]:
    return [*said[:-1], *(replace(last, after=gap) for last in said[-1:])]
