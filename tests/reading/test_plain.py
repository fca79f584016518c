"""Plain text → book: golden pairs, each `name.txt` with what it becomes in `name.expected`."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from narrate.errors import InputError
from narrate.reading import Cutting, read, read_source
from narrate.reading.source import Source
from narrate.reading.structure import Mode, name_of

if TYPE_CHECKING:
    from narrate.model import Book

GOLDEN = Path(__file__).parent.parent / "data" / "reading"


def book_of(text: str, cutting: Cutting | None = None, title: str = "") -> Book:
    return read_source(Source("نام پرونده", io.BytesIO(text.encode())), cutting, title)


def outline(book: Book) -> str:
    """Return a book as lines: its title, and each chapter with its paragraphs below it."""
    signs = {"heading": "#", "body": " ", "rule": "-"}
    lines = [f"= {book.title}"]
    for chapter in book.chapters:
        lines.append(f"{chapter.id} {chapter.title}")
        lines += [f"{each.id} {signs[each.kind]} {each.text}" for each in chapter.paragraphs]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_a_text_becomes_the_book_beside_it(path: Path) -> None:
    assert outline(read(str(path))) == path.with_suffix(".expected").read_text(encoding="utf-8")


def titles(text: str, mode: Mode = "auto", minutes: float = 10) -> list[str]:
    return [chapter.title for chapter in book_of(text, Cutting(mode, minutes)).chapters]


PARTS = "نخست این بود.\n\n***\n\nسپس آن شد.\n\n۲\n\nو سرانجام این."


def test_a_text_without_headings_is_cut_at_rules_and_numbers() -> None:
    assert titles(PARTS) == ["نخست این بود", "سپس آن شد", "و سرانجام این"]


def test_a_rule_in_a_text_with_headings_is_only_a_rest() -> None:
    assert titles("فصل اول\n\nیک.\n\n***\n\nدو.\n\nفصل دوم\n\nسه.") == ["فصل اول", "فصل دوم"]


def test_headings_mode_cuts_at_headings_only() -> None:
    assert titles(PARTS, "headings") == ["نام پرونده"]


def test_none_cuts_nowhere() -> None:
    assert titles("عنوان\n\nفصل اول\n\nیک.\n\nفصل دوم\n\nدو.", "none") == ["عنوان"]


def test_a_long_text_without_headings_is_cut_at_paragraphs() -> None:
    paragraphs = [f"بند شماره {n} " + "واژه " * 60 + "." for n in range(1, 21)]

    book = book_of("\n\n".join(paragraphs), Cutting("auto", 2))

    assert [len(chapter.paragraphs) for chapter in book.chapters] == [5, 5, 5, 5]
    assert [each.text for chapter in book.chapters for each in chapter.paragraphs] == paragraphs
    assert book.chapters[1].title == "بند شماره 6 واژه واژه واژه واژه واژه واژه…"


def test_a_long_chapter_with_a_heading_is_not_cut() -> None:
    text = "فصل اول\n\n" + "\n".join(["واژه " * 100] * 50) + "\n\nفصل دوم\n\nدو."

    assert titles(text, minutes=1) == ["فصل اول", "فصل دوم"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# عنوان\n\nمتن.", "عنوان"),
        ("عنوان\n\nمتن.", "عنوان"),
        ("عنوان\n===\nمتن.", "عنوان"),
        ("فصل اول\n\nمتن.", "نام پرونده"),
        ("جمله‌ای با نقطه.\n\nمتن.", "نام پرونده"),
        ("خطی\nو خطی دیگر", "نام پرونده"),
        ("تنها همین", "نام پرونده"),
    ],
)
def test_the_title_is_the_first_heading_or_the_name_of_the_file(text: str, title: str) -> None:
    assert book_of(text).title == title


def test_a_title_that_is_given_wins_and_the_texts_own_is_still_spoken() -> None:
    book = book_of("عنوان\n\nمتن.", title="نام دیگر")

    assert book.title == "نام دیگر"
    assert book.chapters[0].paragraphs[0].text == "عنوان"


def test_standard_input_without_a_title_is_named_by_its_first_words() -> None:
    assert read_source(Source("", io.BytesIO("سلام بر شما.".encode()))).title == "سلام بر شما"


def test_ids_are_ascii_and_unique() -> None:
    book = read("tests/data/sample.txt")
    ids = [each.id for chapter in book.chapters for each in chapter.paragraphs]

    assert len(set(ids)) == len(ids)
    assert all(map(str.isascii, ids))


@pytest.mark.parametrize("text", ["***\n۱\n—", "ـــ"])
def test_a_text_without_a_line_to_speak_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match="no line that can be spoken"):
        book_of(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سلام.", "سلام"),
        ("واژه " * 30, "واژه واژه واژه واژه واژه واژه واژه واژه واژه…"),
        ("آ" * 60, "آ" * 45 + "…"),
    ],
)
def test_a_part_is_named_by_its_first_words_cut_at_a_whole_word(text: str, name: str) -> None:
    assert name_of(text) == name


@pytest.mark.parametrize("text", ["Only English here.", "Ελληνικά", "؟!", "1917"])
def test_a_text_that_is_not_persian_is_an_input_error(text: str) -> None:
    with pytest.raises(InputError, match="holds no Persian letter"):
        book_of(text)


def test_a_first_heading_that_names_a_chapter_is_not_the_title() -> None:
    book = book_of("# فصل ۱\nمتن.\n# فصل ۲\nمتن.")

    assert book.title == "نام پرونده"
    assert [each.title for each in book.chapters] == ["فصل ۱", "فصل ۲"]


def test_a_text_of_numbers_is_a_book() -> None:
    assert book_of("۱۳۵۷").chapters[0].title == "نام پرونده"


def test_a_new_page_is_a_blank() -> None:
    (chapter,) = book_of("متن دو\x0cصفحه‌ی نو.").chapters

    assert [each.text for each in chapter.paragraphs] == ["متن دو صفحه‌ی نو."]
