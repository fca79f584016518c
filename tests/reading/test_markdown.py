"""Markdown as people write it: front matter of every kind, verse, lists in lists."""

from __future__ import annotations

import pytest

from narrate.errors import InputError
from tests.reading.test_formats import book_of, texts


@pytest.mark.parametrize(
    ("front", "title", "date"),
    [
        ("---\ntitle: باغ\ndate: 1402-02-31\n---", "باغ", "1402-02-31"),
        ("---\ntitle: باغ\ndate: ۱۴۰۲/۰۲/۱۰\n---", "باغ", "1402-02-10"),
        ("---\ntitle: باغ: گمشده\ndate: 2021-03-04T10:00\n---", "باغ: گمشده", "2021-03-04"),
        ('+++\ntitle = "باغ"\ndate = 2021-03-04\n+++', "باغ", "2021-03-04"),
    ],
)
def test_front_matter_is_taken_as_people_write_it(front: str, title: str, date: str) -> None:
    book = book_of(f"{front}\n\n# فصل یک\n\nمتن فارسی.".encode(), suffix=".md")

    assert (book.title, book.details.date) == (title, date)
    assert texts(book) == [("heading", title), ("heading", "فصل یک"), ("body", "متن فارسی.")]


def test_what_stands_between_two_rules_is_text() -> None:
    text = "---\n\nمتن پس از خط است.\n\n---\n\nپایان داستان."

    found = texts(book_of(text.encode(), suffix=".md"))

    assert [text for _, text in found] == ["متن پس از خط است.", "پایان داستان."]


@pytest.mark.parametrize("front", ['<div dir="rtl">', "<!-- یادداشت -->"])
def test_markdown_may_begin_with_html(front: str) -> None:
    text = f"{front}\n\n# فصل یک {{#ch1}}\n\n::: {{.poem}}\nمتن **مهم** و ~~کهنه~~.\n:::\n\n</div>"

    assert texts(book_of(text.encode(), suffix=".md")) == [
        ("heading", "فصل یک"),
        ("body", "متن مهم و کهنه."),
    ]


def test_lines_that_a_poet_broke_stay_apart() -> None:
    lines = ["بنی آدم اعضای یکدیگرند", "که در آفرینش ز یک گوهرند"]

    assert texts(book_of(f"# شعر\n\n{'\n'.join(lines)}\n".encode(), suffix=".md"))[1:] == [
        ("verse", "\n".join(lines))
    ]


@pytest.mark.parametrize("suffix", [".md", ".txt"])
def test_couplets_below_one_another_are_one_stanza(suffix: str) -> None:
    couplets = (
        ("بشنو این نی چون شکایت می‌کند", "از جدایی‌ها حکایت می‌کند"),
        ("کز نیستان تا مرا ببریده‌اند", "در نفیرم مرد و زن نالیده‌اند"),
    )
    text = "\n".join(f"{one}      {other}" for one, other in couplets)

    assert texts(book_of(f"متن.\n\n{text}\n\nپایان.".encode(), suffix=suffix))[1:2] == [
        ("verse", "\n".join(half for couplet in couplets for half in couplet))
    ]


def test_a_line_of_a_text_is_a_paragraph_behind_a_list_and_above_a_rule_too() -> None:
    text = "[پیوند](http://a.b) متن یکم\n- سیب\n- گلابی\nمتن دوم.\n---\nمتن سوم."

    assert texts(book_of(text.encode())) == [
        ("body", "پیوند متن یکم"),
        ("item", "سیب"),
        ("item", "گلابی"),
        ("body", "متن دوم."),
        ("body", "متن سوم."),
    ]


def test_lists_in_lists_are_read_to_the_last() -> None:
    text = "\n".join(f"{'  ' * depth}- متن {depth}" for depth in range(30))

    found = texts(book_of(text.encode(), suffix=".md"))

    assert len(found) == 30
    assert found[-1] == ("item", "متن 29")


def test_aliases_that_multiply_are_no_text() -> None:
    rows = ["a: &a [x, x]"] + [
        f"{after}: &{after} [{', '.join([f'*{before}'] * 10)}]"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    front = "\n".join([*rows, "author: *i"])

    book = book_of(f"---\n{front}\n---\n\nمتن فارسی.".encode(), suffix=".md")

    assert book.details.authors == ()


def test_a_text_that_would_take_minutes_is_refused() -> None:
    with pytest.raises(InputError, match="split it"):
        book_of(b"*" * 13_000_000, suffix=".md")
