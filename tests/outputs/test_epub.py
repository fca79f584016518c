"""EPUB 3 with Media Overlays: every sentence once, in order, without gaps."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from narrate.model import Book, Chapter, Cover, Kind, Paragraph
from narrate.outputs.inspection import inspect
from narrate.pipeline import build
from tests.outputs.books import TRAPS, of_all_kinds, of_traps

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.etree import _Element as Element

    from narrate.engines import Engine
    from narrate.finishing import Result
    from narrate.pipeline import Job

NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "o": "http://www.idpf.org/2007/opf",
    "d": "http://purl.org/dc/elements/1.1/",
    "s": "http://www.w3.org/ns/SMIL",
}


def built(book: Book, engine: Engine, job: Job) -> Result:
    (result,) = build(book, engine, replace(job, formats=("epub",)))
    return result


def part(path: Path, name: str) -> Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read(f"EPUB/{name}"), etree.XMLParser())


def found(root: Element, path: str) -> list[str]:
    return [str(each) for each in root.xpath(path, namespaces=NAMES)]


def test_the_kind_of_file_is_told_first_and_plainly(job: Job, tone: Engine) -> None:
    data = built(of_all_kinds(), tone, job).path.read_bytes()

    assert data[30:58] == b"mimetypeapplication/epub+zip"


@pytest.mark.parametrize("book", [of_all_kinds(), of_traps()], ids=["all kinds", "traps"])
def test_every_sentence_is_in_the_overlay_once_and_clips_meet(
    book: Book, job: Job, tone: Engine, tmp_path: Path
) -> None:
    result = built(book, tone, job)
    written = []
    for number, chapter in enumerate(result.audiobook.book.chapters):
        overlay, text = (part(result.path, f"{chapter.id}.{end}") for end in ("smil", "xhtml"))
        ids = [each.partition("#")[2] for each in found(overlay, "//s:text/@src")]
        begins = [float(each[:-1]) for each in found(overlay, "//s:audio/@clipBegin")]
        ends = [float(each[:-1]) for each in found(overlay, "//s:audio/@clipEnd")]
        spans = found(text, "//h:span/@id")
        assert ids == spans
        assert begins[1:] == ends[:-1]
        with zipfile.ZipFile(result.path) as archive:
            sound = tmp_path / f"{chapter.id}.mp3"
            sound.write_bytes(archive.read(f"EPUB/{chapter.id}.mp3"))
        rate = result.audiobook.timeline.rate
        assert ends[-1] == pytest.approx(inspect(sound).length, abs=576 / rate)
        assert (begins[0] == 0) == (number > 0)
        written += [
            "".join(each.itertext())
            for each in text.iterfind(".//{http://www.w3.org/1999/xhtml}span")
        ]
    assert written == [cue.utterance.written for cue in result.audiobook.timeline.cues]


def test_the_length_of_the_whole_is_that_of_its_parts(job: Job, tone: Engine) -> None:
    package = part(built(of_all_kinds(), tone, job).path, "package.opf")

    told = found(package, "//o:meta[@property='media:duration']/text()")
    whole, *parts = sorted((float(each[:-1]) for each in told), reverse=True)

    assert len(parts) == 3
    assert whole == pytest.approx(sum(parts), abs=0.001)


def test_chapters_are_listed_in_one_another(job: Job, tone: Engine) -> None:
    nav = part(built(of_all_kinds(), tone, job).path, "nav.xhtml")

    assert found(nav, "/h:html/h:body/h:nav/h:ol/h:li/h:a/text()") == ["فصل یکم", "پایان"]
    assert found(nav, "//h:ol/h:li/h:ol/h:li/h:a/text()") == ["بخش نخست"]


def test_paragraphs_keep_their_kinds_and_languages(job: Job, tone: Engine) -> None:
    job = replace(job, formats=("epub",))
    (result,) = build(of_all_kinds(), tone, job)
    first, second = (part(result.path, f"c000{number}.xhtml") for number in (1, 2))

    assert found(first, "//h:h1//text()") == ["فصل یکم"]
    assert found(first, "//h:blockquote/h:p/h:span[1]/text()") == ["این را از کتابی آورده‌ام."]
    assert len(found(first, "//h:p[@class='verse']/h:br")) == 1
    assert len(found(first, "//h:hr")) == 1
    assert found(second, "//h:ul/h:li/h:span/text()") == ["سیب", "گلابی و انار"]
    assert found(second, "//h:p[@lang='en'][@dir='ltr']/@id") == ["c0002p00005"]
    assert found(second, "/h:html/@dir") == ["rtl"]


def test_what_a_library_asks_is_told(job: Job, tone: Engine) -> None:
    book = of_all_kinds()
    cover = Cover(b"\x89PNG\r\n\x1a\n", "image/png")
    book = replace(book, details=replace(book.details, cover=cover))

    package = part(built(book, tone, job).path, "package.opf")

    assert found(package, "//d:creator/text()") == ["سعدی", "حافظ"]
    assert found(package, "//d:contributor/text()") == ["نرگس"]
    assert found(package, "//d:publisher/text()") == ["نشر نو"]
    assert found(package, "//o:spine/@page-progression-direction") == ["rtl"]
    assert found(package, "//o:item[@properties='cover-image']/@href") == ["cover.png"]
    assert found(package, "//o:meta[@property='group-position']/text()") == ["2"]


def test_a_book_is_called_and_built_the_same_in_every_build(job: Job, tone: Engine) -> None:
    first = part(built(of_all_kinds(), tone, job).path, "package.opf")
    other = replace(job, folder=job.folder / "other")
    second = part(built(of_all_kinds(), tone, other).path, "package.opf")

    for path in ("//d:identifier/text()", "//o:item/@id", "//o:item/@href"):
        assert found(first, path) == found(second, path)


def test_what_looks_like_markup_is_text(job: Job, tone: Engine) -> None:
    path = built(of_traps(), tone, job).path

    package, nav = part(path, "package.opf"), part(path, "nav.xhtml")
    assert found(package, "//d:title/text()") == [TRAPS[1]]
    assert found(package, "//d:description/text()") == [TRAPS[2]]
    titles = found(nav, "//h:nav//h:a/text()")
    assert [title.partition(" ")[2].partition(" ")[2] for title in titles] == [
        trap.strip() for trap in TRAPS
    ]
    with zipfile.ZipFile(path) as archive:
        pages = [name for name in archive.namelist() if name.endswith(".xhtml")]
        assert not any(b"<script" in archive.read(name) for name in pages)
        assert not any(b"<img" in archive.read(name) for name in pages)


def test_lists_quotations_and_the_title_are_what_they_are(job: Job, tone: Engine) -> None:
    texts: tuple[tuple[Kind, str], ...] = (
        ("heading", "کتاب من"), ("heading", "آغاز"), ("item", "۱. سیب"), ("item", "۲. گلابی"),
        ("item", "انار"), ("quote", "نقل یکم."), ("quote", "نقل دوم."),
    )  # fmt: skip
    paragraphs = tuple(
        Paragraph(f"c0001p{number:05}", text, kind) for number, (kind, text) in enumerate(texts, 1)
    )
    book = Book("کتاب من", (Chapter("c0001", "آغاز", paragraphs),))

    page = part(built(book, tone, job).path, "c0001.xhtml")

    assert found(page, "//h:p[@class='title']//text()") == ["کتاب من"]
    assert found(page, "//h:h1//text()") == ["آغاز"]
    assert found(page, "//h:ul[@class='numbered']/h:li//text()") == ["۱. سیب", "۲. گلابی"]
    assert found(page, "//h:ul[not(@class)]/h:li//text()") == ["انار"]
    assert found(page, "//h:blockquote/h:p[2]//text()") == ["نقل دوم."]
