"""What no rule of spacing, digits or full stops may touch: addresses, names, abbreviations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SENTINEL = "\ufffc"

_DOMAIN = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}"
_PATH = r"[^\s«»<>\"،؛؟]*[^\s«»<>\".,;:!?)\]،؛؟]"
# Each alternative begins where no other could have begun before: so the time stays linear.
EMAIL = rf"(?<![A-Za-z0-9._%+~-])[A-Za-z0-9._%+~-]+@{_DOMAIN}"
"""`name@example.ir`."""
WEB = (
    rf"(?:(?:https?|ftp)://|(?<![A-Za-z0-9._@-])(?=www\.)){_PATH}"
    rf"|(?<![A-Za-z0-9._@-]){_DOMAIN}/{_PATH}"
)
"""`https://example.ir/a`, `www.example.ir`, `example.ir/a`."""
DOTTED = (
    r"(?<!\d)\d+(?:\.\d+){2,}(?!\d)"
    r"|(?<![A-Za-z0-9_.-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?![A-Za-z0-9_])"
)
"""`۱.۲.۳`, `notes1.txt`, `K.G.P`, `1.2.3`."""
PROTECTED = re.compile("|".join([EMAIL, WEB, DOTTED]))


def shielded(text: str, rule: Callable[[str], str]) -> str:
    """Apply `rule` to `text` with everything `PROTECTED` out of its reach."""
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        if match[0].count(".") == 1 and match[0].replace(".", "").isdigit():
            return match[0]
        kept.append(match[0])
        return SENTINEL

    hidden = PROTECTED.sub(hide, text.replace(SENTINEL, ""))
    parts = rule(hidden).split(SENTINEL)
    return "".join(part + shown for part, shown in zip(parts, [*kept, ""], strict=True))
