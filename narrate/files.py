"""Writing files so that a final name never stands for half a file."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from narrate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def published(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; give its file its final name if the block ends well.

    The file may be a whole folder. Makes the folder around it. Raises `OutputError` for what the
    system refuses: no room, no permission.
    """
    temporary = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        if temporary.is_dir() and path.is_dir():
            _exchange(temporary, path)
        else:
            temporary.replace(path)
    except BaseException as error:
        _remove(temporary)
        if not isinstance(error, OSError):
            raise
        reason = error.strerror or str(error)
        raise OutputError(f"{path} cannot be written: {reason}") from error


def _exchange(new: Path, path: Path) -> None:
    """Put the folder `new` in the place of the one at `path`."""
    old = path.parent / f".{secrets.token_hex(8)}.part"
    path.replace(old)
    new.replace(path)
    _remove(old)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def check_folder(folder: Path) -> None:
    """Make `folder` and prove that a file can be written there. Raises `OutputError`."""
    try:
        if folder.is_file():
            raise OutputError(f"{folder} is a file: name a folder")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(prefix=".", dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"nothing can be written in {folder}: {reason}") from error
