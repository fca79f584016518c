"""Every rule takes time in proportion to its text: else these rows would take hours."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from narrate.outputs.names import file_name
from narrate.persian import Manner, repaired, sentences, speaking, spoken, writing
from narrate.persian.speaking import layout
from narrate.reading.lines import heading_text, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
SIGNS = "AX1۱I–:،,'٫٬+=×&°٪%$€()[]|<>اوَهمصج~^²½"
MEETINGS = """
    ۱/ ۱- ۱: $1 @a. a.a www. اس.آر صا IX ۱و ۱تا (ص [۱ [۱] |a ۱+ a& +1 ۱٬۰۰۰ ه. #ا کد۱- ۱٫ م. IVا
""".split()
MANNER = Manner(skip=frozenset({"footnotes", "references", "urls"}))


def said(text: str) -> list[tuple[str, str]]:
    return list(MANNER.said(text))


OF_TEXTS = [
    *writing.SIGNS,
    *writing.RULES,
    repaired,
    sentences,
    kind_of,
    heading_text,
    file_name,
]
OF_SENTENCES = [*speaking.RULES, layout.section_numbers]


def row(piece: str, length: int) -> str:
    return piece * (length // len(piece))


def seconds(rule: Callable[[str], object], texts: Iterable[str]) -> float:
    begun = time.process_time()
    for text in texts:
        rule(text)
    return time.process_time() - begun


@pytest.mark.parametrize("rule", OF_TEXTS, ids=lambda rule: rule.__name__)
def test_a_long_row_of_anything_takes_no_longer_than_its_length(
    rule: Callable[[str], object],
) -> None:
    assert seconds(rule, (row(piece, 300_000) for piece in PIECES)) < 60


@pytest.mark.parametrize("rule", OF_SENTENCES, ids=lambda rule: rule.__name__)
def test_a_megabyte_of_one_sign_takes_seconds(rule: speaking.Rule) -> None:
    assert seconds(rule, (sign * 1_000_000 for sign in "۱aا. -")) < 60


@pytest.mark.parametrize("rule", OF_SENTENCES, ids=lambda rule: rule.__name__)
def test_a_row_of_what_rules_look_for_takes_no_longer_than_its_length(rule: speaking.Rule) -> None:
    pieces = [*PIECES, *SIGNS, *MEETINGS, *(f"{piece} " for piece in MEETINGS)]

    assert seconds(rule, (row(piece, 30_000) for piece in pieces)) < 6


@pytest.mark.parametrize("rule", [spoken, said], ids=lambda rule: rule.__name__)
def test_all_rules_together_take_no_longer_than_the_length(rule: Callable[[str], object]) -> None:
    assert seconds(rule, (row(piece, 10_000) for piece in (*PIECES, *SIGNS, *MEETINGS))) < 60
