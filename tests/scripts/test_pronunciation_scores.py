"""The scorer of phones and ezafe, and the figures that it gives on gold beside the project."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.persian import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SCRIPTS = Path(__file__).parents[2] / "scripts"
GOLD = Path(__file__).parents[3] / "shared" / "data" / "phones-dev.tsv"


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield import_module("pronunciation_scores")
    sys.modules.pop("pronunciation_scores", None)


@pytest.fixture
def gold(scores: ModuleType, tmp_path: Path) -> object:
    path = tmp_path / "gold.tsv"
    path.write_text("کتاب خانه من\tketAbe1 xAneye1 man\n", encoding="utf-8")
    return scores.Gold.read(path)[0]


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ("ketˈɒbe xɒnˈeje mˈæn", "  0.00    0.00  100.00"),
        ("ketɑb xɑne man", " 20.00   66.67    0.00"),
        ("ketɑb xɑneje man", "  6.67   33.33   66.67"),
        ("ketɑbe xɑneje mane", "  6.67   33.33   80.00"),
        ("kotɑbe xɑneje man", "  6.67   33.33  100.00"),
    ],
)
def test_phones_words_and_ezafe_are_counted_apart(
    scores: ModuleType, gold: object, said: str, row: str
) -> None:
    score = scores.Score()
    score.add(gold, said)

    assert str(score) == row


@pytest.mark.skipif(not GOLD.exists(), reason="the gold does not lie beside the project")
def test_vowels_that_are_not_written_are_said(scores: ModuleType) -> None:
    rows = scores.Gold.read(GOLD)[::15]
    score = scores.Score()
    for row, said in zip(
        rows, scores.say([row.sentence for row in rows], Manner(hears="phonemes")), strict=True
    ):
        score.add(row, said)

    per, wrong, ezafe = map(float, str(score).split())
    assert per <= 4.6
    assert wrong <= 16
    assert ezafe >= 91
