"""Word: what its writer sees is read, and nothing that Word keeps beside it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import docx
import pytest
from lxml import etree

from tests.reading.makers import packed
from tests.reading.test_formats import book_of, texts

if TYPE_CHECKING:
    from docx.document import Document

    from narrate.model import Book

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def of_xml(body: str) -> Book:
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return book_of(packed({"[Content_Types].xml": TYPES, "word/document.xml": document}))


def of(document: Document) -> Book:
    stream = io.BytesIO()
    document.save(stream)
    return book_of(stream.getvalue())


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def control(content: str, properties: str = "") -> str:
    sdt = f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    etree.fromstring(f'<x xmlns:w="{WORD}">{sdt}</x>')
    return sdt


def test_a_cell_in_a_content_control_is_read() -> None:
    cells = f"<w:tc>{p('نام')}</w:tc>" + control(f"<w:tc>{p('سارا نوری')}</w:tc>")

    assert texts(of_xml(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")) == [("row", "نام، سارا نوری")]


def test_what_a_form_asks_for_is_not_read() -> None:
    empty = control(p("برای نوشتن اینجا کلیک کنید"), "<w:showingPlcHdr/>")

    assert texts(of_xml(p("متن فارسی.") + empty)) == [("body", "متن فارسی.")]


def test_a_box_in_a_box_is_read_once() -> None:
    def box(content: str) -> str:
        return f"<w:p><w:r><w:pict><w:txbxContent>{content}</w:txbxContent></w:pict></w:r></w:p>"

    assert texts(of_xml(box(p("بیرونی") + box(p("درونی"))))) == [
        ("body", "بیرونی"),
        ("body", "درونی"),
    ]


def test_columns_of_hemistichs_are_read_line_by_line() -> None:
    columns = (
        ("بنی آدم اعضای یکدیگرند", "چو عضوی به درد آورد روزگار"),
        ("که در آفرینش ز یک گوهرند", "دگر عضوها را نماند قرار"),
    )
    cells = "".join(f"<w:tc>{''.join(map(p, column))}</w:tc>" for column in columns)

    ((kind, text),) = texts(of_xml(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))

    assert kind == "verse"
    assert text.split("\n") == [columns[0][0], columns[1][0], columns[0][1], columns[1][1]]


@pytest.mark.parametrize("told", ["Microsoft Word - Document1", "نوشته.docx", "نام دیگر", ""])
def test_a_title_that_is_seen_is_the_title(told: str) -> None:
    document = docx.Document()
    document.core_properties.title = told
    document.core_properties.author = "Windows User"
    document.add_paragraph("باغ گمشده", style="Title")
    document.add_heading("فصل یک", 1)
    document.add_paragraph("متن یکم اینجا است.")

    book = of(document)

    assert (book.title, book.details.authors) == ("باغ گمشده", ())
    assert [each.title for each in book.chapters] == ["فصل یک"]


def test_what_a_program_calls_a_file_is_no_title() -> None:
    document = docx.Document()
    document.core_properties.title = "Microsoft Word - Document1"
    document.add_heading("فصل یک", 1)
    document.add_paragraph("متن یکم اینجا است.")

    assert "Document1" not in of(document).title


def test_a_soft_hyphen_is_a_half_space() -> None:
    word = "<w:p><w:r><w:t>رود</w:t><w:softHyphen/><w:t>ها</w:t></w:r></w:p>"

    assert texts(of_xml(word)) == [("body", "رود\u200cها")]


@pytest.mark.parametrize(("form", "start"), [("decimal", 0), ("upperRoman", 4)])
def test_items_are_counted_as_word_counts_them(form: str, start: int) -> None:
    numbering = (
        f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    listed = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    body = "".join(p(text).replace("<w:p>", f"<w:p>{listed}") for text in ("سیب", "گلابی"))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    files = {"[Content_Types].xml": TYPES, "word/document.xml": document}

    book = book_of(packed(files | {"word/numbering.xml": numbering}))

    digits = "۰۱۲۳۴۵۶"
    assert texts(book) == [
        ("item", f"{digits[start]}. سیب"),
        ("item", f"{digits[start + 1]}. گلابی"),
    ]


def test_chapters_alike_give_no_title() -> None:
    document = docx.Document()
    for title in ("آغاز راه", "پایان راه"):
        document.add_heading(title, 1)
        document.add_paragraph("متن یکم اینجا است.")

    book = of(document)

    assert [each.title for each in book.chapters] == ["آغاز راه", "پایان راه"]
    assert book.title == "کتاب"
