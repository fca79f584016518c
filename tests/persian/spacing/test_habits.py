"""A document's habits: counted in its verbs and plurals, and trusted where they are clear."""

from __future__ import annotations

from narrate.persian.spacing import Habits

VERBS = "او {0}رود و {0}گوید و {0}خواند و ن{0}ماند و {0}شود."


def test_a_document_shows_how_it_writes_its_verbs() -> None:
    half, spaced, glued = (Habits.of([VERBS.format(way)]) for way in ("می‌", "می ", "می"))

    assert (half.half, half.spaced, half.glued) == (1, 0, 0)
    assert (spaced.half, spaced.spaced, spaced.glued) == (0, 1, 0)
    assert (glued.half, glued.spaced, glued.glued) == (0, 0, 1)


def test_with_few_verbs_plurals_are_asked() -> None:
    assert Habits.of(["کتاب ها و درخت ها"]).spaced == 1
    assert Habits.of(["کتاب‌ها و درختها"]).half == 0.5


def test_a_document_that_writes_half_spaces_is_changed_only_where_one_is_sure() -> None:
    trusted, web = Habits.of([VERBS.format("می‌")]), Habits.of([VERBS.format("می")])

    assert trusted.glued_sure > 0.9 > web.glued_sure
    assert trusted.spaced_sure > 0.9


def test_spaces_are_joined_freely_only_where_the_document_writes_them_for_half_spaces() -> None:
    assert Habits.of([VERBS.format("می ")]).spaced_sure < 0.9
    assert Habits.of([VERBS.format("می")]).spaced_sure > 0.9


def test_a_word_is_the_documents_own_if_it_mostly_has_its_half_space() -> None:
    habits = Habits.of(["خوش‌آمد و خوش‌آمد و خوشآمد", "آن‌ها و آنها و آنها"])

    assert habits.own == {"خوشآمد": (3,)}


def test_a_word_that_is_cut_in_two_ways_is_nobodys_own() -> None:
    assert Habits.of(["حرف‌های حرفه‌ای"]).own == {}


def test_a_house_that_glues_endings_on_purpose_is_known() -> None:
    house = VERBS.format("می‌")

    assert Habits.of([f"{house} کتابها و درختها"]).glues == ("ها",)
    assert Habits.of([f"{house} کتاب‌ها و عمیقتر و مهمترین"]).glues == ("تر",)
    assert Habits.of([f"{house} کتاب‌ها و بیشتر و بهتر"]).glues == ()
    assert Habits.of([VERBS.format("می") + " کتابها و عمیقتر"]).glues == ()


def test_an_empty_document_has_no_habits() -> None:
    assert Habits.of([]) == Habits()
