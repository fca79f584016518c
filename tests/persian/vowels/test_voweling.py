"""Vowels in a sentence: who wins, and what is never touched."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Hearing, Pronunciation
from narrate.persian import Lexicon, Manner, Vowels
from narrate.persian.pieces import joined

LEXICON = Lexicon.of(
    [
        Pronunciation("لنین", "لِنین", "len'in"),
        Pronunciation("مرد", "مَرد"),
        Pronunciation("حق", "حَق(\u0651)", "h'aq1(q1)"),
        Pronunciation("سن پترزبورگ", "سَن پِترزبورگ"),
        Pronunciation("CIS", "سیس"),
    ]
)
WORDS = "مرد کتاب خانه خانه‌ی نامهٔ کِتاب کرم‌ها می‌چسباند را و . ، « » کرمِ".split()
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS)).map(" ".join))


@pytest.mark.parametrize(
    ("hears", "text", "said"),
    [
        ("letters", "خانه ما", "خانه ما"),
        ("letters", "حق ما و حق", "حق ما و حق"),
        ("marks", "خانه ما", "خانه‌ی ما"),
        ("marks", "نامهٔ لنین", "نامه‌ی لِنین"),
        ("marks", "کتاب لنین بزرگ", "کتابِ لِنینِ بزرگ"),
        ("phonemes", "کتاب لنین بزرگ", "کتابِ [[len'ine]] بزرگ"),
        ("marks", "شهر سن پترزبورگ قدیم", "شهرِ سَن پِترزبورگِ قدیم"),
        ("marks", "حق ما و حق", "حَق\u0651\u0650 ما و حَق"),
        ("phonemes", "حق ما و حق", "[[h'aq1q1e]] ما و [[h'aq1]]"),
        ("marks", "پیرمرد دیروز مرد.", "پیرمرد دیروز مَرد."),
        ("marks", "پیرمرد دیروز مُرد.", "پیرمرد دیروز مُرد."),
        ("marks", "کتابُ من", "کتابُ من"),
        ("marks", "حقِّ ما", "حق\u0651\u0650 ما"),
        ("phonemes", "لنین‌ها آمدند", "[[len'in]]‌ها آمدند"),
        ("phonemes", "نامهٔ لنین‌ها", "نامه‌ی [[len'in]]‌ها"),
        ("marks", "کتاب (سازمان)", "کتاب (سازمان)"),
        ("marks", "کتاب CIS", "کتاب سیس"),
    ],
)
def test_the_author_wins_and_then_the_lexicon(hears: Hearing, text: str, said: str) -> None:
    assert Manner(LEXICON, hears=hears).spoken(text) == said


def test_each_kind_of_vowel_can_be_left_out() -> None:
    def said(vowels: Vowels) -> str:
        return Manner(Lexicon(), hears="marks", vowels=vowels).spoken("آن مرد در خانه ما مرد.")

    assert said(Vowels()) == "آن مرد در خانه‌ی ما مُرد."
    assert said(Vowels(ezafe=False)) == "آن مرد در خانه ما مُرد."
    assert said(Vowels(homographs=False)) == "آن مرد در خانه‌ی ما مرد."


@given(TEXTS)
def test_pieces_are_in_order_and_add_nothing_but_vowels(text: str) -> None:
    pieces = Vowels().pieces(text, (), phonemes=False)

    assert all(one.end <= other.begin for one, other in pairwise(pieces))
    assert plain(joined(text, pieces)) == plain(text)


def plain(text: str) -> str:
    """Return a text without spaces, vowel marks and written ezafe."""
    return re.sub("[ \u064b-\u0655\u0670]", "", re.sub("ه(?:\u0654|\u200cی)|ۀ", "ه", text))


@pytest.mark.parametrize("piece", ["مرد ", "که مرد، ", "کتاب ", "خانه‌ی", "مردم", "« "])
def test_a_long_sentence_takes_no_longer_than_its_length(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    begun = time.process_time()
    Vowels().pieces(text, (), phonemes=True)

    assert time.process_time() - begun < 15
