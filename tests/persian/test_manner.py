"""How a paragraph is read out: sentence by sentence, and without what is skipped."""

from __future__ import annotations

import pytest

from narrate.model import Pronunciation, Skippable
from narrate.persian import Lexicon, Manner

PLAIN = Manner(Lexicon())


def heard(text: str, *skip: Skippable) -> str:
    manner = Manner(Lexicon(), frozenset(skip))
    return " | ".join(said for _, said in manner.said(text))


def test_a_sentence_keeps_what_is_written_beside_what_is_said() -> None:
    assert list(PLAIN.said("سال ۵۷ بود. ***")) == [("سال ۵۷ بود. ***", "سال پنجاه و هفت بود.")]


@pytest.mark.parametrize(
    ("text", "all_", "skipped"),
    [
        ("[^1]: یادداشت.", "یادداشت.", ""),
        ("¹ یادداشت", "یادداشت", ""),
        ("متن[۱] است.", "متن است.", "متن است."),
    ],
)
def test_notes_are_skipped_on_demand_and_their_marks_always(
    text: str, all_: str, skipped: str
) -> None:
    assert heard(text) == all_
    assert heard(text, "footnotes") == skipped


@pytest.mark.parametrize(
    "source",
    [
        "(احمدی، ۱۳۹۰: ۴۵)",
        "[احمدی ۱۳۹۰، ۴۵؛ رضایی ۱۳۸۸]",
        "(ر.ک: احمدی)",
        "(همان، ص ۲)",
        "(بقره: ۱۵۳)",
        "(Marx, 1867, p. 5)",
    ],
)
def test_sources_in_brackets_are_skipped_on_demand(source: str) -> None:
    assert heard(f"چنین گفت {source}.", "references") == "چنین گفت."
    assert len(heard(f"چنین گفت {source}.")) > len("چنین گفت.")


@pytest.mark.parametrize(
    "text", ["او (که آمد) رفت.", "(رکن دوم)", "(همان‌طور که گفتم)", "(نکته‌ای مهم)", "(همانند او)"]
)
def test_other_brackets_are_not_sources(text: str) -> None:
    assert heard(text, "references") == text


def test_a_paragraph_that_begins_with_emphasis_is_no_note() -> None:
    assert heard("*سلام* به همه.", "footnotes") == "سلام به همه."


def test_a_sentence_that_is_one_entry_is_spoken() -> None:
    manner = Manner(Lexicon.of([Pronunciation("CIS", "سیس")]))

    assert [said for _, said in manner.said("آمد. CIS.")] == ["آمد.", "سیس."]


def test_addresses_are_skipped_on_demand() -> None:
    assert heard("به (a.b@c.ir) و https://x.ir/a نگاه کن.", "urls") == "به و نگاه کن."
    assert "دات" in heard("به a.b@c.ir نگاه کن.")


def test_marks_and_phonemes_are_given_only_to_those_who_take_them() -> None:
    lexicon = Lexicon.of([Pronunciation("کرم", "کِرم", "keRm")])

    assert Manner(lexicon).spoken("کرم") == "کرم"
    assert Manner(lexicon, hears="marks").spoken("کرم") == "کِرم"
    assert Manner(lexicon, hears="phonemes").spoken("کرم") == "[[keRm]]"
