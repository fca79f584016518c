"""EPUB: the order, the chapters and the people are those that the book's own package tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError
from tests.reading import makers
from tests.reading.test_formats import book_of, texts

if TYPE_CHECKING:
    from narrate.model import Book

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">{}</html>'
)
ONE = "<body><h1>یک</h1><p>متن یک.</p><h2 id='b'>یک و نیم</h2><p>متن نیم.</p></body>"
TWO = "<body><p>متن دو.</p></body>"


def made(
    contents: str = "",
    metadata: str = "",
    pages: tuple[str, ...] = (ONE, TWO),
    more: dict[str, bytes] | None = None,
) -> bytes:
    """Return an EPUB with those pages; `contents` is the inside of its page of contents."""
    names = [f"p {number}.xhtml" for number in range(len(pages))]
    items = "".join(
        f'<item id="i{number}" href="{name.replace(" ", "%20")}" '
        'media-type="application/xhtml+xml"/>'
        for number, name in enumerate(names)
    )
    refs = "".join(f'<itemref idref="i{number}"/>' for number in range(len(pages)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>'
        f"<manifest>{items}<item id='nav' href='nav.xhtml' properties='nav' "
        "media-type='application/xhtml+xml'/>"
        "<item id='pic' href='c.png' media-type='image/png'/></manifest>"
        f"<spine><itemref idref='nav'/>{refs}</spine></package>"
    )
    files: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "EPUB/book.opf": package,
        "EPUB/nav.xhtml": PAGE.format(f"<body><nav epub:type='toc'>{contents}</nav></body>"),
        **{f"EPUB/{name}": PAGE.format(page) for name, page in zip(names, pages, strict=True)},
    }
    return makers.packed(files | (more or {}))


def outline(book: Book) -> list[tuple[int, str]]:
    return [(each.level, each.title) for each in book.chapters]


def test_chapters_are_those_of_the_contents_with_their_depth() -> None:
    contents = (
        "<ol><li><a href='p%200.xhtml'>آغاز</a><ol><li><a href='p%200.xhtml#b'>میانه</a></li></ol>"
        "</li><li><a href='p%201.xhtml'>پایان</a></li></ol>"
    )

    book = book_of(made(contents))

    assert outline(book) == [(1, "آغاز"), (2, "میانه"), (1, "پایان")]
    assert texts(book)[2:4] == [("heading", "یک و نیم"), ("body", "متن نیم.")]
    assert book.left_out == {"tables of contents": 1}


def test_a_book_without_contents_is_cut_at_its_headings() -> None:
    assert outline(book_of(made())) == [(1, "یک"), (2, "یک و نیم")]


def test_what_stands_before_the_first_chapter_is_read() -> None:
    book = book_of(made("<ol><li><a href='p%201.xhtml'>پایان</a></li></ol>"))

    assert outline(book) == [(1, "یک"), (1, "پایان")]


def test_two_lines_for_one_place_are_one_chapter_with_both_names() -> None:
    contents = (
        "<ol><li><a href='p%201.xhtml'>بخش دو</a><ol><li><a href='p%201.xhtml'>فصل یک</a></li></ol>"
        "</li></ol>"
    )

    assert outline(book_of(made(contents)))[-1] == (2, "بخش دو – فصل یک")


def test_people_are_told_apart_by_their_roles() -> None:
    old = (
        '<dc:title>کتاب</dc:title><dc:creator opf:role="trl">مترجم</dc:creator>'
        '<dc:creator opf:role="aut">نویسنده</dc:creator>'
    )
    new = (
        '<dc:title>کتاب</dc:title><dc:creator id="a">نویسنده</dc:creator>'
        '<dc:creator id="b">ویراستار</dc:creator>'
        '<meta refines="#b" property="role" scheme="marc:relators">edt</meta>'
    )

    assert [book_of(made("", each)).details.authors for each in (old, new)] == [("نویسنده",)] * 2


def test_the_main_title_the_series_and_the_description_are_told() -> None:
    metadata = (
        '<dc:title id="s">جلد یکم</dc:title><dc:title id="m">تاریخ</dc:title>'
        '<meta refines="#m" property="title-type">main</meta>'
        '<meta property="belongs-to-collection" id="c">ایران</meta>'
        '<meta refines="#c" property="group-position">2</meta>'
        "<dc:description>&lt;p&gt;درباره‌ی &lt;b&gt;ایران&lt;/b&gt;&lt;/p&gt;</dc:description>"
        '<dc:date opf:event="conversion">2020-01-01</dc:date>'
        '<dc:date opf:event="publication">1999</dc:date>'
    )

    book = book_of(made("", metadata))

    details = book.details
    assert (book.title, details.series, details.series_part) == ("تاریخ", "ایران", "2")
    assert (details.description, details.date) == ("درباره‌ی ایران", "1999")


def test_a_series_of_calibre_is_one() -> None:
    metadata = (
        "<meta name='calibre:series' content='ایران'/>"
        "<meta name='calibre:series_index' content='2.0'/>"
    )

    details = book_of(made("", metadata)).details

    assert (details.series, details.series_part) == ("ایران", "2")


def test_pages_of_which_nothing_is_read_are_no_chapters() -> None:
    notes = "<body><h1>یادداشت‌ها</h1><aside epub:type='footnote'><p>نه</p></aside></body>"
    imprint = "<body><div epub:type='copyright-page'>نه</div></body>"
    contents = "".join(
        f"<li><a href='p%20{number}.xhtml'>{title}</a></li>"
        for number, title in enumerate(("شناسنامه", "آغاز", "یادداشت‌ها"))
    )

    book = book_of(made(f"<ol>{contents}</ol>", pages=(imprint, ONE, notes)))

    assert outline(book) == [(1, "آغاز")]


def test_an_old_cover_is_found_by_its_name() -> None:
    book = book_of(
        made("", "<meta name='cover' content='pic'/>", more={"EPUB/c.png": makers.PICTURE})
    )

    assert book.details.cover
    assert book.details.cover.mime == "image/png"


def test_a_book_without_a_package_says_so() -> None:
    data = makers.packed({"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER})

    with pytest.raises(InputError, match=r"damaged: EPUB/book\.opf is not in it"):
        book_of(data)
