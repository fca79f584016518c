"""What lies in the store is counted, and thrown away oldest first."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

import pytest

from narrate.audio.clips import Store
from narrate.audio.upkeep import holdings, prune
from narrate.engines import create
from narrate.notes import NAME, Notes

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400
SPEECH = create("tone").speak("سلام دنیا")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of four clips, used 1, 11, 21 and 31 days ago."""
    folder = tmp_path / "clips"
    for number in range(4):
        used = time.time() - DAY - 10 * DAY * number
        clip = Store(folder).put(f"{number}{number}" * 32, SPEECH)
        os.utime(clip.path, (used, used))
    return folder


def left(store: Path) -> list[str]:
    return sorted(path.stem[0] for path in store.rglob("*.wav"))


def test_clips_are_counted_with_their_size_and_age(store: Path) -> None:
    found = holdings(store)

    assert found.clips == 4
    assert found.size == sum(path.stat().st_size for path in store.rglob("*.wav"))
    assert found.oldest == pytest.approx(time.time() - 31 * DAY, abs=60)
    assert found.newest == pytest.approx(time.time() - DAY, abs=60)


def test_an_empty_store_has_no_age(tmp_path: Path) -> None:
    assert holdings(tmp_path / "none").oldest is None


def test_what_was_not_used_for_long_goes(store: Path) -> None:
    gone = prune(store, older_than=16 * DAY)

    assert left(store) == ["0", "1"]
    assert gone.clips == 2


def test_the_oldest_go_until_the_rest_is_small_enough(store: Path) -> None:
    one = holdings(store).size // 4

    prune(store, max_size=3 * one)
    assert left(store) == ["0", "1", "2"]
    prune(store, max_size=one)
    assert left(store) == ["0"]


def test_notes_take_room_too(store: Path) -> None:
    before = holdings(store)

    (store / NAME).write_bytes(bytes(5000))

    assert holdings(store).size == before.size + 5000
    assert holdings(store).clips == before.clips
    prune(store, max_size=before.size)
    assert len(left(store)) < before.clips


def test_a_pack_goes_with_its_age_and_is_no_clip(store: Path) -> None:
    clips = sorted(store.rglob("*.wav"))
    encodings = [clips[number].with_name(f"{number:032}.pack") for number in (0, 3)]
    for clip, encoding in zip((clips[0], clips[3]), encodings, strict=True):
        encoding.write_bytes(b"1234")
        os.utime(encoding, (clip.stat().st_mtime,) * 2)
    assert holdings(store).clips == 4

    prune(store, older_than=16 * DAY)

    assert [each.exists() for each in encodings] == [True, False]


def test_notes_go_when_they_were_not_used_for_long(store: Path) -> None:
    key = Notes.key("a")
    with Notes(store) as notes:
        notes.add({key: "x"})
        prune(store, older_than=DAY)
        assert notes.found([key]) == {key: "x"}
        with sqlite3.connect(store / NAME) as table:
            table.execute("UPDATE notes SET used = 0")
        prune(store, older_than=DAY)

        assert notes.found([key]) == {}


def test_only_old_half_written_files_go(store: Path) -> None:
    old, new = store / "ab" / f".{'0' * 16}.part", store / "ab" / f".{'1' * 16}.part"
    old.parent.mkdir()
    for path in (old, new):
        path.touch()
    os.utime(old, (1, 1))

    prune(store, max_size=10**12)

    assert not old.exists()
    assert new.exists()
    assert left(store) == ["0", "1", "2", "3"]


def test_what_is_no_clip_is_never_thrown_away(store: Path) -> None:
    song, note = store / "ab" / "song.wav", store / "00" / "note.txt"
    song.parent.mkdir()
    for path in (song, note):
        path.touch()
        os.utime(path, (1, 1))

    gone = prune(store, older_than=0, max_size=0)

    assert gone.clips == 4
    assert song.exists()
    assert note.exists()


def test_what_cannot_be_removed_is_named_and_not_counted(
    store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.unlink", refuse)

    assert prune(store, max_size=0).clips == 0
    assert "cannot be removed: Permission denied" in caplog.text


def test_what_a_build_may_be_using_stays(store: Path) -> None:
    clip = next(store.rglob("33*.wav"))
    os.utime(clip)

    prune(store, older_than=0, max_size=0)

    assert left(store) == ["3"]
