"""A store that machines share at an address: whole files there first, then here."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from fsspec import register_implementation
from fsspec.implementations.local import LocalFileSystem

from narrate.audio.clips import Store, samples
from narrate.audio.codecs import CODECS
from narrate.audio.coded import is_kept, keep
from narrate.audio.remote import RemoteStore, shown
from narrate.cli.storing import places_of
from narrate.engines.tone import Tone
from narrate.errors import OutputError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

KEY = "ab" * 32
SPEECH = Tone().speak("سلام")


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"file://{tmp_path}/there"


def at(folder: Path, address: str) -> RemoteStore:
    return RemoteStore(folder, address)


def test_what_one_machine_put_another_gets(tmp_path: Path, address: str) -> None:
    put = at(tmp_path / "a", address).put(KEY, SPEECH)
    got = at(tmp_path / "b", address).get(KEY)

    assert got
    assert got.path.is_relative_to(tmp_path / "b")
    assert samples(got).tolist() == samples(put).tolist()


def test_what_nobody_put_is_not_there(tmp_path: Path, address: str) -> None:
    assert at(tmp_path / "a", address).get(KEY) is None


def test_a_clip_of_another_machine_is_encoded_here_and_its_pack_reaches_all(
    tmp_path: Path, address: str
) -> None:
    put = at(tmp_path / "a", address).put(KEY, SPEECH)
    (encoded,) = keep([(put, 0.0)], CODECS, at(tmp_path / "b", address))
    third = at(tmp_path / "c", address)
    own = third.own(encoded)
    third.fetch(each.pack for each in own.encoded)

    assert is_kept(own, CODECS)
    assert {each.pack.parent.parent for each in own.encoded} == {tmp_path / "c"}
    assert all(each.pack.is_file() for each in own.encoded)


def test_a_clip_that_is_damaged_on_the_way_is_not_there_and_may_be_put_again(
    tmp_path: Path, address: str
) -> None:
    one = at(tmp_path / "a", address)
    path = one.put(KEY, SPEECH).path
    far = tmp_path / "there" / path.parent.name / path.name
    far.write_bytes(far.read_bytes()[:-10])
    other = at(tmp_path / "b", address)

    assert other.get(KEY) is None
    other.put(KEY, SPEECH)
    assert at(tmp_path / "c", address).get(KEY)


def test_what_cannot_be_put_there_is_not_here_either(tmp_path: Path, address: str) -> None:
    (tmp_path / "there").write_text("no folder")
    store = at(tmp_path / "a", address)

    with pytest.raises(OutputError, match=r"file://.* cannot be written"):
        store.put(KEY, SPEECH)
    assert store.at_hand(KEY) is None


def test_what_was_lost_there_is_an_error_that_says_what_to_do(tmp_path: Path, address: str) -> None:
    store = at(tmp_path / "a", address)

    with pytest.raises(OutputError, match="run again"):
        store.fetch([store.path(KEY)])


def test_what_is_about_to_be_used_is_not_given_up_for_what_is_fetched_with_it(
    tmp_path: Path, address: str
) -> None:
    keys = [f"{number:02}" * 32 for number in range(16)]
    other = at(tmp_path / "a", address)
    theirs = [other.put(key, SPEECH) for key in keys[8:]]
    store = RemoteStore(tmp_path / "b", address, most=8)
    own = [store.put(key, SPEECH) for key in keys[:8]]
    wanted = [*own[:4], *(store.own(clip) for clip in theirs[:4])]
    store.fetch(clip.path for clip in wanted)

    assert [clip.path.is_file() for clip in wanted] == [True] * 8
    assert [clip.path.is_file() for clip in own[4:]] == [False] * 4


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("sftp://me:secret@host/x", "sftp://host/x"),
        ("sftp://me:se@cret@host/x", "sftp://host/x"),
        ("sftp://me:se/cret@host/x", "sftp://host/x"),
        ("sftp://me@host/x", "sftp://host/x"),
        ("s3://bucket/me@home", "s3://bucket/me@home"),
        ("file:///home/me@home", "file:///home/me@home"),
    ],
)
def test_a_password_is_never_told(address: str, told: str) -> None:
    assert shown(address) == told


def test_an_address_of_no_known_kind_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--store"):
        at(tmp_path, "nonsense://x")


def test_a_worker_on_this_machine_uses_the_same_folder(tmp_path: Path, address: str) -> None:
    again = copy.copy(at(tmp_path / "a", address))

    assert (again.folder, again.address) == (tmp_path / "a", address)


def test_a_store_is_told_from_others_by_its_mark(tmp_path: Path, address: str) -> None:
    store, other = Store(tmp_path / "x"), Store(tmp_path / "y")
    far, elsewhere = at(tmp_path / "a", address), at(tmp_path / "a", f"{address}/more")

    assert store.bears(store.mark)
    assert not other.bears(store.mark)
    assert at(tmp_path / "b", address).bears(far.mark)
    # Its folder has the mark, but not what is there.
    assert not elsewhere.bears(far.mark)


def test_who_cannot_write_into_a_store_is_told(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = at(tmp_path / "a", address).mark
    monkeypatch.setattr(LocalFileSystem, "pipe_file", _refused)

    with pytest.raises(OutputError, match="cannot be written: refused"):
        at(tmp_path / "b", address).bears(mark)


@pytest.fixture
def flaky() -> type[Flaky]:
    register_implementation("flaky", Flaky, clobber=True)
    Flaky.failures = 0
    return Flaky


class Flaky(LocalFileSystem):  # type: ignore[misc]
    """A disk behind a line that breaks now and then."""

    protocol = "flaky"
    failures: ClassVar[int] = 0

    def cat_file(self, *arguments: Any, **more: Any) -> bytes:  # noqa: ANN401
        self._may_break()
        return bytes(super().cat_file(*arguments, **more))

    def pipe_file(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401
        self._may_break()
        super().pipe_file(*arguments, **more)

    def _may_break(self) -> None:
        if Flaky.failures:
            Flaky.failures -= 1
            raise ConnectionResetError(104, "Connection reset by peer")


def test_a_line_that_breaks_is_tried_again(
    tmp_path: Path, flaky: type[Flaky], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrate.audio.remote._PAUSES", (0.0, 0.0))
    store = at(tmp_path / "a", f"flaky://{tmp_path}/there")
    flaky.failures = 2
    store.put(KEY, SPEECH)
    flaky.failures = 2
    assert at(tmp_path / "b", store.address).get(KEY)
    flaky.failures = 3
    with pytest.raises(OutputError, match=r"cannot be read: .*Connection reset"):
        at(tmp_path / "c", store.address).get(KEY)


def test_what_is_put_lies_beside_its_place_until_it_is_whole(
    tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A rename from another disk would be a copy, of which others see the half.
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    store = at(tmp_path / "a", address)
    for _ in range(2):
        store.put(KEY, SPEECH)
    assert [each.name for each in (tmp_path / "there" / KEY[:2]).iterdir()] == [f"{KEY}.wav"]

    monkeypatch.setattr(LocalFileSystem, "mv", _refused)
    with pytest.raises(OutputError, match="refused"):
        store.put("cd" * 32, SPEECH)
    assert list((tmp_path / "there" / "cd").iterdir()) == []


def _refused(*_: object) -> None:
    raise PermissionError("refused")


def test_no_password_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"^ftp://127\.0\.0\.1:1/clips cannot be reached") as told:
        at(tmp_path, "ftp://ali:geheim@127.0.0.1:1/clips")

    assert "geheim" not in str(told.value)
    assert "geheim" not in str(places_of("ftp://ali:geheim@127.0.0.1:1/clips")[0])


def test_a_worker_keeps_no_more_than_it_may(tmp_path: Path, address: str) -> None:
    store = RemoteStore(tmp_path / "a", address, most=3)
    for number in range(5):
        store.put(f"{number}" * 64, SPEECH)
    store.fetch([store.path("1" * 64)])

    kept = {path.stem[0] for path in (tmp_path / "a").glob("*/*.wav")}
    assert kept == {"1", "3", "4"}
    assert len(list((tmp_path / "there").glob("*/*.wav"))) == 5
