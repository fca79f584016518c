"""Scores encoders on speech: PESQ (ITU-T P.862.2), STOI (Taal et al. 2011), and waveform SNR.

Every sentence is encoded alone, as narrate does it, and all of them in one piece beside it.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, replace
from statistics import mean
from typing import TYPE_CHECKING

import av
import numpy as np
from pesq import pesq
from pystoi import stoi
from scipy.signal import resample_poly

from narrate import engines, persian
from narrate.audio.codecs import AAC, MP3, Codec
from narrate.audio.loudness import levelled
from narrate.audio.trimming import trimmed
from narrate.reading import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SENTENCES = 40
_SHORTEST = 1.0
_JUDGED_AT = 16_000
_GAIN = 3.5
_WAYS = (
    ("AAC, fast coder", AAC),
    ("AAC, two loops (FFmpeg's default)", replace(AAC, options=(("aac_coder", "twoloop"),))),
    ("MP3 without reservoir", MP3),
    ("MP3 with reservoir (LAME's default)", replace(MP3, options=(("reservoir", "1"),))),
)


@dataclass(frozen=True)
class Score:
    """What judges say of a sentence."""

    pesq: float
    stoi: float
    snr: float


def main() -> None:
    """Print a row for each encoder, sentence by sentence and in one piece."""
    text, voice, *_ = [*sys.argv[1:], "espeak:fa"]
    engine = engines.create(*engines.select(None, voice))
    sounds = [
        sound for sound in spoken(text, engine) if sound.size > _SHORTEST * engine.sample_rate
    ]
    sounds = sounds[:: max(1, len(sounds) // _SENTENCES)][:_SENTENCES]
    print(f"{len(sounds)} sentences, {sum(map(len, sounds)) / engine.sample_rate:.0f} s, {voice}")
    print(f"{'':36} {'each':>5}  PESQ  worst   STOI   SNR  kbit/s  × real time")
    for name, codec in _WAYS:
        for alone in (True, False):
            row(name, codec, sounds, engine.sample_rate, alone=alone)


def spoken(text: str, engine: engines.Engine) -> list[NDArray[np.int16]]:
    """Return each sentence of a text as narrate hands it to an encoder."""
    manner = persian.Manner(hears=engine.hears)
    paragraphs = [each.text for chapter in read(text).chapters for each in chapter.paragraphs]
    said = [pair[1] for each in persian.repaired_parts(paragraphs) for pair in manner.said(each)]
    pcm = [trimmed(engine.speak(each)).pcm for each in said]
    return [levelled(np.frombuffer(each, "<i2"), _GAIN, engine.sample_rate) for each in pcm]


def row(
    name: str, codec: Codec, sounds: Sequence[NDArray[np.int16]], rate: int, *, alone: bool
) -> None:
    pieces = list(sounds) if alone else [np.concatenate(sounds)]
    begun = time.process_time()
    coded = [codec.encode(piece, rate) for piece in pieces]
    cost = time.process_time() - begun
    heard = np.concatenate(
        [
            decoded(codec, frames, rate)[: len(piece)]
            for frames, piece in zip(coded, pieces, strict=True)
        ]
    )
    scores, at = [], 0
    for sound in sounds:
        scores.append(score(sound / 32768, heard[at : at + sound.size], rate))
        at += sound.size
    seconds = at / rate
    bits = 8 * sum(len(frame) for frames in coded for frame in frames) / seconds / 1000
    print(
        f"{name:36} {'alone' if alone else 'whole'}  {mean(each.pesq for each in scores):.2f}"
        f"   {min(each.pesq for each in scores):.2f}  {mean(each.stoi for each in scores):.4f}"
        f"  {mean(each.snr for each in scores):.1f}  {bits:6.1f}  {seconds / cost:6.0f}",
        flush=True,
    )


def decoded(codec: Codec, frames: Sequence[bytes], rate: int) -> NDArray[np.float32]:
    """Return what a player makes of `frames`, from the first sample that went in."""
    decoder = av.CodecContext.create("aac" if codec.name == "aac" else "mp3float", "r")
    if codec.name == "aac":
        decoder.extradata = codec.config(rate)
    blocks = [
        block.to_ndarray()[0]
        for frame in [*frames, codec.silence(rate), codec.silence(rate)]
        for block in decoder.decode(av.Packet(frame))
    ]
    return np.concatenate(blocks)[codec.delay :]


def score(sound: NDArray[np.float64], heard: NDArray[np.float32], rate: int) -> Score:
    noise = ((sound - heard) ** 2).sum()
    before, after = (resample_poly(each, _JUDGED_AT, rate) for each in (sound, heard))
    return Score(
        pesq(_JUDGED_AT, before, after, "wb"),
        stoi(before, after, _JUDGED_AT),
        10 * np.log10((sound**2).sum() / noise),
    )


main()
