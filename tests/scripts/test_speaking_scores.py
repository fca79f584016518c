"""The scorer of sentences, and the figure that it gives on treebank text beside the project."""

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
DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield import_module("speaking_scores")
    sys.modules.pop("speaking_scores", None)


def test_ends_that_are_missed_and_invented_count_against_the_score(scores: ModuleType) -> None:
    assert scores.f1(["سلام.", "رفت."]) == 100
    # Two ends are wanted and one is found; then one is wanted and two are found.
    assert scores.f1(["سلام", "رفت."]) == pytest.approx(200 / 3)
    assert scores.f1(["سلام. رفت."]) == pytest.approx(200 / 3)


@pytest.mark.parametrize("name", ["perdt-dev", "seraji-dev"])
def test_treebank_sentences_are_found_again(name: str, scores: ModuleType) -> None:
    path = DATA / f"{name}.txt"
    if not path.exists():
        pytest.skip("the treebank text does not lie beside the project")

    assert scores.f1(path.read_text(encoding="utf-8").splitlines()) >= 98.5
