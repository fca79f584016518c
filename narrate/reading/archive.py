"""ZIP archives, in which EPUB and Word books come: nothing is unpacked, and little at a time."""

from __future__ import annotations

import posixpath
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from typing import BinaryIO

    from narrate.reading.source import Source

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)
"""What zipfile raises for an archive that is not as it should be."""
_KINDS = (".epub", ".docx")
_MOST_FILES = 50_000
_MOST_BYTES = 100_000_000
"""What may be read of one archive, unpacked: text and one picture."""


class Archive:
    """The files in an archive, by their paths. Reads no more than a book can hold."""

    def __init__(self, stream: BinaryIO, label: str) -> None:
        """Open an archive, which messages call `label`. Raises `InputError`."""
        self.label = label
        try:
            self._zip = zipfile.ZipFile(stream)
            found = self._zip.infolist()
        except DAMAGE as error:
            raise InputError(f"{label} is damaged: {error}; get it anew") from error
        if len(found) > _MOST_FILES:
            raise InputError(f"{label} holds {len(found)} files: that is no book")
        self._files = {each.filename: each for each in found}
        self._alike = {_plain(name): each.filename for each in found for name in _names(each)}
        self._left = _MOST_BYTES

    @property
    def paths(self) -> AbstractSet[str]:
        """The paths of all files in it."""
        return self._files.keys()

    def find(self, path: str) -> str:
        """Return the path under which `path` is there, which may be written otherwise."""
        return path if path in self._files else self._alike.get(_plain(path), path)

    def read(self, path: str) -> bytes:
        """Return what is in the file at `path`. Raises `InputError`."""
        try:
            entry = self._files[path]
        except KeyError as error:
            raise InputError(f"{self.label} is damaged: {path} is not in it") from error
        if entry.flag_bits & 1:
            raise InputError(f"{self.label} is protected by a password: save it without one")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{self.label} is packed in an unusual way: pack it again as ZIP")
        try:
            with self._zip.open(entry) as file:
                data = file.read(self._left + 1)
        except DAMAGE as error:
            raise InputError(f"{self.label} is damaged: {path}: {error}") from error
        if len(data) > self._left:
            raise InputError(
                f"{self.label} unpacks to more than {_MOST_BYTES // 1_000_000} MB: that is no book"
            )
        self._left -= len(data)
        return data


def names_in(source: Source) -> AbstractSet[str]:
    """Return the paths of the files in `source`; none if it is no archive.

    Raises `InputError` if it is a damaged one.
    """
    if not source.head.startswith(b"PK\x03\x04"):
        if source.suffix in _KINDS:
            raise InputError(
                f"{source.label} is damaged: it is no {source.suffix} file; get it anew"
            )
        return frozenset()
    return Archive(source.stream, source.label).paths


def _names(entry: zipfile.ZipInfo) -> list[str]:
    """Return what a file may be called: some programs do not say that its name is in UTF-8."""
    try:
        return [entry.filename, entry.filename.encode("cp437").decode()]
    except UnicodeError:
        return [entry.filename]


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", unquote(path)).casefold()


def target(base: str, href: str) -> tuple[str, str]:
    """Return which path and which `id` in it a link means that stands in the file at `base`."""
    path, _, fragment = href.partition("#")
    whole = posixpath.join(posixpath.dirname(base), unquote(path)) if path else base
    return posixpath.normpath(whole), unquote(fragment)
