"""The encoders: a sound that was encoded alone stands anywhere, exactly, with silence around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.codecs import AAC, CODECS, MP3, Codec
from narrate.engines import SAMPLE_RATES, create

if TYPE_CHECKING:
    from narrate.audio.blocks import Sound

_90_DBFS = 10 ** (-90 / 20)
codecs = pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
rates = pytest.mark.parametrize("rate", SAMPLE_RATES)


def decoded(codec: Codec, frames: list[bytes], rate: int) -> np.ndarray:
    """Return what a decoder makes of `frames`, from -1 to 1."""
    decoder: Any = av.CodecContext.create("aac" if codec is AAC else "mp3float", "r")
    if codec is AAC:
        decoder.extradata = codec.config(rate)
    blocks = [each.to_ndarray()[0] for frame in frames for each in decoder.decode(av.Packet(frame))]
    return np.concatenate(blocks)


def spoken(length: int, rate: int) -> Sound:
    """Return noise like a voice, which ends as clips do: in 20 ms that are nearly silent."""
    chance = np.random.default_rng(length)
    wave = np.convolve(chance.standard_normal(length), np.hanning(16) / 4, "same")
    wave[-rate // 50 :] *= 10 ** (-55 / 20)
    wave[-rate // 200 :] *= np.linspace(1, 0, len(wave[-rate // 200 :]))
    return (6000 * wave).astype(np.int16)


@codecs
@rates
def test_sounds_stand_where_they_were_put_with_silence_between(codec: Codec, rate: int) -> None:
    sounds = [spoken(round(seconds * rate), rate) for seconds in (0.61, 1.0, 0.333, 1.7)]
    silence, frame = codec.silence(rate), codec.frame(rate)
    frames, places = [silence] * 5, []
    for sound in sounds:
        places.append(len(frames) * frame + codec.delay)
        frames += codec.encode(sound, rate) + [silence] * 6

    heard = decoded(codec, frames, rate)

    end = 0
    for sound, place in zip(sounds, places, strict=True):
        # The first frame of a sound begins before it: encoders smear what is sudden.
        assert np.abs(heard[end : place - codec.delay]).max(initial=0) < _90_DBFS
        part, wave = heard[place : place + sound.size], sound / 32768
        shifts = [np.corrcoef(np.roll(part, by)[9:-9], wave[9:-9])[0, 1] for by in range(-8, 9)]
        assert np.argmax(shifts) == 8
        assert shifts[8] > 0.9
        end = place + (codec.count(sound.size, rate) + 1) * frame - codec.delay
    assert np.abs(heard[end:]).max() < _90_DBFS


@codecs
@rates
def test_silence_is_silent_and_all_its_frames_are_alike(codec: Codec, rate: int) -> None:
    heard = decoded(codec, [codec.silence(rate)] * 20, rate)

    assert not heard.any()


@rates
def test_all_frames_of_an_mp3_are_of_one_size(rate: int) -> None:
    frames = [*MP3.encode(spoken(3 * rate, rate), rate), MP3.silence(rate)]

    assert len({len(frame) for frame in frames}) == 1
    exact = 64_000 / 8 * MP3.frame(rate) / rate
    assert 0 <= len(frames[0]) - exact < 1


@codecs
@given(length=st.integers(1, 20_000), rate=st.sampled_from(SAMPLE_RATES))
def test_the_frames_are_as_many_as_was_said(codec: Codec, length: int, rate: int) -> None:
    sound = np.full(length, 1000, np.int16)

    assert len(codec.encode(sound, rate)) == codec.count(length, rate)


@codecs
def test_the_same_sound_gives_the_same_frames(codec: Codec) -> None:
    sound = np.frombuffer(create("espeak").speak("سلام دنیا").pcm, "<i2")

    assert codec.encode(sound, 22_050) == codec.encode(sound, 22_050)
