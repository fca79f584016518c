"""Sentences: a table of paragraphs, cut as a reader would take breath, and the law of rejoining."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.persian import sentences

# `|` stands where a sentence ends.
TABLE = """
سلام. | حال شما؟ | بله!
«برو.» | او رفت.
او گفت: «بیا. برو.» | و رفت.
«او گفت: «بیا. برو.» و رفت.» | تمام.
رفت… | و بازگشت.
چه می‌گویی؟! | هیچ.
حزب اس. آر پیروز شد. | سپس رفت.
دکتر م. امید آمد. | نشست.
سال ۲۰۰ ق.م بود. | گذشت.
سازمان K.G.P آمد. | رفت.
عدد ۳.۵ است. | تمام.
به a.b@c.ir بنویس. | منتظرم.
www.example.ir را ببین. | بعد بیا.
۱. نخست این. | بعد آن.
سازند! …. | پایان.
او (که آمد.) رفت. | تمام.
«ناتمام است. | اما می‌گذرد.
یک جمله بی‌نقطه
"""


@pytest.mark.parametrize("row", TABLE.strip().split("\n"))
def test_a_paragraph_is_cut_as_a_reader_would(row: str) -> None:
    expected = [part.strip() for part in row.split("|")]

    assert sentences(" ".join(expected)) == expected


def test_a_long_quotation_is_cut_inside() -> None:
    quote = "«" + " ".join(["این یک جمله است."] * 40) + "»"

    assert len(sentences(quote)) == 40


@pytest.mark.parametrize(("sign", "end"), [("؛", "؛"), ("،", "،"), ("", "واژه")])
def test_a_sentence_too_long_for_a_breath_is_cut_where_it_hurts_least(sign: str, end: str) -> None:
    clause = " ".join(["واژه"] * 20)
    cut = sentences(f"{sign} ".join([clause] * 40))

    assert max(map(len, cut)) <= 500
    assert all(piece.endswith(end) for piece in cut[:-1])
    assert len(cut) < 15


def test_a_word_is_never_cut() -> None:
    assert sentences("آ" * 5000) == ["آ" * 5000]


PIECES = [
    "واژه " * 60,
    "واژه، " * 30,
    "سلام",
    " ",
    ".",
    "؟",
    "!",
    "…",
    "«",
    "»",
    "م.",
    "اس. آر",
    "۳.۵",
    "a@b.ir",
    "\n",
    "(",
    ")",
    "۱.",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_sentences_rejoin_to_the_paragraph(paragraph: str) -> None:
    assert " ".join(sentences(paragraph)) == " ".join(paragraph.split())


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_every_sentence_of_several_holds_something_to_say(paragraph: str) -> None:
    cut = sentences(paragraph)

    assert len(cut) == 1 or all(any(map(str.isalnum, sentence)) for sentence in cut)
