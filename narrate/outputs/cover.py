"""Cover pictures: proved to be pictures before the first word is spoken."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from narrate.errors import UsageError
from narrate.model import Cover

if TYPE_CHECKING:
    from pathlib import Path


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
    _check_pixels(path, data)
    return cover


def _check_pixels(path: Path, data: bytes) -> None:
    import av

    try:
        with av.open(io.BytesIO(data), "r") as container:
            next(container.decode(video=0))
    except (av.FFmpegError, StopIteration, IndexError) as error:
        raise UsageError(f"cover {path} is damaged: save the picture again") from error
