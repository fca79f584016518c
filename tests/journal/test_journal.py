"""What happens is told line by line, from all processes, and summed up; silence costs nothing."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from narrate import pipeline
from narrate.batching import Press, Unread
from narrate.engines.tone import Tone
from narrate.errors import EngineError, InputError, OutputError
from narrate.journal import about, digest, happened, is_on, keeping
from narrate.pipeline import Job
from narrate.speaking import Cast
from narrate.terminal import progress
from narrate.testing import tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Speech


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "run.jsonl"


def test_nothing_is_told_unless_somebody_wants_to_know(log: Path) -> None:
    happened("before")
    with keeping(None):
        assert not is_on()
    with keeping(log):
        assert is_on()
        with about("گلستان"):
            happened("during", took=1.5)
    happened("after")

    assert [each["event"] for each in lines(log)] == ["begin", "during", "end"]
    assert lines(log)[1]["book"] == "گلستان"
    assert lines(log)[1]["took"] == 1.5


def test_a_second_run_is_added_and_why_one_ended_is_told(log: Path) -> None:
    def fail() -> None:
        with keeping(log):
            raise EngineError("the line is dead")

    with pytest.raises(EngineError):
        fail()
    with keeping(log):
        pass

    assert [each.get("error") for each in lines(log)] == [None, "the line is dead", None, None]
    assert digest(log).runs == 2


def test_a_log_that_cannot_be_begun_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"), keeping(tmp_path):
        pass


def test_what_is_no_log_stays_as_it_is(tmp_path: Path) -> None:
    (text := tmp_path / "text").write_text("سلام", encoding="utf-8")
    with pytest.raises(OutputError, match="is no log of narrate"), keeping(text):
        pass

    assert text.read_text(encoding="utf-8") == "سلام"
    text.write_bytes(b"")
    for _ in range(2):
        with keeping(text):
            pass
    assert digest(text).runs == 2


def test_a_log_that_cannot_be_written_any_more_stops_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.WARNING), keeping(_full()):
        happened("one")
        happened("two")

    assert caplog.text.count("takes no more lines") == 1


def _full() -> Path:
    from pathlib import Path

    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    return full


def test_each_sentence_is_told_once_with_where_it_came_from(tmp_path: Path, log: Path) -> None:
    job = Job(tmp_path / "o", tmp_path / "s", jobs=1)
    for _ in range(2):
        with keeping(log):
            pipeline.build(tiny_book(), Tone(), job)
    clips = [each for each in lines(log) if each["event"] == "clip"]
    made, found = clips[: len(clips) // 2], clips[len(clips) // 2 :]

    assert {each["found"] for each in made} == {""}
    assert {each["found"] for each in found} == {"encoded"}
    assert sorted(each["key"] for each in made) == sorted(each["key"] for each in found)
    assert all(each["took"] > 0 and each["worker"] and each["length"] > 0 for each in made)
    assert all(each["place"] and each["text"] and each["engine"] == "tone" for each in clips)


def test_books_that_other_processes_make_are_told_as_well(tmp_path: Path, log: Path) -> None:
    job = Job(tmp_path / "o", tmp_path / "s", jobs=2)
    books = []
    for number in range(5):
        title, text = f"کتاب {'آبپتث'[number]}", f"این جمله‌ی بلندی از کتاب {number} است. " * 30
        path = tmp_path / f"{title}.txt"
        path.write_text(text, encoding="utf-8")
        books.append(Unread(title, _reader(path), len(text)))
    with keeping(log), pipeline.workshop(job) as shop:
        press = Press(Cast(Tone()), job, shop, lambda label: progress(label, quiet=True))
        outcomes = list(press.each(books))

    assert not [each.error for each in outcomes if each.error]
    assert [each["book"] for each in lines(log) if each["event"] == "book"] == [
        each.name for each in books
    ]
    found = digest(log)
    assert found.books == 5
    assert len(found.workers) > 1
    assert found.spoken == 5


def _reader(path: Path) -> Any:  # noqa: ANN401
    from narrate.reading import read

    return lambda: read(str(path))


def test_failures_and_slow_sentences_are_named(
    tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak = Tone.speak

    def fail(self: Tone, text: str) -> Speech:
        if "دوم" in text:
            raise EngineError("the line is dead")
        return speak(self, text)

    monkeypatch.setattr(Tone, "speak", fail)
    with keeping(log), pytest.raises(EngineError):
        pipeline.build(tiny_book(), Tone(), Job(tmp_path / "o", tmp_path / "s", jobs=1))
    found = digest(log)

    assert [each.error for each in found.failed] == ["the line is dead"]
    assert len(found.slowest) == min(5, found.spoken)
    assert found.slowest == sorted(found.slowest, key=lambda each: -each.took)
    assert sum(sound for _, _, sound in found.course) == pytest.approx(found.sound)


def test_what_is_no_log_is_told(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("سلام\n{}\n[1]\n", encoding="utf-8")
    with pytest.raises(InputError, match="no log of narrate"):
        digest(tmp_path / "x")
    with pytest.raises(InputError, match="cannot be read"):
        digest(tmp_path / "y")


def test_a_line_that_was_cut_short_spoils_no_other(log: Path) -> None:
    with keeping(log):
        happened("clip", key="ab")
    with log.open("a", encoding="utf-8") as file:
        file.write('{"time": "2026')

    assert digest(log).spoken == 1


def test_a_run_after_a_log_that_was_cut_short_is_one_of_its_own(log: Path) -> None:
    for _ in range(2):
        with keeping(log):
            happened("clip", key="ab")
        log.write_bytes(log.read_bytes()[:-5])

    assert digest(log).runs == 2
    assert digest(log).spoken == 2


def test_a_name_with_odd_signs_in_it_loses_no_event(log: Path) -> None:
    with keeping(log):
        happened("book", book="a\u2028b\u0085c\x1b[31m", error="lost")

    (failed,) = digest(log).failed
    assert (failed.book, failed.error) == ("a b c [31m", "lost")


@pytest.mark.parametrize(
    "told",
    [
        '"length": "a"',
        '"took": null',
        '"found": []',
        '"length": NaN',
        '"retries": 1e999',
        '"place": 5, "error": "x"',
        '"book": {}',
        '"time": "0001-01-01T00:00:00+23:59"',
        '"x": ' + "[" * 200_000,
    ],
    ids=range(9),
)
def test_a_line_of_anything_is_passed_over(log: Path, told: str) -> None:
    with keeping(log):
        happened("clip", length=2.0)
    line = f'{{"time": "2026-01-01T10:00:00+00:00", "event": "clip", "book": "", {told}}}\n'
    with log.open("a", encoding="utf-8") as file:
        file.write(line)

    assert (digest(log).spoken, digest(log).sound) == (1, 2.0)


def test_the_chart_is_of_the_last_run_that_spoke(log: Path) -> None:
    log.parent.mkdir()
    rows: list[tuple[str, dict[str, Any]]] = [
        ("2026-01-01T10:00:00+00:00", {"event": "begin"}),
        ("2026-01-01T10:00:06+00:00", {"event": "clip", "length": 5.0}),
        ("2026-01-08T10:00:00+00:00", {"event": "begin"}),
        ("2026-01-08T10:00:03+00:00", {"event": "clip", "length": 7.0}),
        ("2026-01-08T10:00:12+00:00", {"event": "book"}),
        ("2026-01-09T10:00:00+00:00", {"event": "begin"}),
        ("2026-01-09T10:00:05+00:00", {"event": "clip", "length": 9.0, "found": "spoken"}),
    ]
    told = [json.dumps({"time": time, "book": "", **event}) for time, event in rows]
    log.write_text("\n".join(told), encoding="utf-8")
    found = digest(log)

    assert [sound for _, _, sound in found.course] == [0, 0, 0, 7.0] + [0] * 8
    assert {seconds for _, seconds, _ in found.course} == {1.0}
    assert (found.course[0][0].day, found.runs, found.wall) == (8, 3, 23.0)


def test_lines_of_others_are_passed_over(log: Path) -> None:
    with keeping(log):
        happened("clip", key="ab")
    with log.open("a", encoding="utf-8") as file:
        file.write('{"time": "2026-01-01", "event": "clip"}\n')
        file.write('{"time": "2026-01-01T10:00", "event": "book", "book": "x"}\n')

    found = digest(log)
    assert (found.spoken, found.books) == (1, 1)


def test_a_book_that_failed_and_was_made_later_counts_once(log: Path) -> None:
    with keeping(log):
        happened("book", book="one.txt", error="the line is dead")
        happened("book", book="یک")

    assert digest(log).books == 1
