"""A feed has what PSP-1 and Apple ask for, and any title is data in it."""

from __future__ import annotations

from dataclasses import replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from narrate.feed.rss import rss
from narrate.podcasting import (
    NAMES,
    RECOMMENDED,
    RECOMMENDED_OF_ITEMS,
    REQUIRED,
    REQUIRED_OF_ITEMS,
)
from tests.feed.makers import SHOW, URL, listing

if TYPE_CHECKING:
    from narrate.feed.episodes import Listing
    from narrate.feed.show import Show

TWO = listing("یک", "دو")


def channel(show: Show = SHOW, of: Listing = TWO) -> etree._Element:
    found = etree.fromstring(rss(show, of, "artwork.jpg")).find("channel")
    assert found is not None
    return found


def texts(element: etree._Element, path: str) -> list[str | None]:
    return [each.text for each in element.findall(path, NAMES)]


def values(element: etree._Element, path: str) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in element.findall(path, NAMES)]


@pytest.mark.parametrize("name", [*REQUIRED, *RECOMMENDED])
def test_the_channel_has_every_tag_of_the_standard_once(name: str) -> None:
    assert len(channel().findall(name, NAMES)) == 1


@pytest.mark.parametrize("name", [*REQUIRED_OF_ITEMS, *RECOMMENDED_OF_ITEMS])
def test_an_item_has_every_tag_of_the_standard(name: str) -> None:
    assert all(each.findall(name, NAMES) for each in channel().findall("item"))


def test_the_channel_says_what_the_show_says() -> None:
    found = channel()

    assert texts(found, "title") == ["قصه‌های «شب» & <روز>"]
    assert values(found, "atom:link") == [
        {"href": f"{URL}feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]
    assert values(found, "itunes:category") == [{"text": "Arts"}]
    assert values(found, "itunes:category/itunes:category") == [{"text": "Books"}]
    assert values(found, "itunes:image") == [{"href": f"{URL}artwork.jpg"}]
    assert texts(found, "itunes:author") == ["نرگس، سعدی"]
    assert texts(found, "itunes:explicit") == ["false"]
    assert texts(found, "itunes:owner/itunes:email") == ["n@example.org"]
    assert texts(found, "podcast:guid") == [TWO.guid]
    assert texts(found, "podcast:locked") == ["no"]
    assert texts(found, "podcast:license") == ["cc-by-4.0"]
    assert values(found, "podcast:funding") == [{"url": "https://example.org/give"}]


def test_items_come_with_the_newest_first_and_say_where_their_files_are() -> None:
    first, second = channel().findall("item")
    place = f"{URL}episodes/e2"

    assert texts(first, "title") + texts(second, "title") == ["دو", "یک"]
    assert values(first, "enclosure") == [
        {"url": f"{place}.mp3", "length": "1002", "type": "audio/mpeg"}
    ]
    assert texts(first, "itunes:duration") == ["62"]
    assert values(first, "guid") == [{"isPermaLink": "false"}]
    assert values(first, "podcast:chapters") == [
        {"url": f"{place}.chapters.json", "type": "application/json+chapters"}
    ]
    assert values(first, "podcast:transcript") == [
        {"url": f"{place}.vtt", "type": "text/vtt", "language": "fa"},
        {"url": f"{place}.html", "type": "text/html", "language": "fa"},
    ]
    assert values(first, "podcast:person") == [
        {"role": "author", "group": "writing"},
        {"role": "narrator", "group": "cast"},
    ]
    dates = [parsedate_to_datetime(each or "") for each in texts(channel(), "item/pubDate")]
    assert dates == [each.date for each in reversed(TWO.episodes)]


def test_episodes_of_a_serial_are_counted_and_books_of_chapters_are_seasons() -> None:
    of = listing("یک", "دو", "سه", books=2)
    books = channel(replace(SHOW, type="serial"), of)
    chapters = channel(replace(SHOW, type="serial", episodes="chapter", medium="audiobook"), of)

    assert texts(books, "item/itunes:episode") == ["3", "2", "1"]
    assert texts(books, "item/itunes:season") == []
    assert texts(chapters, "item/itunes:episode") == ["1", "2", "1"]
    assert texts(chapters, "item/itunes:season") == ["2", "1", "1"]
    assert values(chapters, "item/podcast:season")[0] == {"name": "کتاب 2"}
    assert texts(chapters, "podcast:medium") == ["audiobook"]
    assert texts(channel(), "item/itunes:episode") == []


def is_legal(letter: str) -> bool:
    """Tell whether XML 1.0 can hold `letter`."""
    return letter in "\t\n\r" or (ord(letter) >= 32 and letter not in "\ufffe\uffff")


@given(st.text(max_size=600), st.text(max_size=5000))
def test_any_text_is_well_formed_and_comes_back(title: str, description: str) -> None:
    of = listing("x")
    source = of.sources[0]
    episode = replace(source.episodes[0], title=title, description=description)
    of = of.having(replace(source, episodes=(episode,)))

    (item,) = channel(replace(SHOW, title=f"ن{title}"), of).findall("item")

    assert (texts(item, "title")[0] or "").split() == "".join(filter(is_legal, title)).split()
    assert len((texts(item, "description")[0] or "").encode()) <= 4000


def test_a_long_description_is_cut_on_a_letter() -> None:
    found = channel(replace(SHOW, description="ب" * 3000))

    assert texts(found, "description") == ["ب" * 2000]


def test_the_same_show_gives_the_same_bytes() -> None:
    assert rss(SHOW, TWO, "a.jpg") == rss(SHOW, TWO, "a.jpg")
