"""Every output keeps the one contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.outputs import BESIDE_EPISODES, EPISODE_AUDIO, OUTPUTS
from narrate.testing import check_output, contents_of, tiny_audiobook, tiny_book

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard


EVERY = {each.name: each for each in (*OUTPUTS.values(), *EPISODE_AUDIO.values(), *BESIDE_EPISODES)}


@pytest.mark.parametrize("name", EVERY)
def test_an_output_keeps_the_contract(name: str, tmp_path: Path) -> None:
    check_output(EVERY[name], tmp_path)


def test_an_output_is_found_by_its_name() -> None:
    assert all(each.name == name for name, each in (OUTPUTS | EPISODE_AUDIO).items())


@pytest.mark.parametrize("name", EVERY)
def test_an_output_shows_every_sentence_or_none(name: str, tmp_path: Path) -> None:
    """Text is data: what stands in a page for markup is told by its own tests."""
    audiobook = tiny_audiobook(tmp_path / "clips", tiny_book(), EVERY[name].codec)
    path = tmp_path / "result"
    EVERY[name].write(audiobook, path, lambda _: None)

    texts = [data.decode(errors="ignore") for data in contents_of(path).values()]
    seen = [
        any(cue.utterance.written in text for text in texts)
        for cue in audiobook.timeline.cues
        if cue.utterance.paragraph.endswith("2")
    ]

    assert set(seen) == {EVERY[name].shows_text}


def test_an_output_that_loses_a_second_is_found(tmp_path: Path) -> None:
    def shortened(audiobook: Audiobook, path: Path, heard: Heard) -> None:
        timeline = replace(audiobook.timeline, length=audiobook.timeline.length - 22_050)
        OUTPUTS["mp3"].write(replace(audiobook, timeline=timeline), path, heard)

    with pytest.raises(AssertionError):
        check_output(replace(OUTPUTS["mp3"], write=shortened), tmp_path)
