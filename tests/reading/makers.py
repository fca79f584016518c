"""Books as real programs make them: EbookLib's EPUB, python-docx's Word file, and pages."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import docx
from ebooklib import epub

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)
"""A PNG of one pixel."""

TITLE, AUTHOR = "باغ گمشده", "سارا نوری"


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter to be: its heading, its paragraphs, and its parts."""

    title: str
    paragraphs: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())


BOOK = (
    Part(
        "فصل یکم: آغاز راه",
        (
            "در سال ۱۳۲۰ در شهری دور مردی زندگی می‌کرد که باغی داشت.",
            "باغ پر از درختان میوه بود و همه‌ی مردم شهر آن را می‌شناختند.",
        ),
    ),
    Part(
        "فصل دوم: زمستان",
        ("زمستان که رسید، برف همه‌جا را پوشاند.", "او گفت: «باید صبر کرد.»"),
        (Part("بخش یکم: بهمن", ("بهمن سرد بود و کسی به باغ نمی‌رفت.",)),),
    ),
    Part("فصل سوم: بهار", ("و بهار آمد.",)),
)


def texts_of(parts: tuple[Part, ...] = BOOK) -> list[str]:
    """Return all that is to be read, in order."""
    return [
        text for part in parts for text in (part.title, *part.paragraphs, *texts_of(part.parts))
    ]


def _id(title: str) -> str:
    return f"i{zlib.crc32(title.encode())}"


def html_of(parts: tuple[Part, ...] = BOOK, level: int = 2) -> str:
    """Return the body of a page."""
    return "\n".join(
        f'<h{level} id="{_id(part.title)}">{part.title}</h{level}>'
        + "".join(f"<p>{text}</p>" for text in part.paragraphs)
        + html_of(part.parts, level + 1)
        for part in parts
    )


def epub_of(version: int = 3) -> bytes:
    """Return an EPUB of `BOOK` by EbookLib, one file a chapter."""
    book = epub.EpubBook()
    book.set_identifier("narrate-test")
    book.set_title(TITLE)
    book.set_language("fa-IR")
    book.add_author(AUTHOR)
    book.set_cover("cover.png", PICTURE)
    book.add_metadata("DC", "publisher", "نشر نو")
    book.add_metadata("DC", "date", "2021-03-04")
    pages, table = [], []
    for number, part in enumerate(BOOK, 1):
        name = f"text/part {number}.xhtml"
        page = epub.EpubHtml(title=part.title, file_name=name, lang="fa")
        page.content = html_of((part,), 1)
        book.add_item(page)
        pages.append(page)
        inner = [
            epub.Link(f"{name}#{_id(each.title)}", each.title, f"n{number}") for each in part.parts
        ]
        table.append((epub.Section(part.title, href=name), inner) if inner else page)
    book.toc = table
    book.add_item(epub.EpubNcx())
    if version == 3:
        book.add_item(epub.EpubNav())
    book.spine = ["cover", *(["nav"] if version == 3 else []), *pages]
    stream = io.BytesIO()
    epub.write_epub(stream, book)
    return stream.getvalue()


def docx_of() -> bytes:
    """Return a Word file of `BOOK` by python-docx."""
    document = docx.Document()
    document.core_properties.title = TITLE
    document.core_properties.author = AUTHOR

    def add(parts: tuple[Part, ...], level: int) -> None:
        for part in parts:
            document.add_heading(part.title, level)
            for text in part.paragraphs:
                document.add_paragraph(text)
            add(part.parts, level + 1)

    add(BOOK, 1)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def page_of() -> bytes:
    """Return a page of HTML with `BOOK` and nothing around it."""
    return (
        '<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8">'
        f'<title>{TITLE}</title><meta name="author" content="{AUTHOR}"></head>'
        f"<body>{html_of()}</body></html>"
    ).encode()


def markdown_of(parts: tuple[Part, ...] = BOOK, level: int = 1) -> str:
    """Return `BOOK` in Markdown."""
    found = []
    for part in parts:
        found += [f"{'#' * level} {part.title}", *part.paragraphs]
        found += [markdown_of(part.parts, level + 1)] if part.parts else []
    return "\n\n".join(found)


def packed(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP archive of `files`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def plain_of() -> str:
    """Return `BOOK` as plain text."""
    return "\n\n".join(texts_of())
