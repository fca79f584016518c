"""Sound at another rate, so that voices of different rates fit in one book."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Speech


def resampled(speech: Speech, rate: int) -> Speech:
    """Return `speech` at `rate` samples a second."""
    if speech.rate == rate or not speech.pcm:
        return replace(speech, rate=rate)
    import av
    import numpy as np
    from av.audio.resampler import AudioResampler

    sound = np.frombuffer(speech.pcm, "<i2")
    frame = av.AudioFrame.from_ndarray(sound[None], format="s16", layout="mono")
    frame.sample_rate = speech.rate
    resampler = AudioResampler(format="s16", layout="mono", rate=rate)
    parts = [each.to_ndarray().ravel() for fed in (frame, None) for each in resampler.resample(fed)]
    made = np.concatenate([*parts, np.empty(0, "<i2")])
    words = tuple(
        replace(word, sample=min(word.sample * rate // speech.rate, made.size))
        for word in speech.words
    )
    return replace(speech, pcm=made.tobytes(), rate=rate, words=words)
