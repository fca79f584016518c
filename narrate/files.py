"""Writing files so that a final name never stands for half a file."""

from __future__ import annotations

import ctypes
import errno
import math
import os
import re
import secrets
import shutil
import sys
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from narrate.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


PART = re.compile(r"\.[0-9a-f]{16}\.part")
"""How files are called until they are whole."""
ABANDONED = 3600.0
"""Seconds after which nobody writes such a file any more that was not written to."""
_TRIES = 20
_TAKEN = (errno.ENOTEMPTY, errno.EEXIST)


@contextmanager
def published(path: Path) -> Iterator[Path]:
    """Give a temporary name beside `path`; give its file its final name if the block ends well.

    The file may be a whole folder. Makes the folder around it. Raises `OutputError` for what the
    system refuses: no room, no permission.
    """
    path = path.resolve() if path.is_symlink() else path
    temporary = path.parent / f".{secrets.token_hex(8)}.part"
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        if temporary.is_dir() and not path.is_file():
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
    """Put the folder `new` in the place of the one at `path`; another build may do so as well."""
    if _swapped(new, path):
        _remove(new)
        return
    for _ in range(_TRIES):
        old = path.parent / f".{secrets.token_hex(8)}.part"
        with suppress(FileNotFoundError):
            path.replace(old)
        try:
            new.replace(path)
        except OSError as error:
            if error.errno in _TAKEN:
                _remove(old)
                continue
            with suppress(OSError):
                old.replace(path)
            raise
        _remove(old)
        return
    raise OSError(errno.EBUSY, "other builds write it all the time")


def _swapped(one: Path, other: Path) -> bool:
    """Exchange two names in one step, and tell whether this system and its disk could.

    `os.replace` puts no folder in the place of another, and between two steps there would be none.
    Sources: renameat2(2) of Linux, renamex_np(2) of macOS.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            here = -100
            failed = ctypes.CDLL(None).renameat2(here, names[0], here, names[1], 2)
        elif sys.platform == "darwin":
            failed = ctypes.CDLL(None).renamex_np(*names, 2)
        else:
            failed = True
    except AttributeError:
        # The C library is older than that.
        failed = True
    return not failed


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def check_folder(folder: Path, option: str = "") -> None:
    """Make `folder`, which `option` names, and prove that a file can be written there.

    Raises `OutputError`. What builds that were killed left half written there goes.
    """
    with_option = f" with {option}" if option else ""
    try:
        if folder.is_file():
            raise OutputError(f"{folder} is a file: name a folder{with_option}")
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(prefix=".", dir=folder) as probe:
            # A disk that is shared may have a clock of its own.
            now = os.fstat(probe.fileno()).st_mtime
        with os.scandir(folder) as entries:
            names = [each.name for each in entries if each.name[0] == "."]
        for path in (folder / name for name in names if PART.fullmatch(name)):
            if now - _last_used(path) > ABANDONED:
                _remove(path)
    except OSError as error:
        reason = error.strerror or str(error)
        another = f"; name another{with_option}" if option else ""
        raise OutputError(f"nothing can be written in {folder}: {reason}{another}") from error


def _last_used(path: Path) -> float:
    """Return when a file, or one in a folder, was written to; now if it is gone meanwhile."""
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else ()
    try:
        return float(max(each.lstat().st_mtime for each in (path, *inside)))
    except FileNotFoundError:
        return math.inf
