"""Made covers: their letters joined, from right to left, in the frame, at every length."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from narrate.outputs.artwork import SIDE, artwork

if TYPE_CHECKING:
    from collections.abc import Iterable

INSIDE = slice(100, SIDE - 100)
"""What lies within the frame."""


def runs(inked: Iterable[bool]) -> list[tuple[int, int]]:
    """Return where stretches with ink begin and end."""
    places = groupby(enumerate(inked), key=lambda pair: bool(pair[1]))
    found = [[place for place, _ in run] for is_inked, run in places if is_inked]
    return [(each[0], each[-1] + 1) for each in found]


def drawn(title: str, authors: tuple[str, ...] = ()) -> list[list[int]]:
    """Return the widths of what is drawn in one piece, line by line, from right to left."""
    picture = Image.open(io.BytesIO(artwork(title, authors).data)).convert("L")
    ink = (np.asarray(picture) > 128)[INSIDE, INSIDE]
    lines = [ink[top:bottom] for top, bottom in runs(ink.any(axis=1))]
    return [[end - begin for begin, end in reversed(runs(each.any(axis=0)))] for each in lines]


@pytest.mark.parametrize("words", [1, 2, 5, 20, 60, 100])
@pytest.mark.parametrize("word", ["م", "مممم", "محمم", "می\u200cمم"])
def test_letters_are_joined_at_every_length(word: str, words: int) -> None:
    pieces = [len(part) for part in drawn(" ".join([word] * words))]

    assert sum(pieces) == words * (1 + word.count("\u200c"))


def test_it_is_read_from_the_right() -> None:
    ((first, *_, last),) = drawn("ا ممممم")

    assert first < last / 4


def test_brackets_digits_and_latin_letters_stand_in_order() -> None:
    together = drawn("مم (۱۲) ab")
    apart = [drawn(each)[0] for each in ("مم", "(۱۲)", "ab")]

    assert len(together) == 1
    assert len(together[0]) == sum(map(len, apart))
    assert together[0][0] == pytest.approx(apart[0][0], rel=0.05)


def test_a_letter_that_the_font_lacks_leaves_the_rest_in_order() -> None:
    (found,), (wanted,) = drawn("مم 🙂 ا م"), drawn("مم ا م")

    assert found == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize(
    "title", ["🙂", "中文", "", "ا" * 500, "م" * 5000, "م " * 2000, "<b>&amp;"]
)
def test_any_title_stays_in_the_frame(title: str) -> None:
    picture = Image.open(io.BytesIO(artwork(title, (title, title)).data)).convert("L")
    ink = np.asarray(picture) > 128

    beside = ink.copy()
    beside[INSIDE, INSIDE] = False
    # The frame itself is all that is there.
    assert beside[:57].sum() == beside[-57:].sum() == 0
    assert runs(beside[150]) == runs(beside[SIDE // 2])
    assert len(runs(beside[150])) == 2


def test_it_is_what_podcast_apps_take() -> None:
    cover = artwork("گلستان", ("سعدی",))
    picture = Image.open(io.BytesIO(cover.data))

    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (SIDE, SIDE))
    assert len(cover.data) < 500_000


def test_the_same_book_gets_the_same_cover_and_others_another() -> None:
    first = artwork("گلستان", ("سعدی",))
    artwork.cache_clear()

    assert artwork("گلستان", ("سعدی",)) == first
    assert artwork("بوستان", ("سعدی",)) != first
    assert artwork("گلستان", ("حافظ",)) != first
