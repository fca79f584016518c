"""A text line by line: one line out for each line in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from narrate.proofreading import FORMS, spoken, written

LINES = st.lists(st.text("کتابهایمی رومش.،!؟()«»\u200c¬۱1a@ـ#*", max_size=40), max_size=6)


@given(LINES)
def test_every_form_gives_one_line_for_each(lines: list[str]) -> None:
    for form in FORMS.values():
        shown = form(lines)

        assert len(shown) == len(lines)
        assert not any("\n" in line for line in shown)


def test_a_line_is_repaired_in_the_light_of_the_whole_text() -> None:
    line = "پیشخوان"

    assert written([line]) == [line]
    assert written(["پیش‌خوان می‌رود و پیش‌خوان می‌گوید و می‌خواند.", line])[1] == "پیش‌خوان"


def test_what_is_not_spoken_is_empty() -> None:
    assert spoken(["***", "# سرآغاز", "سلام."]) == ["", "سرآغاز", "سلام."]
