"""Wapiti's models, read and used in Python."""

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
# Two labels; a word's own letters, its last byte, and which label follows which.
MODEL = """#mdl#2#5
#rdr#3/0/0
1:b,
11:u:w=%x[0,0],
16:u:s=%m[0,0,".$"],
#qrk#2
1:N,
1:V,
#qrk#4
1:b,
5:u:w=a,
5:u:w=b,
5:u:s=c,
1=0x1p+1
2=0x1p+0
4=0x1p+0
7=0x1p+2
9=0x1p+2
"""


@pytest.fixture
def wapiti(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield import_module("wapiti")
    sys.modules.pop("wapiti", None)


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        (["a"], ["N"]),
        (["b"], ["V"]),
        (["xc"], ["V"]),
        (["a", "x"], ["N", "V"]),
        (["b", "x"], ["V", "N"]),
        ([], []),
    ],
)
def test_the_most_probable_row_of_labels_is_found(
    wapiti: ModuleType, tmp_path: Path, words: list[str], labels: list[str]
) -> None:
    path = tmp_path / "model"
    path.write_text(MODEL, encoding="utf-8")

    assert wapiti.Tagger(path).tag(words) == labels
