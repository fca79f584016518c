"""What was published keeps its guid, its address and its date."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import InputError
from narrate.feed.episodes import Listing, Source, load, named, save
from narrate.podcasting import show_guid
from tests.feed.makers import BEGIN, episode, listing

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "یک دو سه چهار پنج شش یک! یک؟ 🙂 ••".split()
TITLES = st.lists(st.sampled_from(WORDS) | st.text(), max_size=8)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path, kept = tmp_path / "a.json", listing("یک", "دو", "سه", books=2)

    save(kept, path)

    assert load(path, "other") == kept


def test_a_new_show_has_its_own_guid(tmp_path: Path) -> None:
    assert load(tmp_path / "a.json", "guid") == Listing("guid")


@pytest.mark.parametrize(
    "data", ["", "[]", "{}", '{"version": 2}', '{"version": 1, "guid": "x", "sources": []}', "\xff"]
)
def test_a_damaged_memory_is_told_and_not_begun_anew(tmp_path: Path, data: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(data, encoding="latin-1")

    with pytest.raises(InputError, match="which remembers the episodes, is damaged"):
        load(path, "guid")
    assert path.read_text(encoding="latin-1") == data


def test_what_a_stranger_left_out_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save(listing("یک"), path)
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["sources"][0]["episodes"][0]["guid"]
    path.write_text(json.dumps(data), encoding="utf-8")

    with pytest.raises(InputError, match="is damaged"):
        load(path, "guid")


@given(TITLES, TITLES)
def test_every_episode_has_a_guid_and_an_address_of_its_own(
    before: list[str], after: list[str]
) -> None:
    old = listing(*before) if before else Listing(show_guid("https://a.ir"))

    names = named(old, "1.txt", after)

    assert len(names) == len(after)
    assert len({each.guid for each in names}) == len(after)
    assert len({each.slug.casefold() for each in names}) == len(after)
    assert all(len(each.slug.encode()) < 140 for each in names)


@given(TITLES, st.integers(0, 7), st.text())
def test_another_title_changes_no_guid_and_no_address(
    titles: list[str], place: int, title: str
) -> None:
    if place >= len(titles):
        return
    old = listing(*titles)
    changed = [*titles[:place], title, *titles[place + 1 :]]

    names = named(old, "1.txt", changed)

    assert [(each.guid, each.slug) for each in names] == [
        (each.guid, each.slug) for each in old.episodes
    ]


def test_a_chapter_that_comes_between_takes_nobody_s_guid() -> None:
    old = listing("یک", "دو", "سه")

    first, new, second, third = named(old, "1.txt", ["یک", "تازه", "دو", "سه"])

    assert [each.guid for each in (first, second, third)] == [each.guid for each in old.episodes]
    assert new.guid not in {each.guid for each in old.episodes}
    assert new.slug == "تازه"


def test_equal_titles_and_titles_without_letters_get_distinct_addresses() -> None:
    names = named(Listing(show_guid("a.ir")), "1.txt", ["شب!", "شب؟", "شب-۲", "🙂", "  ", "<&>"])

    assert [each.slug for each in names] == [
        *("شب", "شب-2", "شب-۲", "episode", "episode-2", "episode-3"),
    ]


def test_the_same_titles_get_the_same_guids_where_memory_is_lost() -> None:
    empty = Listing(show_guid("https://a.ir/feed.xml"))

    assert [each.guid for each in named(empty, "a", ["یک", "دو"])] == [
        each.guid for each in named(empty, "b", ["یک", "دو"])
    ]


@given(
    st.lists(st.lists(st.integers(-5, 5), min_size=1, max_size=4), max_size=5),
    st.integers(-3, 3),
)
def test_dates_rise_and_none_is_in_the_future(seconds: list[list[int]], now: int) -> None:
    sources = tuple(
        Source(
            str(place),
            "",
            "",
            tuple(replace(episode(1), date=BEGIN + timedelta(seconds=each)) for each in those),
        )
        for place, those in enumerate(seconds)
    )
    at = BEGIN + timedelta(seconds=now, milliseconds=500)

    dates = [each.date for each in Listing("g", sources).dated(at).episodes]

    assert all(before < after for before, after in pairwise(dates))
    assert all(each <= at and not each.microsecond for each in dates)
    given_ = [each.date for source in sources for each in source.episodes]
    assert all(new <= old for new, old in zip(dates, given_, strict=True))


def test_dates_that_rise_stay() -> None:
    kept = listing("یک", "دو", "سه", books=2)

    assert kept.dated(datetime(2027, 1, 1, tzinfo=UTC)) == kept


def test_a_book_takes_its_own_place_again() -> None:
    kept = listing("یک", "دو", books=2)
    new = replace(kept.sources[0], title="نو")

    assert kept.having(new).sources == (new, kept.sources[1])
    assert kept.without("1.txt").sources == (kept.sources[1],)
    assert kept.having(replace(new, name="3.txt")).sources[2].name == "3.txt"
