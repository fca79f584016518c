"""What stands behind an option → a value."""

from __future__ import annotations

import pytest

from narrate import options
from narrate.errors import UsageError
from narrate.model import Pauses


@pytest.mark.parametrize(
    ("values", "pauses"),
    [
        ([], Pauses()),
        (["sentence=300ms"], Pauses(sentence=300)),
        (["sentence=0.3s, chapter=2s"], Pauses(sentence=300, chapter=2000)),
        (["sentence=1s", "sentence=۲۵۰ms"], Pauses(sentence=250)),
        (["tail=0"], Pauses(tail=0)),
    ],
)
def test_pauses_take_seconds_and_milliseconds(values: list[str], pauses: Pauses) -> None:
    assert options.pauses(values) == pauses


@pytest.mark.parametrize(
    "text",
    ["sentence", "=1s", "sentence=", "sentence=-1s", "sentence=1", "sentence=1m", "sentence=61s"],
)
def test_a_pause_that_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--pause"):
        options.pauses([text])


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("", ""),
        ("2026", "2026"),
        ("۱۳۹۶/۰۸/۰۲", "1396-08-02"),
        ("2026-11", "2026-11"),
        ("۱۴۰۲/۵/۱", "1402-05-01"),
    ],
)
def test_dates_take_persian_digits(text: str, date: str) -> None:
    assert options.date(text) == date


@pytest.mark.parametrize("text", ["26", "2026-13", "2026-11-32", "next year"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        options.date(text)


def test_formats_are_named_once_in_the_order_that_was_asked_for() -> None:
    assert options.formats(["m4b, MP3", "m4b"], ("mp3", "m4b")) == ("m4b", "mp3")
    assert options.formats(["m4b,all"], ("mp3", "m4b")) == ("mp3", "m4b")


@pytest.mark.parametrize(
    ("values", "skipped"),
    [
        ([], set()),
        (["none"], set()),
        (["urls, footnotes", "urls"], {"urls", "footnotes"}),
        (["references؛urls"], {"references", "urls"}),
        (["all"], {"footnotes", "references", "urls"}),
    ],
)
def test_what_is_skipped_is_named_in_a_list(values: list[str], skipped: set[str]) -> None:
    assert options.skipped(values) == skipped


def test_a_number_may_have_persian_digits() -> None:
    assert options.number("۱۲٫۵", "--chapter-minutes", 1, 600, "minutes") == 12.5


@pytest.mark.parametrize("text", ["nan", "inf", "", "ten"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--chapter-minutes"):
        options.number(text, "--chapter-minutes", 1, 600, "minutes")
