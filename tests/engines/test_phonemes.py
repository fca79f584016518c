"""Phonemes in the text of an engine."""

from __future__ import annotations

import pytest

from narrate.engines.espeak import Espeak
from narrate.engines.phonemes import as_mnemonics


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("سلام", "سلام"),
        ("[[sal'Am]]", "[[sal'Am]]"),
        ("[[salˈɒːm]] من", "[[sal'A:m]] من"),
        ("[[t͡ʃɒj]] [[dʒɒn]]", "[[tSAj]] [[dZAn]]"),
        ("[[ɢæd]]", "[[q1ad]]"),
    ],
)
def test_ipa_becomes_what_espeak_ng_reads(text: str, told: str) -> None:
    assert as_mnemonics(text)[0] == told


def test_every_letter_knows_its_place_in_the_text() -> None:
    text = "ا [[ɢt͡ʃ]] ب"
    told, places = as_mnemonics(text)

    assert len(places) == len(told) + 1
    assert places == sorted(places)
    assert [text[places[told.index(sign)]] for sign in "اب"] == ["ا", "ب"]
    assert places[-1] == len(text)


def test_phonemes_are_heard_as_the_word_that_they_spell() -> None:
    espeak = Espeak()

    assert espeak.speak("[[ket'Ab]]").pcm == espeak.speak("[[ketˈɒb]]").pcm
    assert espeak.speak("[[ket'Ab]]").pcm != espeak.speak("[[kat'ib]]").pcm


def test_words_beside_phonemes_are_found_where_they_stand() -> None:
    text = "سلام [[ɢˈæd]] کتاب"

    words = [text[each.begin : each.end] for each in Espeak().speak(text).words]

    assert words[0] == "سلام"
    assert words[-1] == "کتاب"
