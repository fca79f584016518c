"""What stands on a page beside its text: notes and their marks, page numbers, contents, tools.

Sources: EPUB Structural Semantics Vocabulary 1.1, DPUB-ARIA 1.1; the names that Word, InDesign,
Pandoc, Calibre and MediaWiki give to what they make.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from narrate.reading.trees import name, said_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NEVER_SHOWN = set(
    "audio button canvas datalist head iframe input math nav noscript object progress rp rt rtc"
    " script select style svg template textarea title video".split()
)
_LEFT_OUT = {
    "footnotes": "footnote footnotes endnote endnotes rearnote rearnotes doc-footnote doc-endnote"
    " doc-endnotes",
    "marks of notes": "noteref doc-noteref footnote-ref footnoteref footnote-back doc-backlink"
    " backlink",
    "page numbers": "pagebreak doc-pagebreak pagenum",
    "tables of contents": "toc doc-toc landmarks page-list doc-pagelist loi lot lov",
    "indexes": "index doc-index",
    "title pages": "halftitlepage cover doc-cover",
    "copyright pages": "copyright-page",
}
_LEFT_OUT_BY_CLASS = {
    "footnotes": "footnote footnotes endnote endnotes reflist footnote-text msofootnotetext"
    " msoendnotetext"
    " _idfootnotes _idfootnote _idendnotes _idendnote",
    "marks of notes": "noteref footnote-ref footnote-back _idfootnotelink _idendnotelink",
    "page numbers": "pagenum pagebreak page-number",
    "tables of contents": " ".join(f"msotoc{level}" for level in range(1, 10)),
    "boxes": "infobox navbox hatnote catlinks printfooter",
    "hidden": "noprint mw-editsection sitesub screen-reader-text sr-only visually-hidden",
}
"""What names of classes mean everywhere; others are anybody's."""
_MEANING = {meant: what for what, words in _LEFT_OUT.items() for meant in words.split()}
_CLASSES = {meant: what for what, words in _LEFT_OUT_BY_CLASS.items() for meant in words.split()}
_TITLE_LINES = ("author", "date", "publisher", "rights")
_NOTE_MARK = re.compile(
    r"[\[(]?[0-9۰-۹٠-٩*†‡§]{1,4}[\])]?|[\[(](?:[a-zآ-ی]{1,2}|(?:یادداشت|پانویس) ?[۰-۹]+)[\])]"
)
_NOTED = re.compile(r"[\u0621-\u06cc\u200c.،؛:!؟»)]\s?$")
_MEASURED = re.compile(r"متر\s?$")
"""Behind which a raised number is a power."""
_IN_BRACKETS = re.compile(r"[\[(].*")
_NOTE_PLACE = re.compile(r"fn|ftn|edn|note|ref|^[nr]\d", re.IGNORECASE)
_NOTE_ID = re.compile(r"_?(?:ftn|edn|fn|(?:foot|end)?note)[-_:]?\d+", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_beside(element: Element) -> bool:
    """Tell whether `element` is seen on a page and not for reading out."""
    tag = name(element)
    return bool(tag) and tag not in _NEVER_SHOWN and bool(left_out(element, tag))


def left_out(element: Element, tag: str) -> str:
    """Return what `element` is if it is not for reading out."""
    if tag in _NEVER_SHOWN or _is_unseen(element):
        return "hidden"
    if not element.attrib:
        return _BY_TAG[tag](element) if tag in _BY_TAG else ""
    words = f"{said_of(element, 'type')} {element.get('role', '')}".lower().split()
    meant = next((_MEANING[word] for word in words if word in _MEANING), "")
    names = f"{element.get('class', '')} {element.get('id', '')}".lower().split()
    meant = meant or next((_CLASSES[each] for each in names if each in _CLASSES), "")
    if meant or not (check := _BY_TAG.get(tag)):
        return meant
    return check(element)


def _is_unseen(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_UNSEEN.search(element.get("style") or ""))
    )


def _raised(element: Element) -> str:
    if not _NOTE_MARK.fullmatch(_all(element)):
        return ""
    if element.find(".//{*}a") is not None:
        return "marks of notes"
    before = element.getprevious()
    parent = element.getparent()
    text = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return "marks of notes" if _NOTED.search(text) and not _MEASURED.search(text) else ""


def _linked(element: Element) -> str:
    _, _, place = element.get("href", "").partition("#")
    text = _all(element)
    if not (place and _NOTE_MARK.fullmatch(text)):
        return ""
    is_raised = element.find("{*}sup") is not None or _IN_BRACKETS.match(text)
    return "marks of notes" if is_raised or _NOTE_PLACE.search(place) else ""


def _noted(element: Element) -> str:
    """Tell the text of a note: it is called so, or begins with the way back to its mark."""
    if _NOTE_ID.fullmatch(element.get("id") or ""):
        return "footnotes"
    link = element
    while name(link) != "a" and len(link) and not (link.text or "").strip():
        link = link[0]
    goes_back = link is not element and name(link) == "a" and _linked(link)
    is_named = element.get("id") or link.get("id") or link.get("name")
    return "footnotes" if goes_back and is_named and (link.tail or "").strip() else ""


def _listed(element: Element) -> str:
    return "footnotes" if "references" in element.get("class", "").split() else ""


def _ruled(element: Element) -> str:
    return "hidden" if "footnote" in element.get("class", "") else ""


def _signed(element: Element) -> str:
    """Tell notes, and the lines below a title that Pandoc makes of a book's metadata."""
    parent = element.getparent()
    below = parent is not None and "title" in parent[0].get("class", "").split()
    if below and element.get("class") in _TITLE_LINES:
        return "title pages"
    return _noted(element)


def _typed(element: Element) -> str:
    return "program code" if element.find("{*}code") is not None else ""


_BY_TAG = {
    "sup": _raised,
    "a": _linked,
    "hr": _ruled,
    "li": _noted,
    "div": _noted,
    "ol": _listed,
    "p": _signed,
    "pre": _typed,
}


def _all(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()
