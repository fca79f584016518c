"""Preparing: what was worked out is not again, an edit costs its paragraph, all comes out alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from narrate import persian
from narrate.crew import Workers
from narrate.engines import create
from narrate.model import Book, Chapter, Gap, Paragraph
from narrate.notes import Notes
from narrate.persian import Manner, Vowels
from narrate.preparing import repaired, say
from narrate.speaking import Cast

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from narrate.model import Kind, Utterance

CREW = Workers(1)
TEXTS = ("کتابها را میخواند.", "خانه ها بزرگ است.", "کتاب‌ها و خانه‌ها.", "می‌رود. می‌خواند. می‌گوید.")


def book_of(texts: tuple[str, ...] | list[str]) -> Book:
    paragraphs = tuple(Paragraph(f"p{place}", text) for place, text in enumerate(texts, 1))
    return Book("آزمون", (Chapter("c0001", "یک", paragraphs),))


@pytest.fixture
def notes(tmp_path: Path) -> Iterator[Notes]:
    with Notes(tmp_path) as notes:
        yield notes


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list of what was respaced or read out, and not found in the notes."""
    asked: list[str] = []
    respaced, said = persian.respaced, Manner.said

    def respacing(text: str, habits: persian.Habits) -> str:
        asked.append(text)
        return respaced(text, habits)

    def saying(self: Manner, paragraph: str, *, heading: bool = False) -> object:
        asked.append(paragraph)
        return said(self, paragraph, heading=heading)

    monkeypatch.setattr(persian, "respaced", respacing)
    monkeypatch.setattr(Manner, "said", saying)
    return asked


def test_what_was_read_out_before_is_not_worked_out_again(notes: Notes, counted: list[str]) -> None:
    cast, manner = Cast(create("espeak")), Manner()
    first = say(repaired(book_of(TEXTS), notes, CREW), cast, manner, notes, CREW)
    assert counted
    counted.clear()

    assert say(repaired(book_of(TEXTS), notes, CREW), cast, manner, notes, CREW) == first
    assert counted == []


def test_an_edited_paragraph_costs_itself_alone(notes: Notes, counted: list[str]) -> None:
    cast, manner = Cast(create("espeak")), Manner()
    say(repaired(book_of(TEXTS), notes, CREW), cast, manner, notes, CREW)
    counted.clear()

    edited = [*TEXTS[:3], "می‌رود. می‌خواند. می‌شنود."]
    say(repaired(book_of(edited), notes, CREW), cast, manner, notes, CREW)

    assert set(counted) == {edited[3]}


def test_another_manner_or_voice_is_worked_out_anew(notes: Notes) -> None:
    book = repaired(book_of(["کرم کتاب (احمدی، ۱۳۹۰)."]), notes, CREW)
    said = {
        say(book, Cast(create(engine)), Manner(skip=frozenset(skip)), notes, CREW)[0].spoken
        for engine in ("espeak", "tone")
        for skip in ((), ("references",))
    }

    assert len(said) == 4


@given(st.lists(st.sampled_from([*TEXTS, "خانه‌ها", "خانه ها", "کتابها", "میخواند"]), max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_notes_of_other_texts_never_change_what_comes_out(notes: Notes, texts: list[str]) -> None:
    book = repaired(book_of(texts), notes, CREW)

    found = [each.text for each in book.chapters[0].paragraphs]
    assert [book.title, book.chapters[0].title, *found] == persian.repaired_parts(
        ["آزمون", "یک", *texts]
    )


def test_a_quotation_with_a_voice_of_its_own_is_noted_apart(notes: Notes) -> None:
    book = repaired(book_of(["پدر گفت: «بیا و ببین که چه شد.»"]), notes, CREW)
    alone, two = Cast(create("tone")), Cast(create("tone"), {"quote": create("tone")})

    assert {each.role for each in say(book, alone, Manner(), notes, CREW)} == {"body"}
    assert {each.role for each in say(book, two, Manner(), notes, CREW)} == {"body", "quote"}


VERSE = Paragraph("p2", "کتابها را میخواند\nو خانه ها را میسازد", "verse")
ENGLISH = Paragraph("p3", "This is 10% of it. And Mr. Smith agrees.", language="en")


def said_of(paragraphs: tuple[Paragraph, ...], cast: Cast, notes: Notes) -> list[Utterance]:
    book = repaired(Book("آزمون", (Chapter("c1", "یک", paragraphs),)), notes, CREW)
    return say(book, cast, Manner(vowels=Vowels(ezafe=False, homographs=False)), notes, CREW)


def test_a_line_of_verse_is_said_by_itself_with_a_rest_of_its_own(notes: Notes) -> None:
    first, second = said_of((VERSE,), Cast(create("espeak")), notes)

    assert (first.written, second.written) == ("کتاب‌ها را می‌خواند", "و خانه‌ها را می‌سازد")
    assert (first.after, second.after) == (Gap.VERSE, Gap.CHAPTER)
    assert {first.role, second.role} == {"verse"}


@pytest.mark.parametrize(("kind", "rest"), [("item", Gap.ITEM), ("row", Gap.ITEM)])
def test_items_and_rows_have_rests_of_their_own(kind: Kind, rest: Gap, notes: Notes) -> None:
    items = tuple(Paragraph(f"p{number}", f"سیب {number}", kind) for number in range(3))

    assert [each.after for each in said_of(items, Cast(create("espeak")), notes)][:2] == [rest] * 2


def test_a_quotation_has_the_voice_of_quotations_if_there_is_one(notes: Notes) -> None:
    quote = (Paragraph("p1", "هر که آمد عمارتی نو ساخت.", "quote"),)
    alone, cast = Cast(create("espeak")), Cast(create("espeak"), {"quote": create("tone")})

    assert [said_of(quote, each, notes)[0].role for each in (alone, cast)] == ["body", "quote"]


def test_another_language_stays_as_it_is_written(notes: Notes) -> None:
    said = said_of((VERSE, ENGLISH), Cast(create("espeak")), notes)

    assert [each.spoken for each in said if each.language == "en"] == [
        "This is 10% of it.",
        "And Mr. Smith agrees.",
    ]


def test_what_nobody_speaks_or_is_to_speak_is_left_out_and_named(
    notes: Notes, caplog: pytest.LogCaptureFixture
) -> None:
    for cast in (Cast(create("tone")), Cast(create("espeak"), foreign="skip")):
        assert {each.language for each in said_of((VERSE, ENGLISH), cast, notes)} == {""}

    unable, unwanted = caplog.messages
    assert "left out: chapter 1, paragraph 2 (This is 10%" in unable
    assert "which tone does not speak" in unable
    assert unwanted.endswith("in another language, en")
