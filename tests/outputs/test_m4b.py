"""M4B: both chapter lists, the tags of audiobooks, and a head that comes first."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp4 import MP4

from narrate.audio.codecs import AAC
from narrate.model import Chapter, Paragraph
from narrate.outputs import m4b
from narrate.testing import tiny_audiobook, tiny_book
from tests.outputs.test_mp3 import COVER, DETAILS

if TYPE_CHECKING:
    from pathlib import Path

LONG = "عنوانی که از شصت و سه حرف درازتر است و در همه‌ی پخش‌کننده‌ها باید دیده شود 🙂"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    book = replace(tiny_book(chapters=3, title="عنوان"), details=DETAILS)
    chapter = Chapter("c0004", LONG, (Paragraph("c0004p00001", "متن."),))
    book = replace(book, chapters=(*book.chapters, chapter))
    path = tmp_path / "book.m4b"
    m4b.write(tiny_audiobook(tmp_path / "clips", book, AAC), path, lambda _: None)
    return path


def boxes(data: bytes, path: str = "") -> dict[str, bytes]:
    """Return every box that holds boxes, and every other, by its path."""
    found, at = {}, 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        name = f"{path}/{kind.decode()}"
        found[name] = data[at + head : at + size]
        if kind in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"udta", b"edts", b"tref"):
            found |= boxes(found[name], name)
        at += size
    assert at == len(data)
    return found


def test_the_head_comes_before_the_sound(written: Path) -> None:
    names = [name for name in boxes(written.read_bytes()) if name.count("/") == 1]
    assert names == ["/ftyp", "/moov", "/mdat"]
    assert boxes(written.read_bytes())["/ftyp"][:4] == b"M4B "


def nero_titles(data: bytes) -> list[bytes]:
    chpl, titles = boxes(data)["/moov/udta/chpl"], []
    at = 9
    for _ in range(chpl[8]):
        size = chpl[at + 8]
        titles.append(chpl[at + 9 : at + 9 + size])
        at += 9 + size
    assert at == len(chpl)
    return titles


def test_a_title_is_cut_at_a_letter_in_the_short_list_and_whole_in_the_other(
    written: Path,
) -> None:
    last = nero_titles(written.read_bytes())[-1]
    with av.open(str(written)) as container:
        shown = container.chapters()[-1]["metadata"]["title"]

    assert len(LONG.encode()) > 127 >= len(last) > 120
    assert LONG.startswith(last.decode())
    assert shown == LONG


@given(st.text(), st.integers(0, 200))
def test_a_cut_never_splits_a_letter(text: str, most: int) -> None:
    text = text.encode(errors="ignore").decode()
    short = m4b.cut(text, most)

    assert len(short) <= most
    assert text.startswith(short.decode())
    assert short == text.encode() or len(text[: len(short.decode()) + 1].encode()) > most


def test_the_tags_are_those_of_an_audiobook(written: Path) -> None:
    tags: Any = MP4(written).tags

    freeform = {key[22:]: value[0].decode() for key, value in tags.items() if key[0] == "-"}
    plain = {key: value[0] for key, value in tags.items() if isinstance(value, list)}
    assert {key: plain[key] for key in plain if key[0] != "-" and key != "covr"} == {
        "©nam": "عنوان",
        "©alb": "عنوان",
        "©ART": "سعدی; حافظ",
        "aART": "سعدی; حافظ",
        "©wrt": "فرید",
        "©cmt": "درباره‌ی کتاب",
        "desc": "درباره‌ی کتاب",
        "ldes": "درباره‌ی کتاب",
        "©day": "2026-11-22",
        "©gen": "Audiobook",
        "©pub": "نشر",
        "©mvn": "مجموعه",
        "©mvi": 2,
        "shwm": 1,
        "stik": 2,
    }
    assert freeform == {
        "SERIES": "مجموعه",
        "SERIES-PART": "2",
        "NARRATOR": "فرید",
        "PUBLISHER": "نشر",
        "LANGUAGE": "fas",
    }
    assert tags["pgap"] is True
    assert bytes(tags["covr"][0]) == COVER.data


def test_sound_and_chapters_say_that_they_are_persian(written: Path) -> None:
    data = written.read_bytes()

    assert data.count(struct.pack(">HH", 0x1833, 0)) == 2
    with av.open(str(written)) as container:
        assert container.streams.audio[0].language == "fas"


def test_the_edit_list_leaves_out_exactly_the_encoders_priming(written: Path) -> None:
    edit = boxes(written.read_bytes())["/moov/trak/edts/elst"]

    _, count, length, begin, _ = struct.unpack(">IIQqI", edit)
    assert (count, begin) == (1, 1024)
    assert length / 22_050 == pytest.approx(MP4(written).info.length, abs=0.1)
