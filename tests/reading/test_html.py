"""Web pages: the article as it stands, and nothing that is around it or beside it."""

from __future__ import annotations

import pytest

from tests.reading.test_formats import book_of, texts

FIRST = "باغ ایرانی یکی از کهن‌ترین باغ‌های جهان است{} و در سراسر ایران نمونه‌های آن دیده می‌شود."
SECOND = "نخستین باغ‌ها را هخامنشیان ساختند{} و آن‌ها را پردیس می‌نامیدند و آب را از کوه می‌آوردند."
BLOG = (
    '<html lang="fa"><head><title>وبلاگ من: باغ ایرانی</title></head><body>'
    '<header><h1><a href="/">وبلاگ من</a></h1></header><nav><ul><li>خانه</li></ul></nav>'
    "<div class='post'><h3 class='post-title entry-title'>باغ ایرانی</h3><div class='post-body'>{}"
    "</div></div><aside class='sidebar'><h2>آخرین نوشته‌ها</h2><ul><li>نوشته‌ی یکم</li></ul></aside>"
    "<footer>همه‌ی حقوق محفوظ است</footer></body></html>"
)


def test_a_paragraph_with_a_mark_of_a_note_is_of_the_article() -> None:
    mark = '<sup><a href="#fn{0}">[{0}]</a></sup>'
    page = BLOG.format(
        f"<p>{FIRST.format(mark.format('۱'))}</p><p>نه.</p><p>{SECOND.format(mark.format('۲'))}</p>"
    )

    found = [text for kind, text in texts(book_of(page.encode())) if kind == "body"]

    assert found == [FIRST.format(""), "نه.", SECOND.format("")]


def test_the_title_of_an_entry_is_the_book_s_and_not_the_site_s() -> None:
    book = book_of(BLOG.format(f"<p>{FIRST}</p><p>{SECOND}</p>").format("", "").encode())

    assert book.title == "باغ ایرانی"
    assert texts(book)[0] == ("heading", "باغ ایرانی")


def test_an_encyclopedia_is_read_without_its_tools_boxes_and_sources() -> None:
    edit = '<span class="mw-editsection">[<a href="#">ویرایش</a>]</span>'
    page = (
        '<html lang="fa"><head><title>باغ - ویکی‌پدیا</title></head><body><nav><a>خانه</a></nav>'
        '<main><h1>باغ</h1><div id="siteSub">از ویکی‌پدیا، دانشنامهٔ آزاد</div>'
        '<table class="infobox"><tr><th>نام</th><td>باغ</td></tr></table>'
        f"<p>{FIRST}</p><h2>تاریخ{edit}</h2>"
        f'<p>{SECOND}<sup class="noprint">[نیازمند منبع]</sup></p>'
        '<div class="reflist"><ol class="references"><li id="cite_note-1">احمدی، علی. باغ‌ها.</li>'
        "</ol></div></main><footer>این صفحه ویرایش شده‌است.</footer></body></html>"
    ).replace("{}", '<sup class="reference"><a href="#cite_note-1">[یادداشت ۱]</a></sup>')

    book = book_of(page.encode())

    assert [each.title for each in book.chapters] == ["باغ", "تاریخ"]
    assert [text for kind, text in texts(book) if kind == "body"] == [
        FIRST.format(""),
        SECOND.format(""),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_is_known_in_every_encoding(encoding: str) -> None:
    page = "<html><body><h1>باغ</h1><p>سلام بر شما و بر همه.</p></body></html>"

    assert texts(book_of(page.encode(encoding))) == [
        ("heading", "باغ"),
        ("body", "سلام بر شما و بر همه."),
    ]


def test_a_piece_of_a_page_is_a_page() -> None:
    assert texts(book_of("<b>سلام</b> بر شما.<br>و بر همه.".encode())) == [
        ("body", "سلام بر شما."),
        ("body", "و بر همه."),
    ]


def test_what_an_extractor_reads_otherwise_is_of_the_article() -> None:
    inner = (
        "<p>گفت <q>سلام</q> و رفت.</p><ul><li><p>ب بند</p><p>ب دوم</p></li></ul>"
        "<table><tr><td>بنی آدم اعضای یکدیگرند</td><td>که در آفرینش ز یک گوهرند</td></tr></table>"
        "<div class='share'>این را بفرستید</div>"
    )
    page = BLOG.format(f"<p>{FIRST}</p>{inner}<p>{SECOND}</p>").replace("{}", "")

    assert texts(book_of(page.encode()))[2:-1] == [
        ("body", "گفت «سلام» و رفت."),
        ("item", "ب بند"),
        ("item", "ب دوم"),
        ("verse", "بنی آدم اعضای یکدیگرند\nکه در آفرینش ز یک گوهرند"),
    ]


@pytest.mark.parametrize(
    "by", ['<meta name="author" content="سارا">', "<p class='author'>نوشته شده توسط سارا</p>"]
)
def test_an_author_is_a_name_alone(by: str) -> None:
    page = BLOG.replace("<head>", f"<head>{by if 'meta' in by else ''}")
    page = page.format(f"{by if 'meta' not in by else ''}<p>{FIRST}</p><p>{SECOND}</p>")

    assert book_of(page.replace("{}", "").encode()).details.authors == ("سارا",)


def test_elements_that_are_never_closed_are_no_nesting() -> None:
    page = "<html><body>" + "".join(f"<div>این بند {n} است." for n in range(600))

    assert len(texts(book_of(page.encode()))) == 600
