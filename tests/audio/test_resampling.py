"""Sound at another rate is the same sound, as long as before."""

from __future__ import annotations

import numpy as np
import pytest

from narrate.audio.resampling import resampled
from narrate.engines import SAMPLE_RATES
from narrate.engines.tone import Tone
from narrate.model import Speech

SPEECH = Tone(pitch=440).speak("سلام دنیا")


@pytest.mark.parametrize("rate", SAMPLE_RATES)
def test_length_pitch_and_words_stay_in_their_place(rate: int) -> None:
    found = resampled(SPEECH, rate)

    sound = np.frombuffer(found.pcm, "<i2").astype(float)
    assert found.rate == rate
    assert len(sound) / rate == pytest.approx(len(SPEECH.pcm) / 2 / SPEECH.rate, abs=0.001)
    spectrum = np.abs(np.fft.rfft(sound))
    assert spectrum.argmax() * rate / len(sound) == pytest.approx(440, abs=5)
    for before, after in zip(SPEECH.words, found.words, strict=True):
        assert after.sample / rate == pytest.approx(before.sample / SPEECH.rate, abs=0.001)


def test_sound_at_its_own_rate_stays_as_it_is() -> None:
    assert resampled(SPEECH, SPEECH.rate) == SPEECH


@pytest.mark.parametrize("samples", [0, 1, 2, 10, 100])
def test_hardly_any_sound_stays_hardly_any(samples: int) -> None:
    found = resampled(Speech(bytes(2 * samples), 22_050), 8000)

    assert found.rate == 8000
    assert len(found.pcm) <= 2 * samples
