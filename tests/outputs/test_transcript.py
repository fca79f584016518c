"""A transcript is the whole text of its episode, as data, with its headings in order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from narrate.outputs import transcript
from narrate.pipeline import build
from tests.outputs.books import of_all_kinds, of_traps

if TYPE_CHECKING:
    from pathlib import Path

    from narrate.engines import Engine
    from narrate.model import Audiobook, Book
    from narrate.pipeline import Job


def page(audiobook: Audiobook, path: Path) -> etree._Element:
    transcript.write(audiobook, path, lambda _: None)
    found = etree.fromstring(path.read_bytes(), etree.HTMLParser(encoding="utf-8"))
    assert found is not None
    return found


@pytest.mark.parametrize("book", [of_all_kinds(), of_traps()], ids=["all kinds", "traps"])
def test_it_holds_every_paragraph_and_nothing_that_runs(
    book: Book, job: Job, tone: Engine, tmp_path: Path
) -> None:
    (result,) = build(book, tone, replace(job, formats=("mp3",)))

    found = page(result.audiobook, tmp_path / "a.html")

    seen = "".join("".join(map(str, found.itertext())).split())
    for chapter in result.audiobook.chapters:
        for paragraph in chapter.paragraphs:
            if paragraph.kind != "rule":
                assert "".join(paragraph.text.split()) in seen
    assert not found.xpath("//script | //img | //iframe | //*[@onclick or @onerror or @href]")
    assert (found.get("lang"), found.get("dir")) == ("fa", "rtl")


def test_an_episode_of_one_chapter_says_its_title_once(
    job: Job, tone: Engine, tmp_path: Path
) -> None:
    job = replace(job, formats=("mp3",), per_chapter=True)
    whole, first, *_ = build(of_all_kinds(), tone, job)

    def headings(audiobook: Audiobook) -> list[str]:
        found = page(audiobook, tmp_path / "a.html")
        return ["".join(map(str, each.itertext())) for each in found.iter("h1")]

    named = replace(whole.audiobook, title=whole.audiobook.chapters[0].title)
    assert headings(whole.audiobook) == [whole.audiobook.title]
    assert headings(named) == [named.title]
    assert headings(first.audiobook) == [first.audiobook.title]
