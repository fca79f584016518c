"""Workers on other machines: the same bytes, nothing twice, and who is not fit says so."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from threading import Event
from typing import TYPE_CHECKING

import pytest

from narrate import pipeline
from narrate.batching import Press, Unread
from narrate.crew import Cluster
from narrate.crew.staff import Staff
from narrate.engines.piper import Piper
from narrate.engines.tone import Tone
from narrate.errors import ClusterError, UsageError
from narrate.journal import digest, keeping
from narrate.model import Book, Chapter, Paragraph
from narrate.options import cluster as address_of
from narrate.pipeline import Job
from narrate.speaking import Cast
from narrate.terminal import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")

COUNTED = """
import os, time
from dataclasses import dataclass, field
from narrate.engines.engine import SILENT
from narrate.engines.tone import Tone
from narrate.errors import EngineError

@dataclass(frozen=True)
class Counted(Tone):
    book: str = field(default="", metadata=SILENT)

    def check(self):
        if "MUTE" in os.environ:
            raise EngineError("the voice is not installed")

    def speak(self, text):
        with open(self.book, "a") as book:
            book.write(f"{os.getpid()} {text}\\n")
        time.sleep(0.01)
        return super().speak(text)


@dataclass(frozen=True)
class Served(Counted):
    at_once = 2
"""


@dataclass(frozen=True)
class Office:
    """A scheduler, and the processes of its workers."""

    address: str
    folder: Path
    stack: ExitStack
    processes: list[subprocess.Popen[bytes]]
    """The scheduler first."""

    @property
    def scheduler(self) -> subprocess.Popen[bytes]:
        return self.processes[0]

    @property
    def workers(self) -> list[subprocess.Popen[bytes]]:
        return self.processes[1:]

    def start(self, module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        env = os.environ | {"PYTHONPATH": str(self.folder)} | environment
        process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL)
        self.stack.enter_context(process)
        self.stack.callback(process.kill)
        self.processes.append(process)
        return process

    def hire(self, **environment: str) -> subprocess.Popen[bytes]:
        """Start one more worker."""
        own = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory"]
        place = str(self.folder / f"w{len(self.workers)}")
        return self.start("dask_worker", self.address, *own, place, **environment)


@contextmanager
def office(folder: Path, workers: int, **environment: str) -> Iterator[Office]:
    """Start a scheduler and workers on this machine, which can import `counted`."""
    (folder / "counted.py").write_text(COUNTED, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with ExitStack() as stack:
        there = Office(address, folder, stack, [])
        there.start("dask_scheduler", "--host", address, "--no-dashboard")
        for _ in range(workers):
            there.hire(**environment)
        yield there


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    (tmp_path / "counted.py").write_text(COUNTED, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "counted", raising=False)
    import counted  # type: ignore[import-not-found]

    return Cast(counted.Counted(book=str(tmp_path / "spoken")))


def book_of(title: str, sentences: int) -> Book:
    paragraphs = tuple(
        Paragraph(f"c1p{n}", f"جمله‌ی شماره {n} از {title} است.") for n in range(sentences)
    )
    return Book(title, (Chapter("c1", title, paragraphs),))


BOOKS = [book_of(title, 40) for title in ("یک", "دو", "سه")]
SHORT = book_of("چهار", 10)


def wait_for(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def build_all(cast: Cast, job: Job) -> list[bytes]:
    with pipeline.workshop(job) as shop:
        plans = [pipeline.plan(book, cast, job, shop) for book in BOOKS]
        made = [pipeline.make(plan, cast, job, shop, lambda _: None) for plan in plans]
    return [result.path.read_bytes() for results in made for result in results]


@pytest.mark.parametrize("remote", [False, True], ids=["shared folder", "address"])
def test_a_worker_that_is_killed_costs_no_byte_and_no_clip(
    tmp_path: Path, counted: Cast, *, remote: bool
) -> None:
    local = build_all(Cast(Tone()), Job(tmp_path / "local", tmp_path / "own", jobs=1))
    far = Job(tmp_path / "far", tmp_path / "store")
    if remote:
        far = replace(far, remote=f"file://{tmp_path}/remote")
    spoken = tmp_path / "spoken"
    with office(tmp_path, 2) as there:
        killed = there.workers[0]

        def kill() -> None:
            while not spoken.exists() or spoken.read_text().count(f"{killed.pid} ") < 10:
                time.sleep(0.002)
            killed.send_signal(signal.SIGKILL)

        with ThreadPoolExecutor(1) as pool:
            done = pool.submit(kill)
            made = build_all(counted, replace(far, cluster=there.address))
            done.result()

    assert made == local
    lines = [line.split(" ", 1) for line in spoken.read_text(encoding="utf-8").splitlines()]
    again = {text for text, times in Counter(text for _, text in lines).items() if times > 1}
    # What it was saying at that moment was not complete.
    assert len(again) <= 1
    assert all((str(killed.pid), text) in map(tuple, lines) for text in again)
    assert {pid for pid, _ in lines} == {str(each.pid) for each in there.workers}


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"MUTE": "1"}, "the voice is not installed"),
        ({"PYTHONPATH": ""}, "it lacks counted: install it there, as here"),
    ],
)
def test_a_worker_without_the_voice_or_its_engine_says_so_before_anybody_speaks(
    tmp_path: Path, counted: Cast, environment: dict[str, str], told: str
) -> None:
    job = Job(tmp_path / "far", tmp_path / "store")
    with (
        office(tmp_path, 1, **environment) as there,
        pytest.raises(ClusterError, match=rf"worker tcp://.* {told}"),
    ):
        build_all(counted, replace(job, cluster=there.address))

    assert not (tmp_path / "spoken").exists()


def test_a_worker_that_is_not_fit_is_told_of_and_gets_no_work(
    tmp_path: Path, counted: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    with office(tmp_path, 1) as there:
        mute = there.hire(MUTE="1")
        with Cluster(there.address) as crew:
            wait_for(lambda: len(crew.staff.there()) == 2)
        build_all(counted, Job(tmp_path / "far", tmp_path / "store", cluster=there.address))

    assert caplog.text.count("cannot do the work: the voice is not installed") == 1
    assert f"{mute.pid} " not in (tmp_path / "spoken").read_text(encoding="utf-8")


def test_who_comes_later_is_asked_first_and_goes_on_when_all_others_are_lost(
    tmp_path: Path,
    counted: Cast,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("narrate.crew.staff._LOOKS", 0.2)
    job, spoken = Job(tmp_path / "far", tmp_path / "store"), tmp_path / "spoken"
    with office(tmp_path, 1) as there, ThreadPoolExecutor(1) as pool:
        made = pool.submit(build_all, counted, replace(job, cluster=there.address))
        wait_for(lambda: spoken.exists() and spoken.read_text().count("\n") > 20)
        there.workers[0].kill()
        wait_for(lambda: "waiting for a fit worker: start some with" in caplog.text)
        there.hire(MUTE="1")
        wait_for(lambda: "cannot do the work: the voice is not installed" in caplog.text)
        assert not made.done()
        there.hire()
        last = made.result()

    assert last == build_all(Cast(Tone()), Job(tmp_path / "local", tmp_path / "own", jobs=1))
    assert {line.split()[0] for line in spoken.read_text(encoding="utf-8").splitlines()} == {
        str(there.workers[0].pid),
        str(there.workers[2].pid),
    }


def test_many_quick_tasks_outlive_their_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.crew.staff._LOOKS", 0.2)
    with office(tmp_path, 1) as there, Cluster(there.address) as crew:
        tasks = [crew.submit(time.sleep, 0.02) for _ in range(150)]
        tasks[5].result(timeout=60)
        there.workers[0].kill()
        wait_for(lambda: not crew.staff.fit)
        there.hire()
        for task in tasks:
            task.result(timeout=60)


class Slow:
    """A client of two workers, of which the second answers late, as often as it is told."""

    def __init__(self, late: int) -> None:
        self.late, self.asked = late, 0

    def nthreads(self) -> dict[str, int]:
        return {"a": 1, "b": 1}

    def run(
        self, work: Callable[..., str], *arguments: object, workers: list[str], **_: object
    ) -> dict[str, str]:
        if workers == ["b"] and self.asked < self.late:
            self.asked += 1
            time.sleep(1)
        return {workers[0]: work(*arguments)}


def test_a_worker_that_answers_late_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("narrate.crew.staff._LOOKS", 0.1)
    monkeypatch.setattr("narrate.crew.staff._ANSWERS", 0.2)
    staff, left = Staff(Slow(late=2), "tcp://a:1", lambda: None), Event()
    staff.check(str)
    assert staff.fit == {"a"}
    with ThreadPoolExecutor(1) as pool:
        pool.submit(staff.watch, left)
        wait_for(lambda: staff.fit == {"a", "b"})
        left.set()


def test_a_worker_that_does_not_answer_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office(tmp_path, 2) as there:
        with Cluster(there.address) as crew:
            wait_for(lambda: len(crew.staff.there()) == 2)
        monkeypatch.setattr("narrate.crew.staff._ANSWERS", 2.0)
        there.workers[0].send_signal(signal.SIGSTOP)
        with Cluster(there.address) as crew:
            assert crew.submit(os.getpid).result() == there.workers[1].pid


def test_a_scheduler_that_is_lost_is_an_error_that_says_what_to_do(
    tmp_path: Path, counted: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.crew.staff._LOOKS", 0.2)
    books = [Unread(each.title, lambda each=each: each, 1) for each in BOOKS]  # type: ignore[misc]
    spoken = tmp_path / "spoken"

    def work() -> None:
        with office(tmp_path, 1) as there:
            job = Job(tmp_path / "far", tmp_path / "store", cluster=there.address)
            with pipeline.workshop(job) as shop, ThreadPoolExecutor(1) as pool:
                press = Press(counted, job, shop, partial(progress, quiet=True))
                made = pool.submit(lambda: list(press.each(books)))
                wait_for(lambda: spoken.exists() and spoken.read_text().count("\n") > 20)
                there.scheduler.kill()
                made.result()

    with pytest.raises(ClusterError, match=r"scheduler at tcp://.* was lost.* run again"):
        work()


def test_short_books_are_made_side_by_side_as_one_by_one(tmp_path: Path, counted: Cast) -> None:
    books = [book_of(f"کتاب {'آبپت'[n]}", 20) for n in range(4)]
    unread = [Unread(each.title, lambda each=each: each, 1) for each in books]  # type: ignore[misc]
    alone = Job(tmp_path / "alone", tmp_path / "own", jobs=1)
    with office(tmp_path, 2) as there:
        job = Job(tmp_path / "far", tmp_path / "store", cluster=there.address)
        with pipeline.workshop(job) as shop:
            outcomes = list(Press(counted, job, shop, partial(progress, quiet=True)).each(unread))

    lines = (tmp_path / "spoken").read_text(encoding="utf-8").splitlines()
    turns = groupby(next(book.title for book in books if book.title in line) for line in lines)
    assert len(list(turns)) > len(books)
    for book, outcome in zip(books, outcomes, strict=True):
        results = pipeline.build(book, Tone(), alone)
        assert [each.path.read_bytes() for each in outcome.results] == [
            each.path.read_bytes() for each in results
        ]


def test_a_natural_voice_speaks_on_the_workers(tmp_path: Path, voice: str) -> None:
    piper = Piper(str(tmp_path / "voices" / f"{voice}.onnx"))
    local = pipeline.build(SHORT, piper, Job(tmp_path / "local", tmp_path / "own"))
    with office(tmp_path, 2) as there, keeping(tmp_path / "log"):
        job = Job(tmp_path / "far", tmp_path / "store", cluster=there.address)
        far = pipeline.build(SHORT, piper, job)

    assert [each.path.read_bytes() for each in far] == [each.path.read_bytes() for each in local]
    workers = {each.rpartition(":")[2] for each in digest(tmp_path / "log").workers}
    assert workers
    assert workers <= {str(each.pid) for each in there.workers}


@pytest.mark.usefixtures("counted")
def test_a_service_is_asked_by_the_machine_that_builds(tmp_path: Path) -> None:
    served = Cast(sys.modules["counted"].Served(book=str(tmp_path / "spoken")))
    with office(tmp_path, 1, MUTE="1") as there:
        job = Job(tmp_path / "far", tmp_path / "store", cluster=there.address)
        pipeline.build(SHORT, served, job)

    lines = (tmp_path / "spoken").read_text(encoding="utf-8").splitlines()
    assert {line.split()[0] for line in lines} == {str(os.getpid())}


def test_a_scheduler_behind_tls_needs_certificates() -> None:
    with pytest.raises(ClusterError, match=r"certificates: .* distributed\.comm\.tls"):
        Cluster("tls://127.0.0.1:1")


def test_nobody_there_is_an_error_that_says_what_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.crew.cluster.PATIENCE", 2.0)
    monkeypatch.setattr("narrate.crew.staff.PATIENCE", 2.0)
    with pytest.raises(ClusterError, match="start one with `dask scheduler`"):
        Cluster("tcp://127.0.0.1:1")
    with office(tmp_path, 0) as there, pytest.raises(ClusterError, match="`dask worker tcp://"):
        Cluster(there.address)


@pytest.mark.parametrize("wrong", ["nonsense", "http://a:1", "tcp://a", "a b:1"])
def test_what_is_no_address_is_told_at_once(wrong: str) -> None:
    with pytest.raises(UsageError, match="tcp://HOST:8786"):
        address_of(wrong)


def test_an_address_may_lack_its_protocol() -> None:
    assert address_of("studio.local:8786") == "tcp://studio.local:8786"
    assert address_of("") == ""
