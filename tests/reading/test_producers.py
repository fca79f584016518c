"""What Pandoc and LibreOffice made of one text (`scripts/make-books`) is one book."""

from __future__ import annotations

from pathlib import Path

import pytest

from narrate.reading import read

BOOKS = Path(__file__).parent.parent / "data" / "books"
TEXT = [
    ("heading", "باغ گمشده"),
    ("heading", "فصل یکم: آغاز راه"),
    (
        "body",
        "در سال ۱۳۲۰ در شهری دور مردی زندگی می‌کرد که باغی داشت. او هر روز به باغ می‌رفت و درختان را "
        "یک‌به‌یک آب می‌داد.",
    ),
    ("body", "باغ پر از درختان میوه بود و همه‌ی مردم شهر آن را می‌شناختند."),
    ("quote", "هر که در این باغ نان و آب داد، نامش در یادها ماند."),
    ("heading", "باغبان"),
    ("body", "باغبان پیر سه کار داشت:"),
    ("item", "آب دادن به درختان؛"),
    ("item", "چیدن میوه‌های رسیده؛"),
    ("item", "راندن گنجشک‌ها."),
    ("heading", "فصل دوم: زمستان"),
    ("body", "زمستان که رسید، برف همه‌جا را پوشاند. او گفت: «باید صبر کرد.»"),
    ("verse", "بنی آدم اعضای یک پیکرند\nکه در آفرینش ز یک گوهرند"),
    ("row", "ماه، برف"),
    ("row", "آذر، ده سانتی‌متر"),
    ("row", "دی، سی سانتی‌متر"),
    ("item", "۱. نخست راه را باز کردند."),
    ("item", "۲. سپس به باغ رفتند."),
    ("heading", "فصل سوم: بهار"),
    ("body", "و بهار آمد."),
]
FILES = ["book.md", "pandoc.epub", "pandoc2.epub", "pandoc.docx", "office.docx", "pandoc.html"]


@pytest.mark.parametrize("name", FILES)
def test_one_text_is_one_book_whoever_made_the_file(name: str) -> None:
    book = read(str(BOOKS / name))

    assert [(each.kind, each.text) for part in book.chapters for each in part.paragraphs] == TEXT
    assert [(part.level, part.title) for part in book.chapters] == [
        (1, "فصل یکم: آغاز راه"),
        (2, "باغبان"),
        (1, "فصل دوم: زمستان"),
        (1, "فصل سوم: بهار"),
    ]
    assert (book.title, book.language) == ("باغ گمشده", "fa")
    assert book.details.authors == ("سارا نوری", "بهرام رازی")
    assert book.left_out["footnotes"] == 1


@pytest.mark.parametrize("name", ["pandoc.epub", "pandoc2.epub"])
def test_a_cover_and_what_a_catalogue_wants_come_through(name: str) -> None:
    book = read(str(BOOKS / name))

    assert book.details.cover
    assert book.details.cover.data == (BOOKS / "cover.png").read_bytes()
    assert (book.details.date, book.details.publisher) == ("2021-03-04", "نشر نو")


def test_of_a_web_page_the_article_is_read_and_nothing_around_it() -> None:
    book = read(str(BOOKS / "page.html"))

    assert (book.title, book.details.authors) == ("باغ‌های کوچک شهر", ("مینا فرهمند",))
    assert book.details.date == "2022-05-14"
    kinds = [each.kind for part in book.chapters for each in part.paragraphs]
    text = "\n".join(each.text for part in book.chapters for each in part.paragraphs)
    titles = [part.title for part in book.chapters]
    assert titles == ["باغ‌های کوچک شهر", "باغ بام", "باغ حیاط"]
    assert [kinds.count(kind) for kind in ("heading", "item", "quote", "verse")] == [3, 3, 1, 1]
    for furniture in ("ورزش", "پربازدید", "تلگرام", "دیدگاه", "حقوق", "آگهی", "بیشتر بخوانید"):
        assert furniture not in text
