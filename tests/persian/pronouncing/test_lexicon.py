"""Entries of a lexicon, and where they stand in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.model import Pronunciation
from narrate.persian import Lexicon, built_in, spoken
from narrate.persian.pieces import joined
from narrate.persian.speaking import by_rules

if TYPE_CHECKING:
    from collections.abc import Callable

LEXICON = Lexicon.of(
    [
        Pronunciation("لنین", "لِنین"),
        Pronunciation("سن", "سِن"),
        Pronunciation("سن پترزبورگ", "سَن پِترزبورگ"),
        Pronunciation("پترزبورگ زیبا", "؟"),
        Pronunciation("مظفرالدین‌شاه", "مُظَفَرِدین‌شاه"),
        Pronunciation("۲۰۶", "دویست و شیش"),
        Pronunciation("Windows 10", "ویندوز دَه"),
        Pronunciation("کرم", "کِرم", "keRm"),
        Pronunciation("مل", "", "mol"),
        Pronunciation("K.G.P", "کا گِ پِ"),
        Pronunciation("م. امید", "مهدی اُمید"),
    ]
)


def applied(lexicon: Lexicon, text: str, rules: Callable[[str], str], *, phonemes: bool) -> str:
    return joined(*lexicon.found(text, rules, phonemes=phonemes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("لنین آمد.", "لِنین آمد."),
        ("«لنین» و لنین‌ها", "«لِنین» و لِنین‌ها"),
        ("لنینگراد و کلنین", "لنینگراد و کلنین"),
        ("لنین‌گراد", "لنین‌گراد"),
        ("لُنین", "لُنین"),
        ("سن پترزبورگ و سن", "سَن پِترزبورگ و سِن"),
        ("سازمان K.G.P بود", "سازمان کا گِ پِ بود"),
        ("دکتر م. امید آمد", "دکتر مهدی اُمید آمد"),
        ("کرم مل", "کِرم مل"),
        ("در ۵ کرم", "در پنج کِرم"),
        ("سن‌پترزبورگ زیبا", "سَن پِترزبورگ زیبا"),
        ("مظفرالدین شاه", "مُظَفَرِدین‌شاه"),
        ("K.G.P", "کا گِ پِ"),
        ("«K.G.P»!", "«کا گِ پِ»!"),
        ("پژو ۲۰۶ و ۲۰۶٫۵", "پژو دویست و شیش و دویست و شش و نیم"),
        ("۲۰۶-۲۰۷", "دویست و شش تا دویست و هفت"),
        ("با Windows ۱۰ آمد", "با ویندوز دَه آمد"),
    ],
)
def test_a_whole_word_is_said_as_its_entry_wants(text: str, expected: str) -> None:
    assert applied(LEXICON, text, by_rules, phonemes=False) == expected


def test_an_entry_may_say_signs_that_stand_for_held_words() -> None:
    lexicon = Lexicon.of([Pronunciation("سلام", "د\U000f0005"), Pronunciation("CIS", "سیس")])

    assert applied(lexicon, "سلام CIS", spoken, phonemes=False) == "د\U000f0005 سیس"


def test_a_row_of_many_entries_is_said_to_its_end() -> None:
    said = applied(LEXICON, "K.G.P " * 70_000, str, phonemes=False)

    assert said.startswith("کا گِ پِ ")
    assert said.endswith(" K.G.P ")


def test_phonemes_go_to_engines_that_take_them() -> None:
    said = applied(LEXICON, "کرم‌ها، «مل».", spoken, phonemes=True)

    assert said.split() == ["[[keRm]]‌ها،", "«", "[[mol]]", "»."]


def test_of_two_entries_for_a_word_the_later_counts() -> None:
    lexicon = Lexicon.of([Pronunciation("سبک", "سَبُک")], [Pronunciation("سبک", "سَبک")])

    assert applied(lexicon, "سبک", spoken, phonemes=False) == "سَبک"


def test_an_entry_is_found_however_its_letters_are_coded() -> None:
    lexicon = Lexicon.of([Pronunciation("علي", "عَلی")])

    assert applied(lexicon, "علی", spoken, phonemes=False) == "عَلی"


@given(st.text(st.characters(max_codepoint=0xEFFFF)))
def test_a_lexicon_changes_nothing_that_it_does_not_know(text: str) -> None:
    lexicon = Lexicon.of([Pronunciation("پپپپپ", "؟")])

    assert applied(lexicon, text, spoken, phonemes=False) == spoken(text)


def test_the_words_of_the_package_differ_from_their_writing_in_vowels_alone() -> None:
    entries = built_in()

    assert len({each.written for each in entries}) == len(entries) > 0
    for each in entries:
        bare = "".join(sign for sign in each.spoken if sign.isalpha() or sign == "\u200c")
        assert bare == each.written != each.spoken or (not bare and each.phonemes)
