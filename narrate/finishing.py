"""Finished files: what each was made of is noted, and one that would come out the same stays."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from narrate.notes import Notes, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Audiobook
    from narrate.outputs import Output


@dataclass(frozen=True, slots=True)
class Result:
    """A finished file and what is in it."""

    path: Path
    audiobook: Audiobook

    @property
    def length(self) -> float:
        """How long it is, in seconds."""
        return self.audiobook.timeline.length / self.audiobook.timeline.rate


@dataclass(frozen=True, slots=True)
class Finished:
    """What is known of finished files."""

    notes: Notes

    def stands(self, output: Output, result: Result) -> bool:
        """Tell whether the file is there as it was written, and would be written so again."""
        key = _key(result.path)
        return self.notes.found([key]).get(key) == _told(output, result, result.path)

    def note(self, output: Output, result: Result, written: Path) -> None:
        """Note how the file, which has the name `written` yet, was written just now.

        Its own name may be given meanwhile to what another build makes of it.
        """
        self.notes.add({_key(result.path): _told(output, result, written)})


def _key(path: Path) -> bytes:
    return Notes.key("finished", path.absolute())


def _told(output: Output, result: Result, path: Path) -> str:
    """Return what the file is made of, and how it lies at `path`; empty if it does not."""
    try:
        files = sorted(path.rglob("*")) if output.entry else [path]
        lies = [
            (each.relative_to(path).as_posix(), status.st_size, status.st_mtime_ns)
            for each in files
            if (status := each.stat()) and not each.is_dir()
        ]
    except OSError:
        return ""
    return json.dumps([_made_of(output, result.audiobook), lies]) if lies else ""


def _made_of(output: Output, audiobook: Audiobook) -> str:
    timeline = audiobook.timeline
    return Notes.key(
        *(program(), version("mutagen"), output.name, output.codec.sign),
        *(audiobook.title, audiobook.track, audiobook.book.title, audiobook.book.details),
        *(timeline.rate, timeline.length, timeline.marks, sorted(audiobook.gains.items())),
        *(f"{cue.begin} {cue.clip.path} {cue.clip.voice}" for cue in timeline.cues),
        *(_shown(audiobook) if output.shows_text else ()),
    ).hex()


def _shown(audiobook: Audiobook) -> Iterator[object]:
    yield audiobook.book.language
    yield from audiobook.chapters
    yield from (cue.utterance.written for cue in audiobook.timeline.cues)
