"""Words that are written alike and said otherwise."""

from __future__ import annotations

import pytest

from narrate.engines.espeak import Espeak
from narrate.persian.vowels.homographs import Form, chosen, form_of, likelihoods, table
from narrate.persian.vowels.tokens import tokens


def read(sentence: str, word: str) -> str:
    found = tokens(sentence)
    place = next(number for number, each in enumerate(found) if form_of(each.letters))
    form = form_of(found[place].letters)
    assert form
    assert form.word == word
    choice = chosen(form, likelihoods(form, found, place, ()))
    return choice[0].phonemes if choice else ""


@pytest.mark.parametrize(
    ("sentence", "word", "phonemes"),
    [
        ("پدربزرگ پیرش دیشب در بیمارستان مرد.", "مرد", "m'oRd"),
        ("یک مرد جوان وارد شد.", "مرد", "m'aRd"),
        ("یک کرم ابریشم پیله می‌تند.", "کرم", "k'eRm"),
        ("از لطف و کرم خداوند است.", "کرم", "kaR'am"),
        ("گل رز سرخ باغچه شکفت.", "گل", "g'ol"),
        ("کفش‌هایش از گل و لای سیاه بود.", "گل", "g'el"),
    ],
)
def test_what_stands_around_a_word_says_how_it_is_read(
    sentence: str, word: str, phonemes: str
) -> None:
    assert read(sentence, word) == phonemes


@pytest.mark.parametrize(
    ("letters", "form"),
    [
        ("مرد", Form("", "مرد")),
        ("کرم‌ها", Form("", "کرم", tail="‌ها")),
        ("می‌چسباند", Form("می‌", "چسباند")),
        ("مشرفان", Form("", "مشرف", "ان")),
        ("برو", None),
        ("سلام", None),
    ],
)
def test_a_homograph_is_found_in_its_forms(letters: str, form: Form | None) -> None:
    assert form_of(letters) == form


def test_an_unsure_model_leaves_the_word_to_the_voice() -> None:
    readings = len(table()["کرم"])

    assert chosen(Form("", "کرم"), [1 / readings] * readings) is None
    assert chosen(Form("", "به"), [0, 1, 0]) is None


def test_every_reading_is_spelled_as_its_word() -> None:
    for word, readings in table().items():
        assert len({each.phonemes for each in readings}) == len(readings) > 0
        for each in readings:
            bare = "".join(sign for sign in each.marked if sign.isalpha() or sign == "\u200c")
            assert bare == word


def test_the_readings_marked_as_the_voices_own_are() -> None:
    engine = Espeak()
    for word in ("مرد", "گل", "سحر", "محقق"):
        own = [each for each in table()[word] if each.is_default]

        heard = (engine.phonemes(word), engine.phonemes(f"[[{own[0].phonemes}]]"))
        assert len({each.replace("ˈ", "") for each in heard}) == 1


def test_behind_the_prefix_of_a_verb_stands_a_verb() -> None:
    readings = table()["روم"]
    rome = [float(each.sort not in {"PRES", "PAST", "V"}) for each in readings]

    assert chosen(Form("می‌", "روم"), rome) is None
