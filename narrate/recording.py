"""Utterances → encoded clips: what is spoken is encoded while the rest is being spoken.

A voice's gain is read off a specimen of what it says, which is spoken first: about two minutes,
chosen by the keys of its sentences, so that the choice is the same in every run, and one edited
sentence hardly ever changes it.
"""

from __future__ import annotations

import json
import logging
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from narrate.audio.clips import touch
from narrate.audio.codecs import CODECS
from narrate.audio.coded import is_kept, keep
from narrate.audio.loudness import LEVELLING, gain_for
from narrate.engines import fingerprint
from narrate.errors import EngineError, NarrateError
from narrate.model import Clip, Encoded, Progress, Stage
from narrate.notes import Notes
from narrate.speaking import Take, is_asked_here, speak, tasks_of, tell_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from concurrent.futures import Future

    from narrate.audio.clips import Store
    from narrate.audio.codecs import Codec
    from narrate.crew import Workers
    from narrate.engines import Engine
    from narrate.model import Report, Utterance
    from narrate.persian import Manner
    from narrate.speaking import Cast, Task

log = logging.getLogger("narrate")

_SPECIMEN_LETTERS = 1_800
"""About two minutes."""
_SPECIMEN_CLIPS = 30
_IN_A_PACK = 16
"""Clips that are encoded together, and lie together."""


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
    noted = _noted(unique.values(), gains.known, studio)
    clips = {key: clip for key, clip in noted.items() if is_kept(clip, studio.codecs)}
    progress = _Progress(tasks, report)
    progress.done(clips)
    for key, clip in clips.items():
        tell_of(unique[key], Take(clip, found="encoded"))
    in_order = gains.specimens_first(unique.values())
    if missing := [task for task in in_order if task.key not in clips]:
        studio.cast.check()
        if studio.crew.is_far:
            others = [each for each in studio.cast.everyone if not is_asked_here(each, studio.crew)]
            signs = [(each, fingerprint(each)) for each in others]
            studio.crew.check(_unfit, signs, studio.store, studio.store.mark)
        studio.crew.expect(sum(len(task.text) for task in missing))
        clips |= _speak_and_encode(missing, noted, studio, gains, progress)
    if not any(clip.length for clip in clips.values()):
        raise EngineError(
            f"the voice {studio.cast.engine.voice} says nothing of this text: choose another"
        )
    return Recording(
        [(each, clips[task.key]) for each, task in zip(said, tasks, strict=True)], gains.known
    )


def _unfit(engines: Sequence[tuple[Engine, str]], store: Store, mark: str) -> str:
    """Return why this process would not say the same as these engines into this store."""
    try:
        for engine, sign in engines:
            engine.check()
            if fingerprint(engine) != sign:
                return f"its {engine.name} is another version, or has another voice {engine.voice}"
        sees = store.bears(mark)
    except (NarrateError, LookupError) as error:
        return str(error)
    return "" if sees else f"it does not see the store {store.name}: name one that all share"


def _noted(tasks: Iterable[Task], gains: Mapping[str, float], studio: Studio) -> dict[str, Clip]:
    """Return the clips, by their keys, that were encoded before, and where they lie encoded."""
    wanted = {
        _note(task.key, gains[task.speaker.sign]): task
        for task in tasks
        if task.speaker.sign in gains
    }
    pack_of, is_there = cache(studio.store.pack), cache(touch)
    clips = {}
    for note, told in studio.notes.found(wanted).items():
        task, (length, rate, places) = wanted[note], json.loads(told)
        encoded = tuple(
            Encoded(codec, pack, begin, size)
            for codec, name, begin, size in places
            if is_there(pack := pack_of(name))
        )
        path = studio.store.path(task.key)
        clips[task.key] = Clip(path, length, rate, task.speaker.sign, encoded)
    return clips


def _notes_of(key: str, clip: Clip, gain: float) -> dict[bytes, str]:
    """Return what is noted of an encoded clip; nothing if another voice speaks it this time."""
    if clip.path.stem != key:
        return {}
    places = [(each.codec, each.pack.stem, each.begin, each.size) for each in clip.encoded]
    return {_note(key, gain): json.dumps([clip.length, clip.rate, places])}


def _note(key: str, gain: float) -> bytes:
    return Notes.key(_encoders(), key, gain)


@cache
def _encoders() -> bytes:
    """Return what changes whenever the same clip may be encoded otherwise."""
    return Notes.key("encoded", LEVELLING, *(codec.sign for codec in CODECS))


def _speak_and_encode(
    missing: Sequence[Task],
    noted: Mapping[str, Clip],
    studio: Studio,
    gains: _Gains,
    progress: _Progress,
) -> dict[str, Clip]:
    """Return the clips of what is `missing`, by their keys; what is left out has no file."""
    encoding = _Encoding(noted, studio, progress)
    for task, clip in speak(missing, studio.cast, studio.manner, studio.store, studio.crew):
        if not clip.path.name:
            encoding.leave_out(task.key, clip)
        elif clip.length == 0:
            log.warning("the voice says nothing for: %s", task.utterance.written)
        encoding.add(gains.take(task, clip), gains.known)
    encoding.add(gains.rest(), gains.known)
    return encoding.finish()


def _gain_for(clips: Sequence[Clip], target: float, store: Store) -> float:
    own = [store.own(clip) for clip in clips]
    store.fetch(clip.path for clip in own)
    return gain_for(own, target)


class _Gains:
    """Decides how much louder each voice is made, as soon as its specimen is spoken."""

    def __init__(self, tasks: Iterable[Task], studio: Studio) -> None:
        self._studio = studio
        self._specimens = _specimens(tasks)
        noted = studio.notes.found(map(self._note_of, self._specimens))
        self.known = {
            voice: float(noted[note])
            for voice in self._specimens
            if (note := self._note_of(voice)) in noted
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
        for future in self._measured.values():
            future.result()
        return self._ready()

    def _measure(self, voice: str, keys: Sequence[str]) -> None:
        """Let a voice be measured by those clips of its own that lie under `keys`."""
        own = self._waiting.get(voice, {})
        if clips := [own[key] for key in keys if key in own]:
            studio = self._studio
            self._measured[voice] = studio.crew.submit(
                _gain_for, clips, studio.loudness, studio.store
            )

    def _ready(self) -> dict[str, Clip]:
        """Return the clips that waited for gains which are known now."""
        for voice in [voice for voice, future in self._measured.items() if future.done()]:
            self.known[voice] = self._measured.pop(voice).result()
            specimen = self._specimens.get(voice)
            # What was left out this time may be there in the next build.
            if specimen and self._waiting[voice].keys() >= {*specimen}:
                self._studio.notes.add({self._note_of(voice): str(self.known[voice])})
        voices = self._waiting.keys() & self.known.keys()
        return {key: clip for voice in voices for key, clip in self._waiting.pop(voice).items()}

    def _note_of(self, voice: str) -> bytes:
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

    def __init__(self, noted: Mapping[str, Clip], studio: Studio, progress: _Progress) -> None:
        self._noted, self._studio, self._progress = noted, studio, progress
        self._clips: dict[str, Clip] = {}
        self._batch: list[tuple[str, Clip, float]] = []
        self._under_way: deque[tuple[list[tuple[str, Clip, float]], Future[list[Clip]]]] = deque()

    def leave_out(self, key: str, clip: Clip) -> None:
        """Take a clip of which nothing is heard."""
        self._clips[key] = clip
        self._progress.done([key])

    def add(self, clips: Mapping[str, Clip], gains: Mapping[str, float]) -> None:
        """Send `clips` to be encoded; wait while too many are under way."""
        for key, clip in clips.items():
            before = self._noted.get(key)
            if before and replace(before, encoded=()) == clip:
                clip = before  # noqa: PLW2901 - the same, in one codec already
            self._batch.append((key, clip, gains[clip.voice]))
            if len(self._batch) >= _IN_A_PACK:
                self._send()

    def finish(self) -> dict[str, Clip]:
        """Wait until all clips are encoded, and return them by their keys."""
        if self._batch:
            self._send()
        self._wait(0)
        return self._clips

    def _send(self) -> None:
        studio, clips = self._studio, [each[1:] for each in self._batch]
        future = studio.crew.submit(keep, clips, studio.codecs, studio.store)
        self._under_way.append((self._batch, future))
        self._batch = []
        self._wait(studio.crew.ahead)

    def _wait(self, most: int) -> None:
        """Wait until at most so many batches are under way, and tell of those that are not."""
        while len(self._under_way) > most or (self._under_way and self._under_way[0][1].done()):
            batch, future = self._under_way.popleft()
            notes: dict[bytes, str] = {}
            for (key, _, gain), made in zip(batch, future.result(), strict=True):
                self._clips[key] = clip = self._studio.store.own(made)
                notes |= _notes_of(key, clip, gain)
            self._studio.notes.add(notes)
            self._progress.done(key for key, _, _ in batch)


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
