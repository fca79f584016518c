"""One book in every format: the same chapters and paragraphs, whoever made the file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError
from narrate.reading import read_source
from narrate.reading.source import Source
from tests.reading import makers

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.model import Book

FILES: dict[str, Callable[[], bytes]] = {
    "EPUB 3": lambda: makers.epub_of(3),
    "EPUB 2": lambda: makers.epub_of(2),
    "Word": makers.docx_of,
    "HTML": makers.page_of,
    "Markdown": f"---\nauthor: {makers.AUTHOR}\n---\n\n{makers.markdown_of()}".encode,
    "plain text": makers.plain_of().encode,
}


def book_of(data: bytes, name: str = "کتاب", suffix: str = "") -> Book:
    return read_source(Source(name, io.BytesIO(data), "the file", suffix))


def texts(book: Book) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for chapter in book.chapters for each in chapter.paragraphs]


@pytest.mark.parametrize("name", FILES)
def test_one_text_gives_the_same_paragraphs_and_chapters_in_every_format(name: str) -> None:
    book = book_of(FILES[name]())

    assert [text for _, text in texts(book)] == makers.texts_of()
    assert [each.title for each in book.chapters] == [
        "فصل یکم: آغاز راه",
        "فصل دوم: زمستان",
        "بخش یکم: بهمن",
        "فصل سوم: بهار",
    ]
    assert {kind for kind, _ in texts(book)} == {"heading", "body"}
    if name != "plain text":
        assert [each.level for each in book.chapters] == [1, 1, 2, 1]
        assert book.details.authors == (makers.AUTHOR,)


def test_chapters_that_are_only_named_are_found_where_no_heading_is() -> None:
    page = (
        "<html><body><p><b>فصل اول: راه</b></p><p>متن.</p><p>فصل دوم</p><p>متن.</p></body></html>"
    )

    assert [each.title for each in book_of(page.encode()).chapters] == ["فصل اول: راه", "فصل دوم"]


@pytest.mark.parametrize(
    "credit", ["نوشته‌ی سارا نوری", "نویسنده: سارا نوری", "به قلم سارا نوری", "نوشته: سارا نوری"]
)
def test_a_title_may_have_its_author_below_it(credit: str) -> None:
    book = book_of(f"گزارش یک سفر\n{credit}\nترجمه: کسی\n\nمتن آغاز شد.".encode())

    assert (book.title, book.details.authors) == ("گزارش یک سفر", ("سارا نوری",))


def test_tasks_are_read_without_their_boxes() -> None:
    book = book_of("- [ ] خرید چادر\n- [x] خرید آب".encode(), suffix=".md")

    assert [text for _, text in texts(book)] == ["خرید چادر", "خرید آب"]


@pytest.mark.parametrize("version", [2, 3])
def test_an_epub_tells_all_that_a_catalogue_wants(version: int) -> None:
    book = book_of(makers.epub_of(version))

    assert (book.title, book.language) == (makers.TITLE, "fa-IR")
    assert (book.details.publisher, book.details.date) == ("نشر نو", "2021-03-04")
    assert book.details.cover
    assert book.details.cover.data == makers.PICTURE


@pytest.mark.parametrize(
    ("head", "message"),
    [
        (b"%PDF-1.7\n", "a PDF, .* convert"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"an old Word file: .* \.docx"),
        (b"{\\rtf1\\ansi", r"RTF file: .* \.docx"),
        (bytes(60) + b"BOOKMOBI", "Kindle book: .*epub"),
        (makers.PICTURE, "a picture"),
        (b"ID3\x03", "a sound file"),
        (makers.packed({"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
        (makers.packed({"a.txt": "x"})[:60], "damaged"),
        (makers.packed({"a.txt": "x"}), "ZIP archive"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_says_what_to_convert_it_with(head: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^the file is .*{message}"):
        book_of(head + bytes(100))
