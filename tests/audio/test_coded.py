"""Encoded clips: kept once for each codec, many in a pack, and made again if they are not whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.audio.clips import Store
from narrate.audio.codecs import AAC, CODECS, MP3, Codec
from narrate.audio.coded import Packs, frames_of, is_kept, keep, kept
from narrate.engines import create
from narrate.errors import OutputError
from narrate.testing import tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Clip

TEXTS = ("سلام دنیا", "سلام", "سلام دنیای بزرگ")
codecs = pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "clips")


@pytest.fixture
def clips(store: Store) -> list[Clip]:
    tone = create("tone")
    return [store.put(f"{number:064}", tone.speak(text)) for number, text in enumerate(TEXTS)]


def with_gain(clips: list[Clip], gain: float = 0.0) -> list[tuple[Clip, float]]:
    return [(clip, gain) for clip in clips]


@codecs
def test_what_was_kept_is_not_encoded_again(
    clips: list[Clip], store: Store, codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [kept(clip, codec, 1.5, Packs()) for clip in clips]
    done = keep(with_gain(clips, 1.5), CODECS, store)
    monkeypatch.setattr(Codec, "encode", None)
    packs = Packs()

    assert [kept(clip, codec, 1.5, packs) for clip in done] == made
    assert keep(with_gain(done, 1.5), CODECS, store) == done
    for clip, frames in zip(done, made, strict=True):
        assert is_kept(clip, CODECS)
        assert len(frames.sizes) == codec.count(clip.length, clip.rate)
        assert sum(frames.sizes) == len(frames.data)


def test_clips_that_are_encoded_together_lie_in_one_file(clips: list[Clip], store: Store) -> None:
    done = keep(with_gain(clips), CODECS, store)

    assert len({place.pack for clip in done for place in clip.encoded}) == 1
    assert len(list(store.folder.rglob("*.pack"))) == 1


def test_only_the_codec_that_is_missing_is_encoded(clips: list[Clip], store: Store) -> None:
    one = keep(with_gain(clips), [MP3], store)
    assert is_kept(one[0], [MP3])
    assert not is_kept(one[0], CODECS)

    both = keep(with_gain(one), CODECS, store)

    assert all(clip.encoded[0] == before.encoded[0] for clip, before in zip(both, one, strict=True))
    assert all(is_kept(clip, CODECS) for clip in both)


@given(at=st.integers(0, 100_000), flip=st.integers(1, 255), cut=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@codecs
def test_a_damaged_encoding_is_made_anew(
    clips: list[Clip], store: Store, codec: Codec, at: int, flip: int, *, cut: bool
) -> None:
    done = keep(with_gain(clips), [codec], store)
    made = [kept(clip, codec, 0.0, Packs()) for clip in clips]
    (path,) = store.folder.rglob("*.pack")
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at] ^= flip
    path.write_bytes(data[:at] if cut else data)

    assert [kept(clip, codec, 0.0, Packs()) for clip in done] == made
    assert not path.exists()


@codecs
def test_an_encoding_of_another_sound_is_made_anew(
    clips: list[Clip], store: Store, codec: Codec
) -> None:
    """A clip may be spoken anew by a service that says it more slowly each time."""
    done = keep(with_gain(clips), CODECS, store)
    longer = replace(clips[2], encoded=done[0].encoded)

    frames = kept(longer, codec, 0.0, Packs())

    assert len(frames.sizes) == codec.count(longer.length, longer.rate)


def test_a_clip_of_another_length_than_was_told_is_not_encoded(
    clips: list[Clip], store: Store
) -> None:
    with pytest.raises(OutputError, match="lost or damaged"):
        keep([(replace(clips[0], length=clips[0].length - 1), 0.0)], CODECS, store)


def test_a_clip_that_is_lost_cannot_be_encoded(clips: list[Clip]) -> None:
    clips[0].path.unlink()

    with pytest.raises(OutputError, match="run again to speak it anew"):
        kept(clips[0], AAC, 0.0, Packs())


@codecs
def test_a_file_has_the_frames_that_its_length_takes(codec: Codec, tmp_path: Path) -> None:
    audiobook = tiny_audiobook(tmp_path, tiny_book(), codec)
    timeline = audiobook.timeline
    heard: list[int] = []

    frames = list(frames_of(timeline, audiobook.gains, codec, heard.append))

    assert sum(len(each.sizes) for each in frames) == codec.whole(timeline.length, timeline.rate)
    assert sum(heard) == timeline.length


def test_a_clip_in_which_nothing_sounds_takes_no_frames(store: Store) -> None:
    silent = store.put("cd" * 32, create("tone").speak("   "))

    assert silent.length == 0
    assert is_kept(silent, CODECS)
    assert keep([(silent, 0.0)], CODECS, store) == [silent]
