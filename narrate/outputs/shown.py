"""What a reader sees of a book: its paragraphs as they are written, each sentence with its cue."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from narrate.audio.timeline import by_chapter
from narrate.outputs.output import milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from narrate.model import Audiobook, Chapter, Cue, Kind, Paragraph, Timeline

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph: a sentence, or what is seen and not heard."""

    text: str
    id: str = ""
    """Of a sentence: ASCII, stable, unique in its book."""
    cue: Cue | None = None
    """When the sentence sounds, on the timeline of its chapter."""


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph, run by run; together they are its text."""

    id: str
    kind: Kind
    language: str
    """ISO 639, if it is another than the book's."""
    runs: tuple[Run, ...]
    is_title: bool = False
    """Whether it is the title of the book, above the heading of its first chapter."""


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter and its timeline, which begins at 0."""

    id: str
    title: str
    depth: int
    """In the table of contents, 1 to 6: one more than the chapter's that it belongs to, at most."""
    paragraphs: tuple[ShownParagraph, ...]
    timeline: Timeline

    @property
    def language(self) -> str:
        """Of its title, ISO 639, if it is another than the book's."""
        headings = (each for each in self.paragraphs if each.kind == "heading")
        return next((each.language for each in headings if not each.is_title), "")

    @property
    def sentences(self) -> Iterator[tuple[str, Cue]]:
        """Yield each sentence that sounds, in order: its id and its cue."""
        for paragraph in self.paragraphs:
            for run in paragraph.runs:
                if run.cue:
                    yield run.id, run.cue

    @property
    def heard(self) -> int:
        """The length of all its sentences, with the rests behind them, in milliseconds."""
        rate = self.timeline.rate
        return sum(
            milliseconds(cue.end, rate) - milliseconds(cue.begin, rate) for _, cue in self.sentences
        )


def shown(audiobook: Audiobook) -> list[ShownChapter]:
    """Return the chapters in `audiobook`; silent ones are not seen."""
    chapters = audiobook.chapters
    timelines = by_chapter(audiobook.timeline)
    depths = nested(chapter.level for chapter in chapters)
    found = [
        ShownChapter(
            chapter.id,
            chapter.title,
            depth,
            _paragraphs(chapter, timeline, audiobook.book.title),
            timeline,
        )
        for chapter, depth, timeline in zip(chapters, depths, timelines, strict=True)
    ]
    return [each for each in found if each.heard]


def nested(levels: Iterable[int]) -> Iterator[int]:
    """Yield depths for `levels`: the first is 1, and none is more than one below the one before."""
    around: list[int] = []
    for level in levels:
        while around and around[-1] >= level:
            around.pop()
        around.append(level)
        yield min(len(around), _DEEPEST)


def _paragraphs(chapter: Chapter, timeline: Timeline, title: str) -> tuple[ShownParagraph, ...]:
    cues = defaultdict(list)
    for cue in timeline.cues:
        cues[cue.utterance.paragraph].append(cue)
    headings = [each for each in chapter.paragraphs if each.kind == "heading"]
    own = headings[0] if len(headings) > 1 and headings[0].text == title else None
    return tuple(
        ShownParagraph(
            each.id, each.kind, each.language, tuple(_runs(each, cues[each.id])), each is own
        )
        for each in chapter.paragraphs
    )


def _runs(paragraph: Paragraph, cues: Sequence[Cue]) -> Iterator[Run]:
    """Yield the runs of `paragraph`; sentences have blanks in it where they are cut."""
    text, at = paragraph.text.strip(), 0
    for number, cue in enumerate(cues, 1):
        words = map(re.escape, cue.utterance.written.split())
        found = re.compile(r"\s+".join(words)).search(text, at)
        if not found:
            raise AssertionError(f"{cue.utterance.written!r} is not in {text!r}")
        if between := text[at : found.start()]:
            yield Run(between)
        own = f"{paragraph.id}s{number:03}"
        yield Run(found[0], own, cue if _sounds(cue, cue.clip.rate) else None)
        at = found.end()
    if rest := text[at:]:
        yield Run(rest)


def _sounds(cue: Cue, rate: int) -> bool:
    return milliseconds(cue.end, rate) > milliseconds(cue.begin, rate)
