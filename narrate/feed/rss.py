"""A show and its episodes → RSS, with the tags of Apple and of Podcasting 2.0.

Sources: RSS 2.0; Apple, "RSS feed requirements"; Podcasting 2.0 namespace 1.0; PSP-1.
"""

from __future__ import annotations

import re
from email.utils import format_datetime
from typing import TYPE_CHECKING

from lxml import etree
from lxml.builder import E, ElementMaker

from narrate.feed.show import FEED
from narrate.outputs import BESIDE_EPISODES
from narrate.outputs.chapters import MIME as CHAPTERS
from narrate.podcasting import ATOM, AUDIO, ITUNES, MOST_BYTES, MOST_LETTERS, NAMES, PODCAST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from narrate.feed.episodes import Episode, Listing
    from narrate.feed.show import Show

FOLDER, ARTWORK = "episodes", "artwork"
"""The folder of the episodes; the name of the artwork, before its suffix."""
_I = ElementMaker(namespace=ITUNES, nsmap={"itunes": ITUNES})
_P = ElementMaker(namespace=PODCAST, nsmap={"podcast": PODCAST})
_A = ElementMaker(namespace=ATOM, nsmap={"atom": ATOM})
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VTT, _HTML, _JSON = (each.suffix for each in BESIDE_EPISODES)


def rss(show: Show, listing: Listing, artwork: str) -> bytes:
    """Return the feed of `show`, whose artwork is the file `artwork`; the newest comes first."""
    items = [
        _item(show, each, _numbers(show, listing, *places))
        for *places, each in reversed(list(_placed(listing)))
    ]
    root = etree.Element("rss", version="2.0", nsmap=NAMES)
    root.append(E.channel(*_channel(show, listing, artwork), *items))
    # The names are declared once, above all.
    etree.cleanup_namespaces(root, keep_ns_prefixes=list(NAMES))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _channel(show: Show, listing: Listing, artwork: str) -> Iterator[Element]:
    yield E.title(_text(show.title))
    yield E.link(show.link or show.base_url)
    yield E.description(_short(show.description))
    yield E.language(show.language)
    if show.copyright:
        yield E.copyright(_text(show.copyright))
    yield E.generator("narrate")
    yield _A.link(href=show.url(FEED), rel="self", type="application/rss+xml")
    yield from _itunes(show, artwork)
    yield _P.guid(listing.guid)
    yield _P.medium(show.medium)
    yield _P.locked("yes" if show.locked else "no", **({"owner": show.email} if show.email else {}))
    if show.license:
        url = {"url": show.license_url} if show.license_url else {}
        yield _P.license(_text(show.license), **url)
    if show.funding:
        yield _P.funding("پشتیبانی از این پادکست", url=show.funding)


def _itunes(show: Show, artwork: str) -> Iterator[Element]:
    if show.author:
        yield _I.author(_text("، ".join(show.author)))
    top, _, below = (part.strip() for part in show.category.partition(">"))
    yield _I.category(*([_I.category(text=below)] if below else []), text=top)
    yield _I.explicit("true" if show.explicit else "false")
    yield _I.image(href=show.url(artwork))
    yield _I.type(show.type)
    if show.owner or show.email:
        owner = [_I.name(_text(show.owner))] if show.owner else []
        yield _I.owner(*owner, *([_I.email(show.email)] if show.email else []))


def _placed(listing: Listing) -> Iterator[tuple[int, int, Episode]]:
    """Yield each episode with the place of its book and its own in that, from 1."""
    for place, source in enumerate(listing.sources, 1):
        for number, each in enumerate(source.episodes, 1):
            yield place, number, each


def _item(show: Show, episode: Episode, numbers: Iterable[Element]) -> Element:
    place = f"{FOLDER}/{episode.slug}"
    sound = show.url(f"{place}{episode.audio}")
    return E.item(
        E.title(_text(episode.title)),
        E.guid(episode.guid, isPermaLink="false"),
        E.pubDate(format_datetime(episode.date)),
        E.link(show.url(f"{place}{_HTML}")),
        E.description(_short(episode.description)),
        E.enclosure(url=sound, length=str(episode.size), type=AUDIO[episode.audio]),
        _I.duration(str(episode.seconds)),
        _I.explicit("true" if show.explicit else "false"),
        _I.episodeType("full"),
        *numbers,
        *_people(episode),
        _P.chapters(url=show.url(f"{place}{_JSON}"), type=CHAPTERS),
        _P.transcript(url=show.url(f"{place}{_VTT}"), type="text/vtt", language=show.language),
        _P.transcript(url=show.url(f"{place}{_HTML}"), type="text/html", language=show.language),
    )


def _numbers(show: Show, listing: Listing, place: int, number: int) -> Iterator[Element]:
    """Yield where an episode stands among others that are heard one after another.

    It is number `number` of the book that is at `place`; each book of chapters is a season.
    """
    if show.type != "serial":
        return
    if show.episodes == "chapter" and len(listing.sources) > 1:
        title = listing.sources[place - 1].title
        yield _I.season(str(place))
        yield _P.season(str(place), name=_text(title)[:MOST_LETTERS])
    if show.episodes == "book":
        number += sum(len(each.episodes) for each in listing.sources[: place - 1])
    yield _I.episode(str(number))
    yield _P.episode(str(number))


def _people(episode: Episode) -> Iterator[Element]:
    for role, group, names in (
        ("author", "writing", episode.authors),
        ("narrator", "cast", episode.narrators),
    ):
        for name in names:
            yield _P.person(_text(name)[:MOST_LETTERS], role=role, group=group)


def _text(text: str) -> str:
    """Return `text` on one line, without what XML cannot hold."""
    return " ".join(_NOT_XML.sub("", text).split())


def _short(text: str) -> str:
    """Return as much of `text` as apps take, whole letters only."""
    text = _NOT_XML.sub("", text).strip()
    return text.encode()[:MOST_BYTES].decode(errors="ignore")
