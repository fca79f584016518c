"""Every engine that is installed keeps the one contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from narrate.engines import create, find_all
from narrate.engines.tone import Tone
from narrate.testing import check_engine

if TYPE_CHECKING:
    from narrate.model import Speech


VOICES = {"gtts": "ar"}


@pytest.mark.usefixtures("services", "voice")
@pytest.mark.parametrize("name", [found.name for found in find_all()])
def test_an_engine_keeps_the_contract(name: str) -> None:
    check_engine(create(name, VOICES.get(name)))


@dataclass(frozen=True)
class Forgetful(Tone):
    """Says a sentence otherwise when it says it again."""

    said = 0

    def speak(self, text: str) -> Speech:
        type(self).said += 1
        return super().speak(text + " و" * self.said)


def test_an_engine_whose_sound_depends_on_the_past_is_found() -> None:
    with pytest.raises(AssertionError, match="depends on what was said before"):
        check_engine(Forgetful())
