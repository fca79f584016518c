"""EPUB 3 with Media Overlays: the text, and for each sentence when it sounds.

Sources: EPUB 3.3 (W3C Recommendation), sections 5 (package), 7 (navigation), 9 (media overlays);
EPUB Accessibility 1.1, section 2 (what a book says of its access); OCF, section 4.2 (the ZIP).
"""

from __future__ import annotations

import zipfile
from datetime import UTC
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import ElementMaker

from narrate.audio.codecs import MP3
from narrate.outputs.body import body, listed, tongue
from narrate.outputs.cover import front
from narrate.outputs.mp3 import sound
from narrate.outputs.names import gregorian, identifier
from narrate.outputs.output import Output, milliseconds
from narrate.outputs.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element as Element

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard
    from narrate.outputs.shown import ShownChapter

_XHTML, _OPS = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops"
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_SMIL = "http://www.w3.org/ns/SMIL"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPE, _TEXTREF = f"{{{_OPS}}}type", f"{{{_OPS}}}textref"
_X = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML, "epub": _OPS})
_P = ElementMaker(namespace=_OPF, nsmap={None: _OPF, "dc": _DC})
_D = ElementMaker(namespace=_DC, nsmap={"dc": _DC})
_S = ElementMaker(namespace=_SMIL, nsmap={None: _SMIL, "epub": _OPS})
_ACTIVE = "-epub-media-overlay-active"
_ROOT = "EPUB"
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789.")
_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    f'<rootfile full-path="{_ROOT}/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>\n"
)
_STYLE = f"""\
html {{ line-height: 1.8; text-align: start; }}
h1, h2 {{ line-height: 1.4; }}
.emphasis {{ font-weight: bold; }}
.verse {{ text-align: center; }}
.title {{ font-size: 1.5em; font-weight: bold; }}
ul.numbered {{ list-style: none; }}
.{_ACTIVE} {{ background-color: #ffe08a; color: #1a1a1a; }}
"""
_SUMMARY = (
    "متن و صدای کتاب جمله به جمله با هم‌اند: هر جمله هنگام خوانده شدن نشان داده می‌شود. "
    "فهرست به همه‌ی فصل‌ها می‌رسد. همه‌ی کتاب را می‌توان خواند یا شنید."
)
_ACCESS = (
    ("accessMode", "textual"),
    ("accessMode", "auditory"),
    ("accessModeSufficient", "textual"),
    ("accessModeSufficient", "auditory"),
    ("accessModeSufficient", "textual,auditory"),
    ("accessibilityFeature", "synchronizedAudioText"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", _SUMMARY),
)


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write `audiobook` as EPUB at `path`."""
    chapters = shown(audiobook)
    cover = front(audiobook.book)
    with zipfile.ZipFile(path, "w") as file:
        _add(file, "mimetype", [b"application/epub+zip"], zipfile.ZIP_STORED)
        _add(file, "META-INF/container.xml", [_CONTAINER.encode()])
        _add(file, f"{_ROOT}/package.opf", [_bytes(_package(audiobook, chapters))])
        _add(file, f"{_ROOT}/nav.xhtml", [_page(_navigation(audiobook, chapters))])
        _add(file, f"{_ROOT}/style.css", [_STYLE.encode()])
        _add(file, f"{_ROOT}/cover{cover.suffix}", [cover.data], zipfile.ZIP_STORED)
        for each in chapters:
            _add(file, f"{_ROOT}/{each.id}.xhtml", [_page(_text(each, audiobook))])
            _add(file, f"{_ROOT}/{each.id}.smil", [_bytes(_overlay(each))])
        for each in chapters:
            pieces = sound(each.timeline, audiobook.gains, heard)
            _add(file, f"{_ROOT}/{each.id}.mp3", pieces, zipfile.ZIP_STORED)


OUTPUT = Output("epub", ".epub", None, MP3, write, shows_text=True)


def _add(
    file: zipfile.ZipFile, name: str, data: Iterable[bytes], how: int = zipfile.ZIP_DEFLATED
) -> None:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = how
    entry.external_attr = 0o644 << 16
    with file.open(entry, "w") as opened:
        opened.writelines(data)


def _bytes(root: Element, doctype: str | None = None) -> bytes:
    etree.cleanup_namespaces(root, keep_ns_prefixes=["epub", "dc"])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, doctype=doctype)


def _page(root: Element) -> bytes:
    return _bytes(root, "<!DOCTYPE html>")


def _package(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Element:
    language = audiobook.book.language
    items = [_P.itemref(idref=each.id) for each in chapters]
    spine = _P.spine(*items, **{"page-progression-direction": "rtl"})
    return _P.package(
        _P.metadata(*_metadata(audiobook, chapters)),
        _P.manifest(*_manifest(audiobook, chapters)),
        spine,
        **{
            "version": "3.0",
            "unique-identifier": "id",
            "dir": "rtl",
            "prefix": "a11y: http://www.idpf.org/epub/vocab/package/a11y/#",
            _XML_LANG: language,
        },
    )


def _metadata(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Iterator[Element]:
    book, details = audiobook.book, audiobook.book.details
    yield _D.identifier(identifier(book), id="id")
    yield _D.title(audiobook.title, id="title")
    yield _D.language(book.language)
    for role, names in (("aut", details.authors), ("nrt", details.narrators)):
        for number, name in enumerate(names, 1):
            own = f"{role}{number}"
            yield (_D.creator if role == "aut" else _D.contributor)(name, id=own)
            yield _meta("role", role, refines=f"#{own}", scheme="marc:relators")
    for name, text in (
        ("publisher", details.publisher),
        ("date", gregorian(details.date)),
        ("description", details.description),
    ):
        if text:
            yield _D(name, text)
    if details.series:
        yield _meta("belongs-to-collection", details.series, id="series")
        yield _meta("collection-type", "series", refines="#series")
        if details.series_part:
            place = details.series_part.translate(_DIGITS)
            yield _meta("group-position", place, refines="#series")
    made = audiobook.made.astimezone(UTC)
    yield _meta("dcterms:modified", f"{made:%Y-%m-%dT%H:%M:%SZ}")
    for name, text in _ACCESS:
        yield _meta(f"schema:{name}", text)
    yield _meta("media:active-class", _ACTIVE)
    for narrator in details.narrators:
        yield _meta("media:narrator", narrator)
    for each in chapters:
        yield _meta("media:duration", _seconds(each.heard), refines=f"#{each.id}-overlay")
    yield _meta("media:duration", _seconds(sum(each.heard for each in chapters)))


def _meta(name: str, text: str, **more: str) -> Element:
    return _P.meta(text, property=name, **more)


def _manifest(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Iterator[Element]:
    yield _item("nav", "nav.xhtml", "application/xhtml+xml", properties="nav")
    yield _item("style", "style.css", "text/css")
    cover = front(audiobook.book)
    yield _item("cover", f"cover{cover.suffix}", cover.mime, properties="cover-image")
    for each in chapters:
        overlay, name = f"{each.id}-overlay", each.id
        yield _item(name, f"{name}.xhtml", "application/xhtml+xml", **{"media-overlay": overlay})
        yield _item(overlay, f"{name}.smil", "application/smil+xml")
        yield _item(f"{name}-audio", f"{name}.mp3", "audio/mpeg")


def _item(own: str, href: str, kind: str, **more: str) -> Element:
    return _P.item(id=own, href=href, **{"media-type": kind}, **more)


def _navigation(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Element:
    entries = [
        (each.depth, _X.li(_X.a(each.title, href=f"{each.id}.xhtml", **tongue(each.language))))
        for each in chapters
    ]
    contents = _X.nav(
        _X.h1("فهرست"), listed(entries, _X), **{_TYPE: "toc", "role": "doc-toc", "id": "toc"}
    )
    return _html(audiobook, "فهرست", [contents])


def _text(chapter: ShownChapter, audiobook: Audiobook) -> Element:
    blocks = body(chapter, _X, lambda run, content: _X.span(*content, id=run.id))
    said = {"id": chapter.id, _TYPE: "chapter", "role": "doc-chapter"}
    section = _X.section(*blocks, **said, **{"aria-label": chapter.title})
    return _html(audiobook, chapter.title, [section])


def _html(audiobook: Audiobook, title: str, content: Iterable[Element]) -> Element:
    language = audiobook.book.language
    return _X.html(
        _X.head(
            _X.meta(charset="UTF-8"),
            _X.title(title),
            _X.link(rel="stylesheet", type="text/css", href="style.css"),
        ),
        _X.body(*content),
        **{"lang": language, _XML_LANG: language, "dir": "rtl"},
    )


def _overlay(chapter: ShownChapter) -> Element:
    text = f"{chapter.id}.xhtml"
    pars = [
        _S.par(
            _S.text(src=f"{text}#{own}"),
            _S.audio(
                src=f"{chapter.id}.mp3",
                clipBegin=_seconds(milliseconds(cue.begin, chapter.timeline.rate)),
                clipEnd=_seconds(milliseconds(cue.end, chapter.timeline.rate)),
            ),
            id=f"{own}-par",
        )
        for own, cue in chapter.sentences
    ]
    seq = _S.seq(*pars, **{_TEXTREF: f"{text}#{chapter.id}", _TYPE: "chapter", "id": "chapter"})
    return _S.smil(_S.body(seq), version="3.0")


def _seconds(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.3f}s"
