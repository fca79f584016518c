"""Written Persian → what an engine is to hear. Small rules, in order, each `str` → `str`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.persian.protect import shielded

if TYPE_CHECKING:
    from collections.abc import Callable

_EMPHASIS = re.compile(r"(?<![\w*_])([*_]{1,3})(?=\S)(.{1,300}?)(?<=\S)\1(?![\w*_])")
_SIGNS = re.compile(r"[*_#~`|<>\\^{}=•◆❖⁂]+")
_DASH = re.compile(r"(?:\s+[-–—―]+)+\s+")


def spoken(text: str) -> str:
    """Return what is to be said for the repaired `text`; empty if it holds no letter."""
    said = " ".join(shielded(text, _by_rules).split())
    return said if any(map(str.isalpha, said)) else ""


def emphasis(text: str) -> str:
    """Drop the signs that Markdown puts around stressed words."""
    return _EMPHASIS.sub(r"\2", text)


def dashes(text: str) -> str:
    """Make a dash between words a short rest, which every engine makes at a comma."""
    return _DASH.sub("، ", text)


def bare_signs(text: str) -> str:
    """Drop signs that engines would spell out and that no reader says."""
    return _SIGNS.sub(" ", text)


def _by_rules(text: str) -> str:
    for rule in RULES:
        text = rule(text)
    return text


RULES: tuple[Callable[[str], str], ...] = (emphasis, bare_signs, dashes)
