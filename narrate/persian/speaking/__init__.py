"""Written Persian → what an engine is to hear. Small rules, in order, each `str` → `str`.

One file holds one family of rules. A rule takes a sentence, changes what it is about, and leaves
the rest to those after it: amounts of money move their currency, and numbers are said last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from narrate.persian.speaking import (
    abbreviations,
    addresses,
    arithmetic,
    codes,
    counting,
    dates,
    latin,
    layout,
    measures,
    money,
    romans,
    signs,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Callable

type Rule = Callable[[str], str]

RULES: tuple[Rule, ...] = (
    layout.table_rows,
    layout.emphasis,
    layout.list_numbers,
    latin.plain_letters,
    addresses.emails,
    addresses.web_addresses,
    addresses.mentions,
    dates.dates_in_digits,
    dates.english_dates,
    addresses.dotted_names,
    abbreviations.praises,
    abbreviations.dotted_abbreviations,
    abbreviations.pages,
    abbreviations.spelled_names,
    abbreviations.initials,
    counting.separators,
    money.amounts,
    measures.degrees,
    measures.units,
    times.halves_of_day,
    arithmetic.powers,
    layout.note_marks,
    signs.small_digits,
    codes.telephones,
    codes.cards,
    codes.named_codes,
    codes.long_numbers,
    romans.roman_numerals,
    counting.ordinals,
    latin.greek,
    latin.latin_words,
    arithmetic.sums,
    arithmetic.scores,
    arithmetic.ranges,
    measures.percentages,
    dates.days_of_months,
    times.verses,
    times.clock_times,
    times.ratios,
    counting.places,
    counting.fractions,
    arithmetic.signed_numbers,
    signs.signs_for_words,
    counting.decimals,
    counting.cardinals,
    signs.dashes,
    signs.silent_signs,
    signs.rests,
)

_MOST_PASSES = 5
"""What one rule says may be what an earlier one waits for; more than two passes are rare."""


def spoken(text: str, *, heading: bool = False) -> str:
    """Return what is to be said for the repaired sentence `text`; empty if it holds no letter."""
    said, before = layout.section_numbers(text) if heading else text, ""
    for _ in range(_MOST_PASSES):
        if said == before:
            break
        said, before = _by_rules(said), said
    return said if any(map(str.isalpha, said)) else ""


def _by_rules(text: str) -> str:
    for rule in RULES:
        text = rule(text)
    return " ".join(text.split())
