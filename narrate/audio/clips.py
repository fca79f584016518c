"""The clip store: what was spoken lies on disk under a key, and is never spoken twice.

A clip is a WAV file that any player opens. Before its samples stands a chunk `nrrt`: the CRC-32
of all else in the file, and the words as JSON ([begin, end, sample] each). It is written under a
temporary name and renamed when it is whole; one that was damaged since is spoken again.

Source: Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE).
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shlex
import struct
import time
import zlib
from contextlib import suppress
from dataclasses import astuple
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.audio.trimming import trimmed
from narrate.errors import OutputError
from narrate.files import check_folder, published
from narrate.model import Clip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from narrate.audio.blocks import Sound
    from narrate.model import Speech

# Changes when trimming changes, so that no old clip is taken for a new one.
_VERSION = "2"
_NOTES = b"nrrt"
_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_DATA = struct.Struct("<4sI")
_CRC = struct.Struct("<I")
_USED_ANEW = 1800.0
"""Seconds after which a clip that is used again counts as used now."""

log = logging.getLogger("narrate")


class Store:
    """A folder of clips. `get` and `put` may be called by several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`. Raises `OutputError` if nothing can be written there."""
        check_folder(folder, "--store")
        self.folder = folder
        self.name = str(folder)
        """What messages call it."""
        self._named = set[Path]()

    @staticmethod
    def key(fingerprint: str, spoken: str) -> str:
        """Return the key of `spoken`, said by the engine with that fingerprint."""
        parts = "\0".join((_VERSION, fingerprint, spoken))
        return hashlib.sha256(parts.encode()).hexdigest()

    def get(self, key: str) -> Clip | None:
        """Return the clip under `key`, or nothing if there is none that is whole and undamaged."""
        return self.at_hand(key)

    def at_hand(self, key: str) -> Clip | None:
        """Return the clip under `key` if it lies in the folder, whole and undamaged."""
        path = self.path(key)
        try:
            rate, pcm = _parsed(path.read_bytes())
            touch(path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            if path not in self._named:
                log.warning("%s is damaged (%s): the sentence is spoken anew", path, error)
            self._named.add(path)
            return None
        return Clip(path, len(pcm) // 2, rate)

    def put(self, key: str, speech: Speech) -> Clip:
        """Trim `speech`, keep it under `key`, and return its clip. Raises `OutputError`."""
        speech = trimmed(speech)
        words = json.dumps([astuple(word) for word in speech.words], separators=(",", ":"))
        notes = words.encode()
        notes += b" " * (len(notes) % 2)
        size = _CRC.size + len(notes)
        notes += _DATA.pack(b"data", len(speech.pcm))
        total = _HEAD.size - 8 + size + _DATA.size + len(speech.pcm)
        head = _HEAD.pack(
            *(b"RIFF", total, b"WAVE", b"fmt ", 16, 1, 1, speech.rate, 2 * speech.rate, 2, 16),
            *(_NOTES, size),
        )
        crc = 0
        for part in (head, notes, speech.pcm):
            crc = zlib.crc32(part, crc)
        path = self.path(key)
        self._write(path, (head, _CRC.pack(crc), notes, speech.pcm))
        return Clip(path, len(speech.pcm) // 2, speech.rate)

    def put_pack(self, data: bytes) -> Path:
        """Keep encoded clips and return where they lie. Raises `OutputError`."""
        pack = self.pack(hashlib.blake2b(data, digest_size=16).hexdigest())
        self._write(pack, (data,))
        return pack

    @cached_property
    def mark(self) -> str:
        """What tells this store from all others on every machine. Raises `OutputError`."""
        return self.put_pack(secrets.token_bytes(16)).stem

    def bears(self, mark: str) -> bool:
        """Tell whether this machine sees the store that bears `mark`.

        Raises `OutputError` if it cannot write there.
        """
        pack = self.pack(mark)
        if not self._sees(pack):
            return False
        self.put_pack(pack.read_bytes())
        return True

    def _sees(self, path: Path) -> bool:
        return path.is_file()

    def own(self, clip: Clip) -> Clip:
        """Return `clip`, which another machine may have made, as it lies in this store."""
        return clip

    def fetch(self, paths: Iterable[Path]) -> None:
        """See to it that files of the store lie in the folder. Raises `OutputError`."""

    def path(self, key: str) -> Path:
        """Return where the clip under `key` lies, or would lie."""
        return Path(f"{self.folder}/{key[:2]}/{key}.wav")

    def pack(self, name: str) -> Path:
        """Return where the pack of that name lies, or would lie."""
        return Path(f"{self.folder}/{name[:2]}/{name}.pack")

    def _write(self, path: Path, parts: Sequence[bytes]) -> None:
        try:
            with published(path) as temporary, temporary.open("wb") as file:
                file.writelines(parts)
        except OutputError as error:
            own = f"narrate store prune --store {shlex.quote(str(self.folder))} --max-size 1GB"
            raise OutputError(
                f"{error}; `{own}` makes room, or name another with --store"
            ) from error


def samples(clip: Clip) -> Sound:
    """Return the samples of `clip`. Raises `OutputError` if they are not those that were stored."""
    import numpy as np

    if clip.length == 0:
        return np.empty(0, "<i2")
    try:
        _, pcm = _parsed(clip.path.read_bytes(), 2 * clip.length)
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{clip.path} was lost or damaged while it was used: run again to speak it anew"
        ) from error
    return np.frombuffer(pcm, dtype="<i2")


def _parsed(data: bytes, wanted: int | None = None) -> tuple[int, memoryview]:
    """Return the rate and the samples in a clip's file.

    Raises `ValueError` if it is damaged, or has not as many bytes of sound as are `wanted`.
    """
    whole = memoryview(data)
    try:
        *_, rate, _, _, _, kind, size = _HEAD.unpack_from(data)
        (crc,) = _CRC.unpack_from(data, _HEAD.size)
        _, length = _DATA.unpack_from(data, _HEAD.size + size)
    except struct.error as error:
        raise ValueError("cut short") from error
    pcm = whole[_HEAD.size + size + _DATA.size :]
    if kind != _NOTES or len(pcm) != length:
        raise ValueError("cut short")
    if zlib.crc32(whole[_HEAD.size + _CRC.size :], zlib.crc32(whole[: _HEAD.size])) != crc:
        raise ValueError("changed")
    if wanted not in (None, length):
        raise ValueError("of another length")
    return rate, pcm


def touch(path: Path | str) -> bool:
    """Say that a file of the store is in use, so that it is not the first to be thrown away.

    Returns whether it is there.
    """
    now = time.time()
    try:
        if now - os.stat(path).st_mtime > _USED_ANEW:  # noqa: PTH116 - quicker
            # A file of somebody else's cannot be touched, and is good all the same.
            with suppress(OSError):
                os.utime(path, (now, now))
    except OSError:
        return False
    return True
