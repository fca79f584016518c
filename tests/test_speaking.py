"""From utterances to clips: nothing twice, failures as was asked, and no clip lost to a crash."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import pytest

from narrate.audio.clips import Store
from narrate.engines import create
from narrate.engines.engine import SILENT, Voice
from narrate.engines.tone import Tone
from narrate.errors import EngineError
from narrate.model import Book, Chapter, Paragraph, Speech
from narrate.pipeline import build
from narrate.speaking import Cast
from narrate.testing import tiny_book

if TYPE_CHECKING:
    from narrate.engines import Engine
    from narrate.pipeline import Job
    from tests.services import Services


@dataclass(frozen=True)
class Fragile(Tone):
    """Beeps, several at once, but not for sentences with a certain word in them."""

    name: ClassVar[str] = "fragile"
    asked: ClassVar[list[str]] = []

    at_once: int = 3
    breaks_at: str = field(default="خراب", metadata=SILENT)
    rest: float = field(default=0.0, metadata=SILENT)

    def speak(self, text: str) -> Speech:
        self.asked.append(text)
        time.sleep(self.rest)
        if self.breaks_at in text:
            raise EngineError("the line is dead")
        return super().speak(text)


@pytest.fixture(autouse=True)
def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fragile, "asked", [])


def book_of(*sentences: str) -> Book:
    paragraphs = tuple(
        Paragraph(f"c0001p{place:05}", text) for place, text in enumerate(sentences, 1)
    )
    return replace(tiny_book(), title="آزمون", chapters=(Chapter("c0001", "یک", paragraphs),))


def numbered(count: int) -> Book:
    return book_of(*(f"شماره‌ی {number}." for number in range(1, count + 1)))


def clips(store: Path) -> int:
    return len(list(store.rglob("*.wav")))


def spoken(job: Job, cast: Engine | Cast, book: Book) -> list[tuple[str, int]]:
    """Return each written sentence of a build with the samples of its clip."""
    cues = build(book, cast, replace(job, formats=("mp3",)))[0].audiobook.timeline.cues
    return [(cue.utterance.written, cue.clip.length) for cue in cues]


def test_several_at_once_say_the_same_as_one(job: Job, own_store: Path) -> None:
    book = numbered(20)

    alone = spoken(job, Fragile(at_once=1), book)
    again = spoken(replace(job, store=own_store / "other"), Fragile(at_once=5), book)

    assert alone == again


def test_a_sentence_that_stands_twice_is_spoken_once(job: Job) -> None:
    spoken(job, Fragile(rest=0.02), book_of("بله.", "نه.", "بله.", "بله."))

    assert Counter(Fragile.asked) == {"بله.": 1, "نه.": 1}


def test_a_failing_sentence_stops_the_build_and_what_was_spoken_is_kept(
    job: Job, own_store: Path
) -> None:
    book = book_of("یک.", "دو.", "سه خراب.", *(f"شماره‌ی {n}." for n in range(100)))

    with pytest.raises(EngineError, match=r"paragraph 3, sentence 1 \(سه خراب\.\): the line is"):
        build(book, Fragile(rest=0.01), job)

    assert len(Fragile.asked) < 20
    assert clips(own_store) == len(Fragile.asked) - 1
    before = list(Fragile.asked)
    build(book, Fragile(breaks_at="هیچ"), job)
    assert Counter(Fragile.asked[len(before) :]).keys().isdisjoint(set(before) - {"سه خراب."})


def test_a_failing_sentence_is_left_out_if_that_was_asked(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    cast = Cast(Fragile(), on_error="skip")

    said = spoken(job, cast, book_of("یک.", "دو خراب.", "سه."))

    assert [length > 0 for _, length in said] == [True, False, True]
    place = "chapter 1, paragraph 2, sentence 1 (دو خراب.)"
    assert f"left out: {place}: the line is dead" in caplog.text
    spoken(job, Cast(Fragile(breaks_at="هیچ"), on_error="skip"), book_of("یک.", "دو خراب."))
    assert Fragile.asked.count("دو خراب.") == 2


def test_an_engine_that_fails_again_and_again_is_not_asked_for_the_whole_book(job: Job) -> None:
    book = book_of("یک.", *(f"خراب {n}." for n in range(50)), "دو.")

    with pytest.raises(EngineError, match=r"paragraph \d+.*also chapter 1, paragraph"):
        build(book, Cast(Fragile(at_once=1), on_error="skip"), job)
    assert len(Fragile.asked) <= 6


def test_all_sentences_that_failed_at_once_are_named(job: Job) -> None:
    book = book_of(*(f"خراب {n}." for n in range(9)))

    with pytest.raises(EngineError) as caught:
        build(book, Fragile(rest=0.05), job)
    assert str(caught.value).count("chapter 1, paragraph") == len(Fragile.asked)
    assert 3 <= len(Fragile.asked) < 9


def test_what_was_being_spoken_when_the_engine_failed_is_not_spoken_again(job: Job) -> None:
    book = book_of("خراب یک.", "خراب دو.", "خراب سه.", *(f"شماره‌ی {n}." for n in range(9)))
    cast = Cast(Fragile(rest=0.02), fallback=Tone(pitch=900))

    first = [cue.clip for cue in build(book, cast, job)[0].audiobook.timeline.cues]
    second = [cue.clip for cue in build(book, cast, job)[0].audiobook.timeline.cues]

    assert sum(a.path == b.path for a, b in zip(first, second, strict=True)) >= 3


def test_another_voice_says_what_the_first_cannot(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    cast = Cast(Fragile(), fallback=create("espeak"))

    said = spoken(job, cast, book_of("یک.", "دو خراب کتاب من.", "سه."))

    assert all(length for _, length in said)
    assert "chapter 1, paragraph 2, sentence 1 (دو خراب کتاب من.): the line is dead" in caplog.text
    assert "espeak speaks 1 sentences instead" in caplog.text


def test_another_voice_says_the_rest_of_a_book_when_the_first_is_gone(job: Job) -> None:
    book = book_of(*(f"خراب {n}." for n in range(30)))

    said = spoken(job, Cast(Fragile(at_once=1), fallback=Tone()), book)

    assert all(length for _, length in said)
    assert len(Fragile.asked) == 3


@dataclass(frozen=True)
class Deep(Tone):
    """Beeps lower, at another rate, and much less loud."""

    name: ClassVar[str] = "deep"
    sample_rate: ClassVar[int] = 16_000

    def speak(self, text: str) -> Speech:
        import numpy as np

        sound = np.frombuffer(super().speak(text).pcm, "<i2") // 8
        return Speech(sound.tobytes(), self.sample_rate)


def test_each_role_has_its_voice_and_all_are_equally_loud(job: Job) -> None:
    from narrate.audio.loudness import measure
    from tests.sound import decoded

    sentence = "این را کسی در کتاب می‌گوید و دراز است تا خوب شنیده شود"
    paragraphs = (
        Paragraph("c0001p00001", f"عنوان فصل {sentence}", "heading"),
        Paragraph("c0001p00002", f"او گفت: «{sentence}.» و رفت و دیگر هرگز به آن‌جا برنگشت."),
    )
    book = replace(tiny_book(), chapters=(Chapter("c0001", "یک", paragraphs),))

    (result,) = build(
        book,
        Cast(Tone(), {"heading": Deep(), "quote": Tone(pitch=900)}),
        replace(job, formats=("mp3",)),
    )

    cues = result.audiobook.timeline.cues
    assert [cue.utterance.role for cue in cues] == ["heading", "body", "quote", "body"]
    assert len({cue.clip.voice for cue in cues}) == 3
    assert {cue.clip.rate for cue in cues} == {22_050}
    sound, rate = decoded(result.path)
    whole = (sound * 32_767).astype("<i2")
    levels = [
        measure([whole[cue.begin : cue.begin + cue.clip.length]], rate).integrated
        for cue in (cues[0], cues[2], cues[3])
    ]
    assert max(levels) - min(levels) < 2


def test_without_a_voice_for_quotations_a_sentence_stays_whole(job: Job) -> None:
    said = spoken(job, Tone(), book_of("او گفت: «سلام دنیا» و رفت."))

    assert len(said) == 1


# --- services that fail ---------------------------------------------------------------------------

FAULTS = ("429", "500", "reset", "empty", "half")
ONLINE = ("edge", "gtts:ar")


def online(name: str, **settings: str) -> Engine:
    kind, _, voice = name.partition(":")
    fast = {"patience": "60", "per_minute": "6000", "at_once": "4"}
    return create(kind, voice or None, fast | settings)


@pytest.mark.parametrize("name", ONLINE)
def test_a_third_of_all_requests_may_fail(name: str, job: Job, services: Services) -> None:
    chance = random.Random(6)  # noqa: S311
    services.fault_of = lambda *_: chance.choice(FAULTS) if chance.random() < 0.3 else ""

    said = spoken(job, online(name), numbered(200))

    assert len(said) == 200
    assert all(length for _, length in said)
    assert 200 < len(services.asked) <= 1.6 * 200
    assert services.most_at_once <= 4


@pytest.mark.parametrize("name", ONLINE)
def test_a_service_that_goes_away_ends_the_build_and_the_next_asks_only_for_the_rest(
    name: str, job: Job, services: Services, own_store: Path
) -> None:
    book = numbered(30)
    services.fault_of = lambda number, _: "500" if number >= 10 else ""
    begun = time.monotonic()

    with pytest.raises(EngineError, match=r"chapter 1, paragraph \d+, sentence 1 \(شماره‌ی"):
        build(book, online(name, patience="2"), job)

    assert time.monotonic() - begun < 10
    kept = clips(own_store)
    assert 10 <= kept <= 14
    services.asked.clear()
    services.fault_of = lambda *_: ""
    build(book, online(name), job)
    assert len(services.asked) == len(set(services.asked)) == 30 - kept


# --- crashes --------------------------------------------------------------------------------------

BUILDER = """
import os, sys, time
from dataclasses import dataclass
from pathlib import Path
from narrate.engines.tone import Tone
from narrate.audio.trimming import trimmed
from narrate.pipeline import Job, build
from tests.test_speaking import numbered

trimmed(Tone().speak("what this imports is not imported again"))
log, folder, store = map(Path, sys.argv[1:])

@dataclass(frozen=True)
class Slow(Tone):
    at_once: int = 3
    def speak(self, text):
        with log.open("a", encoding="utf-8") as file:
            file.write(text + "\\n")
        time.sleep(0.004)
        return super().speak(text)

for _ in sys.stdin:
    if child := os.fork():
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)
    else:
        job = Job(folder=folder, store=store, formats=("mp3",), jobs=1)
        build(numbered(300), Slow(), job)
        os._exit(0)
"""


def test_no_clip_that_was_complete_is_made_again_after_a_kill(tmp_path: Path) -> None:
    log, out, store = (tmp_path / name for name in ("log", "out", "store"))
    chance = random.Random(9)  # noqa: S311
    command = [sys.executable, "-c", BUILDER, str(log), str(out), str(store)]
    interrupted = 0
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=Path(__file__).parent.parent,
    ) as builder:
        assert builder.stdin
        assert builder.stdout
        for _ in range(20):
            complete = {each.stem for each in store.rglob("*.wav")}
            log.write_text("", encoding="utf-8")
            builder.stdin.write("again\n")
            child = int(builder.stdout.readline())
            while not log.stat().st_size:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.08))
            os.kill(child, signal.SIGKILL)
            assert builder.stdout.readline() == "gone\n"
            asked = log.read_text(encoding="utf-8").splitlines()
            assert not {key(text) for text in asked} & complete
            assert len(asked) == len(set(asked))
            interrupted += bool(complete)
    assert 0 < clips(store) < 300
    assert interrupted > 10
    assert list(out.glob("*")) == []


def key(text: str) -> str:
    from narrate.engines import fingerprint

    @dataclass(frozen=True)
    class Slow(Tone):
        at_once: int = 3

    return Store.key(fingerprint(Slow()), text)


def test_ctrl_c_ends_a_build_at_once_and_keeps_what_was_spoken(
    job: Job, own_store: Path, services: Services
) -> None:
    """Threads that wait for a service which fails do not hold the person up."""
    services.fault_of = lambda number, _: "500" if number >= 8 else ""

    def interrupt() -> None:
        time.sleep(1.5)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=interrupt).start()
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        build(numbered(30), online("edge"), job)
    assert time.monotonic() - begun < 10
    assert 8 <= clips(own_store) <= 12


@dataclass(frozen=True)
class Polyglot(Fragile):
    """Says to speak English, and speaks nothing."""

    voice: str = "beep"
    breaks_at: str = field(default="", metadata=SILENT)

    def __post_init__(self) -> None:
        """Take any voice."""

    @classmethod
    def voices(cls) -> list[Voice]:
        return [*super().voices(), Voice("bip", "en", "")]


def test_a_fallback_says_another_language_in_that_language(job: Job) -> None:
    paragraphs = (
        Paragraph("p1", "او چنین گفت."),
        Paragraph("p2", "All happy families are alike.", language="en"),
    )
    book = Book("آزمون", (Chapter("c0001", "یک", paragraphs),))

    (result, *_) = build(book, Cast(Polyglot(), fallback=create("espeak")), job)

    persian, english = (cue.clip.voice for cue in result.audiobook.timeline.cues)
    assert "'voice', 'fa'" in persian
    assert "'voice', 'en" in english


def test_espeak_says_chinese_though_it_calls_it_otherwise() -> None:
    speaker = Cast(create("espeak")).who_says("zh", "body")

    assert speaker
    assert speaker.voice == "cmn"


def test_a_voice_of_its_language_says_a_foreign_paragraph(job: Job) -> None:
    paragraphs = (
        Paragraph("p1", "او چنین گفت."),
        Paragraph("p2", "All happy families are alike.", language="en"),
    )
    book = Book("آزمون", (Chapter("c0001", "یک", paragraphs),))

    (result, *_) = build(book, create("espeak"), job)

    persian, english = result.audiobook.timeline.cues
    assert "'voice', 'fa'" in persian.clip.voice
    assert "'voice', 'en" in english.clip.voice
    assert english.clip.length > 22_050
