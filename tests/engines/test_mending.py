"""What eSpeak NG says wrong of Persian, mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from narrate.engines.espeak import Espeak
from narrate.engines.mending import mended

if TYPE_CHECKING:
    from collections.abc import Sequence

SAID = {
    "به‌عنوان": "b_e:_'o_n_v_A_n",
    "به‌عنوانِ": "b_e:_'o_n_v_A_n_e",
    "سیاسی": "s_i_'A_s_i",
    "رئیس": "R_'a_i:_s",
    "آیا": "'A_i_'A",
    "کتاب": "k_e_t_'A_b",
    "کتابِ": "k_e_t_'A_b_e",
    "بازی": "b_'A_z_i",
    "بازیِ": "b_A_z_'i_e",
    "جلو": "dZ_'o_l_o",
    "جلوِ": "dZ_o_l_'o_e",
    "تحت": "t_'a_h_t_e",
    "تحتِ": "t_a_h_t_'e_e",
    "خانه": "x_'A_n_e",
    "دوره‌ای": "d_'o_R_e_'i:",
}


def told(text: str) -> str:
    return mended(text, lambda words: {word: SAID[word] for word in words})[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("سیاسی", "[[sij'Asi]]"),
        ("رئیس", "[[R'a?i:s]]"),
        ("به‌عنوانِ", "[[be:?'onvAne]]"),
        ("آیا", "[['Aj'A]]"),
        ("دوره‌ای", "[[d'oRe?'i:]]"),
        ("کتابِ", "کتابِ"),
        ("بازیِ", "[[b'Azije]]"),
        ("جلوِ", "[[dZ'oloje]]"),
        ("تحتِ", "[[t'ahte]]"),
        ("«سیاسی»، کتاب", "« [[sij'Asi]] »، کتاب"),
        ("[[sal'Am]] سیاسی", "[[sal'Am]] [[sij'Asi]]"),
    ],
)
def test_vowels_that_meet_and_a_doubled_ezafe_are_mended(text: str, expected: str) -> None:
    assert told(text) == expected


def test_each_letter_told_has_a_place_in_the_text() -> None:
    text = "رئیس کتاب «سیاسی» است."

    def look_up(words: Sequence[str]) -> dict[str, str]:
        return {word: SAID.get(word, "x") for word in words}

    told, places = mended(text, look_up)

    assert len(places) == len(told) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)
    assert text[places[told.index("sij'Asi")]] == "س"


def test_only_persian_voices_are_mended_and_only_if_wanted() -> None:
    assert Espeak().phonemes("رئیس") == "rˈaʔis"
    assert Espeak(mend=0).phonemes("رئیس") == "rˈais"
    assert Espeak(mend=0).speak("رئیس") != Espeak().speak("رئیس")


def test_the_words_of_a_mended_text_lie_in_the_text() -> None:
    text = "رئیس سیاسی، کتابِ او"

    assert [text[word.begin : word.end] for word in Espeak().speak(text).words] == [
        *("رئیس", "سیاسی", "کتابِ", "او")
    ]
