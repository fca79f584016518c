"""For authors of engines and outputs: what every one of them promises, as functions that assert it.

from narrate.testing import check_engine

def test_my_engine():
    check_engine(MyEngine())
"""

# ruff: noqa: S101 - assertions are what this module is for

from __future__ import annotations

import pickle
import zipfile
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from narrate.audio.clips import Store
from narrate.audio.timeline import lay
from narrate.engines import SAMPLE_RATES, Phonemic, create, fingerprint
from narrate.errors import EngineError
from narrate.model import (
    Audiobook,
    Book,
    Chapter,
    Details,
    Gap,
    Hearing,
    Paragraph,
    Pauses,
    Utterance,
)
from narrate.outputs.inspection import inspect

if TYPE_CHECKING:
    from narrate.audio.codecs import Codec
    from narrate.engines import Engine
    from narrate.model import Timeline
    from narrate.outputs import Output

_SENTENCES = ("سلام، حال شما چطور است؟", "کتاب‌ها را دیروز خواندم.")
_ODD = ("؟", "…", "a", "<b>&amp;</b>", "۱۲۳", "سلام 🙂 دنیا", "کتاب " * 100)


def check_engine(engine: Engine) -> None:
    """Assert that `engine` keeps the contract of `narrate.Engine`."""
    assert engine.voices(), "voices() is empty"
    assert engine.voice in {voice.name for voice in engine.voices()}, "voice is not in voices()"
    assert pickle.loads(pickle.dumps(engine)) == engine, "must travel to another process"  # noqa: S301
    assert engine.sample_rate in SAMPLE_RATES, "a rate that formats cannot hold"
    settings = [each for each in fields(engine) if each.name != "voice"]
    assert all(isinstance(each.default, int | float | str) for each in settings), (
        "settings are text"
    )
    assert engine.hears in get_args(Hearing), "hears says what speak() reads"
    engine.check()

    first, second = (engine.speak(text) for text in _SENTENCES)
    assert first.pcm, "a sentence makes no sound"
    assert first.pcm != second.pcm, "two sentences sound the same"
    assert engine.speak(_SENTENCES[0]) == first, "a sentence depends on what was said before it"
    assert fingerprint(engine) == fingerprint(type(engine)(voice=engine.voice)), (  # type: ignore[call-arg]
        "two engines with the same settings must share clips"
    )
    if engine.hears == "phonemes":
        assert engine.speak("[[sal'Am]]").pcm, "phonemes make no sound"
    if engine.hears != "letters":
        said, marked = (engine.speak(text).pcm for text in ("گل", "گِل"))
        assert said != marked, "a vowel mark changes nothing"
    if isinstance(engine, Phonemic):
        assert len(engine.phonemes(_SENTENCES[0]).split()) > 1, "phonemes() tells no words"
    for text in (*_SENTENCES, *_ODD):
        _check_speech(engine, text)


def _check_speech(engine: Engine, text: str) -> None:
    try:
        speech = engine.speak(text)
    except EngineError:
        assert text in _ODD, f"refuses a plain sentence: {text}"
        return
    assert speech.rate == engine.sample_rate, "rate is not sample_rate"
    assert len(speech.pcm) % 2 == 0, "half a sample"
    at = 0
    for word in speech.words:
        assert 0 <= word.begin < word.end <= len(text), f"a word outside its text: {word}"
        assert at <= word.sample <= len(speech.pcm) // 2, f"a word out of time: {word}"
        at = word.sample


def tiny_book(chapters: int = 2, title: str = "کتاب <کوچک> & «آبی»") -> Book:
    """Return a book with a heading and two paragraphs in each chapter."""
    made = []
    for number in range(1, chapters + 1):
        name = f"فصل {number}: " + "نامی بلند " * (number % 12)
        texts = (name.strip(), "جمله‌ی نخست. جمله‌ی دوم؟", f"پایان فصل {number}.")
        paragraphs = tuple(
            Paragraph(f"c{number:04}p{place:05}", text, "heading" if place == 1 else "body")
            for place, text in enumerate(texts, 1)
        )
        made.append(Chapter(f"c{number:04}", name.strip(), paragraphs))
    return Book(title, tuple(made), Details(authors=("سعدی", "حافظ"), narrators=("narrate",)))


def tiny_audiobook(folder: Path, book: Book, codec: Codec) -> Audiobook:
    """Return `book` in beeps, one utterance a paragraph, its clips in `folder`, for `codec`."""
    engine, store = create("tone"), Store(folder)
    spoken = []
    for chapter in book.chapters:
        for each in chapter.paragraphs:
            key = store.key(fingerprint(engine), each.text)
            clip = store.get(key) or store.put(key, engine.speak(each.text))
            after = Gap.CHAPTER if each is chapter.paragraphs[-1] else Gap.PARAGRAPH
            spoken.append(
                (Utterance(chapter.id, each.id, (1, 1, 1), each.text, each.text, after), clip)
            )
    timeline = lay(book.chapters, spoken, Pauses(), engine.sample_rate, codec)
    return Audiobook(book.title, book, timeline, {"": 0.0}, datetime(2026, 1, 2, tzinfo=UTC))


def check_output(output: Output, folder: Path) -> None:
    """Assert that `output` keeps the contract of `narrate.outputs.Output`; `folder` is scratch."""
    audiobook = tiny_audiobook(folder / "clips", tiny_book(chapters=12), output.codec)
    path, again = folder / f"one{output.suffix}", folder / f"two{output.suffix}"
    heard: list[int] = []
    output.write(audiobook, path, heard.append)
    output.write(audiobook, again, lambda _: None)

    assert sum(heard) == audiobook.timeline.length, "heard must be told of every sample"
    assert contents_of(path) == contents_of(again), "the same book gives other bytes"
    assert output.may_replace(path), "its own result is in its way"
    if output.sounds and output.most_chapters:
        _check_chapters(path, audiobook)
    elif output.sounds:
        _check_sounds(path, audiobook.timeline, folder / "sounds")
    _check_that_it_stops(output, audiobook, folder)


def contents_of(path: Path) -> dict[str, bytes]:
    """Return what is in each file of a result: of a folder, of a ZIP, or the one that it is."""
    if path.is_dir():
        return {each.name: each.read_bytes() for each in path.iterdir()}
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {"": path.read_bytes()}


def _check_chapters(path: Path, audiobook: Audiobook) -> None:
    """Assert that a player lists the chapters of `audiobook` in the file at `path`."""
    found, timeline = inspect(path), audiobook.timeline
    assert abs(found.length - timeline.length / timeline.rate) < 0.05, "another length"  # noqa: PLR2004
    assert [each.title for each in found.chapters] == [mark.title for mark in timeline.marks]
    for chapter, mark in zip(found.chapters, timeline.marks, strict=True):
        assert abs(chapter.begin - mark.begin / timeline.rate) <= 0.001, f"{chapter} is not {mark}"  # noqa: PLR2004
    assert found.tags["title"] == audiobook.title, "another title"


def _check_sounds(path: Path, timeline: Timeline, folder: Path) -> None:
    """Assert that each chapter has a sound file as long as it is."""
    folder.mkdir()
    sounds = {name: data for name, data in contents_of(path).items() if name.endswith(".mp3")}
    assert len(sounds) == len(timeline.marks), "not one sound file a chapter"
    for (name, data), mark in zip(sorted(sounds.items()), timeline.marks, strict=True):
        sound = folder / Path(name).name
        sound.write_bytes(data)
        length = (mark.end - mark.begin) / timeline.rate
        assert abs(inspect(sound).length - length) < 0.05, f"{name} has another length"  # noqa: PLR2004


class _Stop(Exception):  # noqa: N818 - raised to stop, not because of an error
    pass


def _check_that_it_stops(output: Output, audiobook: Audiobook, folder: Path) -> None:
    def stop(_: int) -> None:
        raise _Stop

    try:
        output.write(audiobook, folder / f"stopped{output.suffix}", stop)
    except _Stop:
        return
    raise AssertionError("what heard raises must come through")
