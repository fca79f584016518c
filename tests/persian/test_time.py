"""Every rule takes time in proportion to its text: else these rows would take hours."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from narrate.outputs.names import file_name
from narrate.persian import repaired, sentences, speaking, writing
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = ["*", "a*", " *a", "«", "»", "«»", "«. ", ".", ". ", "! ", "ا", "\u200c", "-", "a-", '"']
PIECES += [
    "a.",
    "@",
    "a@",
    "@a.",
    "ـ",
    "#",
    "# #",
    "۱",
    "1.",
    "_ا",
    "ا ",
    "http://",
    "م. ",
    "….",
    "می",
]
RULES = [
    *writing.SIGNS,
    *writing.RULES,
    repaired,
    *speaking.RULES,
    sentences,
    kind_of,
    heading_text,
    file_name,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_long_row_of_anything_takes_no_longer_than_its_length(
    rule: Callable[[str], object],
) -> None:
    begun = time.process_time()
    for piece in PIECES:
        rule(piece * (300_000 // len(piece)))

    assert time.process_time() - begun < 60
