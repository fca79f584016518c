"""The two encoders: a sound by itself → frames that may stand after any others.

A sound is padded with silence to whole frames and encoded alone. Its first frames hold what comes
before its first sample when it is decoded, its last what rings after its end; put between frames of
silence they decode to the sound at a known sample and to silence around it. So a file is a row of
frames, and one that was encoded for one book is good for another.

Sources: ISO/IEC 14496-3 (AAC-LC, AudioSpecificConfig); ISO/IEC 11172-3 and 13818-3 (layer III).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from narrate.audio.blocks import Sound

BIT_RATE = 64_000
_SILENT_FRAMES = 8
_MPEG_1_FROM = 32_000
_PADDED = 2
"""The padding bit, in the third byte of a frame's head."""


@dataclass(frozen=True, slots=True)
class Codec:
    """An encoder of mono sound at `BIT_RATE` bits a second."""

    name: Literal["aac", "mp3"]
    delay: int
    """Samples that a decoder gives before the first that went in."""
    options: tuple[tuple[str, str], ...]

    @property
    def sign(self) -> str:
        """Changes whenever the same sound may give other frames."""
        return f"{self.name} {BIT_RATE} {self.options} PyAV {version('av')} 1"

    def frame(self, rate: int) -> int:
        """Return the samples in a frame."""
        if self.name == "aac":
            return 1024
        return 1152 if rate >= _MPEG_1_FROM else 576

    def tail(self, rate: int) -> int:
        """Return how many frames a sound takes beyond its own: those in which it rings out."""
        return -(-self.delay // self.frame(rate))

    def count(self, length: int, rate: int) -> int:
        """Return how many frames a sound of `length` samples takes."""
        return -(-length // self.frame(rate)) + self.tail(rate) if length else 0

    def whole(self, length: int, rate: int) -> int:
        """Return how many frames a file of `length` samples has, the delay at its start too."""
        return -(-(length + self.delay) // self.frame(rate))

    def encode(self, sound: Sound, rate: int) -> list[bytes]:
        """Return the frames of `sound`, `count` of them."""
        import av
        import numpy as np

        frame = self.frame(rate)
        whole = np.zeros(-(-sound.size // frame) * frame, np.int16)
        whole[: sound.size] = sound
        encoder = _opened(self, rate)
        fed = av.AudioFrame.from_ndarray(whole[None], format="s16", layout="mono")
        fed.sample_rate, fed.pts, fed.time_base = rate, 0, Fraction(1, rate)
        frames = [bytes(packet) for each in (fed, None) for packet in encoder.encode(each)]
        if len(frames) != self.count(sound.size, rate):
            raise AssertionError(f"{len(frames)} frames of {self.name} for {sound.size} samples")
        return _of_one_size(frames) if _NO_RESERVOIR in self.options else frames

    def silence(self, rate: int) -> bytes:
        """Return a frame of silence, which may be repeated."""
        return _silence(self, rate)

    def config(self, rate: int) -> bytes:
        """Return what a decoder must know besides the frames: AAC's AudioSpecificConfig."""
        return bytes(_opened(self, rate).extradata or b"")


AAC = Codec("aac", 1024, (("aac_coder", "fast"), ("flags", "+bitexact")))
"""FFmpeg's fast coder: six times as fast as its default, and as close to the sound on speech."""
_NO_RESERVOIR = ("reservoir", "0")
MP3 = Codec("mp3", 1105, (_NO_RESERVOIR, ("flags", "+bitexact")))
"""LAME. Without its reservoir no frame takes room in the one before."""
CODECS = (AAC, MP3)

_ENCODERS = {"aac": ("aac", "fltp"), "mp3": ("libmp3lame", "s16p")}


def _opened(codec: Codec, rate: int) -> Any:  # noqa: ANN401 - av has no types for it
    import av

    name, sample_format = _ENCODERS[codec.name]
    context: Any = av.CodecContext.create(name, "w")
    context.sample_rate = rate
    context.layout = "mono"
    context.format = sample_format
    context.bit_rate = BIT_RATE
    context.time_base = Fraction(1, rate)
    context.options = dict(codec.options)
    context.open()
    return context


@cache
def _silence(codec: Codec, rate: int) -> bytes:
    import numpy as np

    # The first frames of a sound are those of an encoder that sets out; these go on.
    sound = np.zeros(codec.frame(rate) * _SILENT_FRAMES, np.int16)
    return codec.encode(sound, rate)[_SILENT_FRAMES // 2]


def _of_one_size(frames: list[bytes]) -> list[bytes]:
    """Return MP3 frames that stand alone all padded, if some are.

    A file of equal frames is sought in exactly. Where a frame is no whole number of bytes LAME
    pads all but a few, to keep to the bit rate.
    """
    size = max(map(len, frames))
    return [
        frame
        if len(frame) == size
        else frame[:2] + bytes([frame[2] | _PADDED]) + frame[3:] + bytes(size - len(frame))
        for frame in frames
    ]
