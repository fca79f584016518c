"""Trimming: the first sound begins at once, the last is followed by a constant."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.trimming import trimmed
from narrate.model import Speech, Word

RATE = 22_050


def speech(lead: int, tail: int, *words: Word) -> Speech:
    wave = (8000 * np.sin(np.arange(4410) * 2 * np.pi * 441 / RATE + 1)).astype("<i2")
    return Speech(bytes(2 * lead) + wave.tobytes() + bytes(2 * tail), RATE, words)


@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_silence_at_both_ends_becomes_a_constant(lead: int, tail: int) -> None:
    kept = np.frombuffer(trimmed(speech(lead, tail)).pcm, "<i2")

    loud = np.nonzero(np.abs(kept.astype(int)) > 100)[0]
    assert loud[0] <= RATE / 1000 + 1
    assert len(kept) <= loud[-1] + 0.03 * RATE


def test_words_move_with_the_sound() -> None:
    word = Word(0, 4, 11_025)

    assert trimmed(speech(11_025, 0, word)).words == (Word(0, 4, 0),)


@pytest.mark.parametrize("pcm", [b"", bytes(2 * RATE), bytes(2)])
def test_silence_keeps_nothing(pcm: bytes) -> None:
    assert trimmed(Speech(pcm, RATE, (Word(0, 1, 0),))) == Speech(b"", RATE, ())
