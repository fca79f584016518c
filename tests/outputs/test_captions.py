"""WebVTT and SRT: each sentence while it sounds, in lines that a screen holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.model import Book, Chapter, Paragraph
from narrate.outputs.captions import SRT, VTT, captions, srt, vtt
from narrate.outputs.output import milliseconds
from narrate.pipeline import build
from tests.outputs.books import of_all_kinds, of_traps
from tests.outputs.test_shown import made

if TYPE_CHECKING:
    from narrate.engines import Engine
    from narrate.outputs import Output
    from narrate.pipeline import Job

LONG = (
    "در کوچه‌ی ما، پیش از آن که خیابان را پهن کنند، خانه‌ای بود با دری آبی و حیاطی پر از نارنج، "
    "که صاحبش، خانم فرهمند، سی سال معلم بود و وقتی بازنشسته شد، اتاق رو به کوچه را کتابخانه کرد "
    "و هر روز تا شب در آن نشست."
)


def test_captions_follow_one_another_and_hold_every_word(job: Job, tone: Engine) -> None:
    book = Book("آزمون", (Chapter("c0001", "یک", (Paragraph("c0001p00001", LONG),)),))
    timeline = made(book, tone, job).timeline

    found = list(captions(timeline))

    assert " ".join(" ".join(each.text.split("\n")) for each in found) == LONG
    assert len(found) > 1
    assert found[0].begin == milliseconds(timeline.cues[0].begin, timeline.rate)
    assert [each.begin for each in found[1:]] == [each.end for each in found[:-1]]
    assert found[-1].end == milliseconds(timeline.length, timeline.rate)
    assert all(each.begin < each.end for each in found)


def test_lines_are_short_and_few_and_break_at_phrases(job: Job, tone: Engine) -> None:
    book = Book("آزمون", (Chapter("c0001", "یک", (Paragraph("c0001p00001", LONG),)),))

    found = list(captions(made(book, tone, job).timeline))

    lines = [line for each in found for line in each.text.split("\n")]
    assert max(map(len, lines)) <= 65
    assert all(each.text.count("\n") <= 1 for each in found)
    assert all(each.text.endswith("،") for each in found[:-1])


@pytest.mark.parametrize("output", [VTT, SRT], ids=lambda each: each.name)
def test_each_sentence_is_a_caption_with_its_times(output: Output, job: Job, tone: Engine) -> None:
    (result,) = build(of_all_kinds(), tone, replace(job, formats=(output.name,)))

    blocks = result.path.read_text(encoding="utf-8").removeprefix("WEBVTT\n\n").split("\n\n")

    timeline = result.audiobook.timeline
    assert len(blocks) == len(timeline.cues)
    for block, cue in zip(blocks, timeline.cues, strict=True):
        _, times, text = block.strip().split("\n", 2)
        assert text == cue.utterance.written
        begin, _, end = times.replace(",", ".").partition(" --> ")
        assert seconds(begin) == pytest.approx(cue.begin / timeline.rate, abs=0.0006)
        assert seconds(end) == pytest.approx(cue.end / timeline.rate, abs=0.0006)


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def test_what_looks_like_markup_is_text(job: Job, tone: Engine) -> None:
    timeline = made(of_traps(), tone, job).timeline

    text = "\n\n".join(vtt(captions(timeline)))
    other = "\n\n".join(srt(captions(timeline)))

    assert "&lt;script&gt;alert('ا')&lt;/script&gt;" in text
    assert "<" not in text
    assert text.count("-->") == other.count("-->") == len(list(captions(timeline)))
    assert "<script" not in other
    assert "<script" in other.replace("\u2060", "")


def test_a_chapter_has_captions_of_its_own(job: Job, tone: Engine) -> None:
    job = replace(job, formats=("vtt",), per_chapter=True)

    results = build(of_all_kinds(), tone, job)

    assert [each.path.name for each in results] == [
        "کتاب همه‌چیز.vtt", "1 فصل یکم.vtt", "2 بخش نخست.vtt", "3 پایان.vtt",
    ]  # fmt: skip
