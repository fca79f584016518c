"""Encoded clips: kept once for each codec and gain, and made again if they are not whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate.audio.clips import Store
from narrate.audio.codecs import AAC, CODECS, MP3, Codec
from narrate.audio.coded import frames_of, is_kept, keep, kept
from narrate.engines import create
from narrate.errors import OutputError
from narrate.testing import tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Clip

SPEECH = create("tone").speak("سلام دنیا")
codecs = pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)


@pytest.fixture
def clip(tmp_path: Path) -> Clip:
    return Store(tmp_path / "clips").put("ab" * 32, SPEECH)


def encoding(clip: Clip, codec: Codec) -> Path:
    (path,) = clip.path.parent.glob(f"*.{codec.name}")
    return path


@codecs
def test_what_was_kept_is_not_encoded_again(
    clip: Clip, codec: Codec, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_kept(clip, codec, 1.5)
    keep(clip, [codec], 1.5)
    made = kept(clip, codec, 1.5)

    monkeypatch.setattr(Codec, "encode", None)

    assert is_kept(clip, codec, 1.5)
    assert kept(clip, codec, 1.5) == made
    assert len(made.sizes) == codec.count(clip.length, clip.rate)
    assert sum(made.sizes) == len(made.data)


def test_each_codec_and_gain_has_an_encoding_of_its_own(clip: Clip) -> None:
    for codec in CODECS:
        for gain in (0.0, 0.5):
            assert not is_kept(clip, codec, gain)
            keep(clip, [codec], gain)

    assert len(list(clip.path.parent.iterdir())) == 5


@given(at=st.integers(0, 100_000), flip=st.integers(1, 255), cut=st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@codecs
def test_a_damaged_encoding_is_made_anew(
    clip: Clip, codec: Codec, at: int, flip: int, *, cut: bool
) -> None:
    keep(clip, [codec], 0.0)
    made = kept(clip, codec, 0.0)
    path = encoding(clip, codec)
    data = bytearray(path.read_bytes())
    at %= len(data)
    data[at] ^= flip
    path.write_bytes(data[:at] if cut else data)

    assert kept(clip, codec, 0.0) == made
    assert path.read_bytes() != data


def test_an_encoding_of_another_sound_is_made_anew(clip: Clip, tmp_path: Path) -> None:
    """A clip may be spoken anew by a service that says it more slowly each time."""
    keep(clip, CODECS, 0.0)
    longer = Store(tmp_path / "clips").put("ab" * 32, create("tone").speak("سلام دنیای بزرگ"))

    for codec in CODECS:
        frames = kept(longer, codec, 0.0)
        assert len(frames.sizes) == codec.count(longer.length, longer.rate)


def test_an_encoding_that_is_damaged_when_its_clip_is_lost_counts_as_lost_too(clip: Clip) -> None:
    keep(clip, CODECS, 0.0)
    clip.path.unlink()
    encoding(clip, MP3).write_bytes(b"damaged")

    with pytest.raises(OutputError, match="run again"):
        kept(clip, MP3, 0.0)
    assert not is_kept(clip, MP3, 0.0)


def test_a_clip_of_another_length_than_was_told_is_not_encoded(clip: Clip) -> None:
    with pytest.raises(OutputError, match="lost or damaged"):
        keep(replace(clip, length=clip.length - 1), CODECS, 0.0)


def test_a_clip_that_is_lost_cannot_be_encoded(clip: Clip) -> None:
    clip.path.unlink()

    with pytest.raises(OutputError, match="run again to speak it anew"):
        kept(clip, AAC, 0.0)


@codecs
def test_a_file_has_the_frames_that_its_length_takes(codec: Codec, tmp_path: Path) -> None:
    audiobook = tiny_audiobook(tmp_path, tiny_book(), codec)
    timeline = audiobook.timeline
    heard: list[int] = []

    frames = list(frames_of(timeline, audiobook.gains, codec, heard.append))

    assert sum(len(each.sizes) for each in frames) == codec.whole(timeline.length, timeline.rate)
    assert sum(heard) == timeline.length


def test_a_clip_in_which_nothing_sounds_takes_no_frames(tmp_path: Path) -> None:
    silent = Store(tmp_path).put("cd" * 32, create("tone").speak("   "))

    assert silent.length == 0
    assert is_kept(silent, MP3, 0.0)
