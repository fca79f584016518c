"""Finding engines and making them from what a person asked for."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pytest

from narrate.engines import create, find_all, registry, select
from narrate.errors import EngineError, UsageError


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Install an engine whose module does not exist beside the real ones."""

    def found(*, group: str) -> list[Any]:
        return [*entry_points(group=group), EntryPoint("broken", "no.such.module:It", group)]

    monkeypatch.setattr(registry, "entry_points", found)


def test_built_in_engines_come_through_the_entry_points() -> None:
    assert {each.name for each in entry_points(group="narrate.engines")} >= {"espeak", "tone"}


@pytest.mark.usefixtures("broken")
def test_a_broken_engine_is_reported_and_the_others_still_work() -> None:
    problems = {found.name: found.problem for found in find_all()}

    assert "No module named 'no'" in problems["broken"]
    assert problems["tone"] == ""
    assert create("tone").name == "tone"


@pytest.mark.usefixtures("broken")
def test_a_broken_engine_that_is_asked_for_is_an_engine_error() -> None:
    with pytest.raises(EngineError, match="broken cannot be loaded: ModuleNotFoundError"):
        create("broken")


@pytest.mark.parametrize(
    ("engine", "voice", "meant"),
    [
        (None, None, ("espeak", None)),
        ("tone", None, ("tone", None)),
        (None, "tone", ("tone", None)),
        (None, "fa+f3", ("espeak", "fa+f3")),
        (None, "tone:beep", ("tone", "beep")),
        ("tone", "beep", ("tone", "beep")),
        ("tone", "tone:beep", ("tone", "beep")),
        (None, "tone:", ("tone", None)),
    ],
)
def test_engine_and_voice_can_be_said_in_each_way(
    engine: str | None, voice: str | None, meant: tuple[str, str | None]
) -> None:
    assert select(engine, voice) == meant


def test_two_engines_at_once_are_refused() -> None:
    with pytest.raises(UsageError, match="give only one"):
        select("tone", "espeak:fa")


def test_an_unknown_engine_names_the_nearest_and_all() -> None:
    with pytest.raises(
        EngineError, match=r"no engine espaek \(did you mean espeak\?\).*espeak, gtts, piper, tone"
    ):
        create("espaek")


def test_an_unknown_voice_names_the_nearest() -> None:
    with pytest.raises(EngineError, match=r"no voice fa\+f33 \(did you mean fa\+f3\?\)"):
        create("espeak", "fa+f33")


def test_settings_are_given_as_text_and_take_the_type_of_their_field() -> None:
    assert create("tone", settings={"pitch": "882"}) == type(create("tone"))(pitch=882)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"pich": "1"}, r"no setting pich \(did you mean pitch\?\); it has: pitch"),
        ({"pitch": "high"}, "pitch must be a whole number, not 'high'"),
        ({"pitch": "9"}, "pitch must be 50 to 5000 hertz"),
    ],
)
def test_a_setting_that_cannot_be_used_is_a_usage_error(
    settings: dict[str, str], message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        create("tone", settings=settings)


@pytest.mark.parametrize(
    ("engine", "voice", "usual", "meant"),
    [
        (None, "./x.onnx", None, ("piper", "./x.onnx")),
        (None, r"C:\v\x.onnx", None, ("piper", r"C:\v\x.onnx")),
        (None, "piper:/v/x.onnx", None, ("piper", "/v/x.onnx")),
        (None, "fa-IR-FaridNeural", "edge", ("edge", "fa-IR-FaridNeural")),
        (None, "tone", "edge", ("tone", None)),
        ("espeak", "fa+f3", None, ("espeak", "fa+f3")),
    ],
)
def test_a_voice_goes_to_the_engine_that_was_meant(
    engine: str | None, voice: str, usual: str | None, meant: tuple[str, str | None]
) -> None:
    assert select(engine, voice, usual) == meant
