"""Word's .docx → blocks, by styles, outline levels and numbering; notes and changes left out.

Source: ECMA-376, Part 1: 17.3 (paragraphs and runs), 17.4 (tables), 17.7 (styles, with the names of
those that are built in); Part 2: 11 (core properties).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from narrate.errors import InputError
from narrate.model import Details
from narrate.reading.archive import Archive, names_in, target
from narrate.reading.document import Block, Document, Format
from narrate.reading.markup import row as as_row
from narrate.reading.numbering import Lists, number, value_of
from narrate.reading.trees import name, said_of, xml
from narrate.reading.verse import hemistichs, is_verse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element as Element

    from narrate.reading.document import BlockKind
    from narrate.reading.source import Source

_TYPES = "[Content_Types].xml"
_PARTS = "_rels/.rels"
_ABOUT = "docProps/core.xml"
_KINDS: dict[str, BlockKind] = {
    "title": "heading",
    **dict.fromkeys(("quote", "intense quote", "block text", "quotations", "نقل قول"), "quote"),
    **dict.fromkeys(("verse", "poem", "poetry", "شعر"), "verse"),
}
"""By the names of styles, in lower case."""
_BESIDE = {"author": "title pages", "date": "title pages", "subtitle": ""}
_CONTENTS = re.compile(r"(?:toc|contents|table of figures|index)(?: heading| \d)?")
_HEADING = re.compile(r"(?:heading|عنوان|سرفصل) ?(\d)")
_SIGNS = {"tab": "\t", "nobreakhyphen": "-", "softhyphen": "\u200c"}
"""What elements stand for; in old versions of Word half-spaces were typed as soft hyphens."""
_DEEPEST_STYLE = 20
_LOWEST = 99
_PLAIN = ("body", "emphasis", "verse")
_NO_TITLE = re.compile(
    r"(?:Microsoft Word - )?(?:.*\.(?:docx?|rtf)|Document ?\d*)|Untitled.*|بدون عنوان",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"(?:.* )?(?:user|admin|administrator|owner|python-docx)|کاربر", re.IGNORECASE)
"""What programs put where a title and an author are to be."""
_APART = ("txbxcontent", "fallback", "del", "movefrom", "ppr", "rpr")
"""What is in a run of text and is no part of it."""


def is_docx(source: Source) -> bool:
    """Tell whether `source` is a Word file."""
    names = names_in(source)
    return _TYPES in names and any(each.startswith("word/document") for each in names)


def read_docx(source: Source) -> Document:
    """Return what a Word file holds. Raises `InputError`."""
    return _Reader(Archive(source.stream, source.label)).read()


DOCX = Format("Word", is_docx, read_docx)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph's style, or the one that it is based on, makes of it."""

    kind: BlockKind = "body"
    level: int = 1
    left_out: str = ""
    is_title: bool = False
    list: str = ""
    """The number of the list that its paragraphs are in."""
    depth: int = 0


@dataclass(slots=True)
class _Text:
    """The text of a paragraph, and whether all of it is stressed."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    stressed: int = 0


class _Reader:
    """Reads one file."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._left_out = Counter[str]()
        self._is_titled = False
        main = "word/document.xml"
        for each in self._parts_of(_PARTS):
            if each.get("Type", "").endswith("/officeDocument"):
                main = target("", each.get("Target", "").lstrip("/"))[0]
        body = self._root(main).find("{*}body")
        if body is None:
            raise InputError(f"{archive.label} is damaged: it has no body")
        self._body = body
        styles = self._parts_of(target(main, "styles.xml")[0])
        self._styles = {said_of(each, "styleId"): each for each in styles}
        self._meant: dict[str, _Style] = {}
        self._lists = Lists(self._parts_of(target(main, "numbering.xml")[0]))

    def read(self) -> Document:
        """Return the document."""
        blocks = [*self._blocks(self._body)]
        told = {name(each): _line(each) for each in self._parts_of(_ABOUT)}
        title = "" if _NO_TITLE.fullmatch(told.get("title", "")) else told.get("title", "")
        first = blocks[0] if blocks else None
        if first and (self._is_titled or (not title and _is_above_all(blocks))):
            title = first.text
        people = map(str.strip, told.get("creator", "").split(";"))
        details = Details(
            authors=tuple(each for each in people if each and not _NOBODY.fullmatch(each)),
            publisher=told.get("publisher", ""),
            description=told.get("description", ""),
        )
        return Document(blocks, title, details, told.get("language", ""), +self._left_out)

    def _root(self, path: str) -> Element:
        return xml(self._archive.read(path), f"{self._archive.label}: {path}")

    def _parts_of(self, path: str) -> list[Element]:
        """Return what is in the file at `path`, if there is one."""
        return [*self._root(path)] if path in self._archive.paths else []

    def _blocks(self, parent: Element) -> Iterator[Block]:
        """Yield what is in a body, a cell, or anything else that holds paragraphs."""
        for element in parent:
            tag = name(element)
            if tag == "p":
                yield from self._paragraph(element)
            elif tag == "tbl":
                yield from self._table(element)
            elif tag == "sdt":
                if "table of contents" in _gallery(element):
                    self._left_out["tables of contents"] += 1
                elif not _is_unfilled(element):
                    yield from self._blocks(element)
            elif tag in ("sdtcontent", "ins", "moveto", "customxml", "smarttag"):
                yield from self._blocks(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = paragraph.find("{*}pPr")
        style = self._style_of(properties)
        if style.left_out:
            self._left_out[style.left_out] += 1
            return
        text = _Text()
        self._gather(paragraph, text)
        lines = [line.strip() for line in "".join(text.parts).split("\n")]
        lines = [line for line in lines if line.strip("\u200c\ufeff ")]
        self._is_titled = self._is_titled or (style.is_title and bool(lines))
        label = self._label(properties, style) if lines else ""
        stressed = 0 < text.letters == text.stressed
        yield from _as_blocks(lines, style, label, stressed=stressed)
        for box in paragraph.iter("{*}txbxContent"):
            around = {name(each) for each in box.iterancestors()}
            # What is in a box in a box comes with its paragraph there.
            if "fallback" not in around and next(box.iterancestors("{*}p")) is paragraph:
                yield from self._blocks(box)

    def _style_of(self, properties: Element | None) -> _Style:
        if properties is None:
            return _Style()
        key = value_of(properties, "pStyle")
        if key not in self._meant:
            self._meant[key] = _style(key, self._styles)
        style = self._meant[key]
        outline = value_of(properties, "outlineLvl")
        if style.kind == "body" and outline in set("012345678"):
            return _Style("heading", int(outline) + 1)
        return style

    def _label(self, properties: Element | None, style: _Style) -> str:
        """Return the number that Word shows before a paragraph; `•` for one without."""
        numbering = properties.find("{*}numPr") if properties is not None else None
        key, depth = style.list, style.depth
        if numbering is not None:
            key = value_of(numbering, "numId") or key
            depth = number(value_of(numbering, "ilvl"), depth)
        return self._lists.next(key, depth) if key and key != "0" else ""

    def _gather(self, element: Element, text: _Text, *, is_stressed: bool = False) -> None:
        for each in element:
            tag = name(each)
            if tag in _APART or (tag == "sdt" and _is_unfilled(each)):
                continue
            if tag == "t":
                part = each.text or ""
                text.parts.append(part)
                letters = sum(map(str.isalnum, part))
                text.letters += letters
                text.stressed += letters if is_stressed else 0
            elif tag in ("br", "cr"):
                text.parts.append(" " if said_of(each, "type") else "\n")
            elif tag in _SIGNS:
                text.parts.append(_SIGNS[tag])
            elif tag in ("footnotereference", "endnotereference"):
                self._left_out["footnotes"] += 1
            elif tag == "r":
                look = each.find("{*}rPr")
                if look is None or not _is_on(look, "vanish"):
                    stress = look is not None and any(_is_on(look, what) for what in _STRESS)
                    self._gather(each, text, is_stressed=stress)
            else:
                self._gather(each, text, is_stressed=is_stressed)

    def _table(self, table: Element) -> Iterator[Block]:
        for row in table.iter("{*}tr"):
            if next(row.iterancestors("{*}tbl")) is not table:
                continue
            own = (each for each in row.iter("{*}tc") if next(each.iterancestors("{*}tr")) is row)
            cells = [cell for each in own if (cell := [*self._blocks(each)])]
            plain = all(each.kind in _PLAIN for cell in cells for each in cell)
            if len(cells) > 1 and plain:
                yield as_row(["\n".join(each.text for each in cell) for cell in cells])
            else:
                yield from (each for cell in cells for each in cell)


_STRESS = ("b", "bCs", "i", "iCs")


def _as_blocks(lines: list[str], style: _Style, label: str, *, stressed: bool) -> Iterator[Block]:
    if not lines:
        return
    if style.kind == "heading":
        number = "" if label == "•" else label
        yield Block("heading", " ".join([number, *lines]).strip(), style.level)
    elif style.kind == "verse" or is_verse(lines) or len(hemistichs(lines[0])) > 1:
        yield Block("verse", "\n".join(half for line in lines for half in hemistichs(line)))
    elif label:
        number = "" if label == "•" else f"{label} "
        yield from (Block("item", f"{number}{line}") for line in lines[:1])
        yield from (Block("item", line) for line in lines[1:])
    else:
        kind: BlockKind = "emphasis" if stressed and style.kind == "body" else style.kind
        yield from (Block(kind, " ".join(line.split())) for line in lines)


def _style(called: str, styles: Mapping[str, Element]) -> _Style:
    """Return what a style makes of its paragraphs, itself or by one that it is based on."""
    key, depth = "", 0
    for each in _ancestry(called, styles):
        properties = each.find("{*}pPr")
        if properties is not None:
            numbering = properties.find("{*}numPr")
            if numbering is not None and not key:
                key = value_of(numbering, "numId")
                depth = number(value_of(numbering, "ilvl"), 0)
            outline = value_of(properties, "outlineLvl")
        else:
            outline = ""
        if found := _named(value_of(each, "name").lower(), outline):
            return replace(found, list=key, depth=depth or found.level - 1)
    return _Style(list=key, depth=depth)


def _named(called: str, outline: str) -> _Style | None:
    """Return what a style is by its name or its outline level, if these tell."""
    if match := _HEADING.fullmatch(called):
        return _Style("heading", int(match[1]))
    if called in _BESIDE:
        return _Style(left_out=_BESIDE[called])
    if _CONTENTS.fullmatch(called):
        return _Style(left_out="tables of contents")
    if called in _KINDS:
        return _Style(_KINDS[called], is_title=called == "title")
    return _Style("heading", int(outline) + 1) if outline in set("012345678") else None


def _ancestry(called: str, styles: Mapping[str, Element]) -> Iterator[Element]:
    for _ in range(_DEEPEST_STYLE):
        if called not in styles:
            return
        yield styles[called]
        called = value_of(styles[called], "basedOn")


def _is_above_all(blocks: Sequence[Block]) -> bool:
    """Tell whether a book begins with a heading that no other is as high as."""
    levels = [each.level for each in blocks if each.kind == "heading"]
    return blocks[0].kind == "heading" and min(levels[1:], default=_LOWEST) > levels[0]


def _is_unfilled(block: Element) -> bool:
    """Tell whether a field of a form shows only what is to be written there."""
    return block.find("{*}sdtPr/{*}showingPlcHdr") is not None


def _gallery(block: Element) -> str:
    """Return from which of Word's galleries a block comes."""
    return " ".join(
        said_of(each, "val") for each in block.iterfind("{*}sdtPr//{*}docPartGallery")
    ).lower()


def _is_on(look: Element, what: str) -> bool:
    found = look.find(f"{{*}}{what}")
    return found is not None and said_of(found, "val") not in ("0", "false", "off")


def _line(element: Element) -> str:
    return " ".join((element.text or "").split())
