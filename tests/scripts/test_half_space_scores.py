"""The scorer of half-spaces, and on treebank text beside the project, the figures it gives."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.persian import repaired_parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

SCRIPTS = Path(__file__).parents[2] / "scripts"
DATA = Path(__file__).parents[3] / "shared" / "data"
GOLD = ["او می‌رود و کتاب‌ها را می‌خواند.", "۱۲ دانش‌آموز آمدند."]
# Least F1 on text that was glued, spaced, mixed and clean.
LEAST = {"perdt-dev": (97.5, 97.5, 97.0, 99.0), "seraji-dev": (91.0, 91.0, 89.0, 96.0)}


@pytest.fixture
def scores(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield import_module("half_space_scores")
    sys.modules.pop("half_space_scores", None)


def treebank(scores: ModuleType, name: str) -> list[str]:
    path = DATA / f"{name}.txt"
    if not path.exists():
        pytest.skip("the treebank text does not lie beside the project")
    sentences: list[str] = scores.sentences_of(path)
    return sentences


def test_a_right_answer_is_right_however_its_signs_are_written(scores: ModuleType) -> None:
    found = scores.score([line.replace("۱۲", "12").replace(".", " !") for line in GOLD], GOLD)

    assert (found.f1, found.exact, found.spaces_lost, found.letters_changed) == (100, 2, 0, 0)


def test_what_is_missed_wrong_lost_or_changed_is_counted(scores: ModuleType) -> None:
    found = scores.score(["او می‌رو‌د وکتابها را می‌خواند.", "۱۲ دانش‌آموز آمدندی."], GOLD)

    assert (found.right, found.wrong, found.missed) == (3, 0, 1)
    assert (found.spaces_lost, found.letters_changed, found.exact) == (1, 1, 0)


def test_a_text_is_spoiled_in_the_same_way_each_time(scores: ModuleType) -> None:
    assert scores.spoiled(GOLD, "glued")[0] == "او میرود و کتابها را میخواند."
    assert scores.spoiled(GOLD, "spaced")[0] == "او می رود و کتاب ها را می خواند."
    assert scores.spoiled(GOLD, "clean") == GOLD
    assert scores.spoiled(GOLD, "mixed") == scores.spoiled(GOLD, "mixed")


@pytest.mark.parametrize("name", LEAST)
def test_treebank_text_is_restored_as_well_as_we_promise(scores: ModuleType, name: str) -> None:
    golds = treebank(scores, name)
    found = {
        how: scores.score(repaired_parts(scores.spoiled(golds, how)), golds)
        for how in scores.SPOILS
    }

    least = dict(zip(scores.SPOILS, LEAST[name], strict=True))
    assert {how: each.f1 for how, each in found.items() if each.f1 < least[how]} == {}
    assert found["clean"].letters_changed == 0
    assert found["clean"].spaces_lost <= found["clean"].spaces / 1000
    if name.startswith("perdt"):
        assert found["glued"].exact >= 0.94 * len(golds)
        assert found["clean"].exact >= 0.97 * len(golds)


@pytest.mark.parametrize("name", LEAST)
def test_words_that_can_be_two_are_mostly_right(scores: ModuleType, name: str) -> None:
    golds = treebank(scores, name)

    right, total = scores.both_ways(repaired_parts(scores.spoiled(golds, "glued")), golds)

    assert total > 20
    assert right >= 0.9 * total
