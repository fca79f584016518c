"""Four readers of podcasts find the same episodes in a feed, with all that belongs to them."""

from __future__ import annotations

import io
import json
from calendar import timegm
from datetime import UTC, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest

from narrate.checking import Verdict, check
from narrate.engines import create
from narrate.feed.publishing import Change, opened
from narrate.feed.show import Show
from narrate.pipeline import Job, workshop
from narrate.podcasting import PODCAST
from narrate.speaking import Cast
from tests.feed.makers import URL
from tests.judges.conftest import ROOT
from tests.judges.test_epub_judges import node
from tests.outputs.books import of_all_kinds, of_traps

if TYPE_CHECKING:
    from narrate.feed.episodes import Episode
    from narrate.feed.publishing import Feed

TITLE = "قصه‌های «شب» & <روز> 🙂"


@pytest.fixture(scope="module", params=["books", "chapters"])
def feed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Feed:
    folder = tmp_path_factory.mktemp("show")
    show = Show(
        folder / "show.toml",
        folder / "show",
        URL,
        TITLE,
        "هر شب یک قصه",
        author=("نرگس",),
        email="n@example.org",
        type="serial",
        medium="audiobook",
        episodes="chapter" if request.param == "chapters" else "book",
        audio="m4a" if request.param == "chapters" else "mp3",
        license="cc-by-4.0",
        funding="https://example.org/give",
    )
    job, cast = Job(show.folder, folder / "store"), Cast(create("tone"))
    with opened(show) as found, workshop(job) as shop:
        for name, book in (("a", of_all_kinds()), ("b", of_traps())):
            found.add(Change(name, ""), book, cast, job, shop, lambda _: None)
        found.write()
    return found


def expected(feed: Feed) -> list[dict[str, Any]]:
    """Return what every reader is to find, the newest first."""
    return [
        {
            "title": each.title,
            "guid": each.guid,
            "url": feed.show.url(f"episodes/{each.slug}{each.audio}"),
            "size": each.size,
            "seconds": each.seconds,
            "date": each.date,
        }
        for each in reversed(feed.listing.episodes)
    ]


def test_our_own_rules_find_nothing(feed: Feed) -> None:
    findings = check(feed.show.folder).findings

    assert [each for each in findings if each.verdict is not Verdict.PASS] == []


def test_partytime_and_rss_parser_read_it(feed: Feed) -> None:
    found = json.loads(node(str(ROOT / "tests/judges/feeds.js"), feed.show.folder / "feed.xml"))
    party, plain = found["partytime"], found["plain"]

    assert (party["title"], plain["title"]) == (TITLE, TITLE)
    assert (party["medium"], party["guid"]) == ("audiobook", feed.listing.guid)
    assert party["license"]["identifier"] == "cc-by-4.0"
    assert party["locked"] is False
    # It resolves entities twice.
    assert [_of_partytime(each) for each in party["items"]] == [
        each | {"title": unescape(each["title"])} for each in expected(feed)
    ]
    assert [_of_rss_parser(each) for each in plain["items"]] == expected(feed)
    for item, each in zip(party["items"], reversed(feed.listing.episodes), strict=True):
        place = feed.show.url(f"episodes/{each.slug}")
        assert item["podcastChapters"] == {
            "url": f"{place}.chapters.json",
            "type": "application/json+chapters",
        }
        assert [one["url"] for one in item["podcastTranscripts"]] == [
            *(f"{place}.vtt", f"{place}.html"),
        ]
        assert _people(item["podcastPeople"]) == _named(each)


def test_feedparser_reads_it(feed: Feed) -> None:
    import feedparser

    found = feedparser.parse((feed.show.folder / "feed.xml").read_bytes())

    assert not found.bozo, found.get("bozo_exception")
    assert (found.feed.title, found.feed.language) == (TITLE, "fa")
    assert [
        {
            "title": each.title,
            "guid": each.id,
            "url": each.enclosures[0].href,
            "size": int(each.enclosures[0].length),
            "seconds": int(each.itunes_duration),
            "date": datetime.fromtimestamp(timegm(each.published_parsed), UTC),
        }
        for each in found.entries
    ] == expected(feed)
    assert all(each.podcast_chapters["url"].endswith(".json") for each in found.entries)
    assert found.feed.podcast_medium == "audiobook"


def test_podcastparser_reads_it(feed: Feed) -> None:
    import podcastparser

    data = (feed.show.folder / "feed.xml").read_bytes()
    # It knows Podcasting 2.0 by the name that it had before its specification was final.
    known = next(each for each in podcastparser.Namespace.NAMESPACES if "podcast-namespace" in each)
    found = podcastparser.parse(
        f"{URL}feed.xml", io.BytesIO(data.replace(PODCAST.encode(), known.encode()))
    )

    assert found["title"] == TITLE
    # What is heard one after another it sorts from the first on.
    assert [
        {
            "title": each["title"],
            "guid": each["guid"],
            "url": each["enclosures"][0]["url"],
            "size": each["enclosures"][0]["file_size"],
            "seconds": each["total_time"],
            "date": datetime.fromtimestamp(each["published"], UTC),
        }
        for each in found["episodes"]
    ] == expected(feed)[::-1]
    assert all(each["transcript_url"].endswith(".html") for each in found["episodes"])
    assert all(each["chapters_json_url"].endswith(".json") for each in found["episodes"])
    assert [_people(each["persons"]) for each in found["episodes"]] == [
        _named(each) for each in feed.listing.episodes
    ]


def _people(found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(one["name"], one["role"].lower()) for one in found]


def _named(episode: Episode) -> list[tuple[str, str]]:
    writers = [(name, "author") for name in episode.authors]
    return writers + [(name, "narrator") for name in episode.narrators]


def _of_partytime(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": item["title"],
        "guid": item["guid"],
        "url": item["enclosure"]["url"],
        "size": item["enclosure"]["length"],
        "seconds": item["duration"],
        "date": datetime.fromisoformat(item["pubDate"]),
    }


def _of_rss_parser(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": item["title"],
        "guid": item["guid"],
        "url": item["enclosure"]["url"],
        "size": int(item["enclosure"]["length"]),
        "seconds": int(item["itunes"]["duration"]),
        "date": datetime.fromisoformat(item["isoDate"]),
    }
