"""The timeline: laws that hold for every book."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.codecs import AAC, CODECS, MP3, Codec
from narrate.audio.timeline import by_chapter, in_parts, lay
from narrate.model import Chapter, Clip, Cue, Gap, Pauses, Utterance

RATE = 22_050
GAPS = [Gap.SENTENCE, Gap.PARAGRAPH, Gap.HEADING, Gap.RULE, Gap.CHAPTER]
lengths = st.integers(0, 10**6)
chapters_of_lengths = st.lists(
    st.lists(st.tuples(lengths, st.sampled_from(GAPS)), min_size=1), min_size=1
)
all_pauses = st.builds(Pauses, *[st.integers(0, 60_000)] * 7)
usual_pauses = st.builds(Pauses, *[st.integers(150, 60_000)] * 7)
codecs = st.sampled_from(CODECS)


def spoken_of(
    chapters: list[Chapter], lengths: list[list[tuple[int, Gap]]]
) -> list[tuple[Utterance, Clip]]:
    return [
        (Utterance(chapter.id, "p", (1, 1, 1), "", "", gap), Clip(Path(), length, RATE))
        for chapter, clips in zip(chapters, lengths, strict=True)
        for length, gap in clips
    ]


@given(chapters_of_lengths, all_pauses, codecs)
def test_cues_and_marks_leave_no_gap_and_never_overlap(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses, codec: Codec
) -> None:
    chapters = [Chapter(f"c{n:04}", f"فصل {n}", ()) for n in range(len(lengths))]
    spoken = spoken_of(chapters, lengths)

    timeline = lay(chapters, spoken, pauses, RATE, codec)

    cues, marks = timeline.cues, timeline.marks
    assert [(cue.utterance, cue.clip) for cue in cues] == spoken
    assert [mark.title for mark in marks] == [chapter.title for chapter in chapters]
    assert abs(cues[0].begin - pauses.samples(Gap.HEAD, RATE)) <= codec.frame(RATE) / 2
    assert [cue.end for cue in cues] == [*(cue.begin for cue in cues[1:]), timeline.length]
    assert all(cue.begin + cue.clip.length <= cue.end for cue in cues)
    assert [mark.begin for mark in marks] == [0, *(mark.end for mark in marks[:-1])]
    assert marks[-1].end == timeline.length


@given(chapters_of_lengths, all_pauses, codecs)
def test_every_clip_begins_with_a_frame_and_has_room_to_ring_out(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses, codec: Codec
) -> None:
    chapters = [Chapter(f"c{n:04}", "", ()) for n in range(len(lengths))]

    timeline = lay(chapters, spoken_of(chapters, lengths), pauses, RATE, codec)

    frame, free = codec.frame(RATE), 0
    for cue in timeline.cues:
        number, past = divmod(cue.begin, frame)
        assert past == 0
        assert number >= free
        free = number + codec.count(cue.clip.length, RATE)
    assert codec.whole(timeline.length, RATE) >= free


@given(chapters_of_lengths, usual_pauses)
def test_formats_are_as_long_and_nowhere_more_than_a_frame_apart(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses
) -> None:
    chapters = [Chapter(f"c{n:04}", "", ()) for n in range(len(lengths))]
    spoken = spoken_of(chapters, lengths)

    one, other = (lay(chapters, spoken, pauses, RATE, codec) for codec in (AAC, MP3))

    assert one.length == other.length
    for first, second in zip(one.cues, other.cues, strict=True):
        assert abs(first.begin - second.begin) <= (AAC.frame(RATE) + MP3.frame(RATE)) / 2


@given(chapters_of_lengths, all_pauses, codecs)
def test_a_mark_is_where_its_chapters_first_sentence_begins(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses, codec: Codec
) -> None:
    chapters = [Chapter(f"c{n:04}", "", ()) for n in range(len(lengths))]
    spoken = spoken_of(chapters, lengths)

    timeline = lay(chapters, spoken, pauses, RATE, codec)

    for chapter, mark in list(zip(chapters, timeline.marks, strict=True))[1:]:
        first = next(cue for cue in timeline.cues if cue.utterance.chapter == chapter.id)
        assert mark.begin == first.begin


def test_the_rest_after_a_cue_is_that_of_its_place_to_the_nearest_frame() -> None:
    pauses = Pauses(sentence=1000, chapter=2000, head=500, tail=3000)
    said = [
        Utterance("c", "p", (1, 1, 1), "", "", gap)
        for gap in (Gap.SENTENCE, Gap.CHAPTER, Gap.CHAPTER)
    ]
    spoken = [(each, Clip(Path(), 8000, 8000)) for each in said]

    timeline = lay([Chapter("c", "", ())], spoken, pauses, 8000, AAC)

    # At 4,000, 20,000 and 44,000 samples, in frames of 1,024.
    assert [cue.begin / 1024 for cue in timeline.cues] == [4, 20, 43]
    assert timeline.length == 44_000 + 8000 + 24_000


@given(chapters_of_lengths, all_pauses, codecs)
def test_the_timelines_of_chapters_are_the_book_s_cut_at_its_marks(
    lengths: list[list[tuple[int, Gap]]], pauses: Pauses, codec: Codec
) -> None:
    chapters = [Chapter(f"c{n:04}", f"فصل {n}", ()) for n in range(len(lengths))]
    whole = lay(chapters, spoken_of(chapters, lengths), pauses, RATE, codec)

    parts = by_chapter(whole)

    assert [len(part.cues) for part in parts] == [len(clips) for clips in lengths]
    assert sum(part.length for part in parts) == whole.length
    begins = [
        mark.begin + cue.begin
        for mark, part in zip(whole.marks, parts, strict=True)
        for cue in part.cues
    ]
    assert begins == [cue.begin for cue in whole.cues]
    assert all(part.cues[-1].end == part.length for part in parts)
    assert all(part.marks[0].end == part.length for part in parts)


@given(st.integers(0, 10**6), st.integers(0, 10**5), st.lists(st.text(min_size=1), min_size=1))
def test_parts_of_a_sentence_follow_one_another_from_its_begin_to_its_end(
    length: int, rest: int, texts: list[str]
) -> None:
    utterance = Utterance("c0001", "p", (1, 1, 1), "", "", Gap.SENTENCE)
    cue = Cue(utterance, Clip(Path(), length, RATE), 500, 500 + length + rest)

    parts = in_parts(cue, texts)

    assert [text for text, _, _ in parts] == texts
    assert [begin for _, begin, _ in parts] == [cue.begin, *(end for _, _, end in parts[:-1])]
    assert parts[-1][2] == cue.end
    assert all(begin <= end for _, begin, end in parts)
