"""Training: the same texts give the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from narrate.persian.spacing.lexicon import DATA

SCRIPT = Path(__file__).parents[2] / "scripts" / "train_half_space.py"
TEXT = "او می‌رود و کتاب‌های مدرسه را می‌خواند.\nخانه‌ای در کنار دریا خریدند.\nحرف‌های او را شنیدم."


def test_training_gives_the_same_bytes_for_the_same_text(tmp_path: Path) -> None:
    text = tmp_path / "train.txt"
    text.write_text(TEXT, encoding="utf-8")
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        command = [sys.executable, str(SCRIPT), str(text), "--into", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})

    assert made[0] == made[1]
    assert made[0].keys() == {"lexicon.txt", "settled.txt", "glued.crfsuite", "spaced.crfsuite"}
    assert made[0]["lexicon.txt"] == (DATA / "lexicon.txt").read_bytes()
