"""EPUB 2 and 3 → blocks, with the book's own table of contents, people, language and cover.

Sources: EPUB 3.3 (W3C), OPF 2.0.1 and NCX of DAISY 3 for EPUB 2; the `calibre:` names by which
series are told apart in practice.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from narrate.errors import InputError
from narrate.model import Cover, Details
from narrate.reading.archive import Archive, names_in, target
from narrate.reading.document import Block, Document, Format, Opening, date_in
from narrate.reading.encoding import decode_markup
from narrate.reading.markup import Page, shown
from narrate.reading.trees import html, name, said_of, words_of, xhtml, xml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

    from narrate.reading.source import Source

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_BESIDE = {
    "toc": "tables of contents",
    "loi": "tables of contents",
    "lot": "tables of contents",
    "cover": "title pages",
    "copyright-page": "copyright pages",
    "index": "indexes",
}
"""Pages that EPUB 2's guide tells apart."""
_PAGE_NAMES = (".xhtml", ".html", ".htm")
_COVER_NAMED = re.compile(r"cover(?: page)?|(?:روی|طرح) ?جلد|جلد", re.IGNORECASE)
_DEEPEST = 6
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class _Item:
    """A file that the package lists."""

    path: str
    mime: str
    properties: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the table of contents."""

    path: str
    fragment: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a page begins among all blocks, and where its `id`s are, from there."""

    at: int
    places: Mapping[str, int]
    is_empty: bool
    """Whether nothing is written on it, as on one with a picture."""


def is_epub(source: Source) -> bool:
    """Tell whether `source` is an EPUB."""
    return b"mimetypeapplication/epub+zip" in source.head[:100] or _CONTAINER in names_in(source)


def read_epub(source: Source) -> Document:
    """Return what an EPUB holds. Raises `InputError`."""
    return _Reader(Archive(source.stream, source.label)).read()


EPUB = Format("EPUB", is_epub, read_epub)


class _Reader:
    """Reads one book."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._label = archive, archive.label
        self._check_protection()
        container = xml(archive.read(_CONTAINER), f"{self._label}: {_CONTAINER}")
        roots = [each.get("full-path", "") for each in container.iter("{*}rootfile")]
        if not roots:
            raise InputError(f"{self._label} names no package: it is no whole EPUB")
        self._package = roots[0]
        label = f"{self._label}: {self._package}"
        self._opf = xml(archive.read(self._package), label, recover=True)
        self._items = {
            each.get("id", ""): _Item(
                self._archive.find(target(self._package, each.get("href", ""))[0]),
                each.get("media-type", ""),
                frozenset(each.get("properties", "").split()),
            )
            for each in self._opf.iterfind(".//{*}manifest/{*}item")
        }
        self._refining = {
            (each.get("refines"), each.get("property")): (each.text or "").strip()
            for each in self._opf.iterfind(".//{*}metadata/{*}meta")
        }

    def read(self) -> Document:
        """Return the document."""
        blocks: list[Block] = []
        left_out = Counter[str]()
        starts: dict[str, _Start] = {}
        for item in self._spine(left_out):
            text = decode_markup(self._archive.read(item.path), f"{self._label}: {item.path}")
            page = shown(xhtml(text, f"{self._label}: {item.path}"))
            left_out += page.left_out
            if _is_of_notes(page):
                continue
            if page.is_contents:
                left_out["tables of contents"] += 1
                continue
            start = _Start(len(blocks), page.places, is_empty=not page.blocks)
            if page.blocks or not page.left_out:
                starts.setdefault(item.path, start)
            blocks += page.blocks
        self._open_chapters(blocks, starts)
        details = self._details()
        return Document(blocks, self._title(), details, self._language(), left_out)

    def _check_protection(self) -> None:
        """Raise `InputError` if more than fonts is encrypted."""
        if _ENCRYPTION not in self._archive.paths:
            return
        root = xml(self._archive.read(_ENCRYPTION), f"{self._label}: {_ENCRYPTION}")
        methods = [each.get("Algorithm", "") for each in root.iter("{*}EncryptionMethod")]
        if any(method not in _FONT_METHODS for method in methods):
            raise InputError(
                f"{self._label} is locked (DRM): narrate reads only books that are not; ask its "
                "publisher for one"
            )

    def _spine(self, left_out: Counter[str]) -> Iterator[_Item]:
        """Yield the pages of the book in the order in which they are read."""
        named = [
            (*target(self._package, each.get("href", "")), each.get("type", ""))
            for each in self._opf.iterfind(".//{*}guide/{*}reference")
        ]
        # A place in a page says nothing of the rest of it.
        guide = {path: what for path, place, what in named if what in _BESIDE and not place}
        refs: dict[str, Element] = {}
        for each in self._opf.iterfind(".//{*}spine/{*}itemref"):
            # What stands there twice is read once.
            refs.setdefault(each.get("idref", ""), each)
        for each in refs.values():
            item = self._items.get(each.get("idref", ""))
            if item is None or item.path not in self._archive.paths:
                left_out["pages that are not in the file"] += 1
            elif "nav" in item.properties:
                left_out["tables of contents"] += 1
            elif item.path in guide:
                left_out[_BESIDE[guide[item.path]]] += 1
            elif each.get("linear") == "no":
                left_out["pages beside the text"] += 1
            elif item.mime in _PAGES or item.path.lower().endswith(_PAGE_NAMES):
                yield item

    def _open_chapters(self, blocks: list[Block], starts: Mapping[str, _Start]) -> None:
        """Say in `blocks` where the chapters of the table of contents begin."""
        opened: dict[int, _Entry] = {}
        entries = [replace(each, path=self._archive.find(each.path)) for each in self._contents()]
        for entry in entries:
            start = starts.get(entry.path)
            if not start or (start.is_empty and _COVER_NAMED.fullmatch(entry.opening.title)):
                continue
            at = start.at + start.places.get(entry.fragment, 0)
            is_lost = entry.fragment and entry.fragment not in start.places
            if at < len(blocks) and not (is_lost and at in opened):
                before = opened.get(at)
                opened[at] = _below(before, entry, starts) if before else entry
        headings = sum(each.kind == "heading" for each in blocks)
        if len(entries) == 1 and [*opened] == [0] and headings > 1:
            # It tells only where the book begins.
            return
        for at, entry in opened.items():
            blocks[at] = replace(blocks[at], opens=entry.opening)

    def _contents(self) -> list[_Entry]:
        """Return the table of contents, from EPUB 3's page or EPUB 2's NCX."""
        for item in self._items.values():
            if "nav" in item.properties and item.path in self._archive.paths:
                with suppress(InputError):
                    text = decode_markup(self._archive.read(item.path), self._label)
                    if entries := [*_nav(xhtml(text, self._label), item.path)]:
                        return entries
        for item in self._items.values():
            if item.mime == "application/x-dtbncx+xml" and item.path in self._archive.paths:
                with suppress(InputError):
                    root = xml(self._archive.read(item.path), self._label, recover=True)
                    return [*_ncx(root, item.path)]
        return []

    def _texts(self, tag: str) -> list[tuple[Element, str]]:
        found = self._opf.iterfind(f".//{{*}}metadata//{{http://purl.org/dc/elements/1.1/}}{tag}")
        texts = [(each, " ".join("".join(map(str, each.itertext())).split())) for each in found]
        return [(each, text) for each, text in texts if text]

    def _refined(self, element: Element, what: str) -> str:
        """Return what a `meta` says about another element."""
        return self._refining.get((f"#{element.get('id')}", what), "")

    def _title(self) -> str:
        titles = self._texts("title")
        main = [text for each, text in titles if self._refined(each, "title-type") == "main"]
        return next(iter([*main, *(text for _, text in titles)]), "")

    def _language(self) -> str:
        return next((text for _, text in self._texts("language")), "")

    def _details(self) -> Details:
        creators = self._texts("creator")
        authors = [
            text
            for each, text in creators
            if (said_of(each, "role") or self._refined(each, "role") or "aut") == "aut"
        ]
        dates = [(said_of(each, "event"), text) for each, text in self._texts("date")]
        dates = [pair for pair in dates if pair[0] != "modification"]
        # EPUB 2 has several dates: that of publication is meant.
        dates.sort(key=lambda pair: pair[0] not in ("publication", ""))
        date = next((date for _, text in dates if (date := date_in(text))), "")
        series, part = self._series()
        return Details(
            authors=tuple(authors),
            publisher=next((text for _, text in self._texts("publisher")), ""),
            date=date,
            description=_plain(next((text for _, text in self._texts("description")), "")),
            series=series,
            series_part=part,
            cover=self._cover(),
        )

    def _series(self) -> tuple[str, str]:
        for each in self._opf.iterfind(".//{*}metadata/{*}meta"):
            if each.get("property") == "belongs-to-collection":
                return (each.text or "").strip(), self._refined(each, "group-position")
        named = {
            each.get("name"): each.get("content", "")
            for each in self._opf.iterfind(".//{*}metadata/{*}meta")
        }
        part = named.get("calibre:series_index", "").removesuffix(".0")
        return named.get("calibre:series", ""), part

    def _cover(self) -> Cover | None:
        """Return the cover picture, if it is one that players show."""
        named = [
            each.get("content", "")
            for each in self._opf.iterfind(".//{*}metadata/{*}meta")
            if each.get("name") == "cover"
        ]
        items = [each for each in self._items.values() if "cover-image" in each.properties]
        items += [self._items[key] for key in named if key in self._items]
        for item in items:
            if item.path in self._archive.paths:
                data = self._archive.read(item.path)
                cover = Cover.of(data)
                if cover and len(data) <= Cover.most:
                    return cover
        return None


def _nav(root: Element, base: str) -> Iterator[_Entry]:
    """Yield the lines of an EPUB 3 table of contents."""
    navs = [each for each in root.iter() if name(each) == "nav"]
    tables = [each for each in navs if "toc" in said_of(each, "type").split()] or navs[:1]
    for table in tables[:1]:
        above: list[tuple[str, int]] = []
        for each in table.iter():
            words = words_of(each)
            level = sum(name(other) == "ol" for other in each.iterancestors())
            if name(each) == "a" and words and (href := each.get("href")):
                # What has no place of its own begins with what is below it.
                yield from (_entry(base, href, *one) for one in above)
                above = []
                yield _entry(base, href, words, level)
            elif name(each) == "span" and _is_in_item(each) and words:
                above.append((words, level))


def _is_of_notes(page: Page) -> bool:
    """Tell whether a page holds notes, under a heading or without one; no mark is in them."""
    return (
        page.left_out["footnotes"] > 0
        and not page.left_out["marks of notes"]
        and all(each.kind == "heading" for each in page.blocks)
    )


def _is_in_item(element: Element) -> bool:
    parent = element.getparent()
    return parent is not None and name(parent) == "li"


def _below(above: _Entry, entry: _Entry, starts: Mapping[str, _Start]) -> _Entry:
    """Return what opens where two lines of the contents do: with the titles of both, if it can."""
    first, second = above.opening.title, entry.opening.title
    if starts[above.path].is_empty and above.opening.level >= entry.opening.level:
        # A picture of its own, and no part that the other is in.
        return entry
    if first == second or len(first) > _LONGEST_TITLE:
        return above
    return replace(entry, opening=replace(entry.opening, title=f"{first} – {second}"))


def _ncx(root: Element, base: str) -> Iterator[_Entry]:
    """Yield the lines of an EPUB 2 table of contents."""
    for point in root.iter("{*}navPoint"):
        label = point.find("{*}navLabel/{*}text")
        content = point.find("{*}content")
        words = " ".join((label.text or "").split()) if label is not None else ""
        if content is not None and words:
            level = 1 + sum(name(each) == "navpoint" for each in point.iterancestors())
            yield _entry(base, content.get("src", ""), words, level)


def _entry(base: str, href: str, words: str, level: int) -> _Entry:
    return _Entry(*target(base, href), Opening(words, min(max(level, 1), _DEEPEST)))


def _plain(description: str) -> str:
    """Return a description without the tags that some shops put into it."""
    if "<" not in description:
        return description
    with suppress(InputError):
        return "\n".join(each.text for each in shown(html(description, "")).blocks)
    return ""
