"""Books → the folder of a show, in which every file is old or new and whole at any moment.

What is remembered of the episodes, and then the feed, change last: whoever loads the folder
meanwhile, or after a crash, finds every file that the feed names.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import batched
from typing import TYPE_CHECKING

from narrate import pipeline
from narrate.errors import InputError, OutputError
from narrate.feed import episodes
from narrate.feed.episodes import Episode, Source
from narrate.feed.rss import ARTWORK, FOLDER, rss
from narrate.feed.show import FEED
from narrate.files import published
from narrate.outputs import BESIDE_EPISODES
from narrate.outputs.artwork import artwork
from narrate.outputs.cover import load_artwork
from narrate.podcasting import show_guid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from narrate.feed.episodes import Listing, Name
    from narrate.feed.show import Show
    from narrate.finishing import Result
    from narrate.model import Book, Cover, Report
    from narrate.pipeline import Job, Run, Workshop
    from narrate.speaking import Cast

_OPENING = 300
"""Letters of a text that tell what it is about."""


@dataclass(frozen=True, slots=True)
class Change:
    """A book as it comes into a show."""

    name: str
    """Of its texts, seen from the folder of the show's file."""
    stamp: str
    """Of all that it is made from."""


class Feed:
    """The folder of a show, which nobody else changes meanwhile."""

    def __init__(self, show: Show, artwork: Cover, listing: Listing) -> None:
        self.show, self.artwork, self.listing = show, artwork, listing

    def is_new(self, change: Change) -> bool:
        """Tell whether the book is not in the show as it is now."""
        found = self.listing.find(change.name)
        if not found or found.stamp != change.stamp:
            return True
        return not all(path.is_file() for path in self._files(found.episodes))

    def add(
        self, change: Change, book: Book, cast: Cast, job: Job, shop: Workshop, report: Report
    ) -> Sequence[Episode]:
        """Narrate `book`, put it into the show, and return its episodes. Raises `NarrateError`."""
        show = self.show
        plan = pipeline.plan(book, cast, replace(job, folder=show.folder, formats=()), shop)
        one = show.episodes == "chapter"
        runs = pipeline.singly(plan.book) if one else pipeline.whole(plan.book, show.output)
        names = episodes.named(self.listing, change.name, [run.title for run in runs])
        beside = (replace(each, codec=show.output.codec) for each in BESIDE_EPISODES)
        made = [show.output, *beside]
        parts = [
            pipeline.Part(show.folder / FOLDER / f"{name.slug}{output.suffix}", output, run)
            for name, run in zip(names, runs, strict=True)
            for output in made
        ]
        results = pipeline.make(replace(plan, parts=tuple(parts)), cast, job, shop, report)
        sounds = [sound for sound, *_ in batched(results, len(made))]
        found = tuple(map(_episode, names, runs, sounds))
        self._keep(self.listing.having(Source(change.name, change.stamp, plan.book.title, found)))
        return found

    def sound(self, episode: Episode) -> Path:
        """Return where the sound of `episode` lies."""
        return self.show.folder / FOLDER / f"{episode.slug}{episode.audio}"

    def remove(self, name: str) -> None:
        """Take the book called `name` out of the show. Raises `InputError` if it is not in it."""
        if not self.listing.find(name):
            known = ", ".join(each.name for each in self.listing.sources)
            raise InputError(f"{self.show.path} has no book {name}; it has {known}")
        self._keep(self.listing.without(name))

    def write(self) -> Path:
        """Write the feed and its artwork, where they changed, and return where the feed is.

        Raises `OutputError`.
        """
        show = self.show
        name = f"{ARTWORK}{self.artwork.suffix}"
        _write(show.folder / name, self.artwork.data)
        _write(show.folder / FEED, rss(show, self.listing, name))
        return show.folder / FEED

    def _keep(self, listing: Listing) -> None:
        """Remember `listing` instead of the one before, and write the feed of it."""
        before = self._files(self.listing.episodes)
        self.listing = listing.dated(datetime.now(UTC))
        episodes.save(self.listing, self.show.state)
        self.write()
        for path in before - self._files(self.listing.episodes):
            path.unlink(missing_ok=True)

    def _files(self, found: Iterable[Episode]) -> set[Path]:
        """Return where all files of the episodes in `found` lie."""
        folder, beside = self.show.folder / FOLDER, [each.suffix for each in BESIDE_EPISODES]
        return {
            folder / f"{each.slug}{suffix}" for each in found for suffix in (each.audio, *beside)
        }


@contextmanager
def opened(show: Show) -> Iterator[Feed]:
    """Give the folder of `show` to this process alone.

    Raises `OutputError` if another has it, `UsageError` if its artwork is not what apps take.
    """
    from filelock import FileLock, Timeout

    cover = load_artwork(show.artwork) if show.artwork else artwork(show.title, show.author)
    lock = FileLock(show.path.with_name(f".{show.path.stem}.lock"), blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(f"another narrate works on {show.path}: wait for it") from error
    except OSError as error:
        raise OutputError(f"{lock.lock_file} cannot be written: {error.strerror}") from error
    with lock:
        if (show.folder / FEED).exists() and not show.state.exists():
            raise OutputError(
                f"{show.folder / FEED} is in the way: another program made it, or {show.state}, "
                "which remembers its episodes, is lost: bring that back, or move the folder away"
            )
        yield Feed(show, cover, episodes.load(show.state, show_guid(show.url(FEED))))


def _episode(name: Name, run: Run, sound: Result) -> Episode:
    timeline, details = sound.audiobook.timeline, sound.audiobook.book.details
    about = "" if len(sound.audiobook.book.chapters) > len(run.chapters) else details.description
    return Episode(
        name.guid,
        name.slug,
        " ".join(run.title.split()) or name.slug,
        about or _opening(run),
        name.date,
        sound.path.suffix,
        sound.path.stat().st_size,
        max(1, round(timeline.length / timeline.rate)),
        details.authors,
        details.narrators,
    )


def _opening(run: Run) -> str:
    """Return how the text of `run` begins, without its headings."""
    texts = (
        " ".join(each.text.split())
        for chapter in run.chapters
        for each in chapter.paragraphs
        if each.kind not in ("heading", "rule")
    )
    text = ""
    for each in texts:
        text = f"{text} {each}".strip()
        if len(text) > _OPENING:
            return text[:_OPENING].rpartition(" ")[0] + " …"
    return text or run.title


def _write(path: Path, data: bytes) -> None:
    """Write `data` at `path` if it does not stand there."""
    if path.is_file() and path.read_bytes() == data:
        return
    with published(path) as temporary:
        temporary.write_bytes(data)
