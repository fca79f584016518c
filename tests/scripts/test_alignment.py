"""Which gold tokens belong to which words."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SCRIPTS = Path(__file__).parents[2] / "scripts"


@pytest.fixture
def alignment(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield import_module("alignment")
    sys.modules.pop("alignment", None)


@pytest.mark.parametrize(
    ("words", "tokens", "owned"),
    [
        ("این کتاب من", "?in ketAbe man", [[0], [1], [2]]),
        ("به‌عنوان رئیس", "be ?onvAne ra?is", [[0, 1], [2]]),
        ("کافی‌است مگر", "kAfi ?ast magar", [[0, 1], [2]]),
        ("سلام دوست", "salAm", [[0], []]),
    ],
)
def test_tokens_follow_the_sounds_of_letters(
    alignment: ModuleType, words: str, tokens: str, owned: list[list[int]]
) -> None:
    assert alignment.aligned(words.split(), tokens.split())[0] == owned


def test_another_sentence_costs_more(alignment: ModuleType) -> None:
    words = "این کتاب من است".split()

    assert alignment.aligned(words, "?in ketAbe man ?ast".split())[1] < 0.4
    assert alignment.aligned(words, "darafS gorg xorSid foruzAn".split())[1] > 0.6
