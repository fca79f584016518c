"""The clip store: what was put is got, and half a clip is no clip."""

from __future__ import annotations

import os
import time
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.audio.clips import Store, samples
from narrate.engines import create
from narrate.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "clips")


SPEECH = create("tone").speak("سلام دنیا")


def test_a_clip_that_was_put_is_got_again(store: Store) -> None:
    put = store.put("ab12", SPEECH)

    assert store.get("ab12") == put
    assert put.length == samples(put).size > 0


def test_there_is_nothing_under_an_unknown_key(store: Store) -> None:
    assert store.get("ab12") is None


def test_the_key_covers_the_voice_and_the_text() -> None:
    keys = {Store.key(voice, text) for voice in ("a", "b") for text in ("a", "b", "")}

    assert len(keys) == 6


def test_a_clip_is_a_wav_file_that_others_open(store: Store) -> None:
    clip = store.put("ab12", SPEECH)

    with wave.open(str(clip.path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert (file.getframerate(), file.getnframes()) == (clip.rate, clip.length)
        data = np.frombuffer(file.readframes(clip.length), "<i2")
    assert (data == samples(clip)).all()


@given(st.integers(0, 10_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_clip_cut_short_anywhere_is_no_clip(store: Store, size: int) -> None:
    clip = store.put("ab12", SPEECH)
    data = clip.path.read_bytes()
    clip.path.write_bytes(data[: size % len(data)])

    assert store.get("ab12") is None


@given(st.integers(0, 100_000), st.integers(1, 255))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_changed_byte_anywhere_makes_it_no_clip(store: Store, at: int, flip: int) -> None:
    clip = store.put("ab12", SPEECH)
    data = bytearray(clip.path.read_bytes())
    data[at % len(data)] ^= flip
    clip.path.write_bytes(data)

    assert store.get("ab12") is None
    with pytest.raises(OutputError, match="damaged"):
        samples(clip)


def test_a_damaged_clip_is_named_in_the_log(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    clip = store.put("ab12", SPEECH)
    clip.path.write_bytes(clip.path.read_bytes()[:-1])

    assert store.get("ab12") is None
    assert f"{clip.path} is damaged (cut short): the sentence is spoken anew" in caplog.text


def test_a_clip_that_is_used_counts_as_used_now(store: Store) -> None:
    clip = store.put("ab12", SPEECH)
    os.utime(clip.path, (1, 1))

    store.get("ab12")

    assert time.time() - clip.path.stat().st_mtime < 60


def test_no_other_file_stays_behind(store: Store) -> None:
    store.put("ab12", SPEECH)
    store.put("ab34", SPEECH)

    files = sorted(path.name for path in store.folder.rglob("*") if path.is_file())
    assert files == ["ab12.wav", "ab34.wav"]


def test_a_store_that_cannot_be_made_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(OutputError, match="--store"):
        Store(tmp_path / "file" / "clips")


def test_a_clip_of_somebody_else_is_good_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = store.put("ab12", SPEECH)
    os.utime(clip.path, (1, 1))

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.utime", refuse)

    assert store.get("ab12") == clip
