"""What a person sees: a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from narrate import terminal
from narrate.model import Progress, Stage


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s"), (4500, "1 h 15 min")],
)
def test_lengths_are_said_as_people_say_them(seconds: float, text: str) -> None:
    assert terminal.duration(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0:00:00.000"), (59.9996, "0:01:00.000"), (3723.4567, "1:02:03.457")]
)
def test_positions_have_milliseconds(seconds: float, text: str) -> None:
    assert terminal.clock(seconds) == text


def test_lines_end_a_stage_and_tell_the_time_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 6.0, 7.0, 12.0])
    monkeypatch.setattr("narrate.terminal.time.monotonic", lambda: next(clock))

    with terminal.progress(quiet=False) as report:
        for done in (0, 50, 60, 100):
            report(Progress(Stage.RECORDING, done, 100))

    assert capsys.readouterr().err.splitlines() == [
        "recording: 50%, 6 s left",
        "recording: 100% in 12 s",
    ]


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals on Windows")
@pytest.mark.parametrize("plain", [False, True])
def test_a_terminal_shows_a_bar_without_colour_where_none_is_wanted(*, plain: bool) -> None:
    import pty

    code = (
        "from narrate.terminal import progress; from narrate.model import *;\n"
        "with progress(quiet=False) as report:\n"
        "    for done in range(101): report(Progress(Stage.RECORDING, done, 100))\n"
    )
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", **({"NO_COLOR": "1"} if plain else {})}
    subprocess.run([sys.executable, "-c", code], stderr=theirs, env=environment, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)

    assert "recording" in shown
    assert "100%" in shown
    assert ("\x1b[38;5;" in shown or "\x1b[3" in shown) is not plain
