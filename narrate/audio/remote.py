"""A clip store that many machines share at an address: S3, SFTP, or whatever fsspec knows.

Each machine has a folder of its own besides, where it keeps what it made and what it fetched.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from narrate.audio.clips import Store
from narrate.errors import OutputError, UsageError
from narrate.files import published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from narrate.model import Clip

_AT_ONCE = 16
_EXTRA = "pip install 'narrate-fa[cluster]'"
_SECRET = re.compile(r"(?<=://)(?:[^/:]*:(?P<password>\S*)|[^/]*)@")
_PAUSES = (0.5, 2.0)
"""Seconds before what failed on the way is tried again."""
_FINAL = (PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)
"""What fails each time."""
_AT_ONCE_WHOLE = {"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "oci", "memory"}
"""Where a file that is put is seen when it is there whole, and not before."""
_MOST_PASSING = 4_000
"""Files that a worker of a cluster keeps in its own folder: about half a gigabyte."""


class RemoteStore(Store):
    """A store at an address. What lies in its folder lies there too, and was there before."""

    def __init__(self, folder: Path, address: str, most: int = sys.maxsize) -> None:
        """Use `address`, and `folder` on this machine, where the last `most` files are kept.

        Raises `UsageError` for an address of no known kind, `OutputError` for one that cannot be
        reached, and for a folder in which nothing can be written.
        """
        super().__init__(folder)
        self.address = address
        self.name = shown(address)
        self._most = most
        self._passing: dict[Path, None] = {}
        self._lock = Lock()
        self._there()

    def __reduce__(self) -> tuple[Any, ...]:
        return _opened_here, (self.folder, self.address)

    @cached_property
    def _hands(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(_AT_ONCE)

    def _there(self) -> tuple[Any, str]:
        """Return the file system behind the address, one for each thread, and the folder in it."""
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise UsageError(f"--store {self.name} needs fsspec: {_EXTRA}") from error
        try:
            system, root = url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            reason = self._told(error)
            raise UsageError(f"--store {self.name} cannot be used: {reason}") from self._cause(
                error
            )
        except Exception as error:  # noqa: BLE001 - those of fsspec are of any kind
            reason = self._told(error)
            raise OutputError(f"{self.name} cannot be reached: {reason}") from self._cause(error)
        return system, root.rstrip("/")

    def get(self, key: str) -> Clip | None:
        """Return the clip under `key`, or nothing if there is none that is whole and undamaged."""
        clip = self.at_hand(key)
        if clip is None and self._sees(self.path(key)):
            return self.at_hand(key)
        self._renew([self.path(key)])
        return clip

    def own(self, clip: Clip) -> Clip:
        """Return `clip`, which another machine may have made, as it lies in this store."""
        if not clip.path.name:
            return clip
        encoded = (replace(each, pack=self.pack(each.pack.stem)) for each in clip.encoded)
        return replace(clip, path=self.path(clip.path.stem), encoded=tuple(encoded))

    def fetch(self, paths: Iterable[Path]) -> None:
        """See to it that files of the store lie in the folder. Raises `OutputError`."""
        paths = list(dict.fromkeys(path for path in paths if path.name))
        self._renew(paths)
        lacking = [path for path in paths if not path.is_file()]
        found = self._hands.map(self._sees, lacking)
        gone = [path.name for path, is_there in zip(lacking, found, strict=True) if not is_there]
        if gone:
            raise OutputError(
                f"{self.name} lacks {gone[0]}, which was there: run again to make it anew"
            )

    def _sees(self, path: Path) -> bool:
        """Get a file from there; tell whether there is one."""
        system, root = self._there()
        read = partial(system.cat_file, f"{root}/{path.parent.name}/{path.name}")
        try:
            data = self._tried("read", read)
        except FileNotFoundError:
            return False
        with published(path) as temporary:
            temporary.write_bytes(data)
        self._pass(path)
        return True

    def _write(self, path: Path, parts: Sequence[bytes]) -> None:
        system, root = self._there()
        self._tried(
            "written",
            lambda: _put(system, f"{root}/{path.parent.name}", path.name, b"".join(parts)),
        )
        super()._write(path, parts)
        self._pass(path)

    def _pass(self, path: Path) -> None:
        """Keep a file in the folder, where it is worth it, and give up the one that came first."""
        with self._lock:
            self._passing.pop(path, None)
            self._passing[path] = None
            if len(self._passing) > self._most:
                first = next(iter(self._passing))
                del self._passing[first]
                first.unlink(missing_ok=True)

    def _renew(self, paths: Iterable[Path]) -> None:
        """Let those of `paths` that are kept be the last that are given up."""
        with self._lock:
            for path in paths:
                if path in self._passing:
                    self._passing[path] = self._passing.pop(path)

    def _tried[T](self, what: str, work: Callable[[], T]) -> T:
        """Return what `work` returns; what fails on the way is tried again.

        Raises `OutputError` that nothing can be `what`, and `FileNotFoundError`.
        """
        pauses = list(_PAUSES)
        while True:
            try:
                return work()
            except FileNotFoundError:
                raise
            except Exception as error:  # noqa: BLE001
                if not pauses or isinstance(error, _FINAL):
                    reason = self._told(error)
                    told = f"{self.name} cannot be {what}: {reason}"
                    raise OutputError(told) from self._cause(error)
            time.sleep(pauses.pop(0))

    def _told(self, error: Exception) -> str:
        """Return what `error` says, without a password."""
        told, found = str(error), _SECRET.search(self.address)
        password = (found and found["password"]) or ""
        for secret in (found[0] if found else "", password, unquote(password)):
            told = told.replace(secret, "") if secret else told
        return told

    def _cause(self, error: Exception) -> Exception | None:
        """Return what may be shown as the cause of another error."""
        return None if _SECRET.search(self.address) else error


def shown(address: str) -> str:
    """Return an address without the name and the password in it."""
    return _SECRET.sub("", address)


def _put(system: Any, folder: str, name: str, data: bytes) -> None:  # noqa: ANN401 - fsspec has no types
    """Put a file into a folder so that nobody sees half of it."""
    place, part = f"{folder}/{name}", f"{folder}/.{secrets.token_hex(8)}.part"
    kinds = {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}
    if kinds & _AT_ONCE_WHOLE:
        system.pipe_file(place, data)
        return
    system.makedirs(folder, exist_ok=True)
    try:
        system.pipe_file(part, data)
        try:
            system.mv(part, place)
        except OSError:
            # Some put nothing in the place of another: what is there is the same, or damaged.
            if not system.exists(place):
                raise
            system.rm_file(place)
            system.mv(part, place)
    except BaseException:
        with suppress(Exception):
            system.rm_file(part)
        raise


@cache
def _opened_here(folder: Path, address: str) -> RemoteStore:
    """Open the store on the machine that this process works on.

    A worker of a cluster has a folder of its own, which goes when it does.
    """
    if distributed := sys.modules.get("distributed"):
        try:
            own = Path(distributed.get_worker().local_directory) / "clips"
        except ValueError:
            pass
        else:
            return RemoteStore(own, address, _MOST_PASSING)
    return RemoteStore(folder, address)
