"""Encoded clips, kept beside their clips: a clip is encoded once for each codec and gain.

Those that were made together lie in one file, a pack, so that a book is read in a thousand places
and not in twenty thousand. Each holds the CRC-32 of the rest, the number of frames, the bytes of
each frame as 16-bit numbers, and the frames. What is missing or damaged is encoded again.
"""

from __future__ import annotations

import array
import logging
import os
import struct
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.audio.clips import samples
from narrate.model import Encoded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from narrate.audio.clips import Store
    from narrate.audio.codecs import Codec
    from narrate.model import Clip, Timeline

_HEAD = struct.Struct("<4sII")
_MAGIC = b"nrrf"
_BLOCK = 1 << 19
"""Bytes to read at once."""
_AHEAD = 16
"""Packs that the disk may fetch meanwhile."""

log = logging.getLogger("narrate")


@dataclass(frozen=True, slots=True)
class Frames:
    """Encoded sound: frames, one after another."""

    sizes: array.array[int]
    """Bytes of each frame, as 16-bit numbers."""
    data: bytes


def keep(clips: Sequence[tuple[Clip, float]], codecs: Sequence[Codec], store: Store) -> list[Clip]:
    """Encode clips, each louder by so many dB, in those of `codecs` in which they are not yet.

    Returns them with where they lie now: in a new pack in `store`. Raises
    `OutputError`.
    """
    clips = [(store.own(clip), gain) for clip, gain in clips]
    store.fetch(clip.path for clip, _ in clips if not is_kept(clip, codecs))
    new = [
        (name, number, data)
        for number, (clip, gain) in enumerate(clips)
        for name, data in _encodings(clip, gain, codecs)
    ]
    # What is read together lies together.
    new.sort(key=lambda each: each[0])
    pack = store.put_pack(b"".join(data for _, _, data in new)) if new else Path()
    result, at = [clip for clip, _ in clips], 0
    for name, number, data in new:
        clip = result[number]
        result[number] = replace(clip, encoded=(*clip.encoded, Encoded(name, pack, at, len(data))))
        at += len(data)
    return result


def is_kept(clip: Clip, codecs: Sequence[Codec]) -> bool:
    """Tell whether there is nothing left to encode of `clip`."""
    return not clip.length or {codec.name for codec in codecs} <= {
        each.codec for each in clip.encoded
    }


def _encodings(clip: Clip, gain: float, codecs: Sequence[Codec]) -> Iterator[tuple[str, bytes]]:
    """Yield the codecs in which `clip` is not encoded yet, with what it becomes."""
    from narrate.audio.loudness import levelled

    if is_kept(clip, codecs):
        return
    sound = levelled(samples(clip), gain, clip.rate)
    there = {each.codec for each in clip.encoded}
    for codec in codecs:
        if codec.name not in there:
            frames = codec.encode(sound, clip.rate)
            rest = b"".join([_little(array.array("H", map(len, frames))).tobytes(), *frames])
            yield codec.name, _HEAD.pack(_MAGIC, zlib.crc32(rest), len(frames)) + rest


def kept(clip: Clip, codec: Codec, gain: float, packs: Packs) -> Frames:
    """Return the frames of `clip`, encoded now if they are not there and whole."""
    count = codec.count(clip.length, clip.rate)
    for place in clip.encoded:
        if place.codec != codec.name:
            continue
        try:
            return _parsed(packs.read(place), count)
        except FileNotFoundError:
            pass
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            log.warning("%s is damaged (%s): it is encoded anew", place.pack, reason)
            # While it is there the next build would take what is in it for good.
            with suppress(OSError):
                place.pack.unlink()
    ((_, data),) = _encodings(replace(clip, encoded=()), gain, [codec])
    return _parsed(data, count)


class Packs:
    """Reads packs from front to back, many encodings at once, while the disk fetches the next."""

    def __init__(self, coming: Iterable[Path] = ()) -> None:
        """Prepare to read the packs that are `coming`, in about that order."""
        self._pack, self._begin, self._data = Path(), 0, b""
        self._coming = iter(coming)
        for pack in islice(self._coming, _AHEAD):
            _fetch(pack)

    def read(self, place: Encoded) -> bytes:
        """Return what lies at `place`. Raises `OSError`."""
        at = place.begin - self._begin
        if place.pack != self._pack or at < 0 or at + place.size > len(self._data):
            with open(place.pack, "rb", buffering=0) as file:  # noqa: PTH123 - quicker
                file.seek(place.begin)
                self._data = file.read(max(place.size, _BLOCK))
            if place.pack != self._pack:
                for pack in islice(self._coming, 1):
                    _fetch(pack)
            self._pack, self._begin, at = place.pack, place.begin, 0
        return self._data[at : at + place.size]


def _fetch(pack: Path) -> None:
    """Let the disk begin to read `pack`, where a system can be told so."""
    if sys.platform == "linux":
        with suppress(OSError), pack.open("rb", buffering=0) as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_WILLNEED)


def frames_of(
    timeline: Timeline, gains: Mapping[str, float], codec: Codec, heard: Callable[[int], None]
) -> Iterator[Frames]:
    """Yield all frames of a file whose clips lie on `timeline`, which was laid for `codec`.

    `heard` is told the samples of each cue that was taken; it may raise to stop.
    """
    rate, at, told = timeline.rate, 0, 0
    places = (each for cue in timeline.cues for each in cue.clip.encoded)
    packs = Packs(dict.fromkeys(each.pack for each in places if each.codec == codec.name))
    for cue in timeline.cues:
        first = cue.begin // codec.frame(rate)
        yield _silence(codec, rate, first - at)
        at = first
        if cue.clip.length:
            frames = kept(cue.clip, codec, gains[cue.clip.voice], packs)
            yield frames
            at += len(frames.sizes)
        heard(cue.end - told)
        told = cue.end
    yield _silence(codec, rate, codec.whole(timeline.length, rate) - at)


def _silence(codec: Codec, rate: int, count: int) -> Frames:
    frame = codec.silence(rate)
    return Frames(array.array("H", [len(frame)]) * count, frame * count)


def _parsed(data: bytes, wanted: int) -> Frames:
    """Return the frames in a file, `wanted` of them. Raises `ValueError` if it is damaged."""
    whole = memoryview(data)
    try:
        magic, crc, count = _HEAD.unpack_from(data)
    except struct.error as error:
        raise ValueError("cut short") from error
    begin = _HEAD.size + 2 * count
    if magic != _MAGIC or zlib.crc32(whole[_HEAD.size :]) != crc or begin > len(data):
        raise ValueError("changed or cut short")
    if count != wanted:
        raise ValueError("of another sound")
    sizes = array.array("H")
    sizes.frombytes(whole[_HEAD.size : begin])
    return Frames(_little(sizes), data[begin:])


def _little(sizes: array.array[int]) -> array.array[int]:
    """Return numbers of this machine's byte order in the file's, or the other way round."""
    if sys.byteorder == "big":
        sizes = sizes[:]
        sizes.byteswap()
    return sizes
