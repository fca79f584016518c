"""Word's numbering: what stands before the items of lists, and before headings.

Source: ECMA-376, Part 1, 17.9.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from narrate.reading.trees import name, said_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

_COUNTED = set(
    "decimal decimalZero hindiNumbers arabicAbjad ordinal decimalFullWidth upperRoman"
    " lowerRoman".split()
)
"""What is read as a number."""
_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


class Lists:
    """Counts the items of numbered lists and headings."""

    def __init__(self, parts: Sequence[Element]) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        """For each abstract list and level: its format, its text, its first number."""
        self._lists: dict[str, str] = {}
        self._counts: dict[str, Counter[int]] = {}
        for each in parts:
            if name(each) == "abstractnum":
                self._levels[said_of(each, "abstractNumId")] = {
                    number(said_of(level, "ilvl"), 0): (
                        value_of(level, "numFmt"),
                        value_of(level, "lvlText"),
                        number(value_of(level, "start"), 1),
                    )
                    for level in each.iterfind("{*}lvl")
                }
            elif name(each) == "num":
                self._lists[said_of(each, "numId")] = value_of(each, "abstractNumId")

    def next(self, key: str, depth: int) -> str:
        """Return what stands before the next item of a list at `depth`; `•` if no number."""
        levels = self._levels.get(self._lists.get(key, ""), {})
        form, text, first = levels.get(depth, ("bullet", "", 1))
        if form not in _COUNTED:
            return "•"
        counts = self._counts.setdefault(key, Counter())
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        numbers = {f"%{level + 1}": str(counts.get(level, levels[level][2])) for level in levels}
        return re.sub(r"%\d", lambda match: numbers.get(match[0], ""), text).translate(_PERSIAN)


def value_of(parent: Element, tag: str) -> str:
    """Return what the element `tag` in `parent` says; empty if there is none."""
    found = parent.find(f"{{*}}{tag}")
    return "" if found is None else said_of(found, "val")


def number(text: str, otherwise: int) -> int:
    """Return the number in `text`, or `otherwise`."""
    return int(text) if re.fullmatch(r"\d{1,6}", text) else otherwise
