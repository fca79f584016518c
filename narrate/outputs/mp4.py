"""The boxes of an MP4 file with one sound and a chapter list; pure functions of values to bytes.

Sources: ISO/IEC 14496-12 (boxes), 14496-14 (`esds`), QuickTime File Format (text track, `chap`).
"""

from __future__ import annotations

import array
import struct
import sys
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.model import Mark

_UNITY = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_AUDIO_ID, _TEXT_ID = 1, 2
_AAC_FRAME = 1024
_FRAMES_A_CHUNK = 22


@dataclass(frozen=True, slots=True)
class Sound:
    """The encoded sound: frames of 1,024 samples, and where they lie in the file."""

    rate: int
    bit_rate: int
    config: bytes
    """AudioSpecificConfig."""
    priming: int
    """Samples to leave out at the start."""
    length: int
    """Samples to play."""
    sizes: array.array[int]
    """Bytes of each frame, as 16-bit numbers."""
    offset: int
    """Of the first frame in the file; the others follow it."""


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """Return a box with a version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def file_type() -> bytes:
    """Return `ftyp` for an audiobook."""
    return box(b"ftyp", b"M4B ", struct.pack(">I", 512), b"M4B M4A mp42isom")


def media_data_head(size: int) -> bytes:
    """Return the head of `mdat`, 8 bytes, for `size` bytes to follow."""
    return struct.pack(">I4s", 8 + size, b"mdat")


def movie(
    sound: Sound, marks: Sequence[Mark], titles: Sequence[bytes], offset: int, udta: bytes
) -> bytes:
    """Return `moov`. `titles` are the samples of the chapter track, which lie at `offset`."""
    head = full_box(
        b"mvhd", 1, 0,
        struct.pack(">QQIQ", 0, 0, sound.rate, sound.length),
        struct.pack(">IHH8x", 0x10000, 0x100, 0), _UNITY, bytes(24),
        struct.pack(">I", _TEXT_ID + 1),
    )  # fmt: skip
    return box(
        b"moov", head, _audio_track(sound), _chapter_track(sound, marks, titles, offset), udta
    )


def chapter_samples(titles: Sequence[str]) -> list[bytes]:
    """Return the samples of a QuickTime text track: a length, UTF-8, and a mark that says so."""
    encoding = box(b"encd", struct.pack(">I", 0x100))
    texts = [title.encode() for title in titles]
    return [struct.pack(">H", len(text)) + text + encoding for text in texts]


def nero_chapters(sound_rate: int, marks: Sequence[Mark], titles: Sequence[bytes]) -> bytes:
    """Return `chpl`: at most 255 chapters, in units of 100 ns, each title with a length byte."""
    entries = [
        struct.pack(">QB", (20_000_000 * mark.begin + sound_rate) // (2 * sound_rate), len(title))
        + title
        for mark, title in zip(marks, titles, strict=True)
    ]
    return full_box(b"chpl", 1, 0, struct.pack(">IB", 0, len(entries)), *entries)


def _audio_track(sound: Sound) -> bytes:
    samples = len(sound.sizes) * _AAC_FRAME
    media = _media(sound.rate, samples, b"soun", box(b"smhd", bytes(8)), _audio_table(sound))
    edit = struct.pack(">IQqI", 1, sound.length, sound.priming, 0x10000)
    return box(
        b"trak",
        _track_head(_AUDIO_ID, 1 | 2, sound.length, 0x100),
        box(b"edts", full_box(b"elst", 1, 0, edit)),
        box(b"tref", box(b"chap", struct.pack(">I", _TEXT_ID))),
        media,
    )


def _chapter_track(sound: Sound, marks: Sequence[Mark], titles: Sequence[bytes], at: int) -> bytes:
    durations = [mark.end - mark.begin for mark in marks]
    entry = box(b"text", bytes(6), struct.pack(">H", 1), struct.pack(">Ii", 1, 1), bytes(36))
    table = box(
        b"stbl",
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        full_box(b"stts", 0, 0, _runs(durations)),
        full_box(b"stsc", 0, 0, struct.pack(">IIII", 1, 1, 1, 1)),
        _sizes(array.array("I", map(len, titles))),
        # A chunk for each title: some readers look for as many offsets as there are samples.
        _chunk_offsets(list(accumulate(map(len, titles[:-1]), initial=at))),
    )
    generic = full_box(b"gmin", 0, 0, struct.pack(">HHHHHH", 0x40, 0x8000, 0x8000, 0x8000, 0, 0))
    head = box(b"gmhd", generic, box(b"text", _UNITY))
    return box(
        b"trak",
        _track_head(_TEXT_ID, 2, sound.length, 0),
        _media(sound.rate, sum(durations), b"text", head, table),
    )


def _track_head(track: int, flags: int, duration: int, volume: int) -> bytes:
    return full_box(
        b"tkhd", 1, flags,
        struct.pack(">QQIIQ8x", 0, 0, track, 0, duration),
        struct.pack(">HHHH", 0, 0, volume, 0), _UNITY, bytes(8),
    )  # fmt: skip


def _media(rate: int, duration: int, kind: bytes, head: bytes, table: bytes) -> bytes:
    language = _language("fas")
    reference = full_box(b"dref", 0, 0, struct.pack(">I", 1), full_box(b"url ", 0, 1))
    return box(
        b"mdia",
        full_box(b"mdhd", 1, 0, struct.pack(">QQIQHH", 0, 0, rate, duration, language, 0)),
        full_box(b"hdlr", 0, 0, bytes(4), kind, bytes(12), b"\0"),
        box(b"minf", head, box(b"dinf", reference), table),
    )


def _audio_table(sound: Sound) -> bytes:
    sizes = sound.sizes
    chunks = range(0, len(sizes), _FRAMES_A_CHUNK)
    amounts = (sum(sizes[first : first + _FRAMES_A_CHUNK]) for first in chunks)
    starts = list(accumulate(amounts, initial=sound.offset))[:-1]
    last = len(sizes) - chunks[-1]
    runs = [(1, _FRAMES_A_CHUNK)] if len(chunks) > 1 else []
    if last != _FRAMES_A_CHUNK or not runs:
        runs.append((len(chunks), last))
    return box(
        b"stbl",
        full_box(b"stsd", 0, 0, struct.pack(">I", 1), _audio_entry(sound)),
        full_box(b"stts", 0, 0, struct.pack(">III", 1, len(sizes), _AAC_FRAME)),
        full_box(
            b"stsc", 0, 0, struct.pack(">I", len(runs)),
            *(struct.pack(">III", first, count, 1) for first, count in runs),
        ),
        _sizes(sizes),
        _chunk_offsets(starts),
    )  # fmt: skip


def _audio_entry(sound: Sound) -> bytes:
    decoder = _descriptor(
        4,
        struct.pack(">BBBHII", 0x40, 0x15, 0, 0, sound.bit_rate, sound.bit_rate),
        _descriptor(5, sound.config),
    )
    stream = _descriptor(3, struct.pack(">HB", 0, 0), decoder, _descriptor(6, b"\x02"))
    return box(
        b"mp4a", bytes(6), struct.pack(">H", 1), bytes(8),
        struct.pack(">HHHHI", 1, 16, 0, 0, sound.rate << 16),
        full_box(b"esds", 0, 0, stream),
    )  # fmt: skip


def _descriptor(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes([tag, 0x80, 0x80, 0x80, len(body)]) + body


def _sizes(sizes: array.array[int]) -> bytes:
    table = array.array("I", sizes)
    if sys.byteorder == "little":
        table.byteswap()
    return full_box(b"stsz", 0, 0, struct.pack(">II", 0, len(sizes)), table.tobytes())


def _chunk_offsets(offsets: Sequence[int]) -> bytes:
    """Return `stco`: not all readers know `co64`, and 4 GiB are 140 hours of speech."""
    count = len(offsets)
    return full_box(b"stco", 0, 0, struct.pack(">I", count), struct.pack(f">{count}I", *offsets))


def _runs(durations: Sequence[int]) -> bytes:
    entries = b"".join(struct.pack(">II", 1, duration) for duration in durations)
    return struct.pack(">I", len(durations)) + entries


def _language(code: str) -> int:
    first, second, third = (ord(letter) - 0x60 for letter in code)
    return first << 10 | second << 5 | third
