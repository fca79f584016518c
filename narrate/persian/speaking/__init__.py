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
    signs.tags,
    layout.table_rows,
    layout.emphasis,
    layout.list_numbers,
    layout.divisions,
    latin.plain_letters,
    addresses.emails,
    addresses.web_addresses,
    addresses.mentions,
    counting.separators,
    dates.dates_in_digits,
    times.halves_of_day,
    addresses.dotted_names,
    abbreviations.praises,
    abbreviations.dotted_abbreviations,
    abbreviations.eras,
    abbreviations.pages,
    abbreviations.spelled_names,
    abbreviations.initials,
    dates.english_dates,
    dates.days_of_months,
    money.amounts,
    measures.degrees,
    measures.units,
    arithmetic.powers,
    layout.note_marks,
    signs.small_digits,
    codes.telephones,
    codes.cards,
    codes.named_codes,
    codes.long_numbers,
    romans.roman_numerals,
    counting.ordinals,
    latin.names_with_signs,
    arithmetic.comparisons,
    arithmetic.sums,
    arithmetic.blood_types,
    arithmetic.signed_numbers,
    latin.greek,
    latin.cyrillic,
    latin.latin_words,
    arithmetic.scores,
    arithmetic.ranges,
    measures.percentages,
    times.verses,
    times.pages_of_years,
    times.clock_times,
    times.ratios,
    counting.places,
    counting.fractions,
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
    said = by_rules(text, heading=heading)
    return said if any(map(str.isalpha, said)) else ""


def by_rules(text: str, *, heading: bool = False) -> str:
    """Return the sentence `text` after all rules, which may leave nothing to say."""
    said, before = layout.section_numbers(text) if heading else text, ""
    for _ in range(_MOST_PASSES):
        if said == before:
            break
        before = said
        for rule in RULES:
            said = rule(said)
        said = " ".join(said.split())
    return said
