"""Utterances → clips: out of the store, or spoken, several at once, failures met as was asked."""

from __future__ import annotations

import logging
import os
import platform
import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import batched, groupby, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from narrate.audio.clips import Store
from narrate.audio.resampling import resampled
from narrate.crew import is_dropped
from narrate.engines import (
    SAMPLE_RATES,
    Concurrent,
    Local,
    StoppedError,
    fingerprint,
    heed,
    retries,
)
from narrate.errors import EngineError
from narrate.journal import happened, is_on
from narrate.model import Clip

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from narrate.crew import Workers
    from narrate.engines import Engine
    from narrate.model import Foreign, OnError, Role, Utterance
    from narrate.persian import Manner

log = logging.getLogger("narrate")

type Outcome = Clip | EngineError


@dataclass(frozen=True, slots=True)
class Take:
    """What came of asking for a sentence, and what it cost."""

    outcome: Outcome
    took: float = 0.0
    """Seconds."""
    retries: int = 0
    found: Literal["", "spoken", "encoded"] = ""
    """As what it lay in the store, if it did."""
    worker: str = ""


_TOLD = 60
"""Letters of a sentence by which a person knows it again."""
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
    foreign: Foreign = "speak"

    @property
    def everyone(self) -> list[Engine]:
        """Each engine that may be heard."""
        return [self.engine, *self.roles.values(), *([self.fallback] if self.fallback else [])]

    def of(self, role: Role) -> Engine:
        """Return who speaks `role`."""
        return self.roles.get(role, self.engine)

    def who_says(self, language: str, role: Role) -> Engine | None:
        """Return who speaks `role` in another `language`; nobody if it is not to be said."""
        if not language:
            return self.of(role)
        if self.foreign == "skip":
            return None
        return _in(language, self.of(role))  # type: ignore[arg-type]

    def check(self) -> None:
        """Raise `EngineError` if one of them cannot speak here and now."""
        for engine in self.everyone:
            engine.check()
            if engine.sample_rate not in SAMPLE_RATES:
                raise EngineError(
                    f"engine {engine.name} speaks at {engine.sample_rate} Hz, not a usual rate"
                )


_CALLED = {"cmn": "zh"}
"""How a file calls what eSpeak NG calls otherwise."""


@cache
def _in(language: str, engine: Engine) -> Engine | None:
    """Return `engine` with a voice that speaks `language`, or nothing if it has none."""
    for voice in engine.voices():
        own = voice.language.lower().partition("-")[0]
        if _CALLED.get(own, own) == language:
            try:
                return replace(engine, voice=voice.name)
            except (LookupError, ValueError):
                # What was set for one voice need not fit another.
                return type(engine)(voice=voice.name)  # type: ignore[call-arg]
    return None


@dataclass(frozen=True, slots=True)
class Speaker:
    """An engine in a book: what its clips are called, and the rate of the book."""

    engine: Engine
    rate: int
    sign: str

    @classmethod
    def of(cls, engine: Engine, rate: int) -> Speaker:
        """Return `engine`, whose sound comes into a book of `rate` samples a second."""
        sign = fingerprint(engine)
        return cls(engine, rate, sign if engine.sample_rate == rate else f"{sign} at {rate}")

    def task(self, text: str, utterance: Utterance) -> Task:
        """Return the task of saying `text`."""
        return Task(Store.key(self.sign, text), self, text, utterance)


@dataclass(frozen=True, slots=True)
class Task:
    """A text that an engine is to say, and where it is kept."""

    key: str
    speaker: Speaker
    text: str
    utterance: Utterance
    """The first that says it."""


def tasks_of(said: Sequence[Utterance], cast: Cast) -> list[Task]:
    """Return, for each utterance, what is to be done for it; the same key is the same task."""
    rate = cast.engine.sample_rate
    speakers = {
        (language, role): Speaker.of(cast.who_says(language, role) or cast.of(role), rate)
        for language, role in {(each.language, each.role) for each in said}
    }
    return [speakers[each.language, each.role].task(each.spoken, each) for each in said]


def speak(
    tasks: Sequence[Task], cast: Cast, manner: Manner, store: Store, crew: Workers
) -> Iterator[tuple[Task, Clip]]:
    """Yield each of `tasks`, of which no two have one key, with its clip, as they come.

    Raises `EngineError`; all that was spoken until then is in the store.
    """
    missing = []
    for task in tasks:
        if clip := store.at_hand(task.key):
            tell_of(task, Take(clip, found="spoken"))
            yield task, replace(clip, voice=task.speaker.sign)
        else:
            missing.append(task)
    missing.sort(key=_voice)
    for _, group in groupby(missing, _voice):
        left = {task.key: task for task in group}
        failed: dict[str, EngineError] = {}
        most = _MOST_IN_A_ROW if cast.fallback or cast.on_error == "skip" else 1
        for task, outcome in _outcomes([*left.values()], store, crew, most):
            if isinstance(outcome, Clip):
                del left[task.key]
                yield task, outcome
            else:
                failed[task.key] = outcome
        if failed:
            yield from _instead(left, failed, cast, manner, store, crew)


def _instead(
    left: Mapping[str, Task],
    failed: Mapping[str, EngineError],
    cast: Cast,
    manner: Manner,
    store: Store,
    crew: Workers,
) -> Iterator[tuple[Task, Clip]]:
    """Yield clips for what is `left`: some of it has `failed`, the rest was not asked for."""
    failure = _failure(left, failed)
    if cast.fallback:
        log.warning("%s; %s speaks %d sentences instead", failure, cast.fallback.name, len(left))
        yield from _by_another([*left.values()], cast.fallback, manner, store, crew)
        return
    if cast.on_error == "stop":
        raise failure
    if len(failed) < len(left):
        raise EngineError(f"so many sentences failed that the rest was not tried: {failure}")
    for key, error in failed.items():
        task = left[key]
        log.warning("left out: %s: %s", _place(task.utterance), error)
        yield task, Clip(Path(), 0, task.speaker.rate, task.speaker.sign)


def _failure(left: Mapping[str, Task], failed: Mapping[str, EngineError]) -> EngineError:
    in_order = sorted(failed.items(), key=lambda item: left[item[0]].utterance.place)
    (key, error), *others = in_order
    also = "".join(f"; also {_place(left[other].utterance)}" for other, _ in others)
    failure = EngineError(f"{_place(left[key].utterance)}: {error}{also}")
    failure.__cause__ = error
    return failure


def _by_another(
    tasks: Sequence[Task], engine: Engine, manner: Manner, store: Store, crew: Workers
) -> Iterator[tuple[Task, Clip]]:
    """Yield the clips of `tasks`, said by `engine` as it can read them."""
    manner = replace(manner, hears=engine.hears)
    others = {}
    for task in tasks:
        said = task.utterance
        who = _in(said.language, engine) if said.language else engine  # type: ignore[arg-type]
        speaker = Speaker.of(who or engine, task.speaker.rate)
        if who is None:
            log.warning("left out: %s, which %s does not speak", _place(said), engine.name)
            yield task, Clip(Path(), 0, speaker.rate, speaker.sign)
            continue
        text = manner.spoken(said.written, heading=said.role == "heading")
        others[speaker.task(said.spoken if said.language else text, said)] = task
    if not others:
        return
    for other, outcome in _outcomes([*others], store, crew, 1):
        if isinstance(outcome, EngineError):
            raise _failure({other.key: other}, {other.key: outcome})
        yield others[other], outcome


def _outcomes(
    tasks: Sequence[Task], store: Store, crew: Workers, most_in_a_row: int
) -> Iterator[tuple[Task, Outcome]]:
    """Yield each task with its clip or why there is none, as they come.

    When so many have failed in a row, or when it is closed, what is being spoken is finished and
    kept, and the rest is not begun.
    """
    stopped, in_a_row = threading.Event(), 0
    engine = tasks[0].speaker.engine
    side_by_side = _in_threads if is_asked_here(engine, crew) else _by_workers
    with closing(side_by_side(tasks, store, crew, stopped)) as outcomes:
        for task, take in outcomes:
            outcome = take.outcome
            if isinstance(outcome, StoppedError):
                continue
            tell_of(task, take)
            in_a_row = 0 if isinstance(outcome, Clip) else in_a_row + 1
            if in_a_row == most_in_a_row:
                stopped.set()
            yield task, outcome


def is_asked_here(engine: Engine, crew: Workers) -> bool:
    """Tell whether threads of this process ask `engine`: for a service, or a model they share."""
    return isinstance(engine, Concurrent) and not (crew.is_far and isinstance(engine, Local))


def tell_of(task: Task, take: Take) -> None:
    """Tell the journal of a sentence."""
    if not is_on():
        return
    said, engine, outcome = task.utterance, task.speaker.engine, take.outcome
    if isinstance(outcome, Clip):
        told: dict[str, object] = {"length": outcome.length / outcome.rate}
    else:
        told = {"error": str(outcome)}
    happened(
        "clip",
        place=said.place,
        text=said.written[:_TOLD],
        letters=len(task.text),
        key=task.key,
        engine=engine.name,
        voice=engine.voice,
        found=take.found,
        took=round(take.took, 4),
        retries=take.retries,
        worker=take.worker,
        **told,
    )


def _by_workers(
    tasks: Sequence[Task], store: Store, crew: Workers, stopped: threading.Event
) -> Generator[tuple[Task, Take]]:
    """Yield each task with its take, in order; once `stopped`, only what was begun."""
    under_way: deque[tuple[Sequence[Task], Future[list[Take]]]] = deque()
    batches = batched(tasks, crew.batch)
    while True:
        while len(under_way) < crew.ahead and not stopped.is_set():
            if not (batch := next(batches, ())):
                break
            under_way.append((batch, crew.submit(_spoken, batch, store)))
        if not under_way:
            return
        begun, future = under_way.popleft()
        for task, take in zip(begun, future.result(), strict=True):
            if isinstance(take.outcome, Clip):
                take = replace(take, outcome=store.own(take.outcome))  # noqa: PLW2901 - the same
            yield task, take


def _spoken(tasks: Sequence[Task], store: Store) -> list[Take]:
    never = threading.Event()
    wanted = takewhile(lambda _: not is_dropped(), tasks)
    takes = [_take(task, store, never) for task in wanted]
    # An engine's own kind of error may not travel to another process.
    return [replace(each, outcome=_plain(each.outcome)) for each in takes]


def _plain(outcome: Outcome) -> Outcome:
    return outcome if isinstance(outcome, Clip) else EngineError(str(outcome))


def _in_threads(
    tasks: Sequence[Task], store: Store, crew: Workers, stopped: threading.Event
) -> Generator[tuple[Task, Take]]:
    """Yield each task with its take; once `stopped`, only what was being spoken."""
    engine = tasks[0].speaker.engine
    most = engine.at_once if isinstance(engine, Concurrent) else 1
    at_once = min(most, crew.jobs or most)
    if at_once == 1:
        yield from ((task, _take(task, store, stopped)) for task in tasks)
        return
    with ThreadPoolExecutor(at_once, initializer=heed, initargs=(stopped,)) as pool:
        futures = {pool.submit(_take, task, store, stopped): task for task in tasks}
        try:
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            stopped.set()


def _take(task: Task, store: Store, stopped: threading.Event) -> Take:
    """Return what comes of `task`; another build may have made its clip meanwhile."""
    if stopped.is_set():
        return Take(StoppedError("stopped"))
    if clip := store.get(task.key):
        return Take(replace(clip, voice=task.speaker.sign), found="spoken", worker=_worker())
    begun, before = time.monotonic(), retries()
    outcome: Outcome
    try:
        outcome = _clip(task, store)
    except EngineError as error:
        outcome = error
    took = time.monotonic() - begun
    return Take(outcome, took, retries() - before, worker=_worker())


def _clip(task: Task, store: Store) -> Clip:
    engine = task.speaker.engine
    speech = engine.speak(task.text)
    if speech.rate != engine.sample_rate:
        raise EngineError(f"engine {engine.name} speaks at {speech.rate} Hz, not as it promises")
    clip = store.put(task.key, resampled(speech, task.speaker.rate))
    return replace(clip, voice=task.speaker.sign)


@cache
def _worker() -> str:
    """Return what tells this process from all others."""
    return f"{platform.node()}:{os.getpid()}"


def _voice(task: Task) -> str:
    return task.speaker.sign


def _place(utterance: Utterance) -> str:
    chapter, paragraph, sentence = utterance.place
    return (
        f"chapter {chapter}, paragraph {paragraph}, sentence {sentence} ({utterance.written[:40]})"
    )
