"""MP3 with chapters.

Sources: ID3v2.3.0; ID3v2 Chapter Frame Addendum 1.0. What players really take: version 2.3 with
UTF-16 (with 2.4 FFmpeg loses chapters with long Persian titles), a table of contents, chapters in
order of time, a constant bit rate (with a variable one browsers seek seconds wrong).
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from mutagen import id3

from narrate.audio.codecs import BIT_RATE, MP3
from narrate.audio.coded import frames_of
from narrate.outputs.cover import front
from narrate.outputs.output import BUFFER, Output, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from narrate.model import Audiobook, Timeline
    from narrate.outputs.output import Heard

_UTF16 = id3.Encoding.UTF16
MOST_CHAPTERS = 255
_NO_OFFSET = 0xFFFFFFFF
_LANGUAGE = "fas"
_ENCODER_DELAY = 576
"""Samples; decoders know the 529 that they add themselves."""
_IS_MPEG_1 = 0x08
_SIDE_INFO_MPEG_1, _SIDE_INFO_MPEG_2 = 17, 9
_ALL_FIELDS = 0x0F
_CONSTANT_BIT_RATE = 1


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write `audiobook` as MP3 at `path`."""
    with path.open("wb", buffering=BUFFER) as file:
        file.write(_tag(audiobook))
        file.writelines(sound(audiobook.timeline, audiobook.gains, heard))


OUTPUT = Output("mp3", ".mp3", MOST_CHAPTERS, MP3, write)


def sound(timeline: Timeline, gains: Mapping[str, float], heard: Heard) -> Iterator[bytes]:
    """Yield an MP3 without tags, piece by piece: what sounds on `timeline`."""
    yield _info(timeline.length, timeline.rate)
    for frames in frames_of(timeline, gains, MP3, heard):
        yield frames.data


def _info(length: int, rate: int) -> bytes:
    """Return the frame that tells players how long the file is and what of it is not to be heard.

    Sources: "MP3 Info Tag revision 1 specification" (LAME); Xing's "VBR header" for the rest.
    """
    frame = MP3.silence(rate)
    count = MP3.whole(length, rate)
    side = _SIDE_INFO_MPEG_1 if frame[1] & _IS_MPEG_1 else _SIDE_INFO_MPEG_2
    padding = count * MP3.frame(rate) - _ENCODER_DELAY - length
    size = (count + 1) * len(frame)
    told = struct.pack(">4sIII", b"Info", _ALL_FIELDS, count, size)
    told += bytes(256 * place // 100 for place in range(100)) + bytes(4)
    told += struct.pack(
        ">9sBBIHHBB3sBBHIH",
        *(b"LAME3.100", _CONSTANT_BIT_RATE, 0, 0, 0, 0, 0, BIT_RATE // 1000),
        (_ENCODER_DELAY << 12 | padding).to_bytes(3, "big"),
        *(0, 0, 0, size, 0),
    )
    told = frame[:4] + bytes(side) + told
    return (told + struct.pack(">H", _crc16(told))).ljust(len(frame), b"\0")


def _crc16(data: bytes) -> int:
    """Return the CRC-16 of polynomial 0x8005, lowest bit first, that LAME's tag has."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _tag(audiobook: Audiobook) -> bytes:
    tags = id3.ID3()
    for frame in [*_text_frames(audiobook), _picture(audiobook), *_chapter_frames(audiobook)]:
        tags.add(frame)
    tags.update_to_v23()
    buffer = io.BytesIO()
    tags.save(buffer, v2_version=3, v1=0, padding=lambda _: 0)
    return _in_order_of_time(buffer.getvalue())


def _text_frames(audiobook: Audiobook) -> list[Any]:
    book, details, track = audiobook.book, audiobook.book.details, audiobook.track
    texts = {
        "TIT2": audiobook.title,
        "TALB": book.title,
        "TPE1": "; ".join(details.authors),
        "TPE2": "; ".join(details.authors),
        "TCOM": "; ".join(details.narrators),
        "TPUB": details.publisher,
        "TDRC": details.date,
        "TCON": details.genre,
        "TLAN": _LANGUAGE,
        "TLEN": str(milliseconds(audiobook.timeline.length, audiobook.timeline.rate)),
        "TRCK": f"{track.number}/{track.total}" if track else "",
    }
    frames = [getattr(id3, key)(encoding=_UTF16, text=text) for key, text in texts.items() if text]
    own = {"series": details.series, "series-part": details.series_part}
    frames += [id3.TXXX(encoding=_UTF16, desc=key, text=text) for key, text in own.items() if text]
    if details.description:
        text = details.description
        frames.append(id3.COMM(encoding=_UTF16, lang=_LANGUAGE, desc="", text=text))
    return frames


def _picture(audiobook: Audiobook) -> Any:  # noqa: ANN401 - mutagen tells no types
    cover, place = front(audiobook.book), id3.PictureType.COVER_FRONT
    return id3.APIC(encoding=_UTF16, mime=cover.mime, type=place, desc="", data=cover.data)


def _chapter_frames(audiobook: Audiobook) -> list[Any]:
    timeline, frames = audiobook.timeline, []
    for number, mark in enumerate(timeline.marks, 1):
        chapter = id3.CHAP(
            element_id=f"c{number:04}",
            start_time=milliseconds(mark.begin, timeline.rate),
            end_time=milliseconds(mark.end, timeline.rate),
            start_offset=_NO_OFFSET,
            end_offset=_NO_OFFSET,
            sub_frames=[id3.TIT2(encoding=_UTF16, text=mark.title)],
        )
        frames.append(chapter)
    contents = id3.CTOC(
        element_id="toc",
        flags=id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED,
        child_element_ids=[frame.element_id for frame in frames],
        sub_frames=[id3.TIT2(encoding=_UTF16, text=audiobook.book.title)],
    )
    return [contents, *frames]


def _in_order_of_time(tag: bytes) -> bytes:
    """Return an ID3v2.3 tag with its chapters behind all else, by their ids.

    mutagen writes frames by size, and players list chapters as they come.
    """
    frames, at = [], 10
    while at + 10 <= len(tag) and tag[at]:
        (size,) = struct.unpack_from(">I", tag, at + 4)
        frames.append(tag[at : at + 10 + size])
        at += 10 + size
    ordered = sorted(frames, key=lambda frame: frame[10:15] if frame[:4] == b"CHAP" else b"")
    return tag[:10] + b"".join(ordered) + tag[at:]
