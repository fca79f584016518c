"""Bytes → trees of XML and HTML: no entity, no DTD, no network, and no end of memory."""

from __future__ import annotations

import re
from functools import lru_cache
from html.entities import html5
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable

    from lxml.etree import HTMLParser, XMLParser
    from lxml.etree import _Element as Element

_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_DECLARED = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_HEAD = 1 << 16
_MOST_TAGS = 3_000_000
"""Begins and ends of elements; in a book of 120 hours there may be a million."""
_CONTROL = bytes(each for each in range(32) if each not in b"\t\n\r")
_OPTIONS: Any = {
    "remove_comments": True,
    "remove_pis": True,
    "no_network": True,
    "huge_tree": False,
}


def xml(data: bytes, label: str, *, recover: bool = False) -> Element:
    """Return the root of an XML file; to `recover` is to take what can be read of a damaged one.

    Raises `InputError`, which names `label`.
    """
    from lxml import etree

    _check_size(data.count(b"<"), label)
    parser: XMLParser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, recover=recover, **_OPTIONS
    )
    try:
        root: Element | None = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{label} is damaged: {error}") from error
    if root is None:
        raise InputError(f"{label} is damaged: nothing in it is XML")
    return root


def xhtml(text: str, label: str) -> Element:
    """Return the root of a page that should be XML, and is read as HTML if it is not.

    Raises `InputError`, which names `label`.
    """
    from lxml import etree

    _check_size(text.count("<"), label)
    parser: XMLParser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, encoding="utf-8", **_OPTIONS
    )
    try:
        return etree.fromstring(_bare(_ENTITY.sub(_character, text)), parser)
    except (etree.XMLSyntaxError, ValueError):
        return html(text, label)


def html(text: str, label: str) -> Element:
    """Return the root of an HTML page. Raises `InputError`, which names `label`."""
    from lxml import etree

    _check_size(text.count("<"), label)
    # Old pages leave hundreds of elements open.
    parser: HTMLParser = etree.HTMLParser(encoding="utf-8", **(_OPTIONS | {"huge_tree": True}))
    try:
        root: Element | None = etree.fromstring(_bare(text), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"{label} is no page that can be read: {error}") from error
    if root is None:
        raise InputError(f"{label} is an empty page")
    deep = [each for each in parser.error_log if "depth" in each.message]
    if deep:
        raise InputError(f"{label} is nested too deep to be a page: {deep[0].message}")
    return root


def name(element: Element) -> str:
    """Return the name of `element` without its namespace, in lower case; empty for no element."""
    tag: object = element.tag
    return _name(tag)


@lru_cache(maxsize=4096)
def _name(tag: Hashable) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def words_of(element: Element) -> str:
    """Return the text in `element` in one line."""
    parts = []
    for each in element.iter():
        parts += [" " if name(each) == "br" else "", each.text or ""]
        parts.append(each.tail or "" if each is not element else "")
    return " ".join("".join(parts).split())


def said_of(element: Element, attribute: str) -> str:
    """Return an attribute, whatever its namespace: XML has `epub:type` with, HTML without one."""
    return next(
        (
            str(value)
            for key, value in element.attrib.items()
            if str(key).rpartition("}")[2].rpartition(":")[2] == attribute
        ),
        "",
    )


def _check_size(tags: int, label: str) -> None:
    if tags > _MOST_TAGS:
        raise InputError(f"{label} holds {tags:,} tags: that is no book")


def _bare(text: str) -> bytes:
    """Return `text` without what it says of its encoding and its DTD, and without control signs."""
    head, rest = _DECLARED.sub("", text[:_HEAD]), text[_HEAD:]
    return f"{head}{rest}".encode(errors="ignore").translate(None, _CONTROL)


def _character(match: re.Match[str]) -> str:
    known = match[1] not in _XML_OWN and html5.get(f"{match[1]};")
    return known or match[0]
