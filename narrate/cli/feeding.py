"""`narrate feed`: narrated books as a podcast, in one folder for any host."""

from __future__ import annotations

import hashlib
import logging
import os
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from narrate import bookfile, flags
from narrate.cli.app import KEPT, SETTINGS, TRACEBACKS, Group, app, interruptible, print_json
from narrate.cli.books import NAMED, BookCommand
from narrate.cli.checking import judge
from narrate.cli.wanting import Talk, Wanted, takes
from narrate.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from narrate.bookfile import BookFile
    from narrate.feed.publishing import Change, Feed
    from narrate.feed.show import Show

log = logging.getLogger("narrate")

_ADD = "add"
_GIVEN = "narrate.given"
"""In a context's `meta`: the command line as it was given."""


class FeedGroup(Group):
    """Takes `feed SHOW` for `feed add SHOW`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse the command line."""
        if args and args[0] not in (*self.commands, *ctx.help_option_names):
            args = [_ADD, *args]
        return super().parse_args(ctx, args)


class EpisodeCommand(BookCommand):
    """Takes what a show's file says for what neither the command line nor a book file says."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse the command line, again as often as there are files."""
        ctx.meta[_GIVEN] = list(args)
        return super().parse_args(ctx, args)

    def file(self, params: Mapping[str, Any]) -> BookFile:
        """Return what the files say."""
        from narrate.feed.show import load

        _, own = load(Path(params["show"]), params["base_url"])
        book = super().file(params)
        return book.over(own) if book else replace(own, inputs=())


_feed = typer.Typer(cls=FeedGroup, help="Make a podcast of narrated books.", **SETTINGS)
app.add_typer(_feed, name="feed")


@dataclass(frozen=True, slots=True)
class Target:
    """Which show."""

    show: flags.ShowFile
    base_url: flags.BaseUrl = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """Which texts go."""

    texts: flags.Names


@dataclass(frozen=True, slots=True)
class Added(Wanted):
    """Which texts come, and how; none are those that the show's file names."""

    texts: flags.Added = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Session:
    """A show that is being worked on, and how the command that does so prints."""

    feed: Feed
    inputs: tuple[str, ...]
    """The texts that its file names."""
    talk: Talk


@_feed.command(_ADD, cls=EpisodeCommand)
@takes(Target, Added, Talk)
def add(context: typer.Context, target: Target, wanted: Added, talk: Talk) -> None:
    """Narrate texts as episodes, those alone that are new or changed, and write the feed."""
    with _session(context, target, talk) as session:
        if wanted.texts:
            _add(session, context.meta[NAMED], wanted)
        else:
            _add_all(context, session, target)


@_feed.command("remove")
@takes(Target, Gone, Talk)
def remove(context: typer.Context, target: Target, gone: Gone, talk: Talk) -> None:
    """Take texts out of the show, with their episodes."""
    with _session(context, target, talk) as session:
        for text in gone.texts:
            session.feed.remove(_name(session.feed.show, text))
            log.info("taken out: %s", text)


@_feed.command("check")
def check(feeds: flags.Feeds, *, as_json: flags.Json = False) -> None:
    """Judge a feed by the rules of podcast apps, with the files that it names."""
    judge(feeds, as_json=as_json)


@contextmanager
def _session(context: typer.Context, target: Target, talk: Talk) -> Iterator[Session]:
    """Give the show to work on: the command that opened it says in the end what became of it."""
    from narrate import terminal
    from narrate.feed.publishing import opened
    from narrate.feed.show import load
    from narrate.journal import keeping

    if context.obj:
        yield context.obj
        return
    context.meta[TRACEBACKS] = talk.verbose
    show, books = load(target.show, target.base_url)
    with (
        terminal.talk(quiet=talk.quiet, verbose=talk.verbose),
        interruptible(KEPT),
        keeping(talk.log),
        opened(show) as feed,
    ):
        before = feed.listing
        context.obj = Session(feed, books.inputs, talk)
        yield context.obj
        if feed.listing is before:
            log.info("no episode is new")
        path = feed.write()
        if talk.as_json:
            print_json(_row(feed, path))
        else:
            typer.echo(path)


def _add_all(context: typer.Context, session: Session, target: Target) -> None:
    """Add the texts that the show's file names; a book file among them says more than it does."""
    given = context.meta[_GIVEN]
    for is_file, texts in groupby(session.inputs, bookfile.is_one):
        for group in ([each] for each in texts) if is_file else [list(texts)]:
            with context.command.make_context(_ADD, [*given, *group], context) as inner:
                context.command.invoke(inner)
    if not session.feed.listing.sources:
        raise InputError(
            f"{target.show} has no episode yet: name texts under inputs, or give one to "
            f"`narrate feed add {target.show} TEXT`"
        )


def _add(session: Session, names: Sequence[str], wanted: Wanted) -> None:
    """Add the texts of `wanted`, which the command line calls `names`."""
    from narrate.pipeline import workshop
    from narrate.reading.source import STANDARD_INPUT
    from narrate.terminal import progress

    feed = session.feed
    if STANDARD_INPUT in names:
        raise UsageError("a show knows a text by its name: save what is to come into it as a file")
    groups = [(names[0], wanted.texts)] if wanted.join else [(each, [each]) for each in names]
    wishes = [(name, replace(wanted, texts=texts)) for name, texts in groups]
    changes = [(_change(feed.show, name, own), own) for name, own in wishes]
    if not (news := [each for each in changes if feed.is_new(each[0])]):
        return
    # Nothing that can be refused is refused after hours of work.
    cast, job = wanted.cast(), wanted.job(feed.show.folder)
    books = [each.read() for _, own in news for each in own.books()]
    with workshop(job) as shop:
        for (change, _), book in zip(news, books, strict=True):
            with progress(quiet=session.talk.quiet) as report:
                episodes = feed.add(change, book, cast, job, shop, report)
            for each in episodes:
                log.info("episode: %s, %s", each.title, timedelta(seconds=each.seconds))


def _change(show: Show, text: str, wanted: Wanted) -> Change:
    """Return what `text` is to the show, and a stamp of all that its episodes are made from."""
    from narrate.feed.publishing import Change

    options = replace(wanted, texts=[], lexicon=[], cover=None, jobs="", cluster="", store="")
    cover = [wanted.cover] if wanted.cover else []
    files = [Path(each) for each in (text, *wanted.texts, *wanted.lexicon)]
    told = [repr((options, show.audio, show.episodes)), *map(_status, files + cover)]
    stamp = hashlib.sha256("\n".join(told).encode(errors="replace")).hexdigest()
    return Change(_name(show, text), stamp)


def _name(show: Show, text: str) -> str:
    """Return what the show calls the book of `text`."""
    try:
        return Path(os.path.relpath(text, show.path.parent)).as_posix()
    except ValueError:
        # On another drive.
        return Path(text).absolute().as_posix()


def _status(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size} {status.st_mtime_ns}"


def _row(feed: Feed, path: Path) -> dict[str, Any]:
    episodes = [
        {
            "title": each.title,
            "guid": each.guid,
            "published": each.date.isoformat(),
            "seconds": each.seconds,
            "sound": str(feed.sound(each)),
        }
        for each in feed.listing.episodes
    ]
    return {"feed": str(path), "guid": feed.listing.guid, "episodes": episodes}
