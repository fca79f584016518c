"""Recording: the same bytes whoever works, gains that edits leave alone, nothing made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pytest

from narrate.audio.codecs import Codec
from narrate.engines import create
from narrate.engines.tone import Tone
from narrate.errors import EngineError
from narrate.model import Chapter, Paragraph, Progress, Speech, Stage
from narrate.notes import NAME
from narrate.pipeline import build
from narrate.speaking import Cast
from narrate.testing import tiny_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from narrate.audio.blocks import Sound
    from narrate.engines import Engine
    from narrate.finishing import Result
    from narrate.model import Book
    from narrate.pipeline import Job

WORDS = ("کشاورز", "نانوا", "پزشک", "آموزگار"), ("نامه", "کتاب", "میوه", "نان", "گل"), (
    "را خرید", "را دید", "را برد", "را گم کرد", "را فروخت", "را پیدا کرد",
)  # fmt: skip
LONG = [" ".join(words) + "." for words in product(*WORDS)]
"""Enough to be worth other processes."""


@dataclass(frozen=True)
class Quiet(Tone):
    """Beeps that are louder in a sentence with a certain word, and fail at another."""

    fails: ClassVar[str] = "خراب"

    def speak(self, text: str) -> Speech:
        if self.fails in text:
            raise EngineError("the line is dead")
        speech = super().speak(text)
        if "بلند" in text:
            return speech
        return replace(speech, pcm=(np.frombuffer(speech.pcm, np.int16) // 8).tobytes())


def book_of(sentences: Sequence[str]) -> Book:
    paragraphs = tuple(
        Paragraph(f"c0001p{place:05}", text) for place, text in enumerate(sentences, 1)
    )
    return replace(tiny_book(), title="آزمون", chapters=(Chapter("c0001", "یک", paragraphs),))


def data(results: Sequence[Result]) -> list[bytes]:
    return [each.path.read_bytes() for each in results]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the codec of whatever is encoded from now on."""
    encoded: list[str] = []
    encode = Codec.encode

    def counting(self: Codec, sound: Sound, rate: int) -> list[bytes]:
        encoded.append(self.name)
        return encode(self, sound, rate)

    monkeypatch.setattr(Codec, "encode", counting)
    return encoded


def gains(results: Sequence[Result]) -> list[float]:
    return list(results[0].audiobook.gains.values())


def test_one_worker_and_two_give_the_same_bytes(job: Job, tmp_path: Path) -> None:
    assert sum(map(len, LONG)) > 2_000
    made = [
        data(build(book_of(LONG), create("espeak"), replace(job, jobs=jobs, store=tmp_path / name)))
        for jobs, name in ((1, "one"), (2, "two"), (2, "again"))
    ]

    assert made[0] == made[1] == made[2]


def test_an_edit_changes_neither_the_gain_nor_other_clips(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = create("espeak")
    before = gains(build(book_of(LONG), engine, replace(job, jobs=1)))
    encoded = counted(monkeypatch)

    after = gains(build(book_of([*LONG[:-1], "این تازه است."]), engine, replace(job, jobs=1)))

    assert after == before
    assert sorted(encoded) == ["aac", "mp3"]


def test_a_format_that_is_added_encodes_itself_and_forgets_no_other(
    job: Job, tone: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tiny_book(), tone, replace(job, jobs=1, formats=("mp3",)))
    encoded = counted(monkeypatch)

    build(tiny_book(), tone, replace(job, jobs=1, formats=("m4b",)))

    assert {*encoded} == {"aac"}
    encoded.clear()

    build(tiny_book(), tone, replace(job, jobs=1))

    assert not encoded


def test_what_was_encoded_for_one_loudness_is_encoded_anew_for_another(
    job: Job, tone: Engine
) -> None:
    made = []
    for target in (-25.0, -19.0):
        results = build(book_of(["یک."]), tone, replace(job, loudness=target))
        made.append((gains(results)[0], data(results)))

    (soft, quiet), (loud, noisy) = made
    assert loud - soft == pytest.approx(6, abs=0.5)
    assert not {*quiet} & {*noisy}


def test_a_voice_that_comes_only_as_fallback_gets_a_gain_of_its_own(job: Job) -> None:
    cast = Cast(Quiet(), fallback=create("espeak"))

    (result, _) = build(book_of(["یک.", "دو خراب.", "سه."]), cast, job)

    cues = result.audiobook.timeline.cues
    assert len({cue.clip.voice for cue in cues}) == 2
    assert {cue.clip.voice for cue in cues} == result.audiobook.gains.keys()
    assert len(set(result.audiobook.gains.values())) == 2


def test_a_skipped_sentence_is_tried_again_in_the_next_build(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = Cast(Quiet(), on_error="skip")
    build(book_of(["یک.", "دو خراب.", "سه."]), cast, job)
    monkeypatch.setattr(Quiet, "fails", "هیچ")

    (result, _) = build(book_of(["یک.", "دو خراب.", "سه."]), cast, job)

    assert all(cue.clip.length for cue in result.audiobook.timeline.cues)


def test_what_was_left_out_of_a_specimen_says_nothing_of_how_loud_a_voice_is(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, cast = (
        book_of(["یک.", "سه.", "دو خراب و بلند، بسیار بلند."]),
        Cast(Quiet(), on_error="skip"),
    )
    (without,) = gains(build(book, cast, job))
    monkeypatch.setattr(Quiet, "fails", "هیچ")

    (healed,) = gains(build(book, cast, job))

    assert [healed] == gains(build(book, cast, replace(job, store=job.store / "fresh")))
    assert healed < without


def test_progress_counts_what_is_left_out(job: Job) -> None:
    told: list[Progress] = []

    build(book_of(["یک.", "دو خراب.", "سه."]), Cast(Quiet(), on_error="skip"), job, told.append)

    last = [each for each in told if each.stage is Stage.RECORDING][-1]
    assert last.done == last.total


@pytest.mark.parametrize("lost", ["*.wav", "*.pack", NAME])
def test_whatever_is_lost_of_the_store_is_made_again(job: Job, tone: Engine, lost: str) -> None:
    first = data(build(tiny_book(), tone, job))
    for path in job.store.rglob(lost):
        path.unlink()
    for path in job.folder.iterdir():
        path.unlink()

    assert data(build(tiny_book(), tone, job)) == first


def test_nothing_is_asked_of_an_engine_that_has_nothing_left_to_say(
    job: Job, tone: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tiny_book(), tone, job)

    def refuse(_: object) -> None:
        raise EngineError("no connection")

    monkeypatch.setattr(Tone, "check", refuse)

    assert build(tiny_book(), tone, job)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C in another way")
@pytest.mark.parametrize("after", [0.0, 1.5])
def test_ctrl_c_reaches_all_processes_and_only_one_answers(
    own_store: Path, tmp_path: Path, after: float
) -> None:
    text = tmp_path / "long.txt"
    text.write_text("\n".join(f"{each} {number}" for number in range(30) for each in LONG))
    command = [sys.executable, "-m", "narrate", "build", str(text), "--voice", "espeak:fa"]
    with subprocess.Popen(
        [*command, "-j", "2", "-o", str(tmp_path / "output")],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        while not list(own_store.rglob("*.wav")):
            time.sleep(0.01)
        time.sleep(after)
        os.killpg(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=30)

    assert running.returncode == 130
    assert "Traceback" not in told
    assert "what was spoken is kept" in told
    assert list(tmp_path.joinpath("output").iterdir()) == []
    deadline = time.monotonic() + 10
    while is_alive(running.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not is_alive(running.pid)


def is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
