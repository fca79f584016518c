"""Half-spaces that were lost: which gaps between the letters of a word are to be cut."""

from __future__ import annotations

from functools import lru_cache

from narrate.persian.spacing.lexicon import (
    COMPARED,
    DATA,
    ENDINGS,
    PLURALS,
    PREFIXES,
    UNCOUNTED,
    VERBAL,
    Lexicon,
    lexicon,
)
from narrate.persian.spacing.words import gaps

# These end a plural or a word in ه: «حرف‌های من» and «حرفه‌ای».
_OF_BOTH = ("های", "هایم", "هام", "هات", "هاش")
_PARTICLES = frozenset("به بی هم این آن هیچ چه نه یک کم پر".split())
_LONGEST_PART = 6
_INFLECTED = (*PLURALS, *COMPARED, "هام", "هاید", "هاند", "هاست")


@lru_cache(maxsize=1)
def settled() -> frozenset[str]:
    """Return words that need no thought: the training texts hold them often, and always whole."""
    return frozenset((DATA / "settled.txt").read_text(encoding="utf-8").split())


def features(letters: str, before: str, after: str) -> list[list[str]]:
    """Return the features of each gap of a word, between the words `before` and `after`.

    These are `EDGE` where a sign stands between.
    """
    own, undecided = _own_features(letters), ambiguous(letters)
    return [
        [*row, *_context(letters, place, before, after)] if place in undecided else row
        for row, place in zip(own, gaps(letters), strict=True)
    ]


def stands_out(letters: str) -> bool:
    """Say whether a word looks as if it lost a half-space, even in a text that knows them."""
    return letters.startswith(VERBAL) or letters.endswith(_INFLECTED)


@lru_cache(maxsize=1 << 14)
def ambiguous(letters: str) -> tuple[int, ...]:
    """Return the gaps that the words around decide."""
    table = lexicon()
    for ending in _OF_BOTH:
        stem = letters.removesuffix(ending)
        if (
            table.frequency(letters) <= UNCOUNTED
            and stem != letters
            and min(map(table.frequency, (stem, f"{stem}ه"))) > UNCOUNTED
        ):
            return len(stem), len(stem) + 1
    return tuple(
        place
        for place in (1, 2, 3)
        if letters[:place] in _PARTICLES and table.frequency(letters[place:]) > UNCOUNTED
    )


def _context(letters: str, place: int, before: str, after: str) -> list[str]:
    table, left, right = lexicon(), letters[:place], letters[place:]
    part = left if left in _PARTICLES else right
    words = ("<", before), (">", after)
    return [
        *(f"{part}{side}{word}" for side, word in words),
        *(f"{part}{side}2{word[-2:]}" for side, word in words),
        *(f"{part}{side}k{kind}" for side, word in words for kind in table.kinds(word)),
        f"{part}>1{after[:2]}",
        f"{part}d{ord(table.frequency(left)) - ord(table.frequency(left[:-1]))}",
    ]


@lru_cache(maxsize=1 << 12)
def _own_features(letters: str) -> tuple[list[str], ...]:
    table = lexicon()
    stem = table.stem(letters)
    return tuple(
        [
            *_letters_around(letters, place),
            *_parts(letters, place, table),
            *table.cut_here("S", letters, place),
            *table.cut_here("T", stem, place),
            *_inflection(letters, place, table),
        ]
        for place in gaps(letters)
    )


def _letters_around(word: str, place: int) -> list[str]:
    left = [word[max(0, place - length) : place] for length in (1, 2, 3, 4)]
    right = [word[place : place + length] for length in (1, 2, 3, 4)]
    return [
        *(f"l{part}" for part in left),
        *(f"r{part}" for part in right),
        *(f"{left[number]}|{right[number]}" for number in range(3)),
        f"n{min(len(word), 9)}",
        f"i{min(place, 5)}",
        f"j{min(len(word) - place, 5)}",
    ]


def _parts(word: str, place: int, table: Lexicon) -> list[str]:
    left, right = word[:place], word[place:]
    known = table.frequency(left), table.frequency(right), table.frequency(word)
    head, tail = table.productive(left, table.stem(right))
    short_left, short_right = _short(left), _short(right)
    all_three = "".join(map(_roughly, known))
    return [
        f"L{short_left}",
        f"R{short_right}",
        f"fl{known[0]}",
        f"fr{known[1]}",
        f"fw{known[2]}",
        f"flr{known[0]}{known[1]}",
        f"flrw{all_three}",
        f"kl{table.kind(left)}{short_right}",
        f"kr{table.kind(right)}{short_left}",
        f"h{head}{known[1]}",
        f"t{tail}{known[0]}",
        f"ht{head}{tail}{all_three[2]}",
    ]


def _short(part: str) -> str:
    return part if len(part) <= _LONGEST_PART else "*"


def _roughly(frequency: str) -> str:
    if frequency <= UNCOUNTED:
        return frequency
    return "r" if frequency < "9" else "m" if frequency < "D" else "f"


def _inflection(word: str, place: int, table: Lexicon) -> list[str]:
    left, right = word[:place], word[place:]
    frequency, whole = table.frequency(left), table.frequency(word)
    found = _stem_of_all(word, place, table)
    if right in ENDINGS:
        found += [f"E{right}{frequency}", f"Ew{right}{whole}", f"El{frequency}{whole}"]
    if left in PREFIXES:
        follows = right in table.verbs
        found += [f"M{follows}", f"M{left}{follows}{whole}"]
    if right in table.verbs:
        found.append("V")
    if left in table.participles:
        found.append(f"P{_short(right)}")
    return found + _stems_of_parts(left, right, table)


def _stem_of_all(word: str, place: int, table: Lexicon) -> list[str]:
    stem = table.stem(word)
    known = table.frequency(stem)
    return [f"W{_roughly(known)}"] if place < len(stem) and known > UNCOUNTED else []


def _stems_of_parts(left: str, right: str, table: Lexicon) -> list[str]:
    found: list[str] = []
    if (stem := table.stem(right)) != right:
        known = table.frequency(stem)
        found += [f"Sr{known}", f"Slr{table.frequency(left)}{known}"]
        found += ["Sv"] * (stem in table.verbs)
    if (stem := table.stem(left)) != left:
        found.append(f"Sl{table.frequency(stem)}")
    return found
