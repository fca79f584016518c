"""The lexicon: what lies in the package is what the rules are told."""

from __future__ import annotations

from narrate.persian.spacing.lexicon import Lexicon, lexicon, packed, unpacked


def test_what_is_packed_comes_out_again() -> None:
    table = Lexicon(
        known={"کتاب": ("9", "N"), "آب": ("9", "N"), "رود": ("8", "V")},
        compounds={"کتابخانه": (4,), "خانهبهدوش": (4, 6)},
        verbs=frozenset(["روم", "رود"]),
        participles=frozenset(["رفته"]),
        heads={"کتاب": 1, "خانه": 1},
        tails={"خانه": 1, "دوش": 1},
    )

    assert unpacked(packed(table)) == table


def test_the_package_knows_the_language() -> None:
    table = lexicon()

    assert table.frequency("کتاب") > table.frequency("خورجین") > "1"
    assert table.frequency("کتابخانهش") == "0"
    assert table.kind("کتاب") != "-"
    assert {"روم", "شه", "خوام"} <= table.verbs
    assert "رفته" in table.participles
    assert table.compounds["کتابشناسی"] == (4,)


def test_a_stem_keeps_two_letters() -> None:
    table = lexicon()

    assert table.stem("کتابهایشان") == "کتاب"
    assert table.stem("بزرگترین") == "بزرگ"
    assert table.stem("ما") == "ما"
