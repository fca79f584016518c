"""A paragraph → what its author says and what people in it say, for voices of their own.

Speech is what stands in guillemets and is announced by a colon, or is the whole paragraph, or ends
as a sentence does where one may begin or end; and a paragraph that begins with the dash of a
dialogue. Names and titles in guillemets are not speech.
"""

from __future__ import annotations

import re

_IN_GUILLEMETS = re.compile(r"«(?P<inner>(?:[^«»]|«[^«»]*»)*)»[.،؛!؟?…]*")
_DIALOGUE = re.compile(r"\s*(?:[–—ـ―]+\s*|-+\s+)[^\W\d]")
_AT_A_BREAK = re.compile(r"(?:^|[.!؟?…:،؛])\s*$")
_ENDS_AS_A_SENTENCE = re.compile(r"[.!؟?…]\s*$")


def quotations(paragraph: str) -> list[tuple[str, bool]]:
    """Return the runs of `paragraph`, in order, and whether each is speech."""
    if _DIALOGUE.match(paragraph):
        return [(paragraph, True)]
    runs: list[tuple[str, bool]] = []
    begin = 0
    for found in _IN_GUILLEMETS.finditer(paragraph):
        before = paragraph[begin : found.start()]
        whole = not any(map(str.isalnum, paragraph[: found.start()] + paragraph[found.end() :]))
        announced = before.rstrip().endswith(":")
        sentence = _ENDS_AS_A_SENTENCE.search(found["inner"]) and (
            _AT_A_BREAK.search(before) or not paragraph[found.end() :].strip()
        )
        if announced or whole or sentence:
            runs += [(before, False), (found[0], True)]
            begin = found.end()
    runs.append((paragraph[begin:], False))
    return [(text.strip(), is_speech) for text, is_speech in runs if any(map(str.isalnum, text))]
