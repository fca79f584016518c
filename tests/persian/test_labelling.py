"""The models of the package: there, and stricter when they are to be surer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from narrate.persian.labelling import labeller
from narrate.persian.spacing.glued import features
from narrate.persian.spacing.words import EDGE

GLUED = labeller("narrate.persian.spacing", "glued")
WORDS = ["سانپااولو", "میروم", "کتابها", "دهقانها", "نیوساوتولز", "پیشخوان", "حسابرسی"] * 20


def test_a_gap_is_cut_only_by_who_is_sure_enough() -> None:
    row = features("کتابها", EDGE, EDGE)

    assert GLUED.found(row, 0.5) == [2]
    assert GLUED.found(row, 1.0) == []


def test_many_threads_get_what_one_gets() -> None:
    rows = [features(word, EDGE, EDGE) for word in WORDS]

    def cuts(row: list[list[str]]) -> list[int]:
        return GLUED.found(row, 0.9)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cuts, rows)) == list(map(cuts, rows))
