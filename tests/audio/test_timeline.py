"""The timeline: laws that hold for every book."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.timeline import lay
from narrate.model import Chapter, Clip, Gap, Pauses, Utterance

RATE = 22_050
GAPS = [Gap.SENTENCE, Gap.PARAGRAPH, Gap.HEADING, Gap.RULE, Gap.CHAPTER]
lengths = st.integers(0, 10**6)
chapters_of_lengths = st.lists(
    st.lists(st.tuples(lengths, st.sampled_from(GAPS)), min_size=1), min_size=1
)
all_pauses = st.builds(Pauses, *[st.integers(0, 60_000)] * 7)


@given(chapters_of_lengths, all_pauses)
def test_cues_and_marks_leave_no_gap_and_never_overlap(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses
) -> None:
    chapters = [Chapter(f"c{n:04}", f"فصل {n}", ()) for n in range(len(lengths))]
    spoken = [
        (Utterance(chapter.id, "p", (1, 1, 1), "", "", gap), Clip(Path(), length, RATE))
        for chapter, clips in zip(chapters, lengths, strict=True)
        for length, gap in clips
    ]

    timeline = lay(chapters, spoken, pauses, RATE)

    cues, marks = timeline.cues, timeline.marks
    assert [(cue.utterance, cue.clip) for cue in cues] == spoken
    assert [mark.title for mark in marks] == [chapter.title for chapter in chapters]
    assert cues[0].begin == pauses.samples(Gap.HEAD, RATE)
    assert [cue.end for cue in cues] == [*(cue.begin for cue in cues[1:]), timeline.length]
    assert all(cue.begin + cue.clip.length <= cue.end for cue in cues)
    assert [mark.begin for mark in marks] == [0, *(mark.end for mark in marks[:-1])]
    assert marks[-1].end == timeline.length


@given(chapters_of_lengths, all_pauses)
def test_a_mark_is_where_its_chapters_first_sentence_begins(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses
) -> None:
    chapters = [Chapter(f"c{n:04}", "", ()) for n in range(len(lengths))]
    spoken = [
        (Utterance(chapter.id, "p", (1, 1, 1), "", "", gap), Clip(Path(), length, RATE))
        for chapter, clips in zip(chapters, lengths, strict=True)
        for length, gap in clips
    ]

    timeline = lay(chapters, spoken, pauses, RATE)

    for chapter, mark in list(zip(chapters, timeline.marks, strict=True))[1:]:
        first = next(cue for cue in timeline.cues if cue.utterance.chapter == chapter.id)
        assert mark.begin == first.begin


def test_the_rest_after_a_cue_is_that_of_its_place() -> None:
    pauses = Pauses(sentence=100, chapter=1000, head=500, tail=2000)
    said = [
        Utterance("c", "p", (1, 1, 1), "", "", gap)
        for gap in (Gap.SENTENCE, Gap.CHAPTER, Gap.CHAPTER)
    ]

    timeline = lay(
        [Chapter("c", "", ())], [(each, Clip(Path(), 1000, 1000)) for each in said], pauses, 1000
    )

    assert [cue.begin for cue in timeline.cues] == [500, 1600, 3600]
    assert timeline.length == 3600 + 1000 + 2000
