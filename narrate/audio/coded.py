"""Encoded clips, kept beside their clips: a clip is encoded once for each codec and gain.

A file `<key>.<sign>.<samples>.mp3` holds the CRC-32 of the rest, the number of frames, the bytes
of each frame as 16-bit numbers, and the frames. What is missing or damaged is encoded again.
"""

from __future__ import annotations

import array
import hashlib
import logging
import struct
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.audio.clips import ROOM, samples, touch
from narrate.errors import OutputError
from narrate.files import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from narrate.audio.codecs import Codec
    from narrate.model import Clip, Timeline

_HEAD = struct.Struct("<4sII")
_MAGIC = b"nrrf"

log = logging.getLogger("narrate")


@dataclass(frozen=True, slots=True)
class Frames:
    """Encoded sound: frames, one after another."""

    sizes: array.array[int]
    """Bytes of each frame, as 16-bit numbers."""
    data: bytes


def is_kept(clip: Clip, codec: Codec, gain: float) -> bool:
    """Tell whether there is nothing left to encode of `clip`; its encoding counts as used now."""
    return not clip.length or touch(_place(clip, codec, gain))


def keep(clip: Clip, codecs: Iterable[Codec], gain: float) -> None:
    """Encode `clip`, louder by `gain` dB, in each of `codecs`. Raises `OutputError`."""
    from narrate.audio.loudness import levelled

    sound = levelled(samples(clip), gain, clip.rate)
    for codec in codecs:
        frames = codec.encode(sound, clip.rate)
        rest = b"".join([_little(array.array("H", map(len, frames))).tobytes(), *frames])
        head = _HEAD.pack(_MAGIC, zlib.crc32(rest), len(frames))
        try:
            with published(Path(_place(clip, codec, gain))) as temporary:
                temporary.write_bytes(head + rest)
        except OutputError as error:
            raise OutputError(f"{error}; {ROOM}") from error


def kept(clip: Clip, codec: Codec, gain: float) -> Frames:
    """Return the frames of `clip`, encoded now if they are not there and whole."""
    path, count = _place(clip, codec, gain), codec.count(clip.length, clip.rate)
    try:
        return _parsed(_read(path), count)
    except FileNotFoundError:
        pass
    except (OSError, ValueError) as error:
        log.warning("%s is damaged (%s): it is encoded anew", path, error)
        # While it is there nobody would miss the clip itself, should that be lost too.
        with suppress(OSError):
            Path(path).unlink()
    keep(clip, [codec], gain)
    return _parsed(_read(path), count)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quicker
        return file.readall()


def frames_of(
    timeline: Timeline, gains: Mapping[str, float], codec: Codec, heard: Callable[[int], None]
) -> Iterator[Frames]:
    """Yield all frames of a file whose clips lie on `timeline`, which was laid for `codec`.

    `heard` is told the samples of each cue that was taken; it may raise to stop.
    """
    rate, at, told = timeline.rate, 0, 0
    for cue in timeline.cues:
        first = cue.begin // codec.frame(rate)
        yield _silence(codec, rate, first - at)
        at = first
        if cue.clip.length:
            frames = kept(cue.clip, codec, gains[cue.clip.voice])
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


def _place(clip: Clip, codec: Codec, gain: float) -> str:
    # A book has tens of thousands of them: names are put together as text.
    return f"{str(clip.path)[:-4]}.{_sign(codec, gain)}.{clip.length}.{codec.name}"


@lru_cache(maxsize=64)
def _sign(codec: Codec, gain: float) -> str:
    from narrate.audio.loudness import LEVELLING

    told = f"{codec.sign} {gain} {LEVELLING}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]
