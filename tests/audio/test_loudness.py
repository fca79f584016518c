"""Loudness: the meter agrees with the standard, the limiter keeps its ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.clips import Store
from narrate.audio.loudness import gain_for, levelled, measure
from narrate.model import Clip, Speech

if TYPE_CHECKING:
    from pathlib import Path

RATE = 48_000


def sine(decibels: float, seconds: float = 5, hertz: float = 997) -> np.ndarray:
    wave = np.sin(np.arange(int(RATE * seconds)) * 2 * np.pi * hertz / RATE)
    return (32767 * 10 ** (decibels / 20) * wave).astype(np.int16)


@pytest.mark.parametrize("decibels", [-20.0, -30.0])
def test_a_sine_of_997_hertz_reads_3_lu_below_its_peak(decibels: float) -> None:
    # EBU Tech 3341: a stereo sine at -23 dBFS reads -23 LUFS; one channel alone reads 3.01 less.
    assert measure([sine(decibels)], RATE).integrated == pytest.approx(decibels - 3.01, abs=0.1)


def test_the_true_peak_lies_between_samples() -> None:
    # A quarter of the rate at 45 degrees: samples reach 0.707 of the wave. Faded, as EBU Tech 3341
    # asks, since a sudden begin overshoots.
    wave = np.sin(np.arange(RATE) * np.pi / 2 + np.pi / 4) * np.hanning(RATE)
    sound = (16384 * wave).astype(np.int16)
    assert np.abs(sound).max() < 11_600

    assert measure([sound], RATE).true_peak == pytest.approx(-6.02, abs=0.3)


def test_silence_has_no_loudness_and_no_peak() -> None:
    read = measure([np.zeros(RATE, np.int16)], RATE)

    assert read.integrated <= -70
    assert read.true_peak == float("-inf")


def test_silence_is_not_made_louder(tmp_path: Path) -> None:
    clips = [Clip(tmp_path, 0, RATE), Store(tmp_path).put("ab" * 32, Speech(b"", RATE, ()))]

    assert gain_for(clips, -19) == 0


def test_a_stream_reads_like_its_whole() -> None:
    sound = np.concatenate((sine(-20, 1.234), sine(-35, 2.345)))

    assert measure(np.array_split(sound, 17), RATE) == measure([sound], RATE)


@given(
    st.lists(st.integers(-32768, 32767), max_size=2000),
    st.floats(-30, 30),
    st.sampled_from([8000, 22_050, 48_000]),
)
def test_nothing_rises_above_the_ceiling(values: list[int], gain: float, rate: int) -> None:
    result = levelled(np.array(values, np.int16), gain, rate)

    assert result.size == len(values)
    assert np.abs(result.astype(int)).max(initial=0) <= 32768 * 10 ** (-6 / 20) + 1


def test_what_is_below_the_ceiling_only_changes_by_the_gain() -> None:
    sound = sine(-30)

    assert np.abs(levelled(sound, 6, RATE) - sound * 10 ** (6 / 20)).max() <= 0.51


def test_the_limiter_leaves_alone_what_lies_away_from_a_peak() -> None:
    sound = sine(-30)
    loud = sound.copy()
    loud[RATE : RATE + 10] = 32000

    changed = np.nonzero(levelled(loud, 0, RATE) != loud)[0]

    assert changed.min() >= RATE - 0.01 * RATE
    assert changed.max() <= RATE + 0.012 * RATE
