"""A podcast's feed: the rules of RSS, of Apple and of Podcasting 2.0, and every file that it names.

Sources: RSS 2.0; Apple, "RSS feed requirements"; PSP-1, the Podcast RSS standard; Podcasting 2.0
namespace 1.0 and its JSON chapters 1.2.0.
"""

from __future__ import annotations

import json
import re
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from narrate.checking.captions import CAPTIONS
from narrate.checking.finding import Check, Finding, Report, Verdict
from narrate.errors import InputError, UsageError
from narrate.outputs.cover import load_artwork
from narrate.podcasting import (
    AUDIO,
    CATEGORIES,
    MOST_BYTES,
    MOST_LETTERS,
    NAMES,
    RECOMMENDED,
    RECOMMENDED_OF_ITEMS,
    REQUIRED,
    REQUIRED_OF_ITEMS,
    is_address,
)
from narrate.reading.trees import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lxml.etree import _Element as Element

_NAME = "feed.xml"
_LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?:0?[1-9]|[12]\d|3[01]) "
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [12]\d{3} "
    r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)? (?:[+-](?:0\d|1[0-4])[0-5]\d|[A-Z]{1,5})"
)
_NEAR = 1.0
"""Seconds by which a sound may be longer or shorter than it is said to be."""
_CAPTIONS = ("text/vtt", "application/x-subrip", "application/srt")


@dataclass(frozen=True, slots=True)
class _Feed:
    """A feed, and the folder that is found on the web at `base`."""

    path: Path
    channel: Element
    base: str

    @property
    def items(self) -> list[Element]:
        return self.channel.findall("item")

    def file(self, url: str) -> Path | None:
        """Return the file that is found at `url`; nothing if it lies elsewhere."""
        if not self.base or not url.startswith(self.base):
            return None
        return self.path.parent / unquote(url.removeprefix(self.base))


def _run(path: Path) -> Report:
    path = path / _NAME if path.is_dir() else path
    try:
        root = xml(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    channel = root.find("channel") if root.tag == "rss" else None
    if channel is None:
        raise InputError(f"{path} is no podcast feed: RSS with a channel")
    itself = [each for each in _all(channel, "atom:link") if each.get("rel") == "self"]
    url = itself[0].get("href", "") if itself else ""
    feed = _Feed(path, channel, url[: url.rfind("/") + 1])
    findings = [_found(name, list(look(feed)), reason) for name, (look, reason) in _RULES.items()]
    return Report(path, "feed", (*findings, *_advised(feed)))


def is_feed(path: Path) -> bool:
    """Tell whether `path` is a feed, or a folder with one."""
    return (path / _NAME).is_file() or path.suffix.lower() in (".xml", ".rss")


FEED = Check("feed", is_feed, _run)


def _found(rule: str, faults: list[str], otherwise: str) -> Finding:
    if not faults:
        return Finding(rule, Verdict.PASS, otherwise)
    more = f"; and {len(faults) - 1} more" if len(faults) > 1 else ""
    return Finding(rule, Verdict.FAIL, faults[0] + more)


def _all(element: Element, name: str) -> list[Element]:
    return element.findall(name, NAMES)


def _text(element: Element, name: str) -> str:
    return (element.findtext(name, "", NAMES) or "").strip()


def _lacking(element: Element, names: Iterable[str]) -> list[str]:
    """Return those of `names` of which `element` has none that says anything."""
    return [
        name
        for name in names
        if not any((each.text or "").strip() or each.attrib for each in _all(element, name))
    ]


def _called(item: Element, number: int) -> str:
    return f"«{_text(item, 'title')}»" if _text(item, "title") else f"item {number}"


def _shown(feed: _Feed) -> Iterator[tuple[str, Element]]:
    """Yield each item with what messages call it."""
    for number, item in enumerate(feed.items, 1):
        yield _called(item, number), item


def _required(feed: _Feed) -> Iterator[str]:
    yield from (f"the channel has no {each}" for each in _lacking(feed.channel, REQUIRED))
    if not feed.items:
        yield "it has no item"
    for called, item in _shown(feed):
        yield from (f"{called} has no {each}" for each in _lacking(item, REQUIRED_OF_ITEMS))


def _advised(feed: _Feed) -> Iterator[Finding]:
    """Yield one finding on what is not required and helps."""
    missing = [f"the channel has no {each}" for each in _lacking(feed.channel, RECOMMENDED)]
    for called, item in _shown(feed):
        missing += [f"{called} has no {each}" for each in _lacking(item, RECOMMENDED_OF_ITEMS)]
    reason = f"{missing[0]}; and {len(missing) - 1} more" if len(missing) > 1 else "".join(missing)
    yield Finding("advised", Verdict.WARN if missing else Verdict.PASS, reason or "all there")


def _values(feed: _Feed) -> Iterator[str]:
    for called, element in (("the channel", feed.channel), *_shown(feed)):
        yield from (f"{called}: {fault}" for fault in _told(element))
    language = _text(feed.channel, "language")
    if language and not _LANGUAGE.fullmatch(language):
        yield f"language is {language}, and not a code as fa"
    if _text(feed.channel, "itunes:type") not in ("", "episodic", "serial"):
        yield "itunes:type is neither episodic nor serial"
    yield from _categories(feed)


def _told(element: Element) -> Iterator[str]:
    """Yield what is wrong of the values of an item, or of the channel."""
    for explicit in _all(element, "itunes:explicit"):
        if explicit.text not in ("true", "false"):
            yield f"itunes:explicit is {explicit.text}, and not true or false"
    if len(_text(element, "description").encode()) > MOST_BYTES:
        yield f"the description is longer than {MOST_BYTES} bytes"
    for name in ("podcast:person", "podcast:license", "podcast:funding"):
        if any(len(each.text or "") > MOST_LETTERS for each in _all(element, name)):
            yield f"{name} has more than {MOST_LETTERS} letters"
    duration = _text(element, "itunes:duration")
    if duration and not (duration.isdecimal() and int(duration)):
        yield f"itunes:duration is {duration}, and not whole seconds"


def _categories(feed: _Feed) -> Iterator[str]:
    for each in _all(feed.channel, "itunes:category"):
        top = each.get("text", "")
        if top not in CATEGORIES:
            yield f"Apple has no category {top}"
            continue
        below = {sub.get("text", "") for sub in _all(each, "itunes:category")}
        wrong = sorted(below - {*CATEGORIES[top]})
        yield from (f"Apple has no category {top} > {sub}" for sub in wrong)


def _guids(feed: _Feed) -> Iterator[str]:
    counts = Counter(_text(item, "guid") for item in feed.items)
    yield from (f"{count} items have the guid {own}" for own, count in counts.items() if count > 1)
    show = _text(feed.channel, "podcast:guid")
    try:
        uuid.UUID(show or str(uuid.NAMESPACE_URL))
    except ValueError:
        yield f"podcast:guid is {show}, and not a UUID"


def _dates(feed: _Feed) -> Iterator[str]:
    found = []
    for called, item in _shown(feed):
        told = _text(item, "pubDate")
        if not told:
            continue
        date = _date(told)
        if not date:
            yield f"{called}: {told} is no date of RFC 2822"
            continue
        found.append(date)
        if date > datetime.now(UTC):
            yield f"{called} comes in the future, on {told}"
    same = sum(count - 1 for count in Counter(found).values())
    if same:
        yield f"{same} items have the date of another: apps do not know which is first"


def _date(told: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(told) if _DATE.fullmatch(told) else None
    except ValueError:
        return None
    return date.replace(tzinfo=UTC) if date and not date.tzinfo else date


def _urls(feed: _Feed) -> Iterator[tuple[str, str]]:
    """Yield what every file is for, and where it is found."""
    for image in _all(feed.channel, "itunes:image"):
        yield "the artwork", image.get("href", "")
    for called, item in _shown(feed):
        for name in ("enclosure", "podcast:transcript", "podcast:chapters"):
            for each in _all(item, name):
                yield f"{called}: {name}", each.get("url", "")


def _files(feed: _Feed) -> Iterator[str]:
    for what, url in _urls(feed):
        if not is_address(url):
            yield f"{what}: {url or 'nothing'} is no address"
        elif (path := feed.file(url)) and not path.is_file():
            yield f"{what}: {path} is not there"


def _sounds(feed: _Feed) -> Iterator[str]:
    for called, item in _shown(feed):
        for each in _all(item, "enclosure"):
            url, length, kind = (each.get(key, "") for key in ("url", "length", "type"))
            suffix = f".{url.rpartition('.')[2].lower()}"
            if suffix in AUDIO and kind != AUDIO[suffix]:
                yield f"{called}: its type is {kind}, and that of {suffix} is {AUDIO[suffix]}"
            if not length.isdecimal() or not int(length):
                yield f"{called}: its length is {length or 'not told'}, and not a number of bytes"
            elif (path := feed.file(url)) and path.is_file():
                yield from (f"{called}: {fault}" for fault in _sound(path, item, int(length)))


def _sound(path: Path, item: Element, length: int) -> Iterator[str]:
    size = path.stat().st_size
    if size != length:
        yield f"it has {size} bytes, and not {length}"
    duration = _text(item, "itunes:duration")
    seconds = _seconds(path)
    if seconds is None:
        yield f"{path} is no sound that can be decoded"
    elif duration.isdecimal() and abs(seconds - int(duration)) > _NEAR:
        yield f"it is {seconds:.0f} s long, and not {duration}"


def _seconds(path: Path) -> float | None:
    """Return how long a file says that its sound is."""
    import av

    try:
        with path.open("rb") as file, av.open(file, "r") as container:
            length = container.duration if container.streams.audio else None
    except (OSError, av.FFmpegError):
        return None
    return length / av.time_base if length else None


def _artwork(feed: _Feed) -> Iterator[str]:
    for each in _all(feed.channel, "itunes:image"):
        path = feed.file(each.get("href", ""))
        if path and path.is_file():
            try:
                load_artwork(path)
            except UsageError as error:
                yield str(error)


def _beside(feed: _Feed) -> Iterator[str]:
    for called, item in _shown(feed):
        for each in _all(item, "podcast:chapters"):
            path = feed.file(each.get("url", ""))
            if path and path.is_file() and (fault := _wrong_chapters(path)):
                yield f"{called}: {path} {fault}"
        for each in _all(item, "podcast:transcript"):
            path = feed.file(each.get("url", ""))
            if path and path.is_file() and each.get("type") in _CAPTIONS:
                yield from _wrong_captions(path)


def _wrong_chapters(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        begins = [float(each["startTime"]) for each in told["chapters"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        return f"is no list of chapters: {error!r}"
    if "version" not in told:
        return "has no version"
    rise = all(before < after for before, after in pairwise(begins))
    return "" if begins and rise else "has chapters whose times do not rise"


def _wrong_captions(path: Path) -> Iterable[str]:
    try:
        findings = CAPTIONS.run(path).findings
    except InputError as error:
        return [str(error)]
    return [f"{path}: {each.reason}" for each in findings if each.verdict is Verdict.FAIL]


_RULES = {
    "required": (_required, "every tag that PSP-1 requires"),
    "values": (_values, "all of them such as apps take"),
    "guids": (_guids, "all different"),
    "dates": (_dates, "all different, none in the future"),
    "files": (_files, "all there"),
    "sounds": (_sounds, "as long and of the type that is told"),
    "artwork": (_artwork, "square, 1400 to 3000 pixels, RGB"),
    "beside": (_beside, "chapters and transcripts can be read"),
}
"""What is looked at, and what is said where no fault is found."""
