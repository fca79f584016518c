"""A sound file: its chapters, tags, loudness, peaks and silences, on the decoded sound.

Sources: EBU R 128 and ITU-R BS.1770-4 (loudness); ACX's audio submission requirements (peaks,
silence at head and tail); for chapters, what players list.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from narrate.checking.finding import Check, Course, Finding, Report, Verdict, clock, judged
from narrate.outputs.inspection import inspect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.audio.blocks import Sound
    from narrate.outputs.inspection import FoundChapter, Inspection

_MOST_CHAPTERS = 255
_NEAR = 1.0
"""Seconds by which a last chapter may miss the end."""
_LOUD, _AS_LOUD = -19.0, 1.0
_HIGHEST_PEAK, _TOO_HIGH = -3.0, -1.0
_FULL = 32_767
_CLIPPED = 3
"""Samples at the edge, one after another, that no voice makes."""
_WINDOW = 20
"""Windows a second, in which peaks are looked for."""
_SILENT = 0.001
"""-60 dBFS."""
_HEAD, _TAIL = (0.3, 1.5), (0.5, 6.0)
_LONGEST_GAP = 6.0
_WANTED = {"title": "title", "artist": "author"}
_BARS = 1200


class _Ear:
    """Hears a file while it is decoded."""

    def __init__(self) -> None:
        self.peaks: list[float] = []
        self.loudness: list[float] = []
        self.clipped = 0
        self._rest = np.zeros(0, np.int16)
        self._rate = 0

    def hear(self, block: Sound, rate: int) -> None:
        """Take a block of samples."""
        self._rate = rate
        self.clipped += _runs(np.abs(block.astype(np.int32)) >= _FULL)
        whole = np.concatenate([self._rest, block])
        size = max(1, rate // _WINDOW)
        count = whole.size // size
        windows = np.abs(whole[: count * size].astype(np.int32)).reshape(count, size)
        self.peaks += (windows.max(axis=1) / _FULL).tolist() if count else []
        self._rest = whole[count * size :]


def _runs(edges: np.typing.NDArray[np.bool_]) -> int:
    """Return how many samples lie in runs of three and more at the edge."""
    if not edges.any():
        return 0
    lengths = (sum(1 for _ in run) for edge, run in groupby(edges.tolist()) if edge)
    return sum(length for length in lengths if length >= _CLIPPED)


def _run(path: Path) -> Report:
    ear = _Ear()
    found = inspect(path, ear)
    findings = (*_told(found), *_heard(found, ear))
    return Report(path, found.codec, findings, _course(found, ear))


SOUND = Check("sound", lambda path: path.is_file(), _run)


def _told(found: Inspection) -> Iterator[Finding]:
    yield judged("opens", found.length > 0, f"{found.codec}, {clock(found.length)}")
    yield _chapters(found.chapters, found.length)
    missing = [name for key, name in _WANTED.items() if not found.tags.get(key)]
    told = f"no {' and no '.join(missing)}" if missing else found.tags["title"]
    yield judged("tags", not missing, told, Verdict.WARN)
    if found.codec == "MP3":
        yield _rate(found)


def _chapters(chapters: tuple[FoundChapter, ...], length: float) -> Finding:
    faults = [
        f"chapter {number} begins at {clock(after.begin)}, before chapter {number - 1} ends"
        for number, (before, after) in enumerate(pairwise(chapters), 2)
        if after.begin < before.end - 0.001
    ]
    if len(chapters) > _MOST_CHAPTERS:
        faults.append(f"{len(chapters)}, and players list {_MOST_CHAPTERS}")
    if chapters and chapters[-1].end > length + _NEAR:
        faults.append(f"the last ends at {clock(chapters[-1].end)}, after the sound")
    if faults:
        return Finding("chapters", Verdict.FAIL, faults[0])
    if not chapters:
        return Finding("chapters", Verdict.WARN, "none: a player can only skip through it")
    unnamed = sum(not each.title.strip() for each in chapters)
    if unnamed:
        return Finding("chapters", Verdict.WARN, f"{unnamed} of {len(chapters)} have no title")
    if chapters[0].begin > 0:
        return Finding("chapters", Verdict.WARN, f"the first begins at {clock(chapters[0].begin)}")
    return Finding("chapters", Verdict.PASS, f"{len(chapters)}, one after another")


def _rate(found: Inspection) -> Finding:
    from mutagen.mp3 import MP3, BitrateMode

    mode = MP3(found.path).info.bitrate_mode
    told = f"{round(found.bit_rate / 1000)} kbit/s"
    if mode in (BitrateMode.VBR, BitrateMode.ABR):
        return Finding("bit rate", Verdict.WARN, f"{told}, variable: browsers seek seconds wrong")
    return Finding("bit rate", Verdict.PASS, f"{told}, constant")


def _heard(found: Inspection, ear: _Ear) -> Iterator[Finding]:
    loudness, peak = found.loudness.integrated, found.loudness.true_peak
    sounding = [place for place, level in enumerate(ear.peaks) if level > _SILENT]
    if not sounding:
        yield Finding("sound", Verdict.FAIL, "nothing is heard")
        return
    told = f"{loudness:.1f} LUFS, read as mono; spoken word is {_LOUD:g} ±{_AS_LOUD:g}"
    yield judged("loudness", abs(loudness - _LOUD) <= _AS_LOUD, told, Verdict.WARN)
    worse = Verdict.FAIL if peak > _TOO_HIGH else Verdict.WARN
    yield judged(
        "true peak", peak <= _HIGHEST_PEAK, f"{peak:.1f} dBTP, {_HIGHEST_PEAK:g} at most", worse
    )
    yield judged("clipping", not ear.clipped, f"{ear.clipped} samples at the edge")
    for name, seconds, (least, most) in (
        ("head", sounding[0] / _WINDOW, _HEAD),
        ("tail", (len(ear.peaks) - 1 - sounding[-1]) / _WINDOW, _TAIL),
    ):
        told = f"{seconds:.1f} s of silence; {least:g} to {most:g} are usual"
        yield judged(name, least <= seconds <= most, told, Verdict.WARN)
    gap, place = max(
        (after - before, before) for before, after in pairwise([*sounding, sounding[-1] + 1])
    )
    told = f"the longest silence is {gap / _WINDOW:.1f} s, at {clock(place / _WINDOW)}"
    yield judged("gaps", gap / _WINDOW <= _LONGEST_GAP, told, Verdict.WARN)


def _course(found: Inspection, ear: _Ear) -> Course:
    peaks = np.array(ear.peaks or [0.0])
    count = min(_BARS, peaks.size)
    bars = np.maximum.reduceat(peaks, np.arange(count) * peaks.size // count)
    return Course(
        found.length,
        tuple(map(float, bars)),
        tuple(ear.loudness),
        found.chapters,
    )
