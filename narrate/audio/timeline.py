"""Where every sentence and chapter sounds: one timeline in whole samples for all outputs."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from narrate.model import Cue, Gap, Mark, Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from narrate.audio.codecs import Codec
    from narrate.model import Chapter, Clip, Pauses, Utterance


def lay(
    chapters: Sequence[Chapter],
    spoken: Sequence[tuple[Utterance, Clip]],
    pauses: Pauses,
    rate: int,
    codec: Codec,
) -> Timeline:
    """Lay the clips one after another, with the rests that the structure asks for.

    `spoken` holds, in order, the utterances of `chapters`, at least one of each. Every clip begins
    with a frame of `codec`, the nearest to where the lengths of clips and rests put it, so that
    formats differ by less than a frame anywhere; a rest shorter than the frames in which a clip
    rings out is made as long. Cues follow one another without gap or overlap, from the end of the
    head's silence to the end of the file; so do marks, from 0.
    """
    frame = codec.frame(rate)
    begins, at, free = [], pauses.samples(Gap.HEAD, rate), 0
    for index, (utterance, clip) in enumerate(spoken, 1):
        begins.append(max(free, (at + frame // 2) // frame) * frame)
        free = begins[-1] // frame + codec.count(clip.length, rate)
        after = utterance.after if index < len(spoken) else Gap.TAIL
        at += clip.length + pauses.samples(after, rate)
    length = max(at, free * frame)
    ends = [*begins[1:], length]
    cues = tuple(
        Cue(utterance, clip, begin, end)
        for (utterance, clip), begin, end in zip(spoken, begins, ends, strict=True)
    )
    return Timeline(rate, cues, _marks(chapters, cues, length), length)


def by_chapter(timeline: Timeline) -> list[Timeline]:
    """Return each chapter's part of `timeline` as a timeline of its own, which begins at 0."""
    runs = groupby(timeline.cues, key=lambda cue: cue.utterance.chapter)
    return [
        Timeline(
            timeline.rate,
            tuple(_moved(cue, -mark.begin) for cue in run),
            (Mark(mark.title, 0, mark.end - mark.begin),),
            mark.end - mark.begin,
        )
        for mark, (_, run) in zip(timeline.marks, runs, strict=True)
    ]


def in_parts(cue: Cue, texts: Sequence[str]) -> list[tuple[str, int, int]]:
    """Return the parts of the sentence of `cue` with where each begins and ends.

    Where in a sentence its parts are is estimated: each takes its share of the sound by letters.
    """
    letters = [0, *accumulate(map(len, texts))]
    heard = cue.clip.length or cue.end - cue.begin
    places = [cue.begin + heard * each // letters[-1] for each in letters]
    places[-1] = cue.end
    return [(text, *pair) for text, pair in zip(texts, pairwise(places), strict=True)]


def _moved(cue: Cue, by: int) -> Cue:
    return replace(cue, begin=cue.begin + by, end=cue.end + by)


def _marks(chapters: Sequence[Chapter], cues: Sequence[Cue], length: int) -> tuple[Mark, ...]:
    firsts = [next(group) for _, group in groupby(cues, key=lambda cue: cue.utterance.chapter)]
    starts = [0, *(cue.begin for cue in firsts[1:]), length]
    return tuple(
        Mark(chapter.title, begin, end)
        for chapter, (begin, end) in zip(chapters, pairwise(starts), strict=True)
    )
