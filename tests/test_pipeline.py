"""The whole way from a text to finished files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from narrate.crew import Workers
from narrate.engines import create
from narrate.engines.tone import Tone
from narrate.errors import EngineError, InputError, OutputError
from narrate.model import (
    Chapter,
    Gap,
    Paragraph,
    Pauses,
    Progress,
    Pronunciation,
    Speech,
    Stage,
)
from narrate.notes import Notes
from narrate.outputs.inspection import inspect
from narrate.persian import Lexicon, Manner
from narrate.pipeline import Job, build, plan, workshop
from narrate.preparing import say
from narrate.reading import Cutting, read
from narrate.speaking import Cast
from narrate.testing import tiny_book
from tests.sound import decoded, onset

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.engines import Engine


@dataclass(frozen=True)
class Counting(Tone):
    """Beeps, counts what it was asked to say, and may break at a sentence."""

    asked: ClassVar[list[str]] = []
    breaks_at: ClassVar[str] = ""
    problem: ClassVar[BaseException] = EngineError("the line is dead")

    def speak(self, text: str) -> Speech:
        if self.breaks_at and self.breaks_at in text:
            raise self.problem
        self.asked.append(text)
        return super().speak(text)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    monkeypatch.setattr(Counting, "asked", [])
    monkeypatch.setattr(Counting, "breaks_at", "")
    return Counting()


def test_every_chapter_begins_to_sound_at_its_mark(job: Job, tone: Engine) -> None:
    results = build(tiny_book(chapters=45), tone, job)

    for result in results:
        sound, rate = decoded(result.path)
        found = inspect(result.path).chapters
        timeline = result.audiobook.timeline
        late = [onset(sound, chapter.begin, rate) - chapter.begin for chapter in found[1:]]
        assert len(found) == 45
        assert max(map(abs, late)) <= 0.002
        assert found[0].begin == 0
        assert onset(sound, 0.7, rate) == pytest.approx(timeline.cues[0].begin / rate, abs=0.002)
        assert len(sound) / rate == pytest.approx(timeline.length / rate, abs=0.05)


def test_every_sentence_begins_to_sound_at_its_cue(job: Job, tone: Engine) -> None:
    for result in build(tiny_book(chapters=3), tone, job):
        sound, rate = decoded(result.path)
        begins = [cue.begin / rate for cue in result.audiobook.timeline.cues]

        assert [onset(sound, at, rate, within=0.2) for at in begins] == pytest.approx(
            begins, abs=0.002
        )


def test_both_formats_list_the_same_chapters_less_than_a_frame_apart(
    job: Job, tone: Engine
) -> None:
    mp3, m4b = (inspect(each.path) for each in build(tiny_book(chapters=14), tone, job))

    assert [each.title for each in mp3.chapters] == [each.title for each in m4b.chapters]
    assert [each.begin for each in mp3.chapters] == pytest.approx(
        [each.begin for each in m4b.chapters], abs=1024 / 22_050
    )
    assert mp3.length == m4b.length


@pytest.mark.parametrize("target", [-17.0, -19.0, -25.0])
def test_the_voice_has_the_loudness_that_was_asked_for(job: Job, target: float) -> None:
    from narrate.engines.espeak import Espeak

    book = read("tests/data/sample.txt")

    for result in build(book, Espeak(), replace(job, loudness=target)):
        found = inspect(result.path).loudness
        assert found.integrated == pytest.approx(target, abs=1)
        assert found.true_peak <= -3.5


def test_a_second_build_speaks_nothing_again(job: Job, counting: Counting) -> None:
    first = [each.path.read_bytes() for each in build(tiny_book(), counting, job)]
    counting.asked.clear()

    second = [each.path.read_bytes() for each in build(tiny_book(), counting, job)]

    assert counting.asked == []
    assert first == second


def test_an_edit_costs_only_the_sentence_that_changed(job: Job, counting: Counting) -> None:
    book = tiny_book()
    build(book, counting, job)
    counting.asked.clear()
    last = book.chapters[-1]
    edited = replace(last.paragraphs[-1], text="این تازه است. پایان فصل 2.")
    chapter = replace(last, paragraphs=(*last.paragraphs[:-1], edited))

    build(replace(book, chapters=(*book.chapters[:-1], chapter)), counting, job)

    assert counting.asked == ["این تازه است."]


@pytest.mark.parametrize("problem", [EngineError("the line is dead"), KeyboardInterrupt()])
def test_a_broken_build_leaves_no_file_and_the_next_goes_on(
    job: Job, counting: Counting, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    monkeypatch.setattr(Counting, "breaks_at", "پایان فصل دوم")
    monkeypatch.setattr(Counting, "problem", problem)
    with pytest.raises(type(problem)):
        build(tiny_book(), counting, job)
    said = set(counting.asked)
    assert list(job.folder.iterdir()) == []
    counting.asked.clear()
    monkeypatch.setattr(Counting, "breaks_at", "")

    build(tiny_book(), counting, job)

    assert counting.asked == ["پایان فصل دوم."]
    assert said


def test_a_failing_sentence_is_named_with_its_place(
    job: Job, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Counting, "breaks_at", "پایان فصل دوم")

    with pytest.raises(EngineError, match=r"chapter 2, paragraph 3, sentence 1 .*the line is dead"):
        build(tiny_book(), counting, job)


def test_a_format_that_fails_leaves_nothing_of_itself(
    job: Job, tone: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("narrate.outputs.mp3._tag", full)

    with pytest.raises(OutputError, match=r"mp3 cannot be written: No space left on device"):
        build(tiny_book(), tone, replace(job, formats=("mp3",)))
    assert list(job.folder.iterdir()) == []


def test_a_write_that_is_interrupted_stops_and_leaves_no_file(job: Job, tone: Engine) -> None:
    def interrupt(progress: Progress) -> None:
        if progress.stage is Stage.WRITING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(tiny_book(chapters=5), tone, job, interrupt)
    assert list(job.folder.iterdir()) == []


def test_progress_reaches_its_total_in_each_stage(job: Job, tone: Engine) -> None:
    seen: list[Progress] = []

    build(tiny_book(), tone, job, seen.append)

    for stage in (Stage.RECORDING, Stage.WRITING):
        steps = [each for each in seen if each.stage is stage]
        assert [each.done for each in steps] == sorted(each.done for each in steps)
        assert steps[-1].done == steps[-1].total


def test_more_chapters_than_players_list_become_parts(job: Job, tone: Engine) -> None:
    chapters = tuple(
        Chapter(f"c{n:04}", f"فصل {n}", (Paragraph(f"c{n:04}p00001", "یک."),))
        for n in range(1, 258)
    )
    short = replace(job, formats=("m4b",), pauses=Pauses(chapter=100))
    results = build(replace(tiny_book(title="دراز"), chapters=chapters), tone, short)

    assert [each.path.name for each in results] == ["دراز 1.m4b", "دراز 2.m4b"]
    assert [len(inspect(each.path).chapters) for each in results] == [255, 2]
    assert inspect(results[1].path).tags["title"] == "دراز 2"
    assert inspect(results[1].path).tags["track"] == "2/2"


def test_a_file_for_each_chapter_has_its_number_and_title(job: Job, tone: Engine) -> None:
    book = tiny_book(chapters=2, title="دو")

    results = build(book, tone, replace(job, formats=("mp3",), per_chapter=True))

    names = [str(each.path.relative_to(job.folder)) for each in results]
    assert names == ["دو.mp3", "دو/1 فصل ۱： نامی بلند.mp3", "دو/2 فصل ۲： نامی بلند نامی بلند.mp3"]
    tags = inspect(results[2].path).tags
    assert (tags["track"], tags["album"]) == ("2/2", "دو")
    assert tags["title"] == "فصل ۲: نامی بلند نامی بلند"


def test_a_folder_in_the_place_of_a_result_is_found_before_speaking(
    job: Job, counting: Counting
) -> None:
    (job.folder / "کتاب.mp3").mkdir(parents=True)

    with pytest.raises(OutputError, match="is in the way"):
        build(tiny_book(title="کتاب"), counting, job)
    assert counting.asked == []


def test_the_rest_after_a_sentence_follows_the_structure(tmp_path: Path) -> None:
    paragraphs = (
        Paragraph("c0001p00001", "فصل یکم", "heading"),
        Paragraph("c0001p00002", "یک. دو."),
        Paragraph("c0001p00003", "***", "rule"),
        Paragraph("c0001p00004", "سه."),
        Paragraph("c0001p00005", "؟!"),
        Paragraph("c0001p00006", "چهار."),
    )
    book = replace(tiny_book(), chapters=(Chapter("c0001", "فصل یکم", paragraphs),))

    said = say(book, Cast(create("tone")), Manner(), Notes(tmp_path), Workers())

    assert [(each.spoken, each.after) for each in said] == [
        ("فصل یکم", Gap.HEADING),
        ("یک.", Gap.SENTENCE),
        ("دو.", Gap.RULE),
        ("سه.", Gap.PARAGRAPH),
        ("چهار.", Gap.CHAPTER),
    ]


def test_a_chapter_in_which_nothing_is_said_is_left_out(job: Job, tone: Engine) -> None:
    silent = Chapter("c0003", "خاموش", (Paragraph("c0003p00001", "ـــ"), Paragraph("x", "؟!")))
    book = tiny_book(chapters=2)
    book = replace(book, chapters=(*book.chapters[:1], silent, *book.chapters[1:]))

    for result in build(book, tone, job):
        titles = [mark.title for mark in result.audiobook.timeline.marks]
        assert titles == ["فصل ۱: نامی بلند", "فصل ۲: نامی بلند نامی بلند"]


def test_a_book_in_which_nothing_is_said_is_an_input_error(job: Job, tone: Engine) -> None:
    with pytest.raises(InputError, match="holds nothing that can be spoken"):
        build(replace(tiny_book(), chapters=()), tone, job)


def test_a_voice_that_says_nothing_at_all_is_an_engine_error(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tone, "speak", lambda *_: Speech(b"", Tone.sample_rate))

    with pytest.raises(EngineError, match="says nothing of this text"):
        build(tiny_book(), Tone(), job)


def test_a_rate_that_formats_cannot_hold_is_found_before_speaking(
    job: Job, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Counting, "sample_rate", 20_000)

    with pytest.raises(EngineError, match="not a usual rate"):
        build(tiny_book(), counting, job)
    assert counting.asked == []


def test_written_and_spoken_text_stay_apart(job: Job, counting: Counting) -> None:
    paragraph = Paragraph("c0001p00001", "این **مهم** است، در ۱۹۱۷.")
    book = replace(tiny_book(), chapters=(Chapter("c0001", "یک", (paragraph,)),))

    with workshop(job) as shop:
        (said,) = plan(book, Cast(counting), job, shop).said

    assert said.written == "این **مهم** است، در ۱۹۱۷."
    assert said.spoken == "این مهم است، در هزار و نهصد و هفده."


@pytest.mark.parametrize(("hears", "heard"), [("phonemes", "[[keRm]]"), ("marks", "کِرم")])
def test_an_engine_is_given_phonemes_only_if_it_takes_them(
    hears: str, heard: str, job: Job, counting: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Counting, "hears", hears)
    lexicon = Lexicon.of([Pronunciation("کرم", "کِرم", "keRm")])
    chapter = Chapter("c0001", "یک", (Paragraph("c0001p00001", "کرم"),))
    book = replace(tiny_book(), chapters=(chapter,))

    with workshop(job) as shop:
        (said,) = plan(book, Cast(counting), replace(job, manner=Manner(lexicon)), shop).said

    assert said.spoken == heard


def test_a_text_is_spoken_in_the_order_in_which_it_was_written(
    job: Job, tmp_path: Path, counting: Counting
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("\n".join(f"جمله‌ی شماره {n}." for n in range(1, 30)), encoding="utf-8")

    (result, _) = build(read(str(text), Cutting("none")), counting, job)

    written = [cue.utterance.written for cue in result.audiobook.timeline.cues]
    assert written == [plan_line(n) for n in range(1, 30)]


def plan_line(number: int) -> str:
    digits = str(number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    return f"جمله‌ی شماره {digits}."


def test_a_file_longer_than_players_bear_is_refused_before_it_is_written(
    job: Job, tone: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.pipeline.MOST_HOURS", 0.001)

    with pytest.raises(OutputError, match=r"longer than .* hours: split the text"):
        build(tiny_book(), tone, job)
    assert list(job.folder.iterdir()) == []
