"""Training: what the texts lack is added, and the same texts give the same bytes."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.persian.spacing.lexicon import DATA

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_half_space.py"
TEXT = "او می‌رود و کتاب‌های مدرسه را می‌خواند.\nخانه‌ای در کنار دریا خریدند.\nحرف‌های او را شنیدم."


def test_training_gives_the_same_bytes_for_the_same_text(tmp_path: Path) -> None:
    text = tmp_path / "train.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        command = [sys.executable, str(SCRIPT), str(text), "--into", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})

    assert made[0] == made[1]
    assert made[0].keys() == {"lexicon.txt", "settled.txt", "glued.crfsuite", "spaced.crfsuite"}
    assert made[0]["lexicon.txt"] == (DATA / "lexicon.txt").read_bytes()


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPT.parent))
    return import_module(SCRIPT.stem)


@pytest.mark.parametrize(
    ("sentence", "other"),
    [
        ("خانه\u0654 ما", "خانه‌ی ما"),
        ("او می‌گوید", "او می‌گه"),
        ("بین آنها", "بین‌شان"),
        ("نگاه به خانه", "نگاه به‌خانه"),
        ("او رفته است", "او رفته‌است"),
    ],
)
def test_what_the_treebanks_do_not_write_is_learned_too(
    training: ModuleType, sentence: str, other: str
) -> None:
    assert list(training.varied([sentence])) == [other]


def test_a_word_is_settled_if_it_comes_often_and_always_whole(training: ModuleType) -> None:
    assert training.settled(["بهار آمد و پیش‌خوان", "بهار پیشخوان"] * 2) == ["بهار"]
