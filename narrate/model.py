"""The values that flow from stage to stage: frozen, named, with their units.

    file ─reading→ Book ─persian→ Utterances ─engine→ Speech ─audio→ Audiobook ─outputs→ files

Positions and lengths of sound are whole samples; only an output converts them to its own unit.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

Kind = Literal["heading", "body", "emphasis", "quote", "verse", "item", "row", "rule"]
"""What a paragraph is: `emphasis` and `quote` as a whole, `verse` a stanza, its lines apart,
`item` of a list, `row` of a table; a `rule` is a break that is shown and not spoken."""
Hearing = Literal["letters", "marks", "phonemes"]
"""What an engine reads: letters alone, vowel marks too, or `[[phonemes]]` besides."""
Role = Literal["body", "heading", "quote", "verse"]
"""What a sentence is in its book, so that each may have a voice of its own."""
ROLES: tuple[Role, ...] = get_args(Role)
OnError = Literal["stop", "skip"]
"""What happens when a sentence cannot be spoken."""
Foreign = Literal["speak", "skip"]
"""What happens to a paragraph in another language."""
Skippable = Literal["footnotes", "references", "urls"]


@dataclass(frozen=True, slots=True)
class Cover:
    """A cover picture, as it goes into a finished file."""

    data: bytes
    mime: Literal["image/jpeg", "image/png"]
    most: ClassVar[int] = 10_000_000
    """Bytes of a picture that players show."""

    @property
    def suffix(self) -> str:
        """What the name of its file ends with."""
        return ".jpg" if self.mime == "image/jpeg" else ".png"

    @classmethod
    def of(cls, data: bytes) -> Cover | None:
        """Return the picture in `data`, or nothing if it is neither JPEG nor PNG."""
        if data.startswith(b"\xff\xd8\xff"):
            return cls(data, "image/jpeg")
        return cls(data, "image/png") if data.startswith(b"\x89PNG\r\n\x1a\n") else None


@dataclass(frozen=True, slots=True)
class Details:
    """What a library's catalogue says of a book, besides its title. Empty means unknown."""

    authors: tuple[str, ...] = ()
    narrators: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    description: str = ""
    series: str = ""
    series_part: str = ""
    genre: str = "Audiobook"
    cover: Cover | None = None

    def but(self, other: Details) -> Details:
        """Return these details, or those of `other` where it tells any."""
        own = Details()
        told = {each.name: getattr(other, each.name) for each in fields(self)}
        return replace(self, **{k: v for k, v in told.items() if v != getattr(own, k)})

    def each(self, change: Callable[[str], str]) -> Details:
        """Return these details with `change` made to every text."""
        told: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        told |= {k: change(v) for k, v in told.items() if isinstance(v, str)}
        told |= {k: tuple(map(change, v)) for k, v in told.items() if isinstance(v, tuple)}
        return Details(**told)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as the author wrote it."""

    id: str
    """ASCII, stable, unique in its book: the only link from text to sound."""
    text: str
    kind: Kind = "body"
    language: str = ""
    """ISO 639, if it is another than the book's."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its title as lists show it, and what is read, its heading included."""

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    level: int = 1
    """Its depth in the table of contents; 1 is the highest."""


@dataclass(frozen=True, slots=True)
class Book:
    """A text cut into chapters. Made by `reading`, shown by the outputs."""

    title: str
    chapters: tuple[Chapter, ...]
    details: Details = field(default_factory=Details)
    language: str = "fa"
    """BCP 47."""
    only: str = ""
    """Which chapters of the book these are, as `3-7,9`; empty if it is whole."""
    left_out: Mapping[str, int] = field(default_factory=dict)
    """What its file holds and is not read out, and how often."""


class Gap(StrEnum):
    """A place in the structure of a book where the voice rests."""

    SENTENCE = "sentence"
    VERSE = "verse"
    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    RULE = "rule"
    CHAPTER = "chapter"
    HEAD = "head"
    TAIL = "tail"


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long the voice rests at each `Gap`, in milliseconds."""

    sentence: int = 350
    verse: int = 500
    item: int = 550
    paragraph: int = 750
    heading: int = 1000
    rule: int = 1500
    chapter: int = 2000
    head: int = 700
    tail: int = 2000

    def samples(self, gap: Gap, rate: int) -> int:
        """Return the rest at `gap` in whole samples at `rate` samples a second."""
        milliseconds: int = getattr(self, gap.value)
        return milliseconds * rate // 1000

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names that can be set, in the order of the book's structure."""
        return tuple(each.name for each in fields(cls))


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """An entry of a lexicon: how something that is written is said."""

    written: str
    spoken: str
    """In Persian letters, with vowel marks where they help; empty where only phonemes say it."""
    phonemes: str = ""
    """In eSpeak NG's mnemonics or in IPA; empty where `spoken` says it all."""

    def said(self, *, phonemes: bool) -> str:
        """Return what goes into the spoken text, with `phonemes` `[[…]]`; empty if unknown."""
        return f"[[{self.phonemes}]]" if phonemes and self.phonemes else self.spoken


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence to say. Made by `persian` from a paragraph, heard by an engine."""

    chapter: str
    paragraph: str
    place: tuple[int, int, int]
    """Chapter, paragraph in it, sentence in that, each from 1."""
    written: str
    spoken: str
    after: Gap
    role: Role = "body"
    language: str = ""
    """ISO 639, if it is another than the book's."""


@dataclass(frozen=True, slots=True)
class Word:
    """Where a word of the spoken text sounds: `text[begin:end]` from `sample` on."""

    begin: int
    end: int
    sample: int


@dataclass(frozen=True, slots=True)
class Speech:
    """What an engine makes of a spoken text."""

    pcm: bytes
    """Mono sound, 16-bit little-endian samples."""
    rate: int
    """Samples a second."""
    words: tuple[Word, ...] = ()
    """In order of time; empty where the engine does not know."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Where a clip lies encoded: so many bytes of a pack, in the clip store."""

    codec: str
    pack: Path
    begin: int
    size: int


@dataclass(frozen=True, slots=True)
class Clip:
    """A spoken sentence on disk, trimmed. Made by the clip store, read by `audio`."""

    path: Path
    length: int
    """Samples."""
    rate: int
    """Samples a second."""
    voice: str = ""
    """Who speaks it: clips of one voice are made louder by the same gain."""
    encoded: tuple[Encoded, ...] = ()
    """By codec, as loud as it is to be."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A sentence on the timeline: it begins to sound at `begin`, the next one at `end`."""

    utterance: Utterance
    clip: Clip
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter on the timeline, in samples: the first begins at 0, each ends at the next."""

    title: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where all of a finished file sounds. Cues and marks leave no gap and never overlap."""

    rate: int
    cues: tuple[Cue, ...]
    marks: tuple[Mark, ...]
    length: int
    """Samples, with the silence at head and tail."""


@dataclass(frozen=True, slots=True)
class Track:
    """The place of a file among the files of its book, from 1."""

    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Audiobook:
    """One finished file to be: what it is called and where everything in it sounds."""

    title: str
    """Of the file; `book.title` for a book in one file."""
    book: Book
    timeline: Timeline
    gains: Mapping[str, float]
    """Decibels that bring each voice of its clips to the loudness that was asked for."""
    made: datetime
    """When, for formats that tell it."""
    track: Track | None = None

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters of the book that are in this file."""
        heard = {cue.utterance.chapter for cue in self.timeline.cues}
        return tuple(each for each in self.book.chapters if each.id in heard)


class Stage(StrEnum):
    """What takes time."""

    RECORDING = "recording"
    WRITING = "writing"
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stage is: `done` of `total`, in characters, samples or bytes."""

    stage: Stage
    done: int
    total: int


type Report = Callable[[Progress], None]
