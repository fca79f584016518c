"""Cover pictures: proved to be pictures before the first word is spoken."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from narrate.errors import UsageError
from narrate.model import Cover

if TYPE_CHECKING:
    from pathlib import Path

_KINDS: dict[bytes, Literal["image/jpeg", "image/png"]] = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
_LARGEST = 10_000_000


def load_cover(path: Path) -> Cover:
    """Read a JPEG or PNG picture. Raises `UsageError` if it is none, or larger than 10 MB."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cover {path} cannot be read: {error.strerror}") from error
    mime = next((kind for sign, kind in _KINDS.items() if data.startswith(sign)), None)
    if mime is None:
        raise UsageError(f"cover {path} is neither JPEG nor PNG, which are what players show")
    if len(data) > _LARGEST:
        raise UsageError(f"cover {path} is larger than 10 MB: 1400 to 3000 pixels are enough")
    _check_pixels(path, data)
    return Cover(data, mime)


def _check_pixels(path: Path, data: bytes) -> None:
    import av

    try:
        with av.open(io.BytesIO(data), "r") as container:
            next(container.decode(video=0))
    except (av.FFmpegError, StopIteration, IndexError) as error:
        raise UsageError(f"cover {path} is damaged: save the picture again") from error
