"""Getting a text: from a file, from standard input, or a clear word."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError
from narrate.reading import load

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_the_three_ways(tmp_path: Path, end: str) -> None:
    path = tmp_path / "متن.txt"
    path.write_bytes(end.join(["یک", "", "دو", ""]).encode())

    source = load(str(path))

    assert (source.name, source.lines) == ("متن", ("یک", "", "دو"))


def test_a_dash_is_standard_input() -> None:
    source = load("-", io.BytesIO("یک\nدو".encode()))

    assert (source.name, source.lines) == ("", ("یک", "دو"))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file") as missing:
        load(str(tmp_path / "no.txt"))
    with pytest.raises(InputError, match="is a folder"):
        load(str(tmp_path))
    assert isinstance(missing.value.__cause__, FileNotFoundError)
