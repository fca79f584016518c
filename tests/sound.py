"""Listening by measuring: what is really in a finished file."""

from __future__ import annotations

import wave
from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    import numpy.typing as npt


def decoded(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Return the samples of a finished file, as players play them, from -1 to 1, and their rate."""
    with av.open(str(path)) as container:
        rate = container.streams.audio[0].rate
        resampler = av.AudioResampler(format="flt", layout="mono", rate=rate)
        blocks = [
            part.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    return np.concatenate(blocks), rate


def onset(sound: npt.NDArray[np.float32], near: float, rate: int, *, within: float = 0.5) -> float:
    """Return the second at which it becomes loud, from `within` before to `within` after `near`."""
    begin = max(0, round((near - within) * rate))
    window = np.abs(sound[begin : begin + round(2 * within * rate)])
    loud = np.nonzero(window > 0.3 * np.abs(sound).max())[0]
    return (begin + int(loud[0])) / rate if loud.size else float("nan")


def encoded(path: Path, sound: npt.NDArray[np.int16], rate: int) -> None:
    """Write a WAV file."""
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(sound.tobytes())
