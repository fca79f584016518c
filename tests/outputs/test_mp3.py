"""MP3: the tag that players really take, and frames of one bit rate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3, BitrateMode

from narrate.audio import codecs
from narrate.model import Cover, Details, Track
from narrate.outputs import mp3
from narrate.testing import tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path

COVER = Cover(b"\xff\xd8\xff" + bytes(5000), "image/jpeg")
DETAILS = Details(
    authors=("سعدی", "حافظ"),
    narrators=("فرید",),
    publisher="نشر",
    date="2026-11-22",
    description="درباره‌ی کتاب",
    series="مجموعه",
    series_part="2",
    cover=COVER,
)


@pytest.fixture
def written(tmp_path: Path) -> Path:
    book = replace(tiny_book(chapters=12, title="عنوان"), details=DETAILS)
    audiobook = replace(tiny_audiobook(tmp_path / "clips", book, codecs.MP3), track=Track(1, 2))
    path = tmp_path / "book.mp3"
    mp3.write(audiobook, path, lambda _: None)
    return path


def frames(data: bytes) -> list[str]:
    """Return the names of the frames in the order in which they lie in the file."""
    names, at = [], 10
    end = 10 + sum((byte & 127) << 7 * place for place, byte in enumerate(reversed(data[6:10])))
    while at < end and data[at]:
        names.append(data[at : at + 4].decode())
        at += 10 + int.from_bytes(data[at + 4 : at + 8], "big")
    assert at == end
    return names


def test_the_tag_is_version_2_3_with_utf_16(written: Path) -> None:
    tags: Any = ID3(written, translate=False)

    assert tags.version == (2, 3, 0)
    assert {frame.encoding for frame in tags.values() if hasattr(frame, "encoding")} == {1}


def test_every_detail_is_in_its_frame(written: Path) -> None:
    tags: Any = ID3(written, translate=False)

    texts = {key: str(tags[key]) for key in tags if key[0] == "T" and key != "TLEN"}
    assert texts == {
        "TIT2": "عنوان",
        "TALB": "عنوان",
        "TPE1": "سعدی; حافظ",
        "TPE2": "سعدی; حافظ",
        "TCOM": "فرید",
        "TPUB": "نشر",
        "TYER": "2026",
        "TDAT": "2211",
        "TCON": "Audiobook",
        "TLAN": "fas",
        "TRCK": "1/2",
        "TXXX:series": "مجموعه",
        "TXXX:series-part": "2",
    }
    assert str(tags["COMM::fas"]) == "درباره‌ی کتاب"
    assert tags["APIC:"].data == COVER.data


def test_chapters_lie_in_order_of_time_behind_one_table_of_contents(written: Path) -> None:
    tags: Any = ID3(written, translate=False)
    (contents,) = tags.getall("CTOC")
    order = [name for name in frames(written.read_bytes()) if name in ("CHAP", "CTOC")]

    assert order == ["CTOC"] + ["CHAP"] * 12
    assert contents.flags == 3
    assert str(contents.sub_frames["TIT2"]) == "عنوان"
    assert contents.child_element_ids == [f"c{n:04}" for n in range(1, 13)]
    starts = [tags[f"CHAP:{name}"].start_time for name in contents.child_element_ids]
    ends = [tags[f"CHAP:{name}"].end_time for name in contents.child_element_ids]
    assert starts == [0, *ends[:-1]]
    assert starts == sorted(starts)


def test_the_bit_rate_is_constant_and_the_length_is_told_exactly(written: Path) -> None:
    info: Any = MP3(written).info
    length = int(str(ID3(written)["TLEN"])) / 1000

    assert info.bitrate_mode is BitrateMode.CBR
    # Every frame is padded, so that all are of one size.
    assert info.bitrate == pytest.approx(64_000, abs=64_000 / 208)
    # As the Info frame tells, without the encoder's delay and padding.
    assert info.length == pytest.approx(length, abs=0.001)
