"""Verse: lines that were broken by a poet, and hemistichs that stand side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP = re.compile(r"(?:\t|[ \u00a0\u2000-\u200a\u3000]{3,}|(?<!\d)\s+(?:/{1,2}|\*{1,3})\s+(?!\d))")
_SHORTEST, _LONGEST = 8, 55
"""Letters and signs in a line of verse."""
_WIDEST = 400
"""Signs of a couplet, its gap included."""
_FEWEST_WORDS = 3
_PAIR = 2
_ALIKE = 2.0
"""How much longer one line of a poem is than another, at most."""
_PROSE = (".", ":", "؛", ";", "!»", "؟»", ".»", ")")
_OTHER = re.compile(r"^\s*(?:[-–—•*▪●○■►]|[(\[]?[0-9۰-۹٠-٩]+[)\].\-–])|[A-Za-z@]")
"""Signs of lists, of talk and of addresses."""


def hemistichs(line: str) -> list[str]:
    """Return the two halves of `line` if a wide gap or a stroke parts it in like halves."""
    whole = line.strip()
    halves = [half.strip() for half in _GAP.split(whole)] if len(whole) <= _WIDEST else []
    return halves if len(halves) == _PAIR and is_verse(halves) else [whole]


def is_verse(lines: Sequence[str]) -> bool:
    """Tell whether `lines`, two or more, look as if a poet had broken them."""
    sizes = [len(line.strip()) for line in lines]
    if len(sizes) < _PAIR or min(sizes) < _SHORTEST or max(sizes) > _LONGEST:
        return False
    if max(sizes) > _ALIKE * min(sizes) or any(map(_OTHER.search, lines)):
        return False
    if min(len(line.split()) for line in lines) < _FEWEST_WORDS:
        return False
    return sum(line.rstrip().endswith(_PROSE) for line in lines[:-1]) <= len(lines) / 4
