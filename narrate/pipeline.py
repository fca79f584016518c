"""The whole program on one page: read → say → speak → join → write."""

from __future__ import annotations

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import batched, groupby
from typing import TYPE_CHECKING

from narrate import persian
from narrate.audio.clips import Store
from narrate.audio.remote import RemoteStore
from narrate.audio.timeline import lay
from narrate.crew import Cluster, Workers
from narrate.errors import InputError, OutputError
from narrate.files import check_folder, published
from narrate.finishing import Finished, Result
from narrate.journal import about, happened
from narrate.model import Audiobook, Pauses, Progress, Stage, Track
from narrate.notes import Notes
from narrate.outputs import OUTPUTS, USUAL
from narrate.outputs.names import file_name
from narrate.outputs.output import MOST_HOURS
from narrate.persian import ZWNJ, Manner
from narrate.preparing import repaired, say
from narrate.recording import Studio, record
from narrate.speaking import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from narrate.engines import Engine
    from narrate.model import Book, Chapter, Clip, Report, Utterance
    from narrate.outputs import Output

    type Spoken = Sequence[tuple[Utterance, Clip]]

log = logging.getLogger("narrate")


@dataclass(frozen=True, slots=True)
class Job:
    """How a book is to be made, and where its files go."""

    folder: Path
    store: Path
    formats: tuple[str, ...] = USUAL
    pauses: Pauses = field(default_factory=Pauses)
    loudness: float = -19.0
    """LUFS of the finished files, read as mono."""
    per_chapter: bool = False
    manner: Manner = field(default_factory=Manner)
    jobs: int | None = None
    """How many processes work; one a core if it is not said."""
    remote: str = ""
    """Address of the store that many machines share, which then has `store` as its folder here."""
    cluster: str = ""
    """Address of the scheduler whose workers speak and encode."""


@dataclass(frozen=True, slots=True)
class Run:
    """Chapters that one file holds, and what it is called."""

    title: str
    chapters: tuple[Chapter, ...]
    track: Track | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A file to be: a run of chapters in one format."""

    path: Path
    output: Output
    run: Run


@dataclass(frozen=True, slots=True)
class Plan:
    """A repaired book, what is said of it, and the files that it becomes."""

    book: Book
    said: tuple[Utterance, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """What books are made with, one after another."""

    store: Store
    notes: Notes
    crew: Workers


@contextmanager
def workshop(job: Job) -> Iterator[Workshop]:
    """Open what `job` names. Raises `OutputError` if nothing can be written in its folders."""
    check_folder(job.folder, "--output")
    folder = job.store.absolute()
    store = RemoteStore(folder, job.remote) if job.remote else Store(folder)
    with Notes(store.folder) as notes, _crew(job) as crew:
        yield Workshop(store, notes, crew)


def _crew(job: Job) -> Workers:
    return Cluster(job.cluster, job.jobs) if job.cluster else Workers(job.jobs)


def build(
    book: Book, cast: Engine | Cast, job: Job, report: Report = lambda _: None
) -> list[Result]:
    """Make the audiobook files of `book`, spoken by `cast`, and return them, in order.

    Raises `NarrateError`; whatever was spoken until then is kept, and not spoken again.
    """
    cast = cast if isinstance(cast, Cast) else Cast(cast)
    with workshop(job) as shop:
        return make(plan(book, cast, job, shop), cast, job, shop, report)


def make(plan: Plan, cast: Cast, job: Job, shop: Workshop, report: Report) -> list[Result]:
    """Make the files of a plan and return them, in order. Raises as `build`."""
    with about(plan.book.title):
        begun = time.monotonic()
        results = _made(plan, cast, job, shop, report)
        length = max(result.length for result in results)
        happened("book", length=length, took=time.monotonic() - begun)
        return results


def _made(plan: Plan, cast: Cast, job: Job, shop: Workshop, report: Report) -> list[Result]:
    outputs = [part.output for part in plan.parts]
    codecs = list(dict.fromkeys(each.codec for each in outputs if each.sounds))
    studio = Studio(cast, job.manner, shop.store, shop.notes, codecs, job.loudness, shop.crew)
    with shop.crew.shift():
        recording = record(plan.said, studio, report)
    sounding = {each.name for each in codecs}
    encoded = (each for _, clip in recording.spoken for each in clip.encoded)
    shop.store.fetch(each.pack for each in encoded if each.codec in sounding)
    runs = groupby(recording.spoken, lambda pair: pair[0].chapter)
    chapters = {key: list(run) for key, run in runs}
    results = [
        Result(part.path, assemble(plan.book, part, chapters, job, recording.gains))
        for part in plan.parts
    ]
    write(plan.parts, results, Finished(shop.notes), report)
    return results


def plan(book: Book, cast: Cast, job: Job, shop: Workshop) -> Plan:
    """Repair `book`, find what `cast` is to say of it, and name its files.

    Chapters in which nothing is said are left out.
    Raises `InputError` if nothing is said at all, `OutputError` if a file could not be written.
    """
    with shop.crew.shift():
        book = repaired(book, shop.notes, shop.crew)
        said = tuple(say(book, cast, job.manner, shop.notes, shop.crew))
    shop.crew.relieve(sum(len(each.spoken) for each in said))
    heard = {utterance.chapter for utterance in said}
    book = replace(book, chapters=tuple(each for each in book.chapters if each.id in heard))
    if not said:
        raise InputError(f"{book.title} holds nothing that can be spoken")
    parts = tuple(part for name in job.formats for part in _parts(book, OUTPUTS[name], job))
    for part in parts:
        if part.path.parent.is_file() or not part.output.may_replace(part.path):
            raise OutputError(f"{part.path} is in the way: remove it, or change --output")
    return Plan(book, said, parts)


def called(book: Book) -> str:
    """Return what no two books of one folder may share.

    It is what they are called without blanks: those are repaired by what a whole text shows.
    """
    return "".join(persian.cleaned(_title(book)).replace(ZWNJ, "").split()).casefold()


def assemble(
    book: Book, part: Part, chapters: Mapping[str, Spoken], job: Job, gains: Mapping[str, float]
) -> Audiobook:
    """Lay the clips of `part`, found by chapter, on a timeline of its own.

    Raises `OutputError` if it is longer than a file can be.
    """
    run = part.run
    spoken = [pair for chapter in run.chapters for pair in chapters[chapter.id]]
    timeline = lay(run.chapters, spoken, job.pauses, spoken[0][1].rate, part.output.codec)
    if timeline.length > MOST_HOURS * 3600 * timeline.rate:
        raise OutputError(f"{run.title} is longer than {MOST_HOURS} hours: split the text")
    return Audiobook(run.title, book, timeline, gains, datetime.now(UTC), run.track)


def write(
    parts: Sequence[Part], results: Sequence[Result], finished: Finished, report: Report
) -> None:
    """Write all files that are not as they are to be; each gets its name when it is whole."""
    to_do = []
    for part, result in zip(parts, results, strict=True):
        if finished.stands(part.output, result):
            log.info("%s is left as it is: nothing in it changed", part.path)
        else:
            to_do.append((part, result))
    total, done = sum(result.audiobook.timeline.length for _, result in to_do), 0

    def heard(samples: int) -> None:
        nonlocal done
        done += samples
        report(Progress(Stage.WRITING, done, total))

    for part, result in to_do:
        begun = time.monotonic()
        happened("writing", path=str(part.path), length=result.length)
        with published(part.path) as temporary:
            part.output.write(result.audiobook, temporary, heard)
            finished.note(part.output, result, temporary)
        happened("written", path=str(part.path), took=time.monotonic() - begun)


def whole(book: Book, output: Output) -> list[Run]:
    """Return all of `book` as one run, or as a few if it has more chapters than a file can list."""
    title = _title(book)
    runs = list(batched(book.chapters, output.most_chapters or len(book.chapters)))
    if len(runs) == 1:
        return [Run(title, runs[0])]
    return [
        Run(f"{title} {number}", run, Track(number, len(runs)))
        for number, run in enumerate(runs, 1)
    ]


def singly(book: Book) -> list[Run]:
    """Return each chapter of `book` as a run."""
    total = len(book.chapters)
    return [
        Run(each.title, (each,), Track(number, total))
        for number, each in enumerate(book.chapters, 1)
    ]


def _title(book: Book) -> str:
    """Return what `book` is called; some of its chapters do not take the place of the whole."""
    return f"{book.title} ({book.only})" if book.only else book.title


def _parts(book: Book, output: Output, job: Job) -> Iterator[Part]:
    name = file_name(_title(book))
    runs = whole(book, output)
    for run in runs:
        number = f" {run.track.number}" if run.track else ""
        yield Part(job.folder / f"{name}{number}{output.suffix}", output, run)
    if len(runs) > 1:
        log.warning(
            "%d chapters, and players list %d in one %s: it becomes %d files",
            *(len(book.chapters), output.most_chapters, output.name.upper(), len(runs)),
        )
    if job.per_chapter and output.most_chapters:
        for place, run in enumerate(singly(book), 1):
            number = f"{place:0{len(str(len(book.chapters)))}}"
            path = job.folder / name / f"{number} {file_name(run.title)}{output.suffix}"
            yield Part(path, output, run)
