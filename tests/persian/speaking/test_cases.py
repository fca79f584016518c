"""What a person writes → what is heard: whole fragments, through the repair and all rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.persian import repaired, spoken

CASES = Path(__file__).with_name("cases.tsv")
SHARED = Path(__file__).parents[4] / "shared" / "data" / "verbalise-dev.tsv"


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


@pytest.mark.parametrize(("written", "expected"), rows(CASES), ids=lambda text: text[:30])
def test_a_fragment_is_said_as_a_reader_would(written: str, expected: str) -> None:
    assert spoken(repaired(written)) == expected


def test_there_are_enough_fragments() -> None:
    assert len(rows(CASES)) >= 150


@pytest.mark.skipif(not SHARED.exists(), reason="the cases do not lie beside the project")
def test_every_case_beside_the_project_is_said_as_it_wants() -> None:
    cases = [(written, [said, *also.split("|")]) for _, _, written, said, also, _ in rows(SHARED)]

    heard = [(written, spoken(repaired(written)), accepted) for written, accepted in cases]

    assert len(cases) > 30
    assert not [each for each in heard if each[1] not in each[2]]
