"""Every rule of a feed is found out when it is broken."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from PIL import Image

from narrate.checking import Verdict, check
from narrate.engines import create
from narrate.feed.publishing import Change, opened
from narrate.feed.show import Show
from narrate.pipeline import Job, workshop
from narrate.speaking import Cast
from narrate.testing import tiny_book
from tests.feed.makers import URL


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show")
    show = Show(folder / "s.toml", folder / "s", URL, "نمایش", "درباره", author=("نرگس",))
    job = Job(show.folder, folder / "store")
    with opened(show) as feed, workshop(job) as shop:
        for title in ("یکم", "دوم"):
            book = tiny_book(chapters=2, title=title)
            feed.add(Change(title, ""), book, Cast(create("tone")), job, shop, lambda _: None)
    return show.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "copy"))


def broken(path: Path) -> dict[str, str]:
    """Return the rules that are not kept, each with the reason."""
    findings = check(path).findings
    return {each.rule: each.reason for each in findings if each.verdict is not Verdict.PASS}


def test_what_narrate_makes_keeps_every_rule(folder: Path) -> None:
    assert broken(folder) == broken(folder / "feed.xml") == {}


SPOILT = {
    "no title": ("<title>نمایش</title>", "", "required", "the channel has no title"),
    "no description": ("<description>درباره</description>", "", "required", "no description"),
    "no language": ("<language>fa</language>", "<language/>", "required", "no language"),
    "no person behind it": ("<itunes:author>نرگس</itunes:author>", "", "advised", "itunes:author"),
    "explicit yes": ("<itunes:explicit>false", "<itunes:explicit>yes", "values", "is yes, and not"),
    "a clock": ("<itunes:duration>", "<itunes:duration>0:", "values", "not whole seconds"),
    "a language in words": ("<language>fa", "<language>Persian fa", "values", "not a code as fa"),
    "a strange type": ("<itunes:type>episodic", "<itunes:type>x", "values", "neither episodic"),
    "no such category": ('text="Arts"', 'text="Art"', "values", "no category Art"),
    "no such part": ('text="Books"', 'text="Book"', "values", "no category Arts > Book"),
    "a long description": ("درباره", "ب" * 2001, "values", "longer than 4000 bytes"),
    "a wrong show guid": ("<podcast:guid>", "<podcast:guid>x", "guids", "and not a UUID"),
    "no date": ("<pubDate>", "<pubDate>x", "dates", "is no date of RFC 2822"),
    "another length": ('length="', 'length="9', "sounds", "bytes, and not 9"),
    "no length": ('length="', 'length="x', "sounds", "not a number of bytes"),
    "another type": ('type="audio/mpeg"', 'type="audio/mp3"', "sounds", "that of .mp3 is audio"),
    "another duration": ("<itunes:duration>", "<itunes:duration>1", "sounds", "s long, and not 1"),
    "an address of nothing": ('enclosure url="https://', 'enclosure url="', "files", "no address"),
    "a missing file": (".chapters.json", ".json", "files", "is not there"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_a_broken_rule_is_named_with_its_item(folder: Path, case: str) -> None:
    old, new, rule, reason = SPOILT[case]
    path = folder / "feed.xml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    found = broken(folder)

    assert reason in found[rule]
    assert set(found) <= {rule, "required", "advised"}


def test_items_that_share_a_guid_or_a_date_are_found(folder: Path) -> None:
    path = folder / "feed.xml"
    text = path.read_text(encoding="utf-8")
    first, second = text.split("<item>")[1:]
    path.write_text(text.replace(second.split("</item>")[0], first.split("</item>")[0]))

    found = broken(folder)

    assert "2 items have the guid" in found["guids"]
    assert "1 items have the date of another" in found["dates"]


def test_a_day_that_never_was_is_found(folder: Path) -> None:
    path = folder / "feed.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("<pubDate>.*?<", "<pubDate>30 Feb 2026 00:00:00 +0000<", text))

    assert "30 Feb 2026 00:00:00 +0000 is no date" in broken(folder)["dates"]


def test_a_date_in_the_future_is_found(folder: Path) -> None:
    path = folder / "feed.xml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("<pubDate>.*?<", "<pubDate>Mon, 1 Jan 2120 00:00:00 +0000<", text))

    assert "comes in the future" in broken(folder)["dates"]


@pytest.mark.parametrize(
    ("chapters", "reason"),
    [
        ("[]", "is no list of chapters"),
        ('{"version": "1", "chapters": []}', "do not rise"),
        ('{"version": "1", "chapters": [{"startTime": 2}, {"startTime": 1}]}', "do not rise"),
        ('{"chapters": [{"startTime": 0}]}', "has no version"),
    ],
)
def test_chapters_that_no_app_reads_are_found(folder: Path, chapters: str, reason: str) -> None:
    next(folder.glob("episodes/*.json")).write_text(chapters, encoding="utf-8")

    assert reason in broken(folder)["beside"]


def test_a_damaged_transcript_is_found(folder: Path) -> None:
    next(folder.glob("episodes/*.vtt")).write_text("x", encoding="utf-8")

    assert "does not begin with WEBVTT" in broken(folder)["beside"]


def test_a_sound_that_is_none_is_found(folder: Path) -> None:
    path = next(folder.glob("episodes/*.mp3"))
    path.write_bytes(bytes(path.stat().st_size))

    assert "is no sound that can be decoded" in broken(folder)["sounds"]


def test_small_artwork_is_found(folder: Path) -> None:
    Image.new("RGB", (1000, 1000)).save(folder / "artwork.jpg")

    assert "1000 × 1000 pixels" in broken(folder)["artwork"]


def test_a_feed_of_others_is_judged_without_its_files(tmp_path: Path) -> None:
    path = tmp_path / "other.rss"
    path.write_text(
        "<rss version='2.0'><channel><title>x</title><item><title>y</title>"
        "<enclosure url='https://a.ir/y.mp3' length='3' type='audio/mpeg'/></item></channel></rss>"
    )

    found = broken(path)

    assert found["required"].startswith("the channel has no description")
    assert set(found) == {"required", "advised"}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("<rss><channel>", "is damaged"),
        ("<feed/>", "is no podcast feed"),
        ("<rss/>", "is no podcast feed"),
        ("<!DOCTYPE r [<!ENTITY a 'b'>]><rss><channel><title>&a;</title></channel></rss>", "no"),
    ],
)
def test_what_is_no_feed_fails_in_one_line(tmp_path: Path, data: str, reason: str) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(data)

    first = check(path).findings[0]

    assert first.verdict is Verdict.FAIL
    assert reason in first.reason
