"""Covers: pictures that players show, proved before the first word is spoken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest
from PIL import Image

from narrate.errors import UsageError
from narrate.model import Book, Cover, Details
from narrate.outputs.artwork import artwork
from narrate.outputs.cover import front, load_artwork, load_cover

if TYPE_CHECKING:
    from pathlib import Path


def picture(codec: str, pixels: str) -> bytes:
    """Return a black picture of 64 pixels square."""
    context: Any = av.CodecContext.create(codec, "w")
    context.width = context.height = 64
    context.pix_fmt, context.time_base = pixels, Fraction(1)
    black = np.zeros((64, 64, 3), np.uint8)
    frame = av.VideoFrame.from_ndarray(black, format="rgb24").reformat(format=pixels)
    return b"".join(bytes(packet) for packet in [*context.encode(frame), *context.encode(None)])


@pytest.mark.parametrize(
    ("codec", "pixels", "mime"),
    [("mjpeg", "yuvj420p", "image/jpeg"), ("png", "rgb24", "image/png")],
)
def test_jpeg_and_png_are_taken(tmp_path: Path, codec: str, pixels: str, mime: str) -> None:
    path = tmp_path / "cover"
    path.write_bytes(picture(codec, pixels))

    cover = load_cover(path)

    assert (cover.mime, cover.data) == (mime, path.read_bytes())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "neither JPEG nor PNG"),
        (b"GIF89a", "neither JPEG nor PNG"),
        (b"\x89PNG\r\n\x1a\nrest", "is damaged"),
        (b"\xff\xd8\xff" + bytes(10_000_001), "larger than 10 MB"),
    ],
)
def test_anything_else_is_refused_in_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "cover.jpg"
    path.write_bytes(data)

    with pytest.raises(UsageError, match=message):
        load_cover(path)


def test_a_missing_cover_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        load_cover(tmp_path / "no.jpg")


def saved(path: Path, mode: str, size: tuple[int, int]) -> Path:
    Image.new(mode, size).save(path)
    return path


def test_a_show_takes_a_square_rgb_picture_of_1400_to_3000_pixels(tmp_path: Path) -> None:
    for side in (1400, 3000):
        path = saved(tmp_path / "cover.png", "RGB", (side, side))

        assert load_artwork(path).data == path.read_bytes()


@pytest.mark.parametrize(
    ("mode", "size", "message"),
    [
        ("RGB", (1399, 1399), "1399 × 1399 pixels: .* 1400 to 3000"),
        ("RGB", (3001, 3001), "square, 1400 to 3000"),
        ("RGB", (1400, 1401), "square"),
        ("RGBA", (1400, 1400), "is RGBA, and .* RGB"),
        ("L", (1400, 1400), "is L, and"),
    ],
)
def test_a_show_takes_no_other_picture(
    tmp_path: Path, mode: str, size: tuple[int, int], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        load_artwork(saved(tmp_path / "cover.png", mode, size))


def test_a_book_without_a_cover_gets_one_of_its_title_and_authors() -> None:
    book = Book("گلستان", (), Details(authors=("سعدی",)))
    own = Cover(b"\xff\xd8\xff", "image/jpeg")

    assert front(book) == artwork("گلستان", ("سعدی",))
    assert front(replace(book, details=Details(cover=own))) is own
