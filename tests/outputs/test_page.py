"""The page that reads along: its text, its times, and nothing in it that a text can do."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from narrate.errors import OutputError
from narrate.pipeline import build
from tests.outputs.books import TRAPS, of_all_kinds, of_traps

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.engines import Engine
    from narrate.finishing import Result
    from narrate.model import Book
    from narrate.pipeline import Job


def built(book: Book, engine: Engine, job: Job) -> tuple[Result, Element]:
    (result,) = build(book, engine, replace(job, formats=("page",)))
    index = (result.path / "index.html").read_bytes()
    return result, etree.fromstring(index, etree.HTMLParser(encoding="utf-8"))


@pytest.mark.parametrize("book", [of_all_kinds(), of_traps()], ids=["all kinds", "traps"])
def test_every_sentence_is_there_with_when_it_begins(book: Book, job: Job, tone: Engine) -> None:
    result, page = built(book, tone, job)

    timeline = result.audiobook.timeline
    found = [
        (
            float(section.get("data-from", "")) + float(each.get("data-begin", "")),
            "".join(map(str, each.itertext())),
        )
        for section in page.iter("section")
        for each in section.iterfind(".//span[@data-begin]")
    ]
    assert [text for _, text in found] == [cue.utterance.written for cue in timeline.cues]
    assert [begin for begin, _ in found] == pytest.approx(
        [cue.begin / timeline.rate for cue in timeline.cues], abs=0.0011
    )


def test_a_page_needs_nothing_that_is_not_in_its_folder(job: Job, tone: Engine) -> None:
    result, page = built(of_all_kinds(), tone, job)

    names = {each.name for each in result.path.iterdir()}
    links = [each.get("href", "") for each in page.iter("link")]
    sources = [each.get("src", "") for each in page.iter("script", "audio", "img")]
    assert {*links, *sources} - {"data:,", ""} <= names
    assert {"vazirmatn.woff2", "OFL.txt"} <= names


def test_what_looks_like_markup_is_text(job: Job, tone: Engine) -> None:
    _, page = built(of_traps(), tone, job)

    assert [each.get("src") for each in page.iter("script")] == ["page.js"]
    assert [*page.iter("img")] == []
    assert page.findtext(".//title") == TRAPS[1]
    assert page.findtext(".//header/h1") == TRAPS[1]


def test_a_page_is_left_as_it_is_until_its_text_changes(job: Job, tone: Engine) -> None:
    first, _ = built(of_all_kinds(), tone, job)
    before = (first.path / "index.html").stat().st_mtime_ns
    same, _ = built(of_all_kinds(), tone, job)
    kept = (same.path / "index.html").stat().st_mtime_ns
    book = of_all_kinds()
    other = replace(book.chapters[2], paragraphs=book.chapters[2].paragraphs[:1], title="پسین")

    changed, page = built(replace(book, chapters=(*book.chapters[:2], other)), tone, job)

    assert before == kept
    assert (changed.path / "index.html").stat().st_mtime_ns != kept
    assert [each.text for each in page.iterfind(".//nav//a")][-1] == "پسین"


def test_a_folder_that_somebody_else_made_is_not_replaced(job: Job, tone: Engine) -> None:
    own = job.folder / f"{of_all_kinds().title}.page"
    own.mkdir(parents=True)
    (own / "دفتر.txt").write_text("مال من")

    with pytest.raises(OutputError, match="in the way"):
        built(of_all_kinds(), tone, job)

    assert (own / "دفتر.txt").read_text() == "مال من"
