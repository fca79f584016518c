"""Workers on other machines: those of a Dask cluster.

One that is lost costs nothing but time: others do what it had to do, and find in the store what it
had made.
"""

from __future__ import annotations

import logging
import pickle
import warnings
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Event, Lock, RLock, Thread
from typing import TYPE_CHECKING, Any

from narrate.crew.staff import EXTRA, KEPT, PATIENCE, Staff
from narrate.crew.workers import AHEAD, BATCH, Workers
from narrate.errors import ClusterError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@dataclass(eq=False)
class _Sent:
    """A task that somebody waits for."""

    work: bytes
    awaited: Future[Any]
    under_way: Future[Any] | None = None
    """None while nobody is there to do it."""
    workers: frozenset[str] = frozenset()
    """Those of whom one does it."""


class Cluster(Workers):
    """Who does the work: the workers of a scheduler, more or fewer as they come and go."""

    is_far = True

    def __init__(self, address: str, jobs: int | None = None) -> None:
        """Ask the scheduler at `address`; `jobs` limits what is asked of services from here.

        Raises `ClusterError` if it does not answer, or has no worker that has the same program.
        """
        super().__init__(jobs)
        self._sent: set[_Sent] = set()
        self._sending = RLock()
        self._left = Event()
        self._client = _connected(address)
        self.staff = Staff(self._client, address, self._send_again)
        try:
            self.staff.gather()
        except BaseException:
            self.send_home()
            raise
        Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        try:
            self.staff.watch(self._left)
        except ClusterError:
            # Whoever waits for a result tells it.
            self.drop()

    def check[**P](self, fn: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> None:
        """Give no work to those of whom `fn`, called there, returns why they are not fit.

        Raises `ClusterError` if none is fit.
        """
        self.staff.check(fn, *args, **kwargs)

    def expect(self, letters: int) -> None:  # noqa: ARG002 - any number will do
        """Send as much at once as there are workers for."""
        self.batch = BATCH
        self.ahead = AHEAD * max(1, self.staff.hands)

    def submit[**P, T](self, fn: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let a worker call `fn`."""
        sent = _Sent(pickle.dumps((fn, args, kwargs)), Future())
        with self._sending:
            self._sent.add(sent)
            self._send(sent)
        sent.awaited.add_done_callback(lambda _: self._forget(sent))
        return self._waited_for(sent.awaited)

    @contextmanager
    def shift(self) -> Iterator[None]:
        """Work for one book, in this thread: what was not begun when the block ends is dropped.

        Raises `ClusterError` if the scheduler was lost, `OutputError` if one worker after another
        ended at the same task.
        """
        from distributed import KilledWorker

        address = self.staff.address
        try:
            with super().shift():
                yield
        except KilledWorker as error:
            raise OutputError(
                f"several workers of {address} ended at the same task, perhaps for want of "
                f"memory; {KEPT}"
            ) from error
        except CancelledError as error:
            raise ClusterError(f"the scheduler at {address} was lost; {KEPT}") from error

    def relieve(self, letters: int) -> None:
        """Let them stay."""

    def send_home(self) -> None:
        """Leave the cluster; its workers stay."""
        self._left.set()
        self._client.close(PATIENCE)

    def _send(self, sent: _Sent) -> None:
        """Let one of those do a task who are fit; if nobody is it waits."""
        sent.workers = self.staff.fit
        if not sent.workers:
            return
        executor = self._client.get_executor(workers=[*sent.workers], pure=False)
        sent.under_way = under_way = executor.submit(_done, sent.work)
        under_way.add_done_callback(partial(self._pass_on, sent))

    def _send_again(self) -> None:
        """Let those who are fit do what was sent to workers of whom none is left."""
        with self._sending:
            self.expect(0)
            again = [each for each in list(self._sent) if not each.workers & self.staff.fit]
            before = [each.under_way for each in again]
            for sent in again:
                self._send(sent)
        # Dask's own thread answers that, and may have to pass on what is done first.
        for sent, lost in zip(again, before, strict=True):
            if lost and lost is not sent.under_way:
                lost.cancel()

    def _pass_on(self, sent: _Sent, done: Future[Any]) -> None:
        """Tell who waits for a task what came of it, unless it was sent to others meanwhile."""
        if done is not sent.under_way:
            return
        if done.cancelled():
            sent.awaited.cancel()
        elif sent.awaited.set_running_or_notify_cancel():
            if error := done.exception():
                sent.awaited.set_exception(error)
            else:
                sent.awaited.set_result(done.result())

    def _forget(self, sent: _Sent) -> None:
        self._sent.discard(sent)
        if sent.under_way and sent.awaited.cancelled():
            sent.under_way.cancel()


def _connected(address: str) -> Any:  # noqa: ANN401 - Dask has no types
    """Return a client of the scheduler at `address`. Raises `ClusterError`."""
    try:
        from dask import config
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise ClusterError(f"--cluster needs Dask: {EXTRA}") from error
    if address.startswith("tls:") and not config.get("distributed.comm.tls.ca-file", None):
        raise ClusterError(
            f"{address} needs certificates: name them in Dask's configuration, under "
            "distributed.comm.tls"
        )
    # What must be equal is compared, and what is lost is told, by who uses it.
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"no scheduler answers at {address}: start one with `dask scheduler`"
        ) from error


_one_at_a_time = Lock()
"""Engines need not bear several threads."""


def _done(work: bytes) -> Any:  # noqa: ANN401 - whatever was asked for
    """Do what the employer sent."""
    with _one_at_a_time:
        fn, args, kwargs = pickle.loads(work)  # noqa: S301 - from the employer
        return fn(*args, **kwargs)
