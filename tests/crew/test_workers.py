"""Workers: processes for much work, none for little, and none that stays behind."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.crew import Here, Workers, is_dropped
from narrate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

MUCH = 10**6


def crash() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_much_work_goes_to_other_processes() -> None:
    with Workers(2) as crew:
        crew.expect(MUCH)
        found = {crew.submit(os.getpid).result() for _ in range(4)}

    assert os.getpid() not in found


@pytest.mark.parametrize(("jobs", "letters"), [(1, MUCH), (4, 100), (None, 100)])
def test_little_work_or_one_job_stays_in_this_process(jobs: int | None, letters: int) -> None:
    with Workers(jobs) as crew:
        crew.expect(letters)
        assert crew.submit(os.getpid).result() == os.getpid()


def test_what_goes_wrong_here_is_raised_by_the_result() -> None:
    future = Here().submit(int, "x")

    with pytest.raises(ValueError, match="invalid literal"):
        future.result()


def test_a_worker_that_dies_is_an_error_that_says_what_to_do() -> None:
    def work() -> None:
        with Workers(2) as crew, crew.shift():
            crew.expect(MUCH)
            crew.submit(crash).result()

    with pytest.raises(OutputError, match=r"worker process was killed.* lower --jobs"):
        work()


def test_what_was_not_begun_is_dropped_when_the_block_ends() -> None:
    begun = time.monotonic()

    with Workers(2) as crew:
        crew.expect(MUCH)
        tasks = [crew.submit(time.sleep, 0.2) for _ in range(200)]

    assert time.monotonic() - begun < 15
    assert sum(task.cancelled() for task in tasks) > 150


def long_work(steps: int) -> None:
    for _ in range(steps):
        if is_dropped():
            return
        time.sleep(0.1)


def test_workers_are_told_when_nobody_waits_any_more() -> None:
    begun = time.monotonic()
    with Workers(2) as crew:
        crew.expect(MUCH)
        for _ in range(20):
            crew.submit(long_work, 300)
        time.sleep(1)

    assert time.monotonic() - begun < 15
    assert not is_dropped()


class OddError(Exception):
    """Cannot travel: it is made of two things, and tells one."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail_oddly() -> None:
    raise OddError("no ", "luck")


def test_an_error_that_cannot_travel_is_not_taken_for_a_killed_worker() -> None:
    with pytest.raises(BrokenExecutor), Workers(2) as crew:  # noqa: PT012
        crew.expect(MUCH)
        crew.submit(fail_oddly).result()


def test_workers_say_nothing_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with Workers(2) as crew:
        crew.expect(MUCH)
        crew.submit(logging.getLogger("narrate").warning, "a clip is damaged").result()

    assert capfd.readouterr().err == ""


def doubled(numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


@pytest.mark.parametrize("letters", [0, MUCH])
def test_each_item_comes_back_in_order(letters: int) -> None:
    with Workers(2) as crew:
        crew.expect(letters)

        assert list(crew.each(doubled, range(1000))) == doubled(range(1000))


PROGRAM = """
import os, time
from narrate.crew import Workers
with Workers(2) as crew:
    crew.expect(10**6)
    print(*{crew.submit(os.getpid).result() for _ in range(8)}, flush=True)
    time.sleep(60)
"""


def test_workers_leave_when_their_program_was_killed(tmp_path: Path) -> None:
    """And a program needs no guard around what it does: workers do not run it again."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    with subprocess.Popen([sys.executable, program], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        pids = [int(word) for word in running.stdout.readline().split()]
        running.kill()
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(map(is_running, pids)):
        time.sleep(0.1)

    assert pids
    assert not any(map(is_running, pids))


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
