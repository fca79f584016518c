"""WebVTT and SRT: sentences as captions, long ones in parts.

Sources: WebVTT, W3C Candidate Recommendation of 4 April 2019, sections 4.1 and 4.2; for SRT, what
players do: VLC and mpv take `<b>` for bold and know no way to write the sign itself.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from narrate import persian
from narrate.audio.codecs import MP3
from narrate.audio.timeline import in_parts
from narrate.outputs.mp3 import MOST_CHAPTERS
from narrate.outputs.output import Output, milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from narrate.model import Audiobook, Timeline
    from narrate.outputs.output import Heard

_LONGEST_LINE = 65
_LINES = 2
_ESCAPED = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_JOINER = "\u2060"
"""Unseen; a sign that it follows is no markup."""
_HELD = str.maketrans({"<": f"<{_JOINER}", "{": f"{{{_JOINER}", ">": f"{_JOINER}>"})


@dataclass(frozen=True, slots=True)
class Caption:
    """What is shown for a while."""

    text: str
    """One line or two."""
    begin: int
    """Milliseconds."""
    end: int


def captions(timeline: Timeline) -> Iterator[Caption]:
    """Yield the captions of `timeline`; each ends where the next begins."""
    for cue in timeline.cues:
        written = " ".join(cue.utterance.written.split())
        phrases = persian.phrases(written, _LINES * _LONGEST_LINE)
        # An address may be longer than any line.
        parts = [part for each in phrases for part in _wrapped(each, _LINES * _LONGEST_LINE)]
        for text, *places in in_parts(cue, parts):
            begin, end = (milliseconds(place, timeline.rate) for place in places)
            if begin < end:
                yield Caption(_in_lines(text), begin, end)


def vtt(found: Iterable[Caption]) -> Iterator[str]:
    """Yield the blocks of a WebVTT file."""
    yield "WEBVTT"
    for number, each in enumerate(found, 1):
        times = f"{_clock(each.begin, '.')} --> {_clock(each.end, '.')}"
        yield f"{number}\n{times}\n{each.text.translate(_ESCAPED)}"


def srt(found: Iterable[Caption]) -> Iterator[str]:
    """Yield the blocks of an SRT file."""
    for number, each in enumerate(found, 1):
        times = f"{_clock(each.begin, ',')} --> {_clock(each.end, ',')}"
        yield f"{number}\n{times}\n{each.text.translate(_HELD)}"


def _write(
    blocks: Callable[[Iterable[Caption]], Iterable[str]],
    audiobook: Audiobook,
    path: Path,
    heard: Heard,
) -> None:
    timeline = audiobook.timeline
    text = "\n\n".join(blocks(captions(timeline)))
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    heard(timeline.length)


def _output(name: str, blocks: Callable[[Iterable[Caption]], Iterable[str]]) -> Output:
    return Output(
        name,
        f".{name}",
        MOST_CHAPTERS,
        MP3,
        partial(_write, blocks),
        sounds=False,
        shows_text=True,
    )


VTT, SRT = _output("vtt", vtt), _output("srt", srt)


def _in_lines(text: str) -> str:
    """Return `text` in as few lines as will hold it, about as long as each other."""
    count = max(1, -(-len(text) // _LONGEST_LINE))
    longest = min(_LONGEST_LINE, max(map(len, text.split()), default=1))
    for width in range(max(longest, -(-len(text) // count)), len(text) + 1):
        lines = _wrapped(text, width)
        if len(lines) <= count:
            return "\n".join(lines)
    return text


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_on_hyphens=False)


def _clock(time: int, sign: str) -> str:
    seconds, rest = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}{rest:03}"
