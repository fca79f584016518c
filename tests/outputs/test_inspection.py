"""Reading finished files back: a damaged one gives an error and never a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.errors import InputError, NarrateError
from narrate.outputs import OUTPUTS, USUAL
from narrate.outputs.inspection import inspect
from narrate.testing import tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished")
    for name in USUAL:
        output = OUTPUTS[name]
        audiobook = tiny_audiobook(folder / "clips", tiny_book(chapters=2), output.codec)
        output.write(audiobook, folder / name, lambda _: None)
    return folder


@pytest.mark.parametrize("name", USUAL)
@given(cut=st.floats(0, 1), at=st.floats(0, 1), byte=st.integers(0, 255))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_damaged_file_gives_an_inspection_or_a_narrate_error(
    finished: Path, tmp_path: Path, name: str, cut: float, at: float, byte: int
) -> None:
    data = bytearray((finished / name).read_bytes())
    data[int(at * (len(data) - 1))] = byte
    path = tmp_path / "damaged"
    path.write_bytes(data[: int(cut * len(data))])

    try:
        inspect(path)
    except NarrateError as error:
        assert str(path) in str(error)  # noqa: PT017 - it need not be raised


@pytest.mark.parametrize("data", [b"", b"no sound", bytes(5000)])
def test_what_is_no_sound_is_an_input_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)

    with pytest.raises(InputError, match="cannot be read"):
        inspect(path)


def test_a_missing_file_and_a_picture_are_input_errors(tmp_path: Path) -> None:
    from tests.outputs.test_cover import picture

    cover = tmp_path / "cover.png"
    cover.write_bytes(picture("png", "rgb24"))

    with pytest.raises(InputError, match="No such file"):
        inspect(tmp_path / "no.mp3")
    with pytest.raises(InputError, match="holds no sound"):
        inspect(cover)


def test_stereo_is_read_as_one_channel(tmp_path: Path) -> None:
    import wave

    path = tmp_path / "stereo.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(4 * 8000))

    found = inspect(path)

    assert (found.channels, found.length) == (2, 1.0)
