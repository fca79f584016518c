"""How ezafe is written for a voice."""

from __future__ import annotations

import pytest

from narrate.persian.vowels.marks import with_ezafe, without_ezafe


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("کتاب", "کتابِ"),
        ("بازی", "بازیِ"),
        ("خانه", "خانه‌ی"),
        ("هفته‌نامه", "هفته‌نامه‌ی"),
        ("نامهٔ", "نامه‌ی"),
        ("نامۀ", "نامه‌ی"),
        ("خانه‌ی", "خانه‌ی"),
        ("راه", "راهِ"),
        ("توجه", "توجهِ"),
        ("آیت‌الله", "آیت‌اللهِ"),
        ("صدای", "صدای"),
        ("کتاب‌های", "کتاب‌های"),
        ("نیروی", "نیروی"),
        ("روی", "روی"),
        ("جای", "جایِ"),
        ("سوی", "سویِ"),
        ("موسوی", "موسویِ"),
        ("شوروی", "شورویِ"),
        ("عضو", "عضوِ"),
        ("حَقّ", "حَقِّ".replace("ِّ", "\u0651\u0650")),
        ("کتابِ", "کتابِ"),
        ("سیا (سازمان)", "سیا (سازمان)"),
        ("کِتاب", "کِتابِ"),
        ("[[k'eRm]]", "[[k'eRme]]"),
        ("[[ziy'A]]", "[[ziy'Aje]]"),
        ("[[h'aq1(q1)]]", "[[h'aq1q1e]]"),
    ],
)
def test_ezafe_is_written_as_voices_read_it(said: str, expected: str) -> None:
    letters = said if said[0] != "[" else "کرم"

    assert with_ezafe(said, letters) == expected


def test_a_doubled_end_is_said_before_an_ezafe_alone() -> None:
    doubled = "حَق(\u0651)"

    assert without_ezafe(doubled) == "حَق"
    assert with_ezafe(doubled, "حق") == "حَق\u0651\u0650"
    assert without_ezafe("[[h'aq1(q1)]]") == "[[h'aq1]]"
