"""The episodes of a show, kept in a file: what was published keeps its guid and its address."""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from itertools import count, takewhile
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError
from narrate.files import published
from narrate.outputs.names import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_VERSION = 1
_UNNAMED = "episode"
_APART = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Episode:
    """What a feed tells of an episode."""

    guid: str
    slug: str
    """What its files are called, before their suffixes."""
    title: str
    description: str
    date: datetime
    """When it was published, in UTC and whole seconds."""
    audio: str
    """The suffix of its sound, with the dot."""
    size: int
    """Bytes of its sound."""
    seconds: int
    authors: tuple[str, ...]
    narrators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A book of the show."""

    name: str
    """Its texts, seen from the folder of the show's file."""
    stamp: str
    """Of what it was made from; another one if any of it changed."""
    title: str
    episodes: tuple[Episode, ...]
    """In the order of the book."""


@dataclass(frozen=True, slots=True)
class Listing:
    """All that a show has published, in the order in which it came."""

    guid: str
    """Of the show."""
    sources: tuple[Source, ...] = ()

    @property
    def episodes(self) -> list[Episode]:
        """Every episode, the oldest first."""
        return [each for source in self.sources for each in source.episodes]

    def find(self, name: str) -> Source | None:
        """Return the book called `name`, if it is in the show."""
        return next((each for each in self.sources if each.name == name), None)

    def having(self, source: Source) -> Listing:
        """Return the listing with `source`, in the place of the one of its name if there is one."""
        if self.find(source.name):
            found = tuple(source if each.name == source.name else each for each in self.sources)
            return replace(self, sources=found)
        return replace(self, sources=(*self.sources, source))

    def without(self, name: str) -> Listing:
        """Return the listing without the book called `name`."""
        return replace(self, sources=tuple(each for each in self.sources if each.name != name))

    def dated(self, now: datetime) -> Listing:
        """Return the listing with dates that rise and are not after `now`.

        A date moves only where it must, and then into the past.
        """
        latest, sources = now.replace(microsecond=0), []
        for source in reversed(self.sources):
            found = []
            for each in reversed(source.episodes):
                found.append(replace(each, date=min(each.date, latest)))
                latest = found[-1].date - _APART
            sources.append(replace(source, episodes=tuple(reversed(found))))
        return replace(self, sources=tuple(reversed(sources)))


@dataclass(frozen=True, slots=True)
class Name:
    """What stays of an episode when its text and title change."""

    guid: str
    slug: str
    date: datetime


def named(listing: Listing, source: str, titles: Sequence[str]) -> list[Name]:
    """Return the names of the episodes of `source`, which are now called `titles`.

    An episode that was there keeps its name, whether its title stayed or another one stands in
    its place; others get new ones.
    """
    before = found.episodes if (found := listing.find(source)) else ()
    old = [*_paired([each.title for each in before], titles)]
    taken = {each.slug.casefold() for each in listing.episodes}
    now, names = datetime.now(UTC).replace(microsecond=0), []
    for title, place in zip(titles, old, strict=True):
        if place is not None:
            names.append(Name(before[place].guid, before[place].slug, before[place].date))
            continue
        own = _free(slug(title) or _UNNAMED, taken)
        taken.add(own.casefold())
        names.append(Name(str(uuid.uuid5(uuid.UUID(listing.guid), own)), own, now))
    return names


def _paired(before: Sequence[str], after: Sequence[str]) -> Iterator[int | None]:
    """Yield for each of `after` the place of what it was before, or none if it is new."""
    head = _alike(before, after)
    tail = _alike(before[head:][::-1], after[head:][::-1])
    yield from range(head)
    middle = before[head : len(before) - tail], after[head : len(after) - tail]
    changes = SequenceMatcher(None, *middle, autojunk=False).get_opcodes()
    for _, begin, end, first, last in changes:
        places = range(head + begin, head + end)
        yield from (places[n] if n < len(places) else None for n in range(last - first))
    yield from range(len(before) - tail, len(before))


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many of the first are the same in both."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _free(name: str, taken: Iterable[str]) -> str:
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def load(path: Path, guid: str) -> Listing:
    """Return what the file at `path` remembers; an empty listing, with `guid`, if there is none.

    Raises `InputError` if it is damaged: without it, listeners would get every episode anew.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return _listing(data)
    except FileNotFoundError:
        return Listing(guid)
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}, which remembers the episodes, is damaged ({error}): "
            "bring it back from a copy, or delete it to begin a new show"
        ) from error


def save(listing: Listing, path: Path) -> None:
    """Write `listing` to the file at `path`. Raises `OutputError`."""
    told = {"version": _VERSION} | asdict(listing)
    text = json.dumps(told, ensure_ascii=False, indent=1, default=datetime.isoformat)
    with published(path) as temporary:
        temporary.write_text(f"{text}\n", encoding="utf-8")


def _listing(data: dict[str, Any]) -> Listing:
    if data["version"] != _VERSION:
        raise ValueError(f"version {data['version']}")
    sources = tuple(
        Source(**(each | {"episodes": tuple(map(_episode, each["episodes"]))}))
        for each in data["sources"]
    )
    return Listing(str(uuid.UUID(data["guid"])), sources)


def _episode(data: dict[str, Any]) -> Episode:
    lists = {key: tuple(data[key]) for key in ("authors", "narrators")}
    return Episode(**(data | lists | {"date": datetime.fromisoformat(data["date"])}))
