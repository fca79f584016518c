"""Builds books of given hours with the engine `tone` and prints time and peak memory of each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

# What a letter and a space of `tone` last, and the rests between sentences, in hours.
_LETTERS_AN_HOUR = 58_000
_SENTENCE = "در روز {n} باران بارید و رودخانه‌ی کنار آبادی از نو پر شد."


@dataclass(frozen=True)
class Run:
    """One build, as the operating system accounts for it."""

    hours: float
    wall: float
    cpu: float
    peak: int
    """Mebibytes."""


def main() -> None:
    """Measure a build for each number of hours on the command line."""
    hours = [float(word) for word in sys.argv[1:]] or [1.0, 10.0]
    print(f"{'sound':>8} {'wall':>8} {'CPU':>8} {'peak memory':>12}")
    for each in hours:
        run = measured(each)
        print(f"{run.hours:6.2f} h {run.wall:6.1f} s {run.cpu:6.1f} s {run.peak:8} MiB", flush=True)


def measured(hours: float) -> Run:
    """Build a book of about `hours`, in a process of its own with an empty store."""
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "book.txt")
        text.write_text(book(hours), encoding="utf-8")
        command = [sys.executable, "-m", "narrate", "build", str(text), "--voice", "tone"]
        command += ["--output", folder, "--store", f"{folder}/store", "--json", "--quiet"]
        begun = time.monotonic()
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            made = process.stdout.read() if process.stdout else ""
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            sys.exit(process.returncode)
        seconds = max(each["seconds"] for each in json.loads(made))
        cpu = usage.ru_utime + usage.ru_stime
        return Run(seconds / 3600, time.monotonic() - begun, cpu, usage.ru_maxrss // 1024)


def book(hours: float) -> str:
    """Return a text with a chapter for every 15 minutes, in which no two sentences are alike."""
    lines, letters = ["کتاب سنجش", ""], 0
    for number in range(1, 10**9):
        if letters >= hours * _LETTERS_AN_HOUR:
            break
        if number % 210 == 1:
            lines += ["", f"فصل {number // 210 + 1}", ""]
        lines.append(_SENTENCE.format(n=number))
        letters += len(lines[-1])
    return "\n".join(lines)


main()
