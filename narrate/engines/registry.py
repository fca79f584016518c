"""Finding engines by name, built-in or a stranger's, and making what a person asked for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from narrate.engines.engine import is_persian
from narrate.engines.voices.catalogue import find_offer
from narrate.engines.voices.installed import short_name
from narrate.errors import EngineError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.engines.engine import Engine, Voice

GROUP = "narrate.engines"
DEFAULT = "espeak"
PREFERRED = "piper"
"""Speaks where nothing is named, if it has a Persian voice; else `DEFAULT` does."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the group: its engine, or the reason why it could not be loaded."""

    name: str
    engine: type[Engine] | None
    problem: str = ""


def find_all() -> list[Found]:
    """Load every engine that is installed; a broken one is reported in its place, never raised."""
    return [_load(entry.name, entry) for entry in sorted(entry_points(group=GROUP))]


def _load(name: str, entry: Any) -> Found:  # noqa: ANN401 - an EntryPoint, or a test's stand-in
    try:
        return Found(name, entry.load())
    except Exception as error:  # noqa: BLE001 - a stranger's module may raise anything
        return Found(name, None, f"{type(error).__name__}: {error}")


def select(
    engine: str | None, voice: str | None, usual: str | None = None
) -> tuple[str, str | None]:
    """Return the engine and the voice meant by `--engine ENGINE` and `--voice [ENGINE:]VOICE`.

    `--voice` may also name an engine alone, which speaks with its default voice, or the file of a
    model. A voice that names no engine is `usual`'s. Where nothing is named, a natural voice
    speaks if one is installed.
    """
    if voice is None:
        if engine or advice():
            return engine or DEFAULT, None
        return PREFERRED, _natural_voices()[0]
    known = {each.name for each in entry_points(group=GROUP)}
    named, colon, rest = voice.partition(":")
    if named in known and (colon or engine is None):
        if engine not in (None, named):
            raise UsageError(f"--engine says {engine} and --voice says {named}: give only one")
        return named, rest or None
    if engine is None and (voice.endswith(".onnx") or "/" in voice or "\\" in voice):
        return PREFERRED, voice
    if colon and engine is None:
        find_engine(named)
    if engine is None and (find_offer(voice) or voice in _names(find_engine(PREFERRED).voices())):
        return PREFERRED, voice
    return engine or usual or DEFAULT, voice


def _names(voices: Sequence[Voice]) -> set[str]:
    return {name for each in voices for name in (each.name, short_name(each.name))}


def create(
    name: str, voice: str | None = None, settings: Mapping[str, str] | None = None
) -> Engine:
    """Make the engine `name`, which speaks with `voice` and `settings` as a person wrote them.

    Raises `EngineError` for an engine or voice that is not there, `UsageError` for a setting.
    """
    engine = find_engine(name)
    values = _parse_settings(engine, settings or {})
    if voice is not None:
        values["voice"] = voice
    try:
        return engine(**values)
    except LookupError as error:
        known = [each.name for each in engine.voices()]
        raise EngineError(
            f"engine {name} has no voice {voice}{nearest(voice or '', known)}; "
            "`narrate voices` lists them"
        ) from error
    except ValueError as error:
        raise UsageError(f"engine {name}: {error}") from error


def advice() -> str:
    """Return how a natural voice would come to speak where none is named; empty if one does."""
    voices = _natural_voices()
    if not voices:
        return (
            "eSpeak NG speaks. A natural voice: `narrate voices install mana` gets one, "
            "`narrate voices` lists them all"
        )
    try:
        create(PREFERRED, voices[0]).check()
    except EngineError as error:
        return f"eSpeak NG speaks, and not {voices[0]}: {error}"
    return ""


def _natural_voices() -> list[str]:
    return [each.name for each in find_engine(PREFERRED).voices() if is_persian(each)]


def find_engine(name: str) -> type[Engine]:
    """Return the engine called `name`. Raises `EngineError` if it is not there, or broken."""
    entries = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in entries:
        raise EngineError(
            f"there is no engine {name}{nearest(name, entries)}; "
            f"installed: {', '.join(sorted(entries))}"
        )
    found = _load(name, entries[name])
    if found.engine is None:
        raise EngineError(f"engine {name} cannot be loaded: {found.problem}")
    return found.engine


def _parse_settings(engine: type[Engine], settings: Mapping[str, str]) -> dict[str, Any]:
    defaults = {each.name: each.default for each in fields(engine) if each.name != "voice"}
    values = {}
    for key, text in settings.items():
        if key not in defaults:
            raise UsageError(
                f"engine {engine.name} has no setting {key}{nearest(key, defaults)}; "
                f"it has: {', '.join(sorted(defaults)) or 'none'}"
            )
        kind: type = type(defaults[key])
        try:
            values[key] = kind(text)
        except ValueError as error:
            raise UsageError(
                f"engine {engine.name}: {key} must be {_KINDS.get(kind, 'a value')}, not {text!r}"
            ) from error
    return values


_KINDS = {int: "a whole number", float: "a number"}
