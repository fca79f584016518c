"""A final name never stands for half a file."""

from __future__ import annotations

import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from narrate.errors import OutputError
from narrate.files import _swapped, check_folder, published


def test_a_file_gets_its_name_only_when_the_block_ends(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "file"
    with published(path) as temporary:
        temporary.write_text("whole")
        assert not path.exists()
        assert temporary.parent == path.parent

    assert path.read_text() == "whole"
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.usefixtures("way")
def test_a_folder_takes_the_place_of_the_one_before_it(tmp_path: Path) -> None:
    path = tmp_path / "folder"
    for name in ("old", "new"):
        with published(path) as temporary:
            temporary.mkdir()
            (temporary / name).touch()

    assert [each.name for each in path.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no such call elsewhere")
def test_a_folder_is_there_at_every_moment_while_another_takes_its_place(tmp_path: Path) -> None:
    path, other = tmp_path / "folder", tmp_path / "other"
    for each in (path, other):
        each.mkdir()
    # A disk that cannot exchange names would prove nothing.
    assert _swapped(path, other)

    def build() -> None:
        for _ in range(300):
            with published(path) as temporary:
                temporary.mkdir()

    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(build)
        seen = {path.is_dir()}
        while not building.done():
            seen.add(path.is_dir())
        building.result()

    assert seen == {True}


@pytest.fixture(params=["at once", "in steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exchange folders as this system can, and as those do that cannot."""
    if request.param == "in steps":
        monkeypatch.setattr("narrate.files._swapped", lambda *_: False)


@pytest.mark.usefixtures("way")
def test_many_builds_of_one_folder_leave_one_of_them_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "folder"

    def build(number: int) -> None:
        for _ in range(50):
            with published(path) as temporary:
                temporary.mkdir()
                for name in ("a", "b"):
                    (temporary / name).write_text(str(number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(build, range(4)))

    assert list(tmp_path.iterdir()) == [path]
    assert len({each.read_text() for each in path.iterdir()}) == 1


def test_a_folder_that_cannot_be_renamed_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, rename = tmp_path / "folder", Path.replace
    with published(path) as temporary:
        temporary.mkdir()
        (temporary / "old").touch()

    def refuse(self: Path, target: Path) -> Path:
        if target == path and (self / "new").exists():
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    monkeypatch.setattr("narrate.files._swapped", lambda *_: False)
    monkeypatch.setattr(Path, "replace", refuse)

    def build() -> None:
        with published(path) as temporary:
            temporary.mkdir()
            (temporary / "new").touch()

    with pytest.raises(OutputError, match="Permission denied"):
        build()

    assert [each.name for each in path.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_to_what_is_new(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "link"
    link.symlink_to("real")

    with published(link) as temporary:
        temporary.mkdir()
        (temporary / "new").touch()

    assert link.is_symlink()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "real"]
    assert [each.name for each in (tmp_path / "real").iterdir()] == ["new"]


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


def test_what_nobody_writes_any_more_goes_and_what_is_being_written_stays(tmp_path: Path) -> None:
    left, busy, new = (tmp_path / f".{digit * 16}.part" for digit in "abc")
    for folder in (left, busy):
        folder.mkdir()
        (folder / "half").touch()
    new.touch()
    for path in (left / "half", left, busy):
        os.utime(path, (0, 0))

    check_folder(tmp_path)

    assert sorted(tmp_path.iterdir()) == [busy, new]
