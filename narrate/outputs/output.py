"""What an output is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from narrate.audio.codecs import Codec
    from narrate.model import Audiobook

MOST_HOURS = 120
"""Sizes in files are numbers of 32 bits, and 4 GiB are 149 hours at 64 kbit/s."""
BUFFER = 1 << 20
"""Bytes to write at once: clips one by one would take half as long again."""

type Heard = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Output:
    """A format of finished files.

    `write(audiobook, path, heard)` writes the file, or makes the folder, at `path`, a temporary
    name that is renamed when it returns. It calls `heard` with the number of samples after each
    block of sound, and lets through what `heard` raises.
    """

    name: str
    suffix: str
    most_chapters: int | None
    """Longer books are split into parts; none: a book is never split, nor a chapter by itself."""
    codec: Codec
    """Its timeline is laid in frames of this."""
    write: Callable[[Audiobook, Path, Heard], None]
    sounds: bool = True
    """Whether sound is in it."""
    shows_text: bool = False
    entry: str = ""
    """Of a folder: the file in it that a player opens."""

    def may_replace(self, path: Path) -> bool:
        """Tell whether what is at `path` was, or could be, made by this output."""
        if path.is_dir():
            return bool(self.entry) and (path / self.entry).is_file()
        return not self.entry or not path.exists()


def milliseconds(samples: int, rate: int) -> int:
    """Return a position in whole milliseconds, rounded to the nearest."""
    return (2000 * samples + rate) // (2 * rate)
