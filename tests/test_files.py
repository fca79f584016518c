"""A final name never stands for half a file."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from narrate.errors import OutputError
from narrate.files import check_folder, published

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_gets_its_name_only_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    with published(path) as temporary:
        temporary.write_text("whole")
        assert not path.exists()
        assert temporary.parent == path.parent

    assert path.read_text() == "whole"
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_takes_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    for name in ("old", "new"):
        with published(path) as temporary:
            temporary.mkdir()
            (temporary / name).touch()

    assert [each.name for each in path.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_block_that_breaks_leaves_the_old_folder(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    path.mkdir()
    (path / "old").touch()

    with pytest.raises(ValueError), published(path) as temporary:  # noqa: PT011
        _write_half_a_folder(temporary)

    assert [each.name for each in path.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("problem", [KeyboardInterrupt, ValueError])
def test_a_block_that_breaks_leaves_the_old_file(
    tmp_path: Path, problem: type[BaseException]
) -> None:
    path = tmp_path / "file"
    path.write_text("old")

    with pytest.raises(problem), published(path) as temporary:
        _write_half(temporary, problem)

    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def _write_half_a_folder(path: Path) -> None:
    path.mkdir()
    _write_half(path / "half", ValueError)


def _write_half(path: Path, problem: type[BaseException]) -> None:
    path.write_text("half")
    raise problem


def test_what_the_system_refuses_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(OutputError, match="cannot be written") as caught,
        published(tmp_path / "file" / "below"),
    ):
        pass
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_result_can_be_read_by_all_whom_the_umask_lets(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with published(tmp_path / "file") as temporary:
            temporary.touch()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o644


def test_a_folder_is_made_and_left_empty_by_the_check(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []
