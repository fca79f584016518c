"""M4B: an MP4 audiobook that plays before it is loaded, with both kinds of chapter lists.

Sources: ISO/IEC 14496-12; QuickTime File Format, "Chapter Lists"; for `chpl` and the iTunes tags,
what players do: titles in `chpl` of more than 127 bytes make AntennaPod drop all chapters.
"""

from __future__ import annotations

import array
import io
from typing import TYPE_CHECKING, Any

from mutagen import mp4 as tagging

from narrate.audio.codecs import AAC, BIT_RATE
from narrate.audio.coded import frames_of
from narrate.outputs import mp4
from narrate.outputs.cover import front
from narrate.outputs.output import BUFFER, Output

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard

_MOST_CHAPTERS = 255
_LONGEST_NERO_TITLE = 127
_AUDIOBOOK = 2
_DIGITS = 5
_FREEFORM = "----:com.apple.iTunes:"


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write `audiobook` as M4B at `path`.

    The head comes first in the file but is known last: its size follows from the number of
    frames, so room is left for it.
    """
    timeline = audiobook.timeline
    titles = mp4.chapter_samples([mark.title for mark in timeline.marks])
    empty = array.array("H", bytes(2 * AAC.whole(timeline.length, timeline.rate)))
    start = len(mp4.file_type()) + len(_movie(audiobook, titles, empty, 0))
    sizes = array.array("H")
    with path.open("wb", buffering=BUFFER) as file:
        file.seek(start + len(mp4.media_data_head(0)))
        file.writelines(titles)
        for frames in frames_of(timeline, audiobook.gains, AAC, heard):
            sizes.extend(frames.sizes)
            file.write(frames.data)
        end = file.tell()
        file.seek(0)
        file.write(mp4.file_type() + _movie(audiobook, titles, sizes, start))
        if file.tell() != start:
            raise AssertionError(f"{len(sizes)} frames came where {len(empty)} were to come")
        file.write(mp4.media_data_head(end - start - len(mp4.media_data_head(0))))


OUTPUT = Output("m4b", ".m4b", _MOST_CHAPTERS, AAC, write)


def _movie(audiobook: Audiobook, titles: list[bytes], sizes: array.array[int], start: int) -> bytes:
    timeline = audiobook.timeline
    text_at = start + len(mp4.media_data_head(0))
    track = mp4.Sound(
        rate=timeline.rate,
        bit_rate=BIT_RATE,
        config=AAC.config(timeline.rate),
        priming=AAC.delay,
        length=timeline.length,
        sizes=sizes,
        offset=text_at + sum(map(len, titles)),
    )
    short = [cut(mark.title, _LONGEST_NERO_TITLE) for mark in timeline.marks]
    udta = mp4.box(
        b"udta", mp4.nero_chapters(timeline.rate, timeline.marks, short), _meta(audiobook)
    )
    return mp4.movie(track, timeline.marks, titles, text_at, udta)


def cut(text: str, most: int) -> bytes:
    """Return the UTF-8 of `text`, at most `most` bytes, whole letters only."""
    return text.encode()[:most].decode(errors="ignore").encode()


def _meta(audiobook: Audiobook) -> bytes:
    """Return the iTunes tags, rendered by mutagen into an empty file and taken out of it."""
    head = mp4.full_box(b"mvhd", 0, 0, bytes(96))
    file = io.BytesIO(mp4.file_type() + mp4.box(b"moov", head))
    tags = tagging.MP4Tags()
    tags.update(_tags(audiobook))
    tags.save(file, padding=lambda _: 0)
    data = file.getvalue()
    at = data.index(b"meta") - 4
    return data[at : at + int.from_bytes(data[at : at + 4], "big")]


def _tags(audiobook: Audiobook) -> dict[str, Any]:
    book, details, track = audiobook.book, audiobook.book.details, audiobook.track
    authors, narrators = "; ".join(details.authors), "; ".join(details.narrators)
    texts = {
        "\xa9nam": audiobook.title,
        "\xa9alb": book.title,
        "\xa9ART": authors,
        "aART": authors,
        "\xa9wrt": narrators,
        "\xa9cmt": details.description,
        "desc": details.description,
        "ldes": details.description,
        "\xa9day": details.date,
        "\xa9gen": details.genre,
        "\xa9pub": details.publisher,
        "\xa9mvn": details.series,
        f"{_FREEFORM}SERIES": details.series,
        f"{_FREEFORM}SERIES-PART": details.series_part,
        f"{_FREEFORM}NARRATOR": narrators,
        f"{_FREEFORM}PUBLISHER": details.publisher,
        f"{_FREEFORM}LANGUAGE": "fas",
    }
    tags: dict[str, Any] = {
        key: [tagging.MP4FreeForm(text.encode()) if key.startswith("-") else text]
        for key, text in texts.items()
        if text
    }
    tags |= {"stik": [_AUDIOBOOK], "pgap": True}
    if details.series and details.series_part.isdecimal() and len(details.series_part) < _DIGITS:
        tags |= {"\xa9mvi": [int(details.series_part)], "shwm": [1]}
    if track:
        tags["trkn"] = [(track.number, track.total)]
    cover = front(book)
    kinds = {"image/jpeg": tagging.AtomDataType.JPEG, "image/png": tagging.AtomDataType.PNG}
    tags["covr"] = [tagging.MP4Cover(cover.data, kinds[cover.mime])]
    return tags
