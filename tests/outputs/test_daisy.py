"""DAISY 2.02: the control centre lists every chapter, and the clips are the whole sound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from narrate.pipeline import build
from tests.outputs.books import TRAPS, of_all_kinds, of_traps

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from narrate.engines import Engine
    from narrate.finishing import Result
    from narrate.model import Book
    from narrate.pipeline import Job


SIGNS = str.maketrans("<>", "‹›")


def built(book: Book, engine: Engine, job: Job) -> Result:
    (result,) = build(book, engine, replace(job, formats=("daisy",)))
    return result


def part(result: Result, name: str) -> Element:
    return etree.fromstring((result.path / name).read_bytes(), etree.XMLParser())


def told(root: Element) -> dict[str, str]:
    return {each.get("name", ""): each.get("content", "") for each in root.iter("{*}meta")}


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(rest)


def test_the_control_centre_lists_the_chapters_in_one_another(job: Job, tone: Engine) -> None:
    result = built(of_all_kinds(), tone, job)

    ncc = part(result, "ncc.html")

    headings = [each for each in ncc.iter() if str(each.tag)[-2:] in ("h1", "h2")]
    assert [(str(each.tag)[-2:], "".join(map(str, each.itertext()))) for each in headings] == [
        ("h1", "فصل یکم"), ("h2", "بخش نخست"), ("h1", "پایان"),
    ]  # fmt: skip
    assert headings[0].get("class") == "title"
    assert ncc.get("dir") is None
    assert told(ncc)["ncc:tocItems"] == "3"
    assert int(told(ncc)["ncc:files"]) == len([*result.path.iterdir()])
    for each in headings:
        name, _, own = each[0].get("href", "").partition("#")
        assert own in [par.get("id") for par in part(result, name).iter("par")]


@pytest.mark.parametrize("book", [of_all_kinds(), of_traps()], ids=["all kinds", "traps"])
def test_clips_meet_and_their_texts_are_there(book: Book, job: Job, tone: Engine) -> None:
    result = built(book, tone, job)
    timeline, past, written = result.audiobook.timeline, 0.0, []

    for mark, chapter in zip(timeline.marks, result.audiobook.book.chapters, strict=True):
        smil, page = (part(result, f"{chapter.id}.{end}") for end in ("smil", "html"))
        clips = [*smil.iter("audio")]
        begins, ends = (
            [float(each.get(f"clip-{side}", "")[4:-1]) for each in clips]
            for side in ("begin", "end")
        )
        assert begins[1:] == ends[:-1]
        assert ends[-1] == pytest.approx((mark.end - mark.begin) / timeline.rate, abs=0.001)
        assert seconds(told(smil)["ncc:totalElapsedTime"]) == pytest.approx(past, abs=0.002)
        past += seconds(told(smil)["ncc:timeInThisSmil"])
        texts = {each.get("id"): "".join(map(str, each.itertext())) for each in page.iter()}
        written += [texts[str(each.get("src")).partition("#")[2]] for each in smil.iter("text")]
    assert written == [cue.utterance.written for cue in timeline.cues]
    assert seconds(told(part(result, "ncc.html"))["ncc:totalTime"]) == pytest.approx(past, abs=1)


def test_what_looks_like_markup_is_text(job: Job, tone: Engine) -> None:
    result = built(of_traps(), tone, job)

    assert told(part(result, "ncc.html"))["dc:title"] == TRAPS[1].translate(SIGNS)
    pages = [each.read_bytes() for each in result.path.glob("*.html")]
    assert not any(b"<script" in page or b"<img" in page for page in pages)
