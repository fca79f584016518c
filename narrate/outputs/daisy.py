"""DAISY 2.02, full text and full audio: what library players for blind readers take.

Sources: DAISY 2.02 Specification (DAISY Consortium, 2001), sections 2.1 (NCC), 2.2 (text), 2.3 and
2.4 (SMIL); SMIL 1.0 (W3C Recommendation).
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E as S
from lxml.builder import ElementMaker

from narrate.audio.codecs import MP3
from narrate.outputs.body import body, tongue
from narrate.outputs.mp3 import sound
from narrate.outputs.names import gregorian, identifier
from narrate.outputs.output import BUFFER, Output, milliseconds
from narrate.outputs.shown import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lxml.etree import _Element as Element

    from narrate.model import Audiobook
    from narrate.outputs.output import Heard
    from narrate.outputs.shown import ShownChapter

_XHTML = "http://www.w3.org/1999/xhtml"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_X = ElementMaker(namespace=_XHTML, nsmap={None: _XHTML})
_PAGE = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
)
_SMIL = (
    '<!DOCTYPE smil PUBLIC "-//W3C//DTD SMIL 1.0//EN" "http://www.w3.org/TR/REC-smil/SMIL10.dtd">'
)
_NCC, _MASTER = "ncc.html", "master.smil"
_NOTHING_OF = ("pageFront", "pageNormal", "pageSpecial", "footnotes", "prodNotes", "sidebars")
_SAFE = str.maketrans("<>", "‹›")
"""In metadata: Thorium copies them into XML of its own as they are, and would not open the book."""
_NOBODY = "narrate"
"""Who publishes a book of which nothing is said: the specification wants a name."""


def write(audiobook: Audiobook, path: Path, heard: Heard) -> None:
    """Write `audiobook` as a DAISY book in the folder `path`."""
    chapters = shown(audiobook)
    path.mkdir()
    past = 0
    for each in chapters:
        _put(path / f"{each.id}.html", _text(audiobook, each), _PAGE)
        _put(path / f"{each.id}.smil", _synchronised(audiobook, each, past), _SMIL)
        past += each.heard
        with (path / f"{each.id}.mp3").open("wb", buffering=BUFFER) as file:
            file.writelines(sound(each.timeline, audiobook.gains, heard))
    _put(path / _MASTER, _master(audiobook, chapters), _SMIL)
    size = sum(file.stat().st_size for file in path.iterdir())
    _put(path / _NCC, _contents(audiobook, chapters, size), _PAGE)


OUTPUT = Output("daisy", ".daisy", None, MP3, write, shows_text=True, entry=_NCC)


def _put(path: Path, root: Element, doctype: str) -> None:
    path.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype=doctype))


def _contents(audiobook: Audiobook, chapters: Sequence[ShownChapter], size: int) -> Element:
    """Return the navigation control centre: what the book is, and where each chapter is."""
    headings = []
    for number, each in enumerate(chapters, 1):
        link = _X.a(each.title, href=f"{each.id}.smil#{_first(each)}", **_tongue(each.language))
        kind = {"class": "title" if number == 1 else "section"}
        headings.append(_X(f"h{each.depth}", link, id=each.id, **kind))
    return _page(audiobook, audiobook.title, _told(audiobook, chapters, size), headings)


def _tongue(language: str) -> dict[str, str]:
    """Return the attributes of a title in `language`: the control centre may not say `dir`."""
    return {key: value for key, value in tongue(language).items() if key != "dir"}


def _told(
    audiobook: Audiobook, chapters: Sequence[ShownChapter], size: int
) -> Iterator[tuple[str, str]]:
    details = audiobook.book.details
    made = f"{audiobook.made.astimezone(UTC):%Y-%m-%d}"
    for name in details.authors or (_NOBODY,):
        yield "dc:creator", name
    yield "dc:publisher", details.publisher or _NOBODY
    yield "dc:date", made
    yield "dc:language", audiobook.book.language
    if date := gregorian(details.date):
        yield "ncc:sourceDate", date
    for name in details.narrators:
        yield "ncc:narrator", name
    yield "ncc:producedDate", made
    yield "ncc:charset", "utf-8"
    yield "ncc:generator", "narrate"
    yield "ncc:multimediaType", "audioFullText"
    yield "ncc:setInfo", "1 of 1"
    yield "ncc:tocItems", str(len(chapters))
    yield "ncc:depth", str(max(each.depth for each in chapters))
    yield "ncc:maxPageNormal", "0"
    for name in _NOTHING_OF:
        yield f"ncc:{name}", "0"
    yield "ncc:totalTime", _clock(sum(each.heard for each in chapters)).partition(".")[0]
    yield "ncc:files", str(3 * len(chapters) + len((_NCC, _MASTER)))
    yield "ncc:kByteSize", str(-(-size // 1024))


def _text(audiobook: Audiobook, chapter: ShownChapter) -> Element:
    blocks = body(
        chapter, _X, lambda run, content: _X.span(*content, id=run.id), heading=chapter.depth
    )
    return _page(audiobook, chapter.title, [], list(blocks))


def _page(
    audiobook: Audiobook,
    title: str,
    told: Iterator[tuple[str, str]] | Sequence[tuple[str, str]],
    content: Sequence[Element],
) -> Element:
    language = audiobook.book.language
    said = [*_whole(audiobook), *told]
    kind = {"http-equiv": "Content-type", "content": "text/html; charset=utf-8"}
    return _X.html(
        _X.head(
            _X.title(title),
            _X.meta(**kind),
            *(_X.meta(name=name, content=text.translate(_SAFE)) for name, text in said),
        ),
        _X.body(*content, dir="rtl"),
        **{"lang": language, _XML_LANG: language},
    )


def _synchronised(audiobook: Audiobook, chapter: ShownChapter, past: int) -> Element:
    """Return the SMIL of a chapter, before which the book takes `past` milliseconds."""
    rate = chapter.timeline.rate
    pars = []
    for own, cue in chapter.sentences:
        clip = {
            "clip-begin": _seconds(milliseconds(cue.begin, rate)),
            "clip-end": _seconds(milliseconds(cue.end, rate)),
        }
        pars.append(
            S.par(
                S.text(src=f"{chapter.id}.html#{own}", id=f"{own}-text"),
                S.seq(S.audio(src=f"{chapter.id}.mp3", id=f"{own}-audio", **clip)),
                endsync="last",
                id=f"{own}-par",
            )
        )
    told = [
        ("title", chapter.title),
        ("ncc:generator", "narrate"),
        ("ncc:totalElapsedTime", _clock(past)),
        ("ncc:timeInThisSmil", _clock(chapter.heard)),
    ]
    whole = S.seq(*pars, dur=f"{chapter.heard / 1000:.3f}s")
    return S.smil(_head([*_whole(audiobook), *told]), S.body(whole))


def _master(audiobook: Audiobook, chapters: Sequence[ShownChapter]) -> Element:
    """Return the list of all SMIL files."""
    told = [
        ("ncc:generator", "narrate"),
        ("ncc:timeInThisSmil", _clock(sum(each.heard for each in chapters))),
    ]
    refs = [S.ref(src=f"{each.id}.smil", title=each.title, id=each.id) for each in chapters]
    return S.smil(_head([*_whole(audiobook), *told]), S.body(*refs))


def _head(told: Sequence[tuple[str, str]]) -> Element:
    metas = (S.meta(name=name, content=text) for name, text in told)
    return S.head(*metas, S.layout(S.region(id="text")))


def _whole(audiobook: Audiobook) -> list[tuple[str, str]]:
    """Return what each file of a book says of the whole."""
    return [
        ("dc:title", audiobook.title),
        ("dc:identifier", identifier(audiobook.book)),
        ("dc:format", "Daisy 2.02"),
    ]


def _first(chapter: ShownChapter) -> str:
    own, _ = next(chapter.sentences)
    return f"{own}-par"


def _seconds(milliseconds: int) -> str:
    return f"npt={milliseconds / 1000:.3f}s"


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
