"""Workers: what is slow and needs nothing else goes to as many processes as there are cores."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from itertools import batched, islice
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakSet

from narrate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.synchronize import Event

    from loky import ProcessPoolExecutor

_WORTH_IT = 2_000
"""Characters to speak and encode that take longer than processes take to start."""
_BATCH = 8
_AHEAD = 3
_MANY = 64
_LOOKS_UP = 0.5
_KILLED = "TerminatedWorkerError"
"""loky's word for it; an answer that cannot be read breaks its pool as well, and is a bug."""


class Workers:
    """Who does the work: this process, until there is enough for several.

    Leaving the block drops what was not begun; what is being made is finished.
    """

    def __init__(self, jobs: int | None = None) -> None:
        """Use `jobs` processes; one a core if it is not said, and none if it is 1."""
        self.jobs = jobs
        self._here = Here()
        self._processes: ProcessPoolExecutor | None = None
        self._expected = 0
        self._submitted = WeakSet[Future[Any]]()
        self.batch = 1
        """Sentences to send together."""
        self.ahead = 1
        """Batches of one kind to be under way at once, so that what waits is bounded."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._drop()
        self._send_home()

    @contextmanager
    def shift(self) -> Iterator[None]:
        """Work for one book: what of it was not begun when the block ends is dropped.

        Raises `OutputError` if a worker was killed; there are new ones then for the next book.
        """
        try:
            yield
        except BrokenExecutor as error:
            self._send_home()
            if type(error).__name__ != _KILLED:
                raise
            raise OutputError(
                "a worker process was killed: what was made is kept; run again, "
                "with a lower --jobs if memory ran out"
            ) from error
        finally:
            self._drop()

    def _drop(self) -> None:
        for future in list(self._submitted):
            future.cancel()

    def _send_home(self) -> None:
        if self._processes:
            with _deaf_to_interrupts():
                self._dropped.set()
                self._processes.shutdown()
            self._processes = None

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
        self.batch, self.ahead = _BATCH, _AHEAD * count
        with _deaf_to_interrupts():
            self.submit(_nothing)

    def submit[**P, T](self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call `fn`."""
        future = (self._processes or self._here).submit(fn, *args, **kwargs)
        self._submitted.add(future)
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
    """Make this process a worker of `employer`, which hears Ctrl-C and tells; it leaves with it."""
    global _dropped  # noqa: PLW0603 - what a process is, is said once
    _dropped = dropped
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What is worth a warning is told by the employer, whose terminal it is.
    logging.getLogger("narrate").addHandler(logging.NullHandler())

    def leave_with_employer() -> None:
        while os.getppid() == employer:
            time.sleep(_LOOKS_UP)
        os._exit(1)

    threading.Thread(target=leave_with_employer, daemon=True).start()
