"""What is in a finished file, read back from the file itself: chapters, tags, length, loudness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import av

from narrate.audio.loudness import Loudness, measure
from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.audio.blocks import Sound

_SILENT = (".epub", ".daisy", ".page", ".vtt", ".srt")
_TECHNICAL = {
    "major_brand", "minor_version", "compatible_brands", "creation_time", "encoder",
    "handler_name", "vendor_id", "gapless_playback", "media_type", "tlen",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundChapter:
    """A chapter as a player lists it, in seconds."""

    title: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class Inspection:
    """A finished file as a player finds it."""

    path: str
    codec: str
    bit_rate: int
    """Bits a second."""
    sample_rate: int
    channels: int
    length: float
    """Seconds of decoded sound."""
    loudness: Loudness
    """Of all channels mixed to one."""
    tags: dict[str, str]
    """What is said of the book, by lower-case names that are the same in all formats."""
    cover: bool
    chapters: tuple[FoundChapter, ...]


class Ear(Protocol):
    """Hears a file while it is decoded."""

    loudness: list[float]
    """LUFS of the last three seconds, once a second."""

    def hear(self, block: Sound, rate: int) -> None:
        """Take a block of samples, all channels mixed to one."""


def inspect(path: Path, ear: Ear | None = None) -> Inspection:
    """Decode the file at `path` and say what is in it, while `ear` hears it.

    Raises `InputError` if it cannot be read.
    """
    try:
        if not path.stat().st_size:
            raise InputError(f"{path} cannot be read: it is empty")
        # An open file: FFmpeg would take a name for an address or a pattern.
        with path.open("rb") as file, av.open(file) as container:
            return _inspected(path, container, ear)
    except (OSError, av.FFmpegError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no sound file"
        hint = "; `narrate check` looks at what is no sound" if path.suffix in _SILENT else ""
        raise InputError(f"{path} cannot be read: {reason}{hint}") from error


def _inspected(path: Path, container: Any, ear: Ear | None) -> Inspection:  # noqa: ANN401 - av has no types for it
    stream = next(iter(container.streams.audio), None)
    if stream is None or stream.codec_context is None or not stream.rate:
        raise InputError(f"{path} holds no sound that can be decoded")
    rate, counted = stream.rate, 0

    def heard() -> Iterator[Sound]:
        nonlocal counted
        for block in _decoded(container, rate):
            counted += block.size
            if ear:
                ear.hear(block, rate)
            yield block

    loudness = measure(heard(), rate, course=ear.loudness if ear else None)
    return Inspection(
        path=str(path),
        codec=stream.codec_context.name.removesuffix("float").upper(),
        bit_rate=stream.bit_rate or container.bit_rate,
        sample_rate=rate,
        channels=stream.codec_context.channels,
        length=counted / rate,
        loudness=loudness,
        tags=_tags(dict(container.metadata) | dict(stream.metadata)),
        cover=bool(container.streams.video),
        chapters=tuple(_chapter(each) for each in container.chapters()),
    )


def _decoded(container: Any, rate: int) -> Iterator[Sound]:  # noqa: ANN401
    mono = av.AudioResampler(format="s16", layout="mono", rate=rate)
    for frame in container.decode(audio=0):
        try:
            blocks = mono.resample(frame)
        except ValueError as error:
            raise InputError(f"{container.name} is damaged: its sound changes its kind") from error
        for block in blocks:
            yield block.to_ndarray()[0]


def _tags(found: dict[str, str]) -> dict[str, str]:
    """Return what is said of the book, under one name in all formats."""
    named = {key.lower(): value for key, value in found.items()}
    told = {named.get("description")}
    return {
        key: value
        for key, value in named.items()
        if key not in _TECHNICAL and not (key in ("comment", "synopsis") and value in told)
    }


def _chapter(found: Any) -> FoundChapter:  # noqa: ANN401
    base = float(found["time_base"])
    title = found["metadata"].get("title", "")
    return FoundChapter(title, found["start"] * base, found["end"] * base)
