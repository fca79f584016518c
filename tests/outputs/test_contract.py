"""Every output keeps the one contract."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from narrate.outputs import OUTPUTS
from narrate.testing import check_output

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard


@pytest.mark.parametrize("name", OUTPUTS)
def test_an_output_keeps_the_contract(name: str, tmp_path: Path) -> None:
    assert OUTPUTS[name].name == name
    check_output(OUTPUTS[name], tmp_path)


def test_an_output_that_loses_a_second_is_found(tmp_path: Path) -> None:
    def shortened(audiobook: Audiobook, path: Path, heard: Heard) -> None:
        timeline = replace(audiobook.timeline, length=audiobook.timeline.length - 22_050)
        OUTPUTS["mp3"].write(replace(audiobook, timeline=timeline), path, heard)

    with pytest.raises(AssertionError):
        check_output(replace(OUTPUTS["mp3"], write=shortened), tmp_path)
