"""Web pages → blocks: the article, and not the menus around it.

Trafilatura tells which of a page's texts are the article; they are taken from the page itself, so
that verse, lists, tables and quotations stay what they are. A page without anything around its
text is read as a whole.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING

from narrate.model import Details
from narrate.reading.beside import is_beside
from narrate.reading.document import Block, Document, Format, date_in
from narrate.reading.encoding import decode_markup
from narrate.reading.markup import Page, shown
from narrate.reading.trees import html, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from narrate.reading.source import Source

_SIGN = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|section|main|h[1-6]|div|p|br|ul|ol|table|span)[\s/>]",
    re.IGNORECASE,
)
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"
_FURNITURE = {"nav", "aside", "footer", "form", "iframe"}
_LARGEST = 30_000
"""Elements of a page in which an article is looked for; a larger one is a book."""
_CALLED = set("nav navbar menu sidebar footer comments breadcrumb share social widget ads".split())
"""What furniture is called on pages that have no elements for it."""
_ENTRY = set("entry-title post-title article-title".split())
_WORD = re.compile("[a-z]+")
_BY = re.compile(
    r"^(?:(?:ارسال|نوشته|منتشر) شده(?: توسط)?|نوشت(?:ه|ۀ|هٔ)(?:\u200cی)?|توسط|به قلم|نویسنده ?:?)\s+"
)
"""What blogs write before a name."""
_UNSIGNED = re.compile(r"[\W_]+")
_MARKER = re.compile(r"^[۰-۹]+\. ")
_LONGEST = 10_000
_SURE = 40
"""Letters of a text that stands nowhere by chance."""


def is_html(source: Source) -> bool:
    """Tell whether `source` is a page of HTML."""
    head = source.head.lstrip(_BLANK).replace(b"\0", b"")
    return head.startswith(b"<") and bool(_SIGN.search(head))


def read_html(source: Source) -> Document:
    """Return what a page holds. Raises `InputError`."""
    text = decode_markup(source.data(), source.label)
    root = html(text, source.label)
    page, entry = shown(root, _is_furniture), ""
    blocks, left_out = page.blocks, page.left_out
    if _has_furniture(root):
        title, details, article = _extracted(root)
        entry = _entry_title(root)
        title = entry or title
        if article:
            blocks = [*_inside(page, article, title)]
            left_out["texts around the article"] = len(page.blocks) - len(blocks)
    else:
        title, details = _told(root)
    top = entry or next(
        (each.text for each in blocks if each.kind == "heading" and each.level == 1), ""
    )
    if top and (not title or _letters(top) in _letters(title)):
        # A page's title has the name of its site too.
        title = top
    return Document(blocks, title, details, root.get("lang") or "", +left_out)


HTML = Format("HTML", is_html, read_html)


def _told(root: Element) -> tuple[str, Details]:
    """Return the title of a page that is all article, and what its head tells of it."""
    title = " ".join("".join(map(str, each.itertext())) for each in root.iterfind(".//head/title"))
    told = {
        each.get("name", ""): " ".join(each.get("content", "").split())
        for each in root.iterfind(".//head/meta")
    }
    authors = [
        each.get("content", "").strip()
        for each in root.iterfind(".//head/meta")
        if each.get("name") == "author"
    ]
    return " ".join(title.split()), Details(
        authors=tuple(filter(None, authors)),
        date=date_in(told.get("dcterms.date", told.get("date", ""))),
        description=told.get("description", ""),
    )


def _entry_title(root: Element) -> str:
    """Return the heading that a blog calls the title of its entry."""
    for each in root.iter("h1", "h2", "h3"):
        if _ENTRY.intersection(each.get("class", "").split()):
            return " ".join("".join(map(str, each.itertext())).split())
    return ""


def _bare(root: Element) -> str:
    """Return a page without the notes that `shown` leaves out, so that both have the same texts."""
    from lxml import etree

    bare = deepcopy(root)
    for each in bare.iter():
        if is_beside(each):
            each.tag = "left-out"
    etree.strip_elements(bare, "left-out", with_tail=False)
    return etree.tostring(bare, encoding="unicode", method="html")


def _extracted(root: Element) -> tuple[str, Details, str]:
    """Return a page's title, what it tells of itself, and its article as plain text."""
    from trafilatura import bare_extraction

    found = bare_extraction(
        _bare(root),
        with_metadata=True,
        include_comments=False,
        favor_recall=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or isinstance(found, dict):
        return "", Details(), ""
    # Trafilatura drops half-spaces from what it finds in a page's head.
    heads = [*root.iterfind(".//head/meta"), *root.iterfind(".//head/title")]
    written = [(each.get("content") or each.text or "")[:_LONGEST] for each in heads]
    told = [each.get("content", "") for each in heads if each.get("name") == "author"]
    authors = [*filter(None, map(str.strip, told))] or [
        _as_in(written, _BY.sub("", each.strip())) for each in (found.author or "").split(";")
    ]
    details = Details(
        authors=tuple(filter(None, authors)),
        publisher=_as_in(written, found.sitename or ""),
        date=date_in(found.date or ""),
        description=_as_in(written, found.description or ""),
    )
    return _as_in(written, found.title or ""), details, found.text or ""


def _as_in(texts: Sequence[str], found: str) -> str:
    """Return `found` with the signs and half-spaces that it has in one of `texts`."""
    letters = _letters(found)
    for text in texts if letters else ():
        if _letters(text) == letters:
            return " ".join(text.split())
        places = [place for place, sign in enumerate(text) if _letters(sign)]
        at = _letters(text).find(letters)
        if at >= 0:
            return text[places[at] : places[at + len(letters) - 1] + 1]
    return " ".join(found.split())


def _is_furniture(element: Element) -> bool:
    """Tell whether `element` stands around the text of a page, by its name or what it is called."""
    if name(element) in _FURNITURE:
        return element.get("role") != "doc-toc"
    called = f"{element.get('id')} {element.get('class')}".lower() if element.attrib else ""
    return not _CALLED.isdisjoint(_WORD.findall(called))


def _has_furniture(root: Element) -> bool:
    """Tell whether a page has anything around its text, and is no book."""
    elements = [*root.iter()]
    return len(elements) <= _LARGEST and any(map(_is_furniture, elements))


def _inside(page: Page, article: str, title: str) -> Iterator[Block]:
    """Yield the blocks of `page` that are in `article`, and the heading that is the page's title.

    What stands among them is of the article too, if it is no furniture and not mostly links.
    """
    whole, lines = _letters(article), {_letters(line) for line in article.splitlines()}
    top = _letters(title)
    found = set()
    for place, block in enumerate(page.blocks):
        own, bare = _letters(block.text), _letters(_MARKER.sub("", block.text))
        if own in lines or bare in lines or (len(own) > _SURE and own in whole):
            found.add(place)
    first, last = min(found, default=0), max(found, default=-1)
    for place, block in enumerate(page.blocks):
        own = _letters(block.text)
        is_heading = block.kind == "heading"
        is_top = is_heading and own == top
        is_among = first < place < last and not is_heading and place not in page.doubtful
        is_title = is_heading and block.level == 1 and own in top
        if is_top or is_title or is_among or place in found or block.kind == "rule":
            yield replace(block, level=1) if is_top else block


def _letters(text: str) -> str:
    return _UNSIGNED.sub("", text)
