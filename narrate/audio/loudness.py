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

    type Wave = npt.NDArray[np.float32]

# AAC raises peaks by 1 dB, and those of limited speech by up to 2.3: all stay below -3.5 dBTP.
_CEILING_DBFS = -6.0
LEVELLING = 3
"""Changes whenever `levelled` may give other samples."""
_ENCODERS_LOWER = 0.2
_STEP_DB = 0.5
_BLOCK_MS = 5
_FULL = 32768.0
_REST_MS = 500
_MOST_GAIN = 30.0
_SILENCE_LUFS = -70.0
_MOST_ROUNDS = 8
_METERED = 30
"""Seconds of a voice that tell what a meter's filter does to it, which takes most of the time."""
_FORESEEN_DB = 2.0
"""A change of the gain so small that the filter does the same."""
_EXACT_DB = 0.01
_HOP_MS, _HOPS = 100, 4
"""A meter's windows of 400 ms begin every 100 ms."""


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

    clips = list(clips)
    rate = clips[0].rate
    rest = np.zeros(rate * _REST_MS // 1000, np.int16)
    specimen = np.concatenate([part for clip in clips for part in (samples(clip), rest)])
    part = specimen[: rate * _METERED]
    whole, power = _Power(specimen, rate), _Power(part, rate)
    gain = whole.gain_for(target)
    for _ in range(_MOST_ROUNDS):
        heard = measure([levelled(part, gain, rate)], rate, peaks=False).integrated
        if heard <= _SILENCE_LUFS:
            return 0.0
        before, filtered = gain, heard - power.at(gain)
        gain = whole.gain_for(target + _ENCODERS_LOWER - filtered)
        if abs(gain - before) < _FORESEEN_DB:
            break
    return round(gain / _STEP_DB) * _STEP_DB


class _Power:
    """How loud a sound is at any gain, off by what a meter's filter does to a voice.

    What is known of each block of the limiter, its peak and its power, tells what is left of it.
    """

    def __init__(self, sound: Sound, rate: int) -> None:
        import numpy as np

        blocks = _blocks(sound, rate)
        self._peaks = _peaks(blocks)
        self._powers = np.vecdot(blocks, blocks).astype(np.float64) / blocks.shape[1]

    def at(self, gain: float) -> float:
        """Return the level in dB at a gain in dB, gated as a meter does (BS.1770, 5.1)."""
        import numpy as np

        factor = 10 ** (gain / 20)
        edges = _edges(self._peaks * factor)
        begin, end = edges[:-1], edges[1:]
        powers = self._powers * factor**2 * (begin * begin + begin * end + end * end) / 3
        per_hop = _HOP_MS // _BLOCK_MS
        hops = powers[: powers.size // per_hop * per_hop].reshape(-1, per_hop).mean(axis=1)
        windows = np.convolve(hops, np.full(_HOPS, 1 / _HOPS), "valid")
        heard = windows[windows > _FULL**2 * 10 ** (_SILENCE_LUFS / 10)]
        if not heard.size:
            return _SILENCE_LUFS
        loud = heard[heard > heard.mean() / 10]
        return float(10 * np.log10(loud.mean() / _FULL**2))

    def gain_for(self, level: float) -> float:
        """Return the gain that comes nearest to a level in dB."""
        low, high = -_MOST_GAIN, _MOST_GAIN
        while high - low > _EXACT_DB:
            middle = (low + high) / 2
            low, high = (middle, high) if self.at(middle) < level else (low, middle)
        return high


def levelled(sound: Sound, gain: float, rate: int) -> Sound:
    """Return `sound` louder by `gain` dB, its peaks held below -6 dBFS.

    A limiter with 5 ms of look-ahead: each block of 5 ms gets the gain that its highest peak
    allows, and the gain moves in a straight line between the smaller of neighbouring blocks'.
    """
    import numpy as np

    blocks = _blocks(sound, rate)
    wave = blocks.reshape(-1)[: sound.size]
    np.multiply(wave, np.float32(10 ** (gain / 20)), out=wave)
    _limit(blocks)
    return np.rint(wave, out=wave).astype(np.int16)


def _blocks(sound: Sound, rate: int) -> Wave:
    """Return the blocks of the limiter; the last is filled up with silence."""
    import numpy as np

    size = max(1, rate * _BLOCK_MS // 1000)
    blocks = np.zeros((-(-sound.size // size), size), np.float32)
    blocks.reshape(-1)[: sound.size] = sound
    return blocks


def _peaks(blocks: Wave) -> Wave:
    import numpy as np

    return np.abs(blocks).max(axis=1)


def _edges(peaks: Wave) -> Wave:
    """Return the gain of the limiter where each block begins, and where the last ends."""
    import numpy as np

    ceiling = _FULL * 10 ** (_CEILING_DBFS / 20)
    allowed = np.minimum(1, ceiling / np.maximum(peaks, 1e-9)).astype(np.float32)
    edges: Wave = np.minimum(np.append(allowed, 1), np.insert(allowed, 0, 1))
    return edges


def _limit(blocks: Wave) -> None:
    import numpy as np

    edges = _edges(_peaks(blocks))
    (held,) = np.nonzero(np.minimum(edges[:-1], edges[1:]) < 1)
    ramp = np.arange(blocks.shape[1], dtype=np.float32) / np.float32(blocks.shape[1])
    blocks[held] *= edges[held, None] + np.diff(edges)[held, None] * ramp


def _drain(graph: Graph) -> dict[str, str]:
    import av

    frame = None
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, av.error.EOFError):
            return dict(frame.metadata) if frame else {}
