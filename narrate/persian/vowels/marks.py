"""How ezafe is written so that voices read it: «کتابِ»، «خانه‌ی»، «راهِ»، «صدای».

Source: Academy of Persian Language and Literature, "دستور خط فارسی", on the ezafe of words in ه;
what eSpeak NG 1.52 and the voices built on it read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.persian.pieces import PHONEMES
from narrate.persian.spacing.words import VOWELS, ZWNJ
from narrate.persian.tables import table

if TYPE_CHECKING:
    from collections.abc import Mapping

KASRA, SHADDA = "\u0650", "\u0651"
_MARKS = re.compile(f"[{VOWELS}]")
_MARKS_BEHIND = re.compile(f"[{VOWELS}]*$")
_HAMZA_OR_YE = re.compile(f"(?:ه\u0654|ۀ|ه{ZWNJ}یِ?)$")
_SOUNDED = ("اه", "الله", "گروه", "کوه")
_READ_WITH_EZAFE = ("ای", "وی")
_SHORT = 3
"""Letters: «جای» and «سوی» are read without ezafe, «صدای» and «نیروی» with it."""
_SHORT_BUT_READ = frozenset({"روی", "توی"})
_VOWEL = re.compile("[aAeiou]:?$")
_BEFORE_EZAFE = re.compile(rf"\(([{VOWELS}]+)\)$|\(([A-Za-z0-9?]+)\)(?=\]\]$)")


def with_ezafe(said: str, letters: str) -> str:
    """Return `said`, the word `letters` with vowel marks or as `[[phonemes]]`, with its ezafe."""
    said = _BEFORE_EZAFE.sub(r"\1\2", said)
    if said.startswith(PHONEMES):
        sounds = said[len(PHONEMES) : -2]
        return f"[[{sounds}{'je' if _VOWEL.search(sounds) else 'e'}]]"
    if _HAMZA_OR_YE.search(said):
        return _HAMZA_OR_YE.sub(f"ه{ZWNJ}ی", said)
    bare = _MARKS.sub("", said) or letters
    ending = _MARKS_BEHIND.search(said)
    # An entry of a lexicon may end in a sign: «سیا (سازمان)».
    if (ending and ending[0].strip(SHADDA)) or not bare[-1].isalpha():
        return said
    if bare[-1] == "ه":
        return said + (KASRA if is_sounded(bare) else f"{ZWNJ}ی")
    return said if _is_read_with_ezafe(bare) else said + KASRA


def without_ezafe(said: str) -> str:
    """Return `said` without what its word says only before an ezafe: «حقِّ»."""
    return _BEFORE_EZAFE.sub("", said)


def is_sounded(letters: str) -> bool:
    """Say whether the ه that a word ends in is heard: «راه», not «خانه»."""
    last = letters.rpartition(ZWNJ)[2]
    return last.endswith(_SOUNDED) or _finals().get(last) == "h"


def _is_read_with_ezafe(letters: str) -> bool:
    """Say whether voices read a word in «ای» or «وی» with ezafe as it is."""
    last = letters.rpartition(ZWNJ)[2]
    if not last.endswith(_READ_WITH_EZAFE) or _finals().get(last) == "vi":
        return False
    return len(last) > _SHORT or last in _SHORT_BUT_READ or last == "های"


def _finals() -> Mapping[str, str]:
    return table(__package__, "finals")
