"""Written Persian → what an engine is to hear. Small rules, in order, each `str` → `str`.

One file holds one family of rules. A rule takes a sentence, changes what it is about, and leaves
the rest to those after it: amounts of money move their currency, and numbers are said last.
"""

from __future__ import annotations

from difflib import SequenceMatcher
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
    from collections.abc import Callable, Iterator

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
    begun = layout.section_numbers(text) if heading else text
    *_, (_, _, said) = _steps(begun)
    return said


def reasons(text: str, *, heading: bool = False) -> Iterator[tuple[str, str, str]]:
    """Yield what each rule changes in the sentence `text`: before, after, and its name."""
    begun = layout.section_numbers(text) if heading else text
    for rule, before, after in _steps(begun):
        old, new = before.split(), after.split()
        changes = SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        for _, *places in (change for change in changes if change[0] != "equal"):
            begin, end, first, beyond = places
            yield " ".join(old[begin:end]), " ".join(new[first:beyond]), f"rule {rule}"


def _steps(said: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name of each rule that changes a sentence, with the sentence before and after."""
    for _ in range(_MOST_PASSES):
        begun = said
        for rule in RULES:
            before, said = said, rule(said)
            if said != before:
                yield rule.__name__, before, said
        before, said = said, " ".join(said.split())
        yield "spaces", before, said
        if said == begun:
            break
