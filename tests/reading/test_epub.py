"""EPUB: the order, the chapters and the people are those that the book's own package tells."""

from __future__ import annotations

import io
import zipfile
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


def item(href: str, title: str, more: str = "") -> str:
    return f"<li><a href='p%20{href}'>{title}</a>{more}</li>"


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (item("0.xhtml#no", "الف") + item("0.xhtml#b", "ب"), ["الف", "ب"]),
        (item("0.xhtml", "الف") + item("0.xhtml#no", "گم") + item("1.xhtml", "ب"), ["الف", "ب"]),
        (item("0.xhtml", "الف") + item("0.xhtml", "الف") + item("1.xhtml", "ب"), ["الف", "ب"]),
        (item("0.xhtml", "Start"), ["یک", "یک و نیم"]),
        (f"<li><span>بخش</span><ol>{item('0.xhtml', 'الف')}{item('1.xhtml', 'ب')}</ol></li>",
         ["بخش – الف", "ب"]),
    ],
    ids=["lost place", "lost among others", "told twice", "start of the book", "group"],
)  # fmt: skip
def test_contents_that_are_not_as_they_should_be(contents: str, expected: list[str]) -> None:
    book = book_of(made(f"<ol>{contents}</ol>"))

    assert [title for _, title in outline(book)] == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("بخش یک", ["بخش یک – الف", "ب"]), ("Cover", ["الف", "ب"])],
)
def test_a_page_that_is_a_picture_names_what_is_below_it(title: str, expected: list[str]) -> None:
    inner = item("1.xhtml", "الف") + item("2.xhtml", "ب")
    contents = f"<ol>{item('0.xhtml', title, f'<ol>{inner}</ol>')}</ol>"

    book = book_of(made(contents, pages=("<body><img src='c.png'/></body>", ONE, TWO)))

    assert [title for _, title in outline(book)] == expected


def test_a_page_that_is_not_in_the_file_is_counted() -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
        '<item id="a" href="p%200.xhtml" media-type="application/xml"/>'
        '<item id="b" href="gone.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>'
    )

    book = book_of(made(more={"EPUB/book.opf": package.encode()}))

    assert len(texts(book)) == 4
    assert book.left_out["pages that are not in the file"] == 1


def test_a_place_that_the_guide_calls_contents_is_not_the_whole_page() -> None:
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0"><metadata/><manifest>'
        '<item id="a" href="p%200.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine>'
        '<guide><reference type="toc" href="p%200.xhtml#b"/></guide></package>'
    )

    assert len(texts(book_of(made(more={"EPUB/book.opf": package.encode()})))) == 4


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ("<a href='#_ftn1' id='_ftnref1'>[1]</a>",
         "<div id='ftn1'><p><a href='#_ftnref1' id='_ftn1'>[1]</a> نه</p></div>"),
        ("<span class='_idFootnoteLink'><a href='#footnote-000'>1</a></span>",
         "<div class='_idFootnotes'><div class='_idFootnote'><p>1 نه</p></div></div>"),
        ("<a href='#n1' id='r1'>[۱]</a>", "<p id='n1'><a href='#r1'>۱</a> نه</p>"),
    ],
    ids=["Word", "InDesign", "by hand"],
)  # fmt: skip
def test_notes_are_known_by_how_programs_make_them(mark: str, note: str) -> None:
    book = book_of(made(pages=(f"<body><p>متن{mark} یک.</p>{note}</body>",)))

    assert texts(book) == [("body", "متن یک.")]


def test_a_book_that_a_program_calls_arabic_is_persian() -> None:
    persian = "<p>او گفت که پدرش چگونه از گرگان آمده بود و ژاله را دید.</p>"
    arabic = "<p lang='ar'>الحمد لله رب العالمين الرحمن الرحيم مالك يوم الدين</p>"
    page = f"<body lang='ar-SA'>{persian}<p>سلام بر همه‌ی شما باد.</p></body>"

    wrong = book_of(made(pages=(page,)))
    right = book_of(made(pages=(f"<body>{persian}{arabic}</body>",)))

    assert {each.language for each in wrong.chapters[0].paragraphs} == {""}
    assert [each.language for each in right.chapters[0].paragraphs] == ["", "ar"]


def test_a_place_in_a_stanza_is_its_stanza_and_one_behind_it_is_behind_it() -> None:
    poem = "".join(f"<p id='v{n}'>بنی آدم اعضای یکدیگرند {n}</p>" for n in range(3))
    page = f"<body><p>متن.</p><div class='poem'>{poem}</div><p id='after'>پس از شعر.</p></body>"
    contents = item("0.xhtml", "آغاز") + item("0.xhtml#v1", "شعر") + item("0.xhtml#after", "پایان")

    book = book_of(made(f"<ol>{contents}</ol>", pages=(page,)))

    assert [(each.title, len(each.paragraphs)) for each in book.chapters] == [
        ("آغاز", 1), ("شعر", 1), ("پایان", 1),
    ]  # fmt: skip


def test_a_page_of_links_is_a_table_of_contents() -> None:
    links = "".join(f"<p><a href='p%201.xhtml'>فصل {n}</a> ۱۰</p>" for n in range(4))

    book = book_of(made(pages=(f"<body><h1>فهرست</h1>{links}</body>", TWO)))

    assert texts(book) == [("body", "متن دو.")]
    assert book.left_out["tables of contents"] == 2


@pytest.mark.parametrize("name", ["EPUB/P 0.XHTML", "EPUB/p%200.xhtml"])
def test_a_file_whose_name_is_written_otherwise_is_found(name: str) -> None:
    contents = f"<ol>{item('0.xhtml', 'الف', item('0.xhtml', 'ب'))}</ol>"
    with zipfile.ZipFile(io.BytesIO(made(contents))) as archive:
        files = {each: archive.read(each) for each in archive.namelist()}
    files[name] = files.pop("EPUB/p 0.xhtml")

    assert len(texts(book_of(makers.packed(files)))) == 5


def test_a_package_that_is_no_good_xml_is_read() -> None:
    with zipfile.ZipFile(io.BytesIO(made(metadata="<dc:title>باغ & راغ</dc:title>"))) as archive:
        package = b"\n" + archive.read("EPUB/book.opf")

    book = book_of(made(more={"EPUB/book.opf": package}))

    assert len(texts(book)) == 5
    assert "باغ" in book.title


def test_a_couplet_with_a_gap_in_it_is_verse() -> None:
    gap = "&#160;" * 5
    couplet = f"<p>بنی آدم اعضای یکدیگرند{gap}که در آفرینش ز یک گوهرند</p>"

    assert texts(book_of(made(pages=(f"<body>{couplet}</body>",)))) == [
        ("verse", "بنی آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند")
    ]


def test_a_raised_number_is_a_mark_of_a_note_or_a_power() -> None:
    page = "<p>مردی<sup>۱</sup> بود.<sup>(۲)</sup> ده متر<sup>2</sup> و m<sup>2</sup>.</p>"

    assert texts(book_of(made(pages=(f"<body>{page}</body>",)))) == [
        ("body", "مردی بود. ده متر2 و m2.")
    ]


def test_a_heading_with_a_note_is_no_page_of_notes() -> None:
    heading = (
        "<body><h1>بخش یک<a epub:type='noteref' href='#n1'>1</a></h1>"
        "<aside epub:type='footnote' id='n1'><p>نه</p></aside></body>"
    )

    assert texts(book_of(made(pages=(heading, TWO))))[0] == ("heading", "بخش یک")


@pytest.mark.parametrize(
    ("metadata", "more"),
    [
        ("<dc:description>&lt;!-- نه --&gt;</dc:description>", {}),
        ("<dc:date>0101-01-01T00:00:00+00:00</dc:date>", {}),
        ("", {"EPUB/nav.xhtml": b"<html"}),
    ],
    ids=["no description", "no date", "no contents"],
)
def test_what_is_wrong_beside_the_text_costs_no_book(metadata: str, more: dict[str, bytes]) -> None:
    book = book_of(made(metadata=metadata, more=more))

    assert (book.details.description, book.details.date) == ("", "")
    assert len(texts(book)) == 5
