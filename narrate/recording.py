"""Utterances → encoded clips: what is spoken is encoded while the rest is being spoken.

A voice's gain is read off a specimen of what it says, which is spoken first: about two minutes,
chosen by the keys of its sentences, so that the choice is the same in every run, and one edited
sentence hardly ever changes it.
"""

from __future__ import annotations

import logging
from collections import Counter, defaultdict, deque
from concurrent.futures import wait
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from narrate.audio.coded import is_kept, keep
from narrate.audio.loudness import LEVELLING, gain_for
from narrate.errors import EngineError
from narrate.model import Clip, Progress, Stage
from narrate.notes import Notes
from narrate.speaking import speak, tasks_of
from narrate.working import is_dropped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from narrate.audio.clips import Store
    from narrate.audio.codecs import Codec
    from narrate.model import Report, Utterance
    from narrate.persian import Manner
    from narrate.speaking import Cast, Task
    from narrate.working import Workers

log = logging.getLogger("narrate")

_SPECIMEN_LETTERS = 1_800
"""About two minutes."""
_SPECIMEN_CLIPS = 30


@dataclass(frozen=True, slots=True)
class Studio:
    """Where and how clips are made."""

    cast: Cast
    manner: Manner
    store: Store
    notes: Notes
    codecs: Sequence[Codec]
    loudness: float
    """LUFS that each voice is brought to."""
    crew: Workers


@dataclass(frozen=True, slots=True)
class Recording:
    """What is heard of a book."""

    spoken: Sequence[tuple[Utterance, Clip]]
    """All utterances in order, with their clips, which are encoded."""
    gains: Mapping[str, float]
    """In dB, for each voice."""


def record(said: Sequence[Utterance], studio: Studio, report: Report) -> Recording:
    """Return what is heard of `said`; nothing is made that was made before.

    Raises `EngineError` and `OutputError`; all that was made until then is kept.
    """
    tasks = tasks_of(said, studio.cast)
    unique = {task.key: task for task in tasks}
    gains = _Gains(unique.values(), studio)
    clips = _finished(unique.values(), gains.known, studio)
    progress = _Progress(tasks, report)
    progress.done(clips)
    in_order = gains.specimens_first(unique.values())
    if missing := [task for task in in_order if task.key not in clips]:
        studio.cast.check()
        studio.crew.expect(sum(len(task.text) for task in missing))
        new = _speak_and_encode(missing, studio, gains, progress)
        _note_lengths(new, studio)
        clips |= new
    if not any(clip.length for clip in clips.values()):
        raise EngineError(
            f"the voice {studio.cast.engine.voice} says nothing of this text: choose another"
        )
    return Recording(
        [(each, clips[task.key]) for each, task in zip(said, tasks, strict=True)], gains.known
    )


def _finished(tasks: Iterable[Task], gains: Mapping[str, float], studio: Studio) -> dict[str, Clip]:
    """Return the clips, by their keys, of which nothing is left to do."""
    tasks = [task for task in tasks if task.speaker.sign in gains]
    noted = studio.notes.found(bytes.fromhex(task.key) for task in tasks)
    clips = {}
    for task in tasks:
        if note := noted.get(bytes.fromhex(task.key)):
            length, rate = map(int, note.split())
            clip = Clip(studio.store.path(task.key), length, rate, task.speaker.sign)
            if all(is_kept(clip, codec, gains[clip.voice]) for codec in studio.codecs):
                clips[task.key] = clip
    return clips


def _note_lengths(clips: Mapping[str, Clip], studio: Studio) -> None:
    """Note how long clips are, but for those that another voice speaks this time."""
    own = {key: clip for key, clip in clips.items() if clip.path == studio.store.path(key)}
    studio.notes.add(
        {bytes.fromhex(key): f"{clip.length} {clip.rate}" for key, clip in own.items()}
    )


def _speak_and_encode(
    missing: Sequence[Task], studio: Studio, gains: _Gains, progress: _Progress
) -> dict[str, Clip]:
    """Return the clips of what is `missing`, by their keys; what is left out has no file."""
    clips: dict[str, Clip] = {}
    encoding = _Encoding(studio, progress)
    for task, clip in speak(missing, studio.cast, studio.manner, studio.store, studio.crew):
        clips[task.key] = clip
        if not clip.path.name:
            progress.done([task.key])
        elif clip.length == 0:
            log.warning("the voice says nothing for: %s", task.utterance.written)
        encoding.add(gains.take(task, clip), gains.known)
    encoding.add(gains.rest(), gains.known)
    encoding.finish()
    return clips


class _Gains:
    """Decides how much louder each voice is made, as soon as its specimen is spoken."""

    def __init__(self, tasks: Iterable[Task], studio: Studio) -> None:
        self._studio = studio
        self._specimens = _specimens(tasks)
        noted = studio.notes.found(map(self._note, self._specimens))
        self.known = {
            voice: float(noted[note])
            for voice in self._specimens
            if (note := self._note(voice)) in noted
        }
        self._unheard = {
            voice: set(keys) for voice, keys in self._specimens.items() if voice not in self.known
        }
        self._measured: dict[str, Future[float]] = {}
        self._waiting: dict[str, dict[str, Clip]] = {}

    def specimens_first(self, tasks: Iterable[Task]) -> list[Task]:
        """Return `tasks`, those by which a voice is measured before all others."""
        first = set().union(*self._unheard.values())
        return sorted(tasks, key=lambda task: task.key not in first)

    def take(self, task: Task, clip: Clip) -> dict[str, Clip]:
        """Take what became of `task`; return all clips, by their keys, whose gain is now known."""
        if clip.path.name:
            self._waiting.setdefault(clip.voice, {})[task.key] = clip
        meant = task.speaker.sign
        if unheard := self._unheard.get(meant):
            unheard.discard(task.key)
            if not unheard:
                self._measure(meant, self._specimens[meant])
        return self._ready()

    def rest(self) -> dict[str, Clip]:
        """Return, when all is spoken, the clips that still wait.

        A voice may be heard of which nobody knew before, or without any of its specimen.
        """
        for voice, clips in self._waiting.items():
            if voice not in self.known and voice not in self._measured:
                self._measure(voice, sorted(clips)[:_SPECIMEN_CLIPS])
        wait(self._measured.values())
        return self._ready()

    def _measure(self, voice: str, keys: Sequence[str]) -> None:
        """Let a voice be measured by those clips of its own that lie under `keys`."""
        own = self._waiting.get(voice, {})
        if clips := [own[key] for key in keys if key in own]:
            target = self._studio.loudness
            self._measured[voice] = self._studio.crew.submit(gain_for, clips, target)

    def _ready(self) -> dict[str, Clip]:
        """Return the clips that waited for gains which are known now."""
        for voice in [voice for voice, future in self._measured.items() if future.done()]:
            self.known[voice] = self._measured.pop(voice).result()
            specimen = self._specimens.get(voice)
            # What was left out this time may be there in the next build.
            if specimen and self._waiting[voice].keys() >= {*specimen}:
                self._studio.notes.add({self._note(voice): str(self.known[voice])})
        voices = self._waiting.keys() & self.known.keys()
        return {key: clip for voice in voices for key, clip in self._waiting.pop(voice).items()}

    def _note(self, voice: str) -> bytes:
        return Notes.key("gain", LEVELLING, self._studio.loudness, *self._specimens[voice])


def _specimens(tasks: Iterable[Task]) -> dict[str, list[str]]:
    """Return, for each voice, the keys of the clips by which it is measured."""
    chosen: dict[str, list[str]] = defaultdict(list)
    letters = Counter[str]()
    for task in sorted(tasks, key=lambda task: task.key):
        voice = task.speaker.sign
        if letters[voice] < _SPECIMEN_LETTERS:
            chosen[voice].append(task.key)
            letters[voice] += len(task.text)
    return chosen


class _Encoding:
    """Clips on their way through the workers."""

    def __init__(self, studio: Studio, progress: _Progress) -> None:
        self._codecs, self._crew, self._progress = studio.codecs, studio.crew, progress
        self._batch: list[tuple[str, Clip, float]] = []
        self._under_way: deque[tuple[list[str], Future[None]]] = deque()

    def add(self, clips: Mapping[str, Clip], gains: Mapping[str, float]) -> None:
        """Send `clips` to be encoded; wait while too many are under way."""
        for key, clip in clips.items():
            self._batch.append((key, clip, gains[clip.voice]))
            if len(self._batch) >= self._crew.batch:
                self._send()

    def finish(self) -> None:
        """Wait until all clips are encoded."""
        if self._batch:
            self._send()
        self._wait(0)

    def _send(self) -> None:
        future = self._crew.submit(_encoded, [each[1:] for each in self._batch], self._codecs)
        self._under_way.append(([key for key, _, _ in self._batch], future))
        self._batch = []
        self._wait(self._crew.ahead)

    def _wait(self, most: int) -> None:
        """Wait until at most so many batches are under way, and tell of those that are not."""
        while len(self._under_way) > most or (self._under_way and self._under_way[0][1].done()):
            keys, future = self._under_way.popleft()
            future.result()
            self._progress.done(keys)


def _encoded(clips: Sequence[tuple[Clip, float]], codecs: Sequence[Codec]) -> None:
    for clip, gain in takewhile(lambda _: not is_dropped(), clips):
        if missing := [codec for codec in codecs if not is_kept(clip, codec, gain)]:
            keep(clip, missing, gain)


class _Progress:
    """Tells how much of a book's text is spoken and encoded."""

    def __init__(self, tasks: Sequence[Task], report: Report) -> None:
        self._letters = Counter[str]()
        for task in tasks:
            self._letters[task.key] += len(task.utterance.spoken)
        self._done, self._report = 0, report
        self.done(())

    def done(self, keys: Iterable[str]) -> None:
        """Tell that the clips under `keys` are there."""
        self._done += sum(self._letters[key] for key in keys)
        self._report(Progress(Stage.RECORDING, self._done, self._letters.total()))
