"""Whatever breaks, and whenever: a finished file is the old one or the new one, and whole; one
line says what happened; and the same command goes on.

Each fault is real: strace lets system calls fail or take long, limits are the kernel's, signals
come from outside, and libfaketime moves the clock while the program runs.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RENAMES = "?rename,?renameat,?renameat2"
LONG = 60_000_000
"""Microseconds that a system call is held up, unless it is let go on."""
STILL = 50
"""Looks, 10 ms apart, at a program that stays where it is, until it is held up."""
STAGES = ("clip", "join", "publish")
MORE = "و کمی درازتر از آن یکی است که پیش از این خواندیم"
GO_ON = "run the same command to go on"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))


@dataclass(frozen=True)
class Case:
    """A book that was made once and was edited since, and the command that makes it anew."""

    folder: Path
    old: bytes
    new: bytes
    largest: int
    """Bytes of the largest file of the new one in the store."""
    calls: int
    """Files that get their names while it is made anew: the book is the last."""
    pack: Path
    """Encoded clips that only the new book has, seen from the folder."""

    @property
    def book(self) -> Path:
        return self.folder / "output" / "کتاب.mp3"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def run(self, *before: str, **options: object) -> Ended:
        """Make the book anew, behind the program `before`."""
        with self.started(*before, **options) as running:
            return running.ended()

    @contextmanager
    def started(self, *before: str, **options: object) -> Iterator[Running]:
        command = [*before, *build(self.folder, "new")]
        with subprocess.Popen(  # type: ignore[call-overload]
            command, stderr=subprocess.PIPE, text=True, **options
        ) as process:
            try:
                yield Running(process, self.log)
            finally:
                process.kill()

    def held_up(self, stage: str) -> list[str]:
        """Return the program that holds the build up in `stage`."""
        delay = f"delay_enter={LONG}"
        if stage == "join":
            return strace(f"openat:{delay}:when=1", "-P", str(self.folder / self.pack))
        return strace(f"{RENAMES}:{delay}:when={self.number(stage)}")

    def number(self, stage: str) -> int:
        """Return the number of the file that gets its name in `stage`."""
        return 5 if stage == "clip" else self.calls

    def assert_whole(self) -> None:
        """Nothing but the old book, or the new one."""
        assert [each for each in self.book.parent.iterdir() if each.suffix != ".part"] == [
            self.book
        ]
        assert self.book.read_bytes() in (self.old, self.new)

    def assert_goes_on(self) -> None:
        """The same command makes the new book, and no clip that is there again."""
        self.assert_whole()
        before = self.clips()
        again = self.run()
        assert (again.code, again.lines) == (0, [])
        assert self.book.read_bytes() == self.new
        assert before.items() <= self.clips().items()

    def clips(self) -> dict[Path, int]:
        """Return what tells a clip from another that was made in its place."""
        return {path: path.stat().st_ino for path in self.folder.glob("store/*/*.wav")}


@dataclass(frozen=True)
class Ended:
    code: int
    lines: list[str]
    """What it said."""

    def assert_failed(self, code: int, told: str) -> None:
        assert self.code == code
        assert len(self.lines) == 1
        assert told in self.lines[0]


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    log: Path

    def reach(self, stage: str) -> None:
        """Wait until the build is held up in `stage`."""
        event = "clip" if stage == "clip" else "writing"
        while f'"{event}"' not in (self.log.read_text("utf-8") if self.log.exists() else ""):
            assert self.process.poll() is None
            time.sleep(0.01)
        looks = 0
        while looks < STILL:
            assert self.process.poll() is None
            looks = looks + 1 if self.told("stat").rpartition(")")[2].split()[0] == "t" else 0
            time.sleep(0.01)

    def go_on(self) -> Ended:
        """Let the build that is held up go on: who traces it leaves."""
        tracer = re.search(r"^TracerPid:\s*(\d+)$", self.told("status"), re.MULTILINE)
        assert tracer
        os.kill(int(tracer[1]), signal.SIGKILL)
        return self.ended()

    def told(self, name: str) -> str:
        """Return what the kernel tells of the program."""
        return Path(f"/proc/{self.process.pid}/{name}").read_text("utf-8", "replace")

    def ended(self) -> Ended:
        _, told = self.process.communicate(timeout=60)
        assert "Traceback" not in told
        return Ended(self.process.returncode, [*filter(_is_own, told.splitlines())])


def _is_own(line: str) -> bool:
    return bool(line) and not line.startswith("strace: ")


def build(folder: Path, edition: str) -> list[str]:
    options = {
        "-o": folder / "output",
        "--store": folder / "store",
        "--log": folder / "log",
        "-f": "mp3",
        "--voice": "tone",
        "-j": 1,
    }
    told = [str(part) for option in options.items() for part in option]
    return [
        sys.executable,
        "-m",
        "narrate",
        "build",
        "-q",
        str(folder / edition / "کتاب.txt"),
        *told,
    ]


def strace(inject: str, *more: str) -> list[str]:
    # The program is the child that is waited for and gets the signals, not what watches it.
    name = inject.partition(":")[0]
    return [
        "strace",
        "-D",
        "-o",
        os.devnull,
        *more,
        "-e",
        f"trace={name}",
        "-e",
        f"inject={inject}",
    ]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("whole")
    for edition, own in (("old", range(40)), ("new", (*range(20), *range(100, 140)))):
        path = folder / edition / "کتاب.txt"
        path.parent.mkdir()
        path.write_text("\n\n".join(f"این جمله‌ی شماره‌ی {n} است {MORE}." for n in own), "utf-8")
    book = folder / "output" / "کتاب.mp3"
    subprocess.run(build(folder, "old"), check=True)
    packs, old = set(folder.glob("store/*/*.pack")), book.read_bytes()
    (folder / "log").unlink()
    kept = shutil.copytree(folder, tmp_path_factory.mktemp("kept"), dirs_exist_ok=True)
    counted = ["strace", "-o", str(folder / "calls"), "-e", f"trace={RENAMES}"]
    subprocess.run([*counted, *build(folder, "new")], check=True)
    calls = sum("rename" in line for line in (folder / "calls").read_text().splitlines())
    pack = min({*folder.glob("store/*/*.pack")} - packs)
    largest = max(path.stat().st_size for path in folder.rglob("store/**/*"))
    return Case(kept, old, book.read_bytes(), largest, calls, pack.relative_to(folder))


@pytest.fixture
def case(whole: Case, tmp_path: Path) -> Case:
    folder = shutil.copytree(whole.folder, tmp_path / "case")
    return replace(whole, folder=folder)


def failing(error: str, case: Case, stage: str) -> list[str]:
    return strace(f"{RENAMES}:error={error}:when={case.number(stage)}")


def mortal() -> None:
    """Let even root write only where it may: the next exec takes the rest."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_disk_that_is_full(case: Case, stage: str) -> None:
    if stage == "publish":
        ended = case.run(*failing("ENOSPC", case, stage))
        ended.assert_failed(5, "کتاب.mp3 cannot be written: No space left on device")
    else:
        most = case.largest if stage == "join" else 10_000
        assert most < len(case.new)
        ended = case.run(preexec_fn=limited(most))
        ended.assert_failed(5, "cannot be written: File too large")
        assert ("store prune" if stage == "clip" else "کتاب.mp3") in ended.lines[0]
    assert case.book.read_bytes() == case.old
    case.assert_goes_on()


def test_a_folder_that_becomes_read_only(case: Case, stage: str) -> None:
    output = case.book.parent
    told = "cannot be written: Permission denied"
    if stage == "clip":
        output.chmod(0o555)
        ended = case.run(preexec_fn=mortal)
        told = "nothing can be written in"
    else:
        before = "clip" if stage == "join" else "publish"
        with case.started(*case.held_up(before), preexec_fn=mortal) as running:
            running.reach(before)
            output.chmod(0o555)
            ended = running.go_on()
    ended.assert_failed(5, told)
    assert case.book.read_bytes() == case.old
    output.chmod(0o755)
    case.assert_goes_on()


def test_a_disk_that_fails(case: Case, stage: str) -> None:
    if stage == "join":
        # The disk is asked to fetch it first, and that may fail in silence.
        lost = strace("openat:error=EIO:when=2", "-P", str(case.folder / case.pack))
        ended = case.run(*lost)
        ended.assert_failed(0, "(Input/output error)")
        assert case.book.read_bytes() == case.new
    else:
        case.run(*failing("EIO", case, stage)).assert_failed(5, "Input/output error")
        assert case.book.read_bytes() == case.old
    case.assert_goes_on()


def test_a_disk_that_is_slow(case: Case, stage: str) -> None:
    calls = "openat" if stage == "join" else RENAMES
    when = f":when={case.calls}" if stage == "publish" else ""
    which = ["-P", str(case.folder / case.pack)] if stage == "join" else []
    told = case.folder / "calls"
    slow = strace(f"{calls}:delay_enter=100000{when}", *which)
    slow[slow.index(os.devnull)] = str(told)
    ended = case.run(*slow)

    assert (ended.code, ended.lines) == (0, [])
    assert "(DELAYED)" in told.read_text()
    assert case.book.read_bytes() == case.new
    case.assert_goes_on()


@pytest.mark.parametrize("jump", ["+3650d", "-3650d"])
def test_a_clock_that_jumps(case: Case, stage: str, jump: str) -> None:
    clock = case.folder / "clock"
    clock.write_text("+0d")
    told = {
        "LD_PRELOAD": FAKETIME[0],
        "FAKETIME_TIMESTAMP_FILE": clock,
        "FAKETIME_NO_CACHE": 1,
        "FAKETIME_DONT_FAKE_MONOTONIC": 1,
        "NO_FAKE_STAT": 1,
    }
    settings = [part for name, value in told.items() for part in ("-E", f"{name}={value}")]
    held_up, *rest = case.held_up(stage)
    with case.started(held_up, *settings, *rest) as running:
        running.reach(stage)
        clock.write_text(jump)
        ended = running.go_on()

    assert (ended.code, ended.lines) == (0, [])
    times = [json.loads(line)["time"] for line in case.log.read_text("utf-8").splitlines()]
    assert abs(int(times[-1][:4]) - int(times[0][:4])) in (9, 10, 11)
    assert case.book.read_bytes() == case.new
    case.assert_goes_on()


def test_two_builds_at_once(case: Case, stage: str) -> None:
    with case.started(*case.held_up(stage)) as running:
        running.reach(stage)
        other = case.run()
        assert case.book.read_bytes() == case.new
        assert running.process.poll() is None
        ended = running.go_on()

    assert (ended.code, ended.lines, other.code, other.lines) == (0, [], 0, [])
    assert case.book.read_bytes() == case.new
    case.assert_goes_on()


def test_an_interruption(case: Case, stage: str) -> None:
    with case.started(*case.held_up(stage)) as running:
        running.reach(stage)
        running.process.send_signal(signal.SIGINT)
        ended = running.go_on()

    assert ended.code == 130
    assert GO_ON in ended.lines[-1]
    assert list(case.folder.rglob(".*.part")) == []
    case.assert_goes_on()


def test_two_interruptions(case: Case, stage: str) -> None:
    with case.started(*case.held_up(stage)) as running:
        running.reach(stage)
        # Two of one kind would become one while the program cannot take them.
        running.process.send_signal(signal.SIGINT)
        running.process.send_signal(signal.SIGTERM)
        ended = running.go_on()

    assert ended.code == 130
    assert GO_ON in ended.lines[-1]
    case.assert_goes_on()


def test_a_second_interruption_waits_for_no_worker(case: Case) -> None:
    text = case.folder / "new" / "کتاب.txt"
    short = text.read_bytes()
    text.write_text("\n".join(f"جمله‌ی {n} از بسیار." for n in range(3000)), "utf-8")
    before, command = len(case.clips()), [*build(case.folder, "new"), "-j", "2"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            while len(list(case.folder.glob("store/*/*.wav"))) < before + 100:
                assert process.poll() is None
                time.sleep(0.01)
            for worker in workers_of(process.pid):
                os.kill(worker, signal.SIGSTOP)
            process.send_signal(signal.SIGINT)
            time.sleep(2)
            assert process.poll() is None
            begun = time.monotonic()
            process.send_signal(signal.SIGINT)
            ended = Running(process, case.log).ended()
            assert time.monotonic() - begun < 2
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

    assert ended.code == 130
    assert "Ctrl-C again stops now" in ended.lines[0]
    assert GO_ON in ended.lines[-1]
    text.write_bytes(short)
    case.assert_goes_on()


def workers_of(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    found = [
        int(child)
        for child in children
        if b"popen_loky" in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return found if len(found) > 1 else []


def test_a_kill(case: Case, stage: str) -> None:
    with case.started(*case.held_up(stage)) as running:
        running.reach(stage)
        running.process.kill()
        assert running.ended() == Ended(-signal.SIGKILL, [])

    case.assert_whole()
    left = list(case.book.parent.glob(".*.part"))
    assert len(left) == (stage != "clip")
    for path in left:
        os.utime(path, (0, 0))
    case.assert_goes_on()
    assert not any(path.exists() for path in left)


def test_a_kill_while_a_folder_takes_the_place_of_another(case: Case) -> None:
    output, fresh = case.folder / "pages", case.folder / "fresh"
    old, new = made(case, "old", output), made(case, "new", output)
    made(case, "old", fresh)

    def as_before() -> None:
        shutil.rmtree(output)
        shutil.copytree(fresh, output)

    as_before()
    made(case, "new", output, "strace", "-o", str(case.folder / "calls"), "-e", f"trace={RENAMES}")
    calls = sum("rename" in line for line in (case.folder / "calls").read_text().splitlines())
    assert calls
    for number in range(1, calls + 1):
        as_before()
        killer = strace(f"{RENAMES}:signal=SIGKILL:when={number}")
        with pytest.raises(subprocess.CalledProcessError):
            made(case, "new", output, *killer)
        assert contents(output) in (old, new)
        assert made(case, "new", output) == new


def made(case: Case, edition: str, output: Path, *before: str) -> dict[str, bytes]:
    """Make a book that is a folder, behind the program `before`, and return what is in it."""
    command = [*before, *build(case.folder, edition), "-f", "daisy", "-o", str(output)]
    command.remove("mp3")
    command.remove("-f")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return contents(output)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the finished files in a folder."""
    files = [path for path in folder.glob("[!.]*/**/*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
