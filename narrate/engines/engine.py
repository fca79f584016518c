"""What an engine is."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from dataclasses import Field

    from narrate.model import Hearing, Speech


SAMPLE_RATES = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""What all formats can hold."""
SILENT = {"silent": True}
"""Metadata of a field that does not change what is heard: its clips stay good without it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine can speak with."""

    name: str
    language: str
    summary: str
    aside: bool = False
    """One of many alike, or for tests: listed only if its engine is asked for."""


def is_persian(voice: Voice) -> bool:
    """Tell whether `voice` speaks the Persian of Iran."""
    return voice.language.lower() in ("fa", "fa-ir")


@runtime_checkable
class Phonemic(Protocol):
    """An engine that tells how it says a text."""

    def phonemes(self, text: str) -> str:
        """Return `text` as it is said, in IPA, with a space between words."""


@runtime_checkable
class Concurrent(Protocol):
    """An engine that is faster when several threads ask it at once."""

    @property
    def at_once(self) -> int:
        """How many sentences it speaks at once."""


@runtime_checkable
class Local(Protocol):
    """A concurrent engine that asks nobody else: on a cluster each worker has one of its own."""

    is_local: ClassVar[Literal[True]]


class Engine(Protocol):
    """Turns spoken text into sound; nothing else.

    An engine is a frozen dataclass. Its field `voice` and its other fields, the settings, have
    defaults; `--set NAME=VALUE` sets a field. `__post_init__` raises `LookupError` for a voice
    that it lacks, and `ValueError` with a sentence for a setting that it cannot use. It must be
    cheap to make and to list: libraries are imported in `check` and `speak`. It is pickled, to
    speak in a process for each core, unless it is `Concurrent`, and on other machines, unless it
    is that and not `Local`. The same engine says the same text with the same bytes, whatever it
    said before, in any process: `narrate.testing.check_engine` proves it.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    hears: ClassVar[Hearing]
    """What `speak` reads besides `letters`: vowel `marks`, and `[[phonemes]]` too, in eSpeak NG's
    mnemonics or in IPA, which stand at the beginning of a word."""
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def voice(self) -> str:
        """The name of the voice that speaks."""

    @property
    def version(self) -> str:
        """Changes whenever the same text may sound different."""

    @property
    def sample_rate(self) -> int:
        """Samples a second of everything that it speaks: one of `SAMPLE_RATES`."""

    @classmethod
    def voices(cls) -> Sequence[Voice]:
        """Return the voices that can be named, the default first."""

    def check(self) -> None:
        """Raise `EngineError`, saying what to do, if the engine cannot speak here and now."""

    def speak(self, text: str) -> Speech:
        """Return the sound of `text`; raise `EngineError` if it cannot be said."""


def check_ranges(engine: Engine, ranges: Mapping[str, tuple[float, float]]) -> None:
    """Raise `ValueError` for a setting of `engine` outside its lowest and highest value."""
    for key, (low, high) in ranges.items():
        value = getattr(engine, key)
        if not low <= value <= high:
            raise ValueError(f"{key} must be {low} to {high}, not {value}")


def fingerprint(engine: Engine) -> str:
    """Return everything but the text that can change what `engine` makes, for a clip's key."""
    settings = sorted(
        (each.name, getattr(engine, each.name))
        for each in fields(engine)
        if not each.metadata.get("silent")
    )
    return f"{engine.name} {engine.version} {engine.sample_rate} {settings}"
