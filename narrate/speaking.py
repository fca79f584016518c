"""Utterances → clips: out of the store, or spoken, several at once, failures met as was asked."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from narrate.audio.clips import Store
from narrate.audio.resampling import resampled
from narrate.engines import SAMPLE_RATES, Concurrent, StoppedError, fingerprint, heed
from narrate.errors import EngineError
from narrate.model import Clip, Progress, Stage, Utterance

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from narrate.engines import Engine
    from narrate.model import OnError, Report, Role
    from narrate.persian import Manner

log = logging.getLogger("narrate")

type Spoken = list[tuple[Utterance, Clip]]
type Outcome = Clip | EngineError

_MOST_IN_A_ROW = 3
"""So many sentences that fail one after the other mean that the engine itself has failed."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who speaks, and what happens when a sentence cannot be spoken."""

    engine: Engine
    """Speaks whatever has no voice of its own; the book has its sample rate."""
    roles: Mapping[Role, Engine] = field(default_factory=dict)
    on_error: OnError = "stop"
    fallback: Engine | None = None
    """Speaks what the others cannot, instead of stopping or skipping."""

    @property
    def everyone(self) -> list[Engine]:
        """Each engine that may be heard."""
        return [self.engine, *self.roles.values(), *([self.fallback] if self.fallback else [])]

    def of(self, role: Role) -> Engine:
        """Return who speaks `role`."""
        return self.roles.get(role, self.engine)

    def check(self) -> None:
        """Raise `EngineError` if one of them cannot speak here and now."""
        for engine in self.everyone:
            engine.check()
            if engine.sample_rate not in SAMPLE_RATES:
                raise EngineError(
                    f"engine {engine.name} speaks at {engine.sample_rate} Hz, not a usual rate"
                )


@dataclass(frozen=True, slots=True)
class _Speaker:
    """An engine in a book: what its clips are called, and the rate of the book."""

    engine: Engine
    rate: int
    sign: str

    @classmethod
    def of(cls, engine: Engine, rate: int) -> _Speaker:
        """Return `engine`, whose sound comes into a book of `rate` samples a second."""
        sign = fingerprint(engine)
        return cls(engine, rate, sign if engine.sample_rate == rate else f"{sign} at {rate}")

    def task(self, text: str, utterance: Utterance) -> _Task:
        """Return the task of saying `text`."""
        return _Task(Store.key(self.sign, text), self, text, utterance)


@dataclass(frozen=True, slots=True)
class _Task:
    """A text that an engine is to say, and where it is kept."""

    key: str
    speaker: _Speaker
    text: str
    utterance: Utterance
    """The first that says it."""


def speak(
    said: Sequence[Utterance], cast: Cast, manner: Manner, store: Store, report: Report
) -> Spoken:
    """Return every utterance with its clip, out of the store where it was spoken before.

    Raises `EngineError`; all that was spoken until then is in the store.
    """
    rate = cast.engine.sample_rate
    roles = {each.role for each in said}
    speakers = {role: _Speaker.of(cast.of(role), rate) for role in roles}
    tasks = [speakers[each.role].task(each.spoken, each) for each in said]
    letters, done, total = Counter[str](), 0, sum(len(each.spoken) for each in said)
    for task in tasks:
        letters[task.key] += len(task.utterance.spoken)
    clips: dict[str, Clip] = {}
    report(Progress(Stage.SPEAKING, 0, total))
    for task, clip in _clips({task.key: task for task in tasks}, cast, manner, store):
        clips[task.key] = clip
        done += letters[task.key]
        report(Progress(Stage.SPEAKING, done, total))
        if clip.length == 0 and clip.path.name:
            log.warning("the voice says nothing for: %s", task.utterance.written)
    if not any(clip.length for clip in clips.values()):
        raise EngineError(
            f"the voice {cast.engine.voice} says nothing of this text: choose another"
        )
    return [(each, clips[task.key]) for each, task in zip(said, tasks, strict=True)]


def _clips(
    tasks: Mapping[str, _Task], cast: Cast, manner: Manner, store: Store
) -> Iterator[tuple[_Task, Clip]]:
    """Yield each task with its clip, as they come."""
    missing = []
    for task in tasks.values():
        if clip := store.get(task.key):
            yield task, replace(clip, voice=task.speaker.sign)
        else:
            missing.append(task)
    missing.sort(key=_voice)
    for _, group in groupby(missing, _voice):
        left = {task.key: task for task in group}
        failed: dict[str, EngineError] = {}
        most = _MOST_IN_A_ROW if cast.fallback or cast.on_error == "skip" else 1
        for task, outcome in _outcomes([*left.values()], store, most):
            if isinstance(outcome, Clip):
                del left[task.key]
                yield task, outcome
            else:
                failed[task.key] = outcome
        if failed:
            yield from _instead(left, failed, cast, manner, store)


def _instead(
    left: Mapping[str, _Task],
    failed: Mapping[str, EngineError],
    cast: Cast,
    manner: Manner,
    store: Store,
) -> Iterator[tuple[_Task, Clip]]:
    """Yield clips for what is `left`: some of it has `failed`, the rest was not asked for."""
    failure = _failure(left, failed)
    if cast.fallback:
        log.warning("%s; %s speaks %d sentences instead", failure, cast.fallback.name, len(left))
        yield from _by_another([*left.values()], cast.fallback, manner, store)
        return
    if cast.on_error == "stop":
        raise failure
    if len(failed) < len(left):
        raise EngineError(f"so many sentences failed that the rest was not tried: {failure}")
    for key, error in failed.items():
        task = left[key]
        log.warning("left out: %s: %s", _place(task.utterance), error)
        yield task, Clip(Path(), 0, task.speaker.rate, task.speaker.sign)


def _failure(left: Mapping[str, _Task], failed: Mapping[str, EngineError]) -> EngineError:
    in_order = sorted(failed.items(), key=lambda item: left[item[0]].utterance.place)
    (key, error), *others = in_order
    also = "".join(f"; also {_place(left[other].utterance)}" for other, _ in others)
    failure = EngineError(f"{_place(left[key].utterance)}: {error}{also}")
    failure.__cause__ = error
    return failure


def _by_another(
    tasks: Sequence[_Task], engine: Engine, manner: Manner, store: Store
) -> Iterator[tuple[_Task, Clip]]:
    """Yield the clips of `tasks`, said by `engine` as it can read them."""
    speaker = _Speaker.of(engine, tasks[0].speaker.rate)
    manner = replace(manner, hears=engine.hears)
    others = {}
    for task in tasks:
        said = task.utterance
        text = manner.spoken(said.written, heading=said.role == "heading")
        others[speaker.task(text, said)] = task
    for other, outcome in _outcomes([*others], store, 1):
        if isinstance(outcome, EngineError):
            raise _failure({other.key: other}, {other.key: outcome})
        yield others[other], outcome


def _outcomes(
    tasks: Sequence[_Task], store: Store, most_in_a_row: int
) -> Iterator[tuple[_Task, Outcome]]:
    """Yield each task with its clip or why there is none, as they come.

    When so many have failed in a row, or when it is closed, what is being spoken is finished and
    kept, and the rest is not begun.
    """
    stopped, in_a_row = threading.Event(), 0
    with closing(_in_turn(tasks, store, stopped)) as outcomes:
        for task, outcome in outcomes:
            if isinstance(outcome, StoppedError):
                continue
            in_a_row = 0 if isinstance(outcome, Clip) else in_a_row + 1
            if in_a_row == most_in_a_row:
                stopped.set()
            yield task, outcome


def _in_turn(
    tasks: Sequence[_Task], store: Store, stopped: threading.Event
) -> Generator[tuple[_Task, Outcome]]:
    """Yield each task with its outcome; once `stopped`, only what was being spoken."""
    engine = tasks[0].speaker.engine
    at_once = engine.at_once if isinstance(engine, Concurrent) else 1
    if at_once == 1:
        yield from ((task, _outcome(task, store, stopped)) for task in tasks)
        return
    with ThreadPoolExecutor(at_once, initializer=heed, initargs=(stopped,)) as pool:
        futures = {pool.submit(_outcome, task, store, stopped): task for task in tasks}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            stopped.set()


def _outcome(task: _Task, store: Store, stopped: threading.Event) -> Outcome:
    try:
        if stopped.is_set():
            return StoppedError("stopped")
        return _clip(task, store)
    except EngineError as error:
        return error


def _clip(task: _Task, store: Store) -> Clip:
    """Return the clip of `task`, spoken now unless another build has made it meanwhile."""
    engine = task.speaker.engine
    clip = store.get(task.key)
    if clip is None:
        speech = engine.speak(task.text)
        if speech.rate != engine.sample_rate:
            raise EngineError(
                f"engine {engine.name} speaks at {speech.rate} Hz, not as it promises"
            )
        clip = store.put(task.key, resampled(speech, task.speaker.rate))
    return replace(clip, voice=task.speaker.sign)


def _voice(task: _Task) -> str:
    return task.speaker.sign


def _place(utterance: Utterance) -> str:
    chapter, paragraph, sentence = utterance.place
    return (
        f"chapter {chapter}, paragraph {paragraph}, sentence {sentence} ({utterance.written[:40]})"
    )
