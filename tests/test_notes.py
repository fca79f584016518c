"""Notes: what was noted is found, and whatever happens to the file costs time only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.notes import NAME, Notes, code_of

if TYPE_CHECKING:
    from pathlib import Path

KEY, OTHER = Notes.key("a"), Notes.key("b")


def test_what_was_noted_is_found_by_the_next(tmp_path: Path) -> None:
    with Notes(tmp_path) as notes:
        notes.add({KEY: "متن", OTHER: "x"})

    with Notes(tmp_path) as notes:
        assert notes.found([KEY, Notes.key("c")]) == {KEY: "متن"}


def test_a_new_note_takes_the_place_of_the_old(tmp_path: Path) -> None:
    with Notes(tmp_path) as notes:
        notes.add({KEY: "old"})
        notes.add({KEY: "new"})

        assert notes.found([KEY]) == {KEY: "new"}


@pytest.mark.parametrize("data", [b"no database at all" * 100, b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_is_begun_anew(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)

    with Notes(tmp_path) as notes:
        assert notes.found([KEY]) == {}
        notes.add({KEY: "x"})
        assert notes.found([KEY]) == {KEY: "x"}


def test_a_file_damaged_behind_its_head_is_begun_anew(tmp_path: Path) -> None:
    many = {Notes.key(number): "متن" * 100 for number in range(500)}
    with Notes(tmp_path) as notes:
        notes.add(many)
    data = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(data[:4096] + bytes(len(data) - 4096))

    with Notes(tmp_path) as notes:
        notes.found(many)
        notes.add({KEY: "x"})

    with Notes(tmp_path) as notes:
        assert notes.found([KEY]) == {KEY: "x"}


def test_a_table_of_another_shape_is_begun_anew(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / NAME)) as other:
        other.execute("CREATE TABLE notes (key, something)")

    for _ in range(2):
        with Notes(tmp_path) as notes:
            notes.add({KEY: "x"})

    with Notes(tmp_path) as notes:
        assert notes.found([KEY]) == {KEY: "x"}


def test_a_note_that_was_changed_is_not_found(tmp_path: Path) -> None:
    with Notes(tmp_path) as notes:
        notes.add({KEY: "one text"})
    path = tmp_path / NAME
    data = path.read_bytes()
    assert data.count(b"one text") == 1
    path.write_bytes(data.replace(b"one text", b"two text"))

    with Notes(tmp_path) as notes:
        assert notes.found([KEY]) == {}


def test_a_file_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()

    with Notes(tmp_path) as notes:
        notes.add({KEY: "x"})
        assert notes.found([KEY]) == {KEY: "x"}


def test_a_file_that_another_build_holds_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.notes._PATIENCE", 0.1)
    with Notes(tmp_path) as notes:
        other = sqlite3.connect(tmp_path / NAME, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        notes.add({KEY: "x"})
        assert notes.found([KEY]) == {}
        other.close()
    assert (tmp_path / NAME).read_bytes().startswith(b"SQLite format 3")


def test_a_file_that_is_locked_from_the_start_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.notes._PATIENCE", 0.1)
    with Notes(tmp_path) as notes:
        notes.add({KEY: "x"})
    with closing(sqlite3.connect(tmp_path / NAME, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with Notes(tmp_path) as notes:
            assert notes.found([KEY]) == {}

    with Notes(tmp_path) as notes:
        assert notes.found([KEY]) == {KEY: "x"}


def test_only_what_was_not_used_for_long_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Notes(tmp_path) as notes:
        monkeypatch.setattr("time.time", lambda: 0.0)
        notes.add({KEY: "used again", OTHER: "never used again"})
        monkeypatch.setattr("time.time", lambda: 100_000.0)
        notes.found([KEY])
        monkeypatch.setattr("time.time", lambda: 150_000.0)
        notes.forget(older_than=60_000)

        assert notes.found([KEY, OTHER]) == {KEY: "used again"}


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_other_parts_have_another_key(one: list[str], other: list[str]) -> None:
    assert (Notes.key(*one) == Notes.key(*other)) == (one == other)


def test_an_edit_of_the_code_shows(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text("a = 1")
    before = code_of(tmp_path)

    (tmp_path / "code.py").write_text("a = 12")

    assert code_of(tmp_path) != before
