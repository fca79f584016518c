"""How loud: measuring (EBU R 128, ITU-R BS.1770), and bringing a voice to a level."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import log10
from typing import TYPE_CHECKING

from narrate.audio.blocks import rebatched
from narrate.audio.clips import samples

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt
    from av.filter import Graph

    from narrate.audio.blocks import Sound
    from narrate.model import Clip

# AAC raises peaks by 1 dB, and those of limited speech by up to 2.3: all stay below -3.5 dBTP.
_CEILING_DBFS = -6.0
LEVELLING = 1
"""Changes whenever `levelled` may give other samples."""
_ENCODERS_LOWER = 0.2
_STEP_DB = 0.5
_BLOCK_MS = 5
_FULL = 32768.0
_REST_MS = 500
_MOST_GAIN = 30.0
_SILENCE_LUFS = -70.0
_MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Loudness:
    """What a meter read off sound, as a mono programme."""

    integrated: float
    """LUFS; -70 for silence."""
    true_peak: float
    """dBTP; -inf for silence, not a number if it was not asked for."""


def measure(
    blocks: Iterable[Sound],
    rate: int,
    *,
    peaks: bool = True,
    course: list[float] | None = None,
) -> Loudness:
    """Read the loudness of mono sound at `rate`; `peaks` takes four times as long.

    To `course` is added, once a second, the loudness of the last three, in LUFS.
    """
    import av
    import numpy as np
    from av.filter import Graph

    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=rate, format="s16", layout="mono", time_base=Fraction(1, rate)
    )
    options = "metadata=1:framelog=quiet" + (":peak=true" if peaks else "")
    meter, sink = graph.add("ebur128", options), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()

    read: dict[str, str] = {}
    for block in rebatched(blocks, rate):
        # The meter reads only whole blocks of 100 ms.
        whole = np.pad(block, (0, rate - block.size))
        frame = av.AudioFrame.from_ndarray(whole[None], format="s16", layout="mono")
        frame.sample_rate = rate
        graph.push(frame)
        read = _drain(graph) or read
        if course is not None:
            course.append(float(read.get("lavfi.r128.S", _SILENCE_LUFS)))
    peak = float(read.get("lavfi.r128.true_peak", 0)) if peaks else float("nan")
    return Loudness(
        float(read.get("lavfi.r128.I", _SILENCE_LUFS)),
        20 * log10(peak) if peak != 0 else float("-inf"),
    )


def gain_for(clips: Iterable[Clip], target: float) -> float:
    """Return the gain in dB that brings the voice of `clips` to `target` LUFS, once encoded.

    It comes in steps of half a decibel, so that other words hardly ever change it. Silence gets
    none.
    """
    import numpy as np

    specimen = [(samples(clip), clip.rate) for clip in clips]
    rate = specimen[0][1]
    rest = np.zeros(rate * _REST_MS // 1000, np.int16)

    def missing(gain: float) -> float:
        blocks = (part for sound, _ in specimen for part in (levelled(sound, gain, rate), rest))
        return target + _ENCODERS_LOWER - measure(blocks, rate, peaks=False).integrated

    # The limiter takes some of what is given: each round follows the line through the last two.
    before, lacked = 0.0, missing(0.0)
    if lacked >= target - _SILENCE_LUFS:
        return 0.0
    gain = min(lacked, _MOST_GAIN)
    for _ in range(_MOST_ROUNDS):
        lacks = missing(gain)
        if abs(lacks) < _STEP_DB / 4 or gain == _MOST_GAIN:
            break
        step = lacks * (gain - before) / (lacked - lacks) if lacks < lacked != lacks else lacks
        before, lacked, gain = gain, lacks, min(gain + step, _MOST_GAIN)
    return round(gain / _STEP_DB) * _STEP_DB


def levelled(sound: Sound, gain: float, rate: int) -> Sound:
    """Return `sound` louder by `gain` dB, its peaks held below -6 dBFS.

    A limiter with 5 ms of look-ahead: each block of 5 ms gets the gain that its highest peak
    allows, and the gain moves in a straight line between the smaller of neighbouring blocks'.
    """
    import numpy as np

    size = max(1, rate * _BLOCK_MS // 1000)
    blocks = np.zeros((-(-sound.size // size), size), np.float32)
    wave = blocks.reshape(-1)[: sound.size]
    np.multiply(sound, np.float32(10 ** (gain / 20)), out=wave)
    _limit(blocks, _FULL * 10 ** (_CEILING_DBFS / 20))
    return np.rint(wave, out=wave).astype(np.int16)


def _limit(blocks: npt.NDArray[np.float32], ceiling: float) -> None:
    import numpy as np

    peaks = np.maximum(blocks.max(axis=1), -blocks.min(axis=1))
    allowed = np.minimum(1, ceiling / np.maximum(peaks, 1e-9)).astype(np.float32)
    edges = np.minimum(np.append(allowed, 1), np.insert(allowed, 0, 1))
    (held,) = np.nonzero(np.minimum(edges[:-1], edges[1:]) < 1)
    ramp = np.arange(blocks.shape[1], dtype=np.float32) / np.float32(blocks.shape[1])
    blocks[held] *= edges[held, None] + np.diff(edges)[held, None] * ramp


def _drain(graph: Graph) -> dict[str, str]:
    import av

    read: dict[str, str] = {}
    while True:
        try:
            read = dict(graph.pull().metadata)
        except (BlockingIOError, av.error.EOFError):
            return read
