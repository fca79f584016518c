"""A text line by line: one line out for each line in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from narrate.engines.espeak import Espeak
from narrate.model import Pronunciation
from narrate.persian import Manner
from narrate.proofreading import as_lexicon, phonemes, spoken, unknown, written
from narrate.reading import read_pronunciations

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = Manner()

LINES = st.lists(st.text("کتابهایمی رومش.،!؟()«»\u200c¬۱1a@ـ#*", max_size=40), max_size=6)


@given(LINES)
def test_every_form_gives_one_line_for_each(lines: list[str]) -> None:
    for shown in (written(lines), spoken(lines, PLAIN), phonemes(lines, PLAIN, Espeak())):
        assert len(shown) == len(lines)
        assert not any("\n" in line for line in shown)


def test_a_line_is_repaired_in_the_light_of_the_whole_text() -> None:
    line = "پیشخوان"

    trusted = "پیش‌خوان می‌رود و پیش‌خوان می‌گوید و می‌خواند."

    assert written([line]) == [line]
    assert written([trusted, line])[1] == "پیش‌خوان"


def test_what_is_not_spoken_is_empty() -> None:
    assert spoken(["***", "# سرآغاز", "سلام."], PLAIN) == ["", "سرآغاز", "سلام."]


def test_a_heading_is_said_as_a_heading() -> None:
    assert spoken(["## ۲٫۱ روش", "۲٫۱ متر"], PLAIN) == ["دو، یک، روش", "دو و یک دهم متر"]


def test_unknown_words_are_a_lexicon_to_be_filled_in(tmp_path: Path) -> None:
    found = unknown(["شلیاپنیکف آمد.", "شلیاپنیکف رفت."], PLAIN)
    path = tmp_path / "names.tsv"
    path.write_text("\n".join(as_lexicon(found)), encoding="utf-8")

    assert as_lexicon(found) == ["شلیاپنیکف\tشلیاپنیکف\t# 2× شلیاپنیکف آمد."]
    assert read_pronunciations(str(path)) == (Pronunciation("شلیاپنیکف", "شلیاپنیکف"),)
