"""The clip store: what was spoken lies on disk under a key, and is never spoken twice.

A clip is a WAV file that any player opens. Before its samples stands a chunk `nrrt` with a JSON
object: `crc` (CRC-32 of the samples) and `words` ([begin, end, sample] each). It is written under
a temporary name and renamed when it is whole.

Source: Multimedia Programming Interface and Data Specifications 1.0 (RIFF WAVE).
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from dataclasses import astuple
from typing import TYPE_CHECKING

import numpy as np

from narrate.audio.trimming import trimmed
from narrate.errors import OutputError
from narrate.files import check_folder, published
from narrate.model import Clip

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.audio.blocks import Sound
    from narrate.model import Speech

# Changes when trimming changes, so that no old clip is taken for a new one.
_VERSION = "1"
_HEAD = struct.Struct("<4sI4s4sIHHIIHH4sI")
_DATA = struct.Struct("<4sI")


class Store:
    """A folder of clips. `get` and `put` may be called by several processes at once."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`. Raises `OutputError` if nothing can be written there."""
        try:
            check_folder(folder)
        except OutputError as error:
            raise OutputError(f"{error}; name another with --store") from error
        self.folder = folder

    @staticmethod
    def key(fingerprint: str, spoken: str) -> str:
        """Return the key of `spoken`, said by the engine with that fingerprint."""
        parts = "\0".join((_VERSION, fingerprint, spoken))
        return hashlib.sha256(parts.encode()).hexdigest()

    def get(self, key: str) -> Clip | None:
        """Return the clip under `key`, or nothing if there is none that is whole."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD.size)
                fields = _HEAD.unpack(head)
                rate, extra = fields[7], fields[12]
                file.seek(extra, 1)
                size = _DATA.unpack(file.read(_DATA.size))[1]
            whole = path.stat().st_size == _HEAD.size + extra + _DATA.size + size
        except (OSError, struct.error):
            return None
        return Clip(path, size // 2, rate) if whole else None

    def put(self, key: str, speech: Speech) -> Clip:
        """Trim `speech`, keep it under `key`, and return its clip. Raises `OutputError`."""
        speech = trimmed(speech)
        notes = {"crc": zlib.crc32(speech.pcm), "words": [astuple(word) for word in speech.words]}
        extra = json.dumps(notes, separators=(",", ":")).encode()
        extra += b" " * (len(extra) % 2)
        total = _HEAD.size - 8 + len(extra) + _DATA.size + len(speech.pcm)
        head = _HEAD.pack(
            *(b"RIFF", total, b"WAVE", b"fmt ", 16, 1, 1, speech.rate, 2 * speech.rate, 2, 16),
            *(b"nrrt", len(extra)),
        )
        path = self._path(key)
        with published(path) as temporary, temporary.open("wb") as file:
            file.write(head + extra + _DATA.pack(b"data", len(speech.pcm)) + speech.pcm)
        return Clip(path, len(speech.pcm) // 2, speech.rate)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.wav"


def samples(clip: Clip) -> Sound:
    """Return the samples of `clip`. Raises `OutputError` if they are not those that were stored."""
    try:
        data = clip.path.read_bytes()
    except OSError as error:
        raise OutputError(f"{clip.path} cannot be read: {error.strerror}; run again") from error
    extra = _HEAD.unpack_from(data)[12]
    notes = json.loads(data[_HEAD.size : _HEAD.size + extra])
    pcm = memoryview(data)[_HEAD.size + extra + _DATA.size :]
    if zlib.crc32(pcm) != notes["crc"]:
        clip.path.unlink(missing_ok=True)
        raise OutputError(f"{clip.path} was damaged and is removed; run again to speak it anew")
    return np.frombuffer(pcm, dtype="<i2")
