"""Cover pictures: proved to be pictures before the first word is spoken.

Source: Apple, "Podcast artwork requirements".
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from narrate.errors import UsageError
from narrate.model import Cover
from narrate.outputs.artwork import artwork

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image

    from narrate.model import Book

_LEAST, _MOST = 1400, 3000
"""Pixels of the side of a podcast's artwork."""


def front(book: Book) -> Cover:
    """Return the cover of `book`, or one that is made of its title and authors."""
    return book.details.cover or artwork(book.title, book.details.authors)


def load_cover(path: Path) -> Cover:
    """Read a JPEG or PNG picture. Raises `UsageError` if it is none, or larger than 10 MB."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cover {path} cannot be read: {error.strerror}") from error
    cover = Cover.of(data)
    if cover is None:
        raise UsageError(
            f"cover {path} is neither JPEG nor PNG, which players show: save it as one"
        )
    if len(data) > Cover.most:
        raise UsageError(f"cover {path} is larger than 10 MB: 1400 to 3000 pixels are enough")
    _pixels(path, data)
    return cover


def load_artwork(path: Path) -> Cover:
    """Read a picture that podcast apps take for a show. Raises `UsageError`, also as `load_cover`.

    It must be square, 1400 to 3000 pixels wide, in RGB and without transparency.
    """
    cover = load_cover(path)
    picture = _pixels(path, cover.data)
    if picture.width != picture.height or not _LEAST <= picture.width <= _MOST:
        raise UsageError(
            f"artwork {path} has {picture.width} × {picture.height} pixels: podcast apps want a "
            f"square, {_LEAST} to {_MOST} pixels wide"
        )
    if picture.mode != "RGB":
        raise UsageError(f"artwork {path} is {picture.mode}, and podcast apps want RGB: save it so")
    return cover


def _pixels(path: Path, data: bytes) -> Image:
    import PIL.Image

    try:
        picture = PIL.Image.open(io.BytesIO(data))
        picture.load()
    except (OSError, SyntaxError, ValueError, PIL.Image.DecompressionBombError) as error:
        raise UsageError(f"cover {path} is damaged: save the picture again") from error
    return picture
