"""What a reader sees is what was written, and every sentence is in it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.audio.clips import Store
from narrate.audio.codecs import MP3
from narrate.audio.timeline import lay
from narrate.crew import Workers
from narrate.model import Audiobook, Book, Chapter, Clip, Kind, Paragraph, Pauses
from narrate.notes import Notes
from narrate.outputs.shown import nested, shown
from narrate.persian import Manner
from narrate.pipeline import build
from narrate.preparing import repaired, say
from narrate.speaking import Cast
from tests.outputs.books import of_all_kinds, of_traps

if TYPE_CHECKING:
    from narrate.engines import Engine
    from narrate.pipeline import Job


def made(book: Book, engine: Engine, job: Job, *, quotes: bool = False) -> Audiobook:
    cast = Cast(engine, {"quote": engine} if quotes else {})
    (result,) = build(book, cast, replace(job, formats=("mp3",)))
    return result.audiobook


@pytest.mark.parametrize("voice", ["one", "two"])
@pytest.mark.parametrize("book", [of_all_kinds(), of_traps()], ids=["all kinds", "traps"])
def test_runs_are_the_text_and_sentences_are_in_it_once_in_order(
    book: Book, voice: str, job: Job, tone: Engine
) -> None:
    job = replace(job, manner=Manner(skip=frozenset({"footnotes"})))
    audiobook = made(book, tone, job, quotes=voice == "two")

    chapters = shown(audiobook)

    texts = {
        each.id: each.text for chapter in audiobook.book.chapters for each in chapter.paragraphs
    }
    for chapter in chapters:
        for each in chapter.paragraphs:
            assert "".join(run.text for run in each.runs) == texts[each.id].strip()
    sentences = [pair for chapter in chapters for pair in chapter.sentences]
    assert [cue.utterance for _, cue in sentences] == [
        cue.utterance for cue in audiobook.timeline.cues
    ]
    assert len({own for own, _ in sentences}) == len(sentences)
    assert all(own.isascii() for own, _ in sentences)


def test_a_file_of_one_chapter_shows_that_chapter(job: Job, tone: Engine) -> None:
    job = replace(job, formats=("mp3",), per_chapter=True)
    whole, *chapters = build(of_all_kinds(), tone, job)

    seen = [shown(each.audiobook) for each in chapters]

    assert [[each.id for each in one] for one in seen] == [
        [each.id] for each in shown(whole.audiobook)
    ]
    assert all(one[0].timeline.length == one[0].timeline.marks[0].end for one in seen)


def test_what_is_not_spoken_is_still_seen(job: Job, tone: Engine) -> None:
    job = replace(job, manner=Manner(skip=frozenset({"footnotes"})))

    (paragraph,) = [
        each
        for chapter in shown(made(of_all_kinds(), tone, job))
        for each in chapter.paragraphs
        if each.id == "c0002p00006"
    ]

    assert [(run.text, run.cue) for run in paragraph.runs] == [
        ("[۱] نگاه کنید به کتاب دیگر.", None)
    ]


@given(st.lists(st.integers(1, 9), min_size=1))
def test_depths_begin_at_one_and_never_jump(levels: list[int]) -> None:
    depths = list(nested(levels))

    assert depths[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(depths))
    assert all(1 <= depth <= 6 for depth in depths)
    pairs = pairwise(zip(levels, depths, strict=True))
    assert all(before == after for (one, before), (other, after) in pairs if one == other)


PIECES = st.sampled_from(
    "سلام « » . ؟ ! … \u200c می‌روم ؛ ، : - – ( ) [۱] ۱۲ http://a.ir/x \n \t \u00a0 کتاب ها"
    ' «» ي " ـ %'
    " K.G.P. ؟! »» \u064e 🙂 Hello & <b> \u2028 1. • ۀ \u200d".split(" ")
)


@given(st.lists(PIECES, min_size=1, max_size=40).map(" ".join), st.sampled_from(get_args(Kind)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sentences_of_any_text_are_found_in_it(
    own_store: Path, tone: Engine, text: str, kind: Kind
) -> None:
    paragraphs = (Paragraph("c0001p00001", text, kind),)
    with Notes(Store(own_store).folder) as notes, Workers(1) as crew:
        book = repaired(Book("ا", (Chapter("c0001", "ا", paragraphs),)), notes, crew)
        said = say(book, Cast(tone, {"quote": tone}), Manner(), notes, crew)
    chapter = book.chapters[0]
    spoken = [(each, Clip(Path(), 9_999, 22_050)) for each in said]
    if not said:
        return
    timeline = lay([chapter], spoken, Pauses(), 22_050, MP3)

    ((paragraph,),) = (
        each.paragraphs
        for each in shown(Audiobook("ا", book, timeline, {}, datetime(2026, 1, 1, tzinfo=UTC)))
    )

    assert "".join(run.text for run in paragraph.runs) == chapter.paragraphs[0].text.strip()
    assert [run.cue.utterance for run in paragraph.runs if run.cue] == said
