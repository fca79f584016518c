"""Paragraphs → the elements of a page, for every format that shows the text."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.builder import ElementMaker
    from lxml.etree import _Element as Element

    from narrate.outputs.shown import Run, ShownChapter, ShownParagraph

_LEFT_TO_RIGHT = "ltr"
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "he", "ps", "sd", "ug", "ur", "yi"}
_DEEPEST = 6
_NUMBERED = re.compile(r"[۰-۹]+\.")
_CLASSED = ("emphasis", "verse", "row")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

type Content = list[Element | str]
type Sentence = Callable[[Run, Content], Element]
"""Makes the element of a sentence around what is in it."""


def body(
    chapter: ShownChapter, make: ElementMaker, sentence: Sentence, heading: int = 1
) -> Iterator[Element]:
    """Yield the elements of `chapter`; its first heading has the level `heading`, others the next.

    `make` says of which vocabulary they are.
    """
    level = heading = min(heading, _DEEPEST)
    for kind, group in groupby(chapter.paragraphs, _together):
        if kind in ("item", "numbered"):
            items = [make.li(*_filled(each, make, sentence), **_said(each)) for each in group]
            yield make.ul(*items, **({"class": kind} if kind == "numbered" else {}))
        elif kind == "quote":
            yield make.blockquote(*(_block(each, make, sentence, level) for each in group))
        else:
            for each in group:
                yield _block(each, make, sentence, level)
                if each.kind == "heading" and not each.is_title:
                    level = min(heading + 1, _DEEPEST)


def _together(paragraph: ShownParagraph) -> str:
    """Return what `paragraph` is, so that those that are one list or quotation stand together."""
    if paragraph.kind == "item" and _NUMBERED.match("".join(run.text for run in paragraph.runs)):
        return "numbered"
    return paragraph.kind


def listed(entries: Iterable[tuple[int, Element]], make: ElementMaker) -> Element:
    """Return the list of `entries`, each `li` with its depth, in one another."""
    lists = [make.ol()]
    for depth, entry in entries:
        while len(lists) < depth:
            lists.append(make.ol())
            lists[-2][-1].append(lists[-1])
        del lists[depth:]
        lists[-1].append(entry)
    return lists[0]


def direction(language: str) -> str:
    """Return how a text in `language`, ISO 639, is written."""
    return "rtl" if language in _RIGHT_TO_LEFT else _LEFT_TO_RIGHT


def tongue(language: str) -> dict[str, str]:
    """Return the attributes of a text in `language`, ISO 639; none if it is the book's own."""
    if not language:
        return {}
    return {"lang": language, _XML_LANG: language, "dir": direction(language)}


def _block(
    paragraph: ShownParagraph, make: ElementMaker, sentence: Sentence, level: int
) -> Element:
    if paragraph.kind == "rule":
        return make.hr()
    said = _said(paragraph)
    if paragraph.is_title:
        return make.p(*_filled(paragraph, make, sentence), **said, **{"class": "title"})
    if paragraph.kind == "heading":
        return make(f"h{level}", *_filled(paragraph, make, sentence), **said)
    if paragraph.kind in _CLASSED:
        said["class"] = paragraph.kind
    return make.p(*_filled(paragraph, make, sentence), **said)


def _said(paragraph: ShownParagraph) -> dict[str, str]:
    """Return the attributes of `paragraph`."""
    return {"id": paragraph.id, **tongue(paragraph.language)}


def _filled(
    paragraph: ShownParagraph, make: ElementMaker, sentence: Sentence
) -> Iterator[Element | str]:
    for run in paragraph.runs:
        lines = list(_lines(run.text, make))
        if run.cue:
            yield sentence(run, lines)
        else:
            yield from lines


def _lines(text: str, make: ElementMaker) -> Iterator[Element | str]:
    """Yield the lines of `text` with a break between two."""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield make.br()
        if line:
            yield line
