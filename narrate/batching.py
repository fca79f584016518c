"""Many books, one after another: those that are short side by side, each whole in one process.

A short book made by all workers together leaves them idle while its voice is measured and its
files are written. Where they are on other machines, a thread here waits for each book.
"""

from __future__ import annotations

import logging
import pickle
from collections import deque
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from logging.handlers import QueueHandler
from queue import SimpleQueue
from typing import TYPE_CHECKING

from narrate import pipeline
from narrate.errors import ClusterError, NarrateError, UsageError
from narrate.journal import is_on, switched
from narrate.notes import Notes
from narrate.speaking import is_asked_here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from contextlib import AbstractContextManager

    from narrate.finishing import Result
    from narrate.model import Book, Report
    from narrate.pipeline import Job, Workshop
    from narrate.speaking import Cast

    type Answer = tuple[Sequence[Result] | NarrateError, list[logging.LogRecord]]

log = logging.getLogger("narrate")

_SHORT = 10_000
"""Letters of a book that one process makes before anybody asks how far it is."""
_BYTES_A_LETTER = 2
_HANDS = 32
"""Short books that workers far away make at once, at most."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A book that is read when it is its turn."""

    name: str
    """The text that it is, or begins with."""
    read: Callable[[], Book]
    """Raises `InputError`."""
    size: int
    """Bytes of its files, for guessing how long it takes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a book: its files, or why there are none."""

    label: str
    """Its place among all books, for a person."""
    unread: Unread
    results: Sequence[Result] = ()
    error: NarrateError | None = None


class Press:
    """Makes books with one cast, in one folder, where no two may be called the same."""

    def __init__(
        self,
        cast: Cast,
        job: Job,
        shop: Workshop,
        progress: Callable[[str], AbstractContextManager[Report]],
    ) -> None:
        """Take also what gives a `Report`, behind the label of a book."""
        self._cast, self._job, self._shop, self._progress = cast, job, shop, progress
        self._owners: dict[str, str] = {}
        self._hands, self._under_way = ThreadPoolExecutor(_HANDS), deque[_Begun]()
        self._orders = pickle.dumps((cast, replace(job, jobs=1)))

    def make(self, book: Book, label: str = "") -> Sequence[Result]:
        """Make a book with all workers. Raises `NarrateError`."""
        plan = pipeline.plan(book, self._cast, self._job, self._shop)
        with self._progress(label) as report:
            return pipeline.make(plan, self._cast, self._job, self._shop, report)

    def each(self, books: Sequence[Unread]) -> Iterator[Outcome]:
        """Yield what becomes of `books`, in order; one that fails stops no other.

        `rest` comes afterwards, also if this is broken off. Raises `ClusterError` if there is
        nobody any more who could make them.
        """
        crew = self._shop.crew
        letters = sum(each.size for each in books) // _BYTES_A_LETTER
        for number, unread in enumerate(books, 1):
            label = f"{number:{len(str(len(books)))}} of {len(books)}"
            try:
                book = self._claimed(unread)
            except NarrateError as error:
                yield from self._ended()
                yield Outcome(label, unread, error=error)
                continue
            if self._is_for_one(book):
                crew.expect(letters)
                self._under_way.append(_Begun(label, unread, book, self._begun(book)))
                yield from self._ended(min(crew.ahead, _HANDS) if crew.is_far else crew.ahead)
            else:
                yield from self._ended()
                yield self._together(label, unread, book)
        yield from self._ended()

    def rest(self) -> Iterator[Outcome]:
        """Let nobody work any more; yield the whole books that `each` did not yield."""
        crew = self._shop.crew
        crew.drop()
        self._hands.shutdown(cancel_futures=True)
        if self._under_way and not crew.is_far:
            crew.send_home()
        for each in self._under_way:
            future = each.future
            is_made = future.done() and not future.cancelled() and not future.exception()
            if is_made and not isinstance(future.result()[0], NarrateError):
                yield _outcome(each)

    def _claimed(self, unread: Unread) -> Book:
        """Return the book of that name. Raises `UsageError` if another has its title."""
        book = unread.read()
        other = self._owners.setdefault(pipeline.called(book), unread.name)
        if other != unread.name:
            raise UsageError(
                f"{unread.name} is called {book.title}, as {other} is: build it by itself, "
                "with --title"
            )
        return book

    def _is_for_one(self, book: Book) -> bool:
        """Tell whether `book` is made beside others; a service is asked for one after another."""
        letters = sum(len(each.text) for chapter in book.chapters for each in chapter.paragraphs)
        crew = self._shop.crew
        is_asked = any(is_asked_here(each, crew) for each in self._cast.everyone)
        return self._job.jobs != 1 and letters <= _SHORT and not is_asked

    def _begun(self, book: Book) -> Future[Answer]:
        """Begin to make a book: in a process, or in a thread that waits for workers far away."""
        if self._shop.crew.is_far:
            return self._hands.submit(self._afar, book)
        return self._shop.crew.submit(_apart, book, self._orders, log.getEffectiveLevel(), is_on())

    def _afar(self, book: Book) -> Answer:
        """Make a book while others are made; return its files, or why there are none."""
        with Notes(self._shop.store.folder) as notes:
            shop = replace(self._shop, notes=notes)
            try:
                plan = pipeline.plan(book, self._cast, self._job, shop)
                return pipeline.make(plan, self._cast, self._job, shop, lambda _: None), []
            except NarrateError as error:
                return error, []

    def _ended(self, most: int = 0) -> Iterator[Outcome]:
        """Yield what became of the first that are under way, until `most` are left."""
        under_way = self._under_way
        while len(under_way) > most:
            begun = under_way[0]
            if isinstance(begun.future.exception(), BrokenExecutor):
                # With one process all are lost. Whose fault it was is seen when each is by itself.
                lost = list(under_way)
                under_way.clear()
                wait([each.future for each in lost])
                self._shop.crew.send_home()
                yield from map(self._mended, lost)
            else:
                under_way.popleft()
                yield _outcome(begun)

    def _mended(self, begun: _Begun) -> Outcome:
        if isinstance(begun.future.exception(), BrokenExecutor):
            return self._together(begun.label, begun.unread, begun.book)
        return _outcome(begun)

    def _together(self, label: str, unread: Unread, book: Book) -> Outcome:
        """Make a book with all workers. Raises `ClusterError`."""
        try:
            return Outcome(label, unread, self.make(book, label))
        except ClusterError:
            raise
        except NarrateError as error:
            return Outcome(label, unread, error=error)


@dataclass(frozen=True, slots=True)
class _Begun:
    """A book that is being made beside others."""

    label: str
    unread: Unread
    book: Book
    future: Future[Answer]


def _outcome(begun: _Begun) -> Outcome:
    """Return what became of a book, and tell what was told meanwhile. Raises `ClusterError`."""
    made, told = begun.future.result()
    for record in told:
        logging.getLogger(record.name).handle(record)
    if isinstance(made, ClusterError):
        raise made
    if isinstance(made, NarrateError):
        return Outcome(begun.label, begun.unread, error=made)
    return Outcome(begun.label, begun.unread, made)


def _apart(book: Book, orders: bytes, level: int, events: bool) -> Answer:  # noqa: FBT001 - of all that is told
    """Make a book in this process; return its files, or why there are none, and what was told."""
    with _overheard(level, events=events) as told:
        try:
            return pipeline.build(book, *_read(orders)), told
        except NarrateError as error:
            return error, told


@lru_cache(maxsize=1)
def _read(orders: bytes) -> tuple[Cast, Job]:
    """Return who speaks, and how: the same for each book, and with its lexicon worth keeping."""
    cast, job = pickle.loads(orders)  # noqa: S301 - from the process that began this one
    return cast, job


@contextmanager
def _overheard(level: int, *, events: bool) -> Iterator[list[logging.LogRecord]]:
    """Keep what the program tells from `level` on, instead of telling it."""
    told: list[logging.LogRecord] = []
    queue = SimpleQueue[logging.LogRecord]()
    before = log.handlers, log.level
    log.handlers = [QueueHandler(queue)]
    log.setLevel(level)
    try:
        with switched(QueueHandler(queue), on=events):
            yield told
    finally:
        log.handlers, log.level = before
        while not queue.empty():
            told.append(queue.get())
