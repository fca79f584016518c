"""Pages: what is shown becomes paragraphs of its kind, and what only helps to read does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.reading.markup import shown
from narrate.reading.trees import html, xhtml

if TYPE_CHECKING:
    from narrate.reading.markup import Page


def page(body: str) -> Page:
    return shown(html(f"<body>{body}</body>", "a page"))


def paragraphs(body: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in page(body).blocks]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<h2>متن</h2>", "heading"),
        ("<p>متن</p>", "body"),
        ("متن", "body"),
        ("<div><span>متن</span></div>", "body"),
        ("<p><b>متن</b></p>", "emphasis"),
        ("<blockquote><p>متن</p></blockquote>", "quote"),
        ("<ul><li><p>متن</p></li></ul>", "item"),
        ("<div class='poem'><p>متن</p></div>", "verse"),
    ],
)
def test_a_paragraph_has_its_kind(body: str, kind: str) -> None:
    assert paragraphs(body) == [(kind, "متن")]


def test_blanks_of_the_file_are_one_space_and_a_word_may_change_its_face() -> None:
    assert paragraphs("<p>\n  یک <i>د</i>و\n\t سه</p>") == [("body", "یک دو سه")]


def test_text_beside_paragraphs_is_not_lost() -> None:
    found = [text for _, text in paragraphs("<div>یک<p>دو</p>سه<h3>چهار</h3>پنج</div>شش")]

    assert found == ["یک", "دو", "سه", "چهار", "پنج", "شش"]


def test_lists_with_numbers_say_them() -> None:
    body = "<ol start='3'><li>سه<ul><li>الف</li></ul></li><li>چهار</li><li value='9'>نه</li></ol>"

    assert [text for _, text in paragraphs(body)] == ["۳. سه", "الف", "۴. چهار", "۹. نه"]


def test_rows_of_a_table_are_paragraphs_and_a_table_that_places_parts_is_none() -> None:
    facts = "<table><tr><th>نام</th><th>سن</th></tr><tr><td>علی</td><td>۲۰</td></tr></table>"
    places = "<table><tr><td><h2>عنوان</h2><p>متن</p></td><td><p>کنار</p></td></tr></table>"

    assert paragraphs(facts) == [("row", "نام، سن"), ("row", "علی، ۲۰")]
    assert [kind for kind, _ in paragraphs(places)] == ["heading", "body", "body"]


VERSE = ("verse", "بنی آدم اعضای یک پیکرند\nکه در آفرینش ز یک گوهرند")


@pytest.mark.parametrize(
    "body",
    [
        "<p>بنی آدم اعضای یک پیکرند<br>که در آفرینش ز یک گوهرند</p>",
        "<div class='b'><div class='verse'><div class='m1'><p>بنی آدم اعضای یک پیکرند</p></div>"
        "<div class='m2'><p>که در آفرینش ز یک گوهرند</p></div></div></div>",
        "<table><tr><td>بنی آدم اعضای یک پیکرند</td><td>که در آفرینش ز یک گوهرند</td></tr></table>",
        "<div class='line-block'>بنی آدم اعضای یک پیکرند<br/>که در آفرینش ز یک گوهرند</div>",
        "<section epub:type='z3998:poem'><p>بنی آدم اعضای یک پیکرند</p>"
        "<p>که در آفرینش ز یک گوهرند</p></section>",
    ],
)
def test_verse_is_one_stanza_with_its_lines(body: str) -> None:
    assert paragraphs(body) == [VERSE]


def test_a_break_in_prose_begins_a_paragraph() -> None:
    long = "این جمله‌ای است بلند که هیچ شاعری آن را در میانه‌ی راه نشکسته است و نخواهد شکست."

    assert paragraphs(f"<p>{long}<br>{long}</p>") == [("body", long)] * 2


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<aside epub:type='footnote'><p>نه</p></aside>", "footnotes"),
        ("<div role='doc-endnotes'>نه</div>", "footnotes"),
        ("<section class='footnotes'><ol><li>نه</li></ol></section>", "footnotes"),
        ("<ol><li id='footnote-2'>نه</li></ol>", "footnotes"),
        ("<a epub:type='noteref' href='#a'>۱</a>", "marks of notes"),
        ("<sup><a href='#a'>[۱]</a></sup>", "marks of notes"),
        ("<a href='#a'><sup>12</sup></a>", "marks of notes"),
        ("<a href='notes.xhtml#fn2'>[۲]</a>", "marks of notes"),
        ("<div class='footnote'><p>نه</p></div>", "footnotes"),
        ("<span epub:type='pagebreak'>۱۷</span>", "page numbers"),
        ("<div epub:type='toc'>نه</div>", "tables of contents"),
        ("<pre><code>print()</code></pre>", "program code"),
    ],
)
def test_notes_and_furniture_are_left_out_and_counted(body: str, what: str) -> None:
    found = page(f"<p>پیش {body}پس</p>" if body.startswith(("<a ", "<s")) else f"پیش{body}پس")

    assert "نه" not in "".join(each.text for each in found.blocks)
    assert "پس" in found.blocks[-1].text
    assert found.left_out == {what: 1}


@pytest.mark.parametrize(
    "body",
    [
        "<p hidden>نه</p>",
        "<p style='color: red; display:none'>نه</p>",
        "<span aria-hidden='true'>نه</span>",
        "<script>نه</script>",
        "<ruby>متن<rp>(</rp><rt>نه</rt><rp>)</rp></ruby>",
        "<nav>نه</nav>",
        "<!-- نه -->",
    ],
)
def test_what_is_not_shown_is_not_read(body: str) -> None:
    assert "نه" not in "".join(each.text for each in page(f"{body}<p>متن</p>").blocks)


def test_a_title_page_has_its_title_only() -> None:
    body = "<section epub:type='titlepage'><h1>عنوان</h1><p>نویسنده</p></section>"

    assert paragraphs(body) == [("heading", "عنوان")]


def test_a_language_is_told_with_what_is_in_it() -> None:
    body = "<p>یک</p><div lang='de'><p>zwei</p><p lang='fr'>trois</p></div><p>چهار</p>"

    assert [each.language for each in page(body).blocks] == ["", "de", "fr", ""]


def test_a_heading_that_is_a_picture_is_read_by_its_text() -> None:
    assert paragraphs("<h1><img alt='فصل یکم' src='x.png'></h1>") == [("heading", "فصل یکم")]


def test_places_are_those_of_the_paragraphs_that_follow() -> None:
    found = page("<p>یک</p><a id='two'></a><h2 id='h'>دو</h2><p>سه <span id='s'>چهار</span></p>")

    assert found.places == {"two": 1, "h": 1, "s": 2}


def test_a_page_that_is_no_xml_is_read_all_the_same() -> None:
    whole = shown(xhtml("<html><body><p>می&zwnj;رود&nbsp;<a id='x'/>او</p></body></html>", "x"))
    broken = shown(xhtml("<html><body><p>یک<p>دو & سه</body>", "x"))

    assert [each.text for each in whole.blocks] == ["می\u200cرود\u00a0او"]
    assert [each.text for each in broken.blocks] == ["یک", "دو & سه"]
