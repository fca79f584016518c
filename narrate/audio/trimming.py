"""One clip's edges: silence cut to a constant, so that all pauses are the timeline's own."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.model import Speech, Word

_SILENCE_DBFS = -55.0
_STEP_MS = 1
_TAIL_MS = 20
_FADE_MS = 5


def trimmed(speech: Speech) -> Speech:
    """Return `speech` from its first sound, to the millisecond, to 20 ms after its last.

    A mark on the clip's first sample is thus within a millisecond of the voice. Speech that is
    silent all through keeps nothing.
    """
    with warnings.catch_warnings():
        # pydub looks for an ffmpeg program, and warns; nothing here needs one.
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
        from pydub.silence import detect_leading_silence

    sound = AudioSegment(speech.pcm, sample_width=2, frame_rate=speech.rate, channels=1)
    begin = detect_leading_silence(sound, _SILENCE_DBFS, _STEP_MS)
    after = detect_leading_silence(sound.reverse(), _SILENCE_DBFS, _STEP_MS)
    end = len(sound) - max(0, after - _TAIL_MS)
    if begin >= end:
        return replace(speech, pcm=b"", words=())
    kept = sound[begin:end].fade_out(_FADE_MS)
    first = begin * speech.rate // 1000
    words = tuple(_moved(word, -first) for word in speech.words)
    return replace(speech, pcm=kept.raw_data, words=words)


def _moved(word: Word, by: int) -> Word:
    return replace(word, sample=max(0, word.sample + by))
