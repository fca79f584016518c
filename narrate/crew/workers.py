"""Workers: what is slow and needs nothing else goes to as many processes as there are cores."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import defaultdict, deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from itertools import batched, islice
from typing import TYPE_CHECKING, Any, ClassVar, Self
from weakref import WeakSet

from narrate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.synchronize import Event

    from loky import ProcessPoolExecutor

log = logging.getLogger("narrate")

_WORTH_IT = 2_000
"""Characters to speak and encode that take longer than processes take to start."""
_LONG = 200_000
"""Characters that take so long to speak that new processes are worth their memory."""
BATCH = 8
AHEAD = 3
_MANY = 64
_LOOKS_UP = 0.5
_KILLED = "TerminatedWorkerError"
"""loky's word for it; an answer that cannot be read breaks its pool as well, and is a bug."""


class Workers:
    """Who does the work: this process, until there is enough for several.

    Leaving the block drops what was not begun; what is being made is finished.
    """

    is_far: ClassVar[bool] = False
    """Whether they work on other machines."""

    def __init__(self, jobs: int | None = None) -> None:
        """Use `jobs` processes; one a core if it is not said, and none if it is 1."""
        self.jobs = jobs
        self._here = Here()
        self._processes: ProcessPoolExecutor | None = None
        self._expected = 0
        self._submitted = defaultdict[int, WeakSet[Future[Any]]](WeakSet)
        """By the thread that waits for them."""
        self._is_over = False
        self.batch = 1
        """Sentences to send together."""
        self.ahead = 1
        """Batches of one kind to be under way at once, so that what waits is bounded."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()
        self.send_home()

    @contextmanager
    def shift(self) -> Iterator[None]:
        """Work for one book, in this thread: what was not begun when the block ends is dropped.

        Raises `OutputError` if a worker was killed; there are new ones then for the next book.
        """
        try:
            yield
        except BrokenExecutor as error:
            self.send_home()
            if type(error).__name__ != _KILLED:
                raise
            raise OutputError(
                "a worker process was killed: what was made is kept; run again, "
                "with a lower --jobs if memory ran out"
            ) from error
        finally:
            self._drop(self._submitted.pop(threading.get_ident(), ()))

    def drop(self) -> None:
        """Drop all that was not begun, and whatever comes yet."""
        self._is_over = True
        for futures in list(self._submitted.values()):
            self._drop(futures)

    @staticmethod
    def _drop(futures: Iterable[Future[Any]]) -> None:
        for future in list(futures):
            future.cancel()

    def check[**P](self, fn: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> None:
        """Let those who are far call `fn`, which returns why they are not fit to work."""

    def send_home(self) -> None:
        """Let the processes end, also broken ones; new ones begin when they are needed."""
        if self._processes:
            self._dropped.set()
            try:
                self._processes.shutdown()
            except KeyboardInterrupt:
                from loky.backend.utils import kill_process_tree

                # `kill_workers` does nothing once somebody has begun to wait for them.
                for each in list(self._processes._processes.values()):
                    kill_process_tree(each)
                self._processes.shutdown()
                raise
            finally:
                self._processes = None

    def relieve(self, letters: int) -> None:
        """Let new processes speak so many letters, without all that reading them out has loaded."""
        if letters > _LONG:
            self.send_home()

    def expect(self, letters: int) -> None:
        """Start the processes if so many characters are to be spoken and encoded, or were."""
        self._expected += letters
        if self.jobs == 1 or self._processes or self._expected < _WORTH_IT:
            return
        # Unlike those of the standard library they do not run the user's program anew.
        import loky
        from loky.backend import get_context

        count = self.jobs or loky.cpu_count()
        self._dropped = get_context("loky").Event()
        self._processes = loky.ProcessPoolExecutor(
            count, initializer=_set_up, initargs=(os.getpid(), self._dropped)
        )
        self.batch, self.ahead = BATCH, AHEAD * count
        with _deaf_to_interrupts():
            self.submit(_nothing)

    def submit[**P, T](self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call `fn`."""
        try:
            future = (self._processes or self._here).submit(fn, *args, **kwargs)
        except BrokenExecutor as error:
            future = Future()
            future.set_exception(error)
        return self._waited_for(future)

    def _waited_for[T](self, future: Future[T]) -> Future[T]:
        """Return `future`, for which this thread waits."""
        self._submitted[threading.get_ident()].add(future)
        if self._is_over:
            future.cancel()
        return future

    def each[T, R](self, fn: Callable[[Sequence[T]], list[R]], items: Sequence[T]) -> Iterator[R]:
        """Yield what `fn` makes of each of `items`, of which it is given many at once, in order."""
        batches = batched(items, _MANY)
        futures = deque(self.submit(fn, batch) for batch in islice(batches, self.ahead))
        while futures:
            yield from futures.popleft().result()
            futures.extend(self.submit(fn, batch) for batch in islice(batches, 1))


class Here(Executor):
    """Does what is submitted at once, in this process."""

    def submit[**P, T](self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return the result of `fn`; what stops the program comes through."""
        future: Future[T] = Future()
        if is_dropped():
            future.cancel()
            return future
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the future raises it
            future.set_exception(error)
        return future


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let processes that are begun here never hear Ctrl-C, which a terminal sends to all."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _nothing() -> None:
    pass


_dropped: Event | None = None


def is_dropped() -> bool:
    """Tell whether nobody waits any more for what this process is working at."""
    return _dropped is not None and _dropped.is_set()


def _set_up(employer: int, dropped: Event) -> None:
    """Make this process a worker of `employer`, which hears what is to stop, and leave with it."""
    global _dropped  # noqa: PLW0603 - what a process is, is said once
    _dropped = dropped
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    # What is worth a warning is told by the employer, whose terminal it is.
    log.addHandler(logging.NullHandler())

    def leave_with_employer() -> None:
        while os.getppid() == employer:
            time.sleep(_LOOKS_UP)
        os._exit(1)

    threading.Thread(target=leave_with_employer, daemon=True).start()
