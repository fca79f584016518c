"""Getting a text: from a file, from standard input, or a clear word."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from narrate.errors import InputError
from narrate.reading import lines
from narrate.reading.source import opened


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_the_three_ways(tmp_path: Path, end: str) -> None:
    path = tmp_path / "متن.txt"
    path.write_bytes(end.join(["یک", "", "دو", ""]).encode())

    assert lines(str(path)) == ["یک", "", "دو"]
    with opened(str(path)) as source:
        assert (source.name, source.suffix) == ("متن", ".txt")


def test_a_dash_is_standard_input() -> None:
    with opened("-", io.BytesIO("یک".encode())) as source:
        assert (source.name, source.data().decode()) == ("", "یک")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file") as missing:
        lines(str(tmp_path / "no.txt"))
    with pytest.raises(InputError, match="is a folder"):
        lines(str(tmp_path))
    assert isinstance(missing.value.__cause__, FileNotFoundError)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_a_pipe_is_read_as_a_file_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(target=pipe.write_text, args=("متن فارسی",)).start()

    with opened(str(pipe)) as source:
        assert source.head == source.data() == "متن فارسی".encode()


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has such a file")
def test_a_file_that_opens_and_cannot_be_read_is_an_input_error() -> None:
    with opened("/proc/self/mem") as source, pytest.raises(InputError, match="cannot be read"):
        _ = source.head
