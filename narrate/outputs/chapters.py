"""Chapters of a podcast's episode, as apps load them beside it.

Source: Podcasting 2.0, "JSON Chapters Format", version 1.2.0.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from narrate.audio.codecs import MP3
from narrate.outputs.output import Output, milliseconds

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard

MIME = "application/json+chapters"


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write the chapters of `audiobook` as JSON at `path`."""
    timeline = audiobook.timeline
    chapters = [
        {"startTime": milliseconds(mark.begin, timeline.rate) / 1000, "title": mark.title}
        for mark in timeline.marks
    ]
    told = {"version": "1.2.0", "title": audiobook.title, "chapters": chapters}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    heard(timeline.length)


OUTPUT = Output("chapters", ".chapters.json", None, MP3, write, sounds=False)
