"""What a person wants of the commands that make books: a field for each option.

The dataclasses are the options: `takes` makes a command of a function that is given them whole.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, dataclass, field, fields, replace
from functools import partial
from inspect import Parameter, Signature
from pathlib import Path  # noqa: TC003 - Typer evaluates the annotations
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import typer

from narrate import flags  # noqa: TC001 - Typer evaluates the annotations

if TYPE_CHECKING:
    from collections.abc import Callable

    from narrate.batching import Unread
    from narrate.model import Book, Details
    from narrate.pipeline import Job
    from narrate.speaking import Cast


@dataclass(frozen=True, slots=True)
class Talk:
    """How a command prints."""

    as_json: flags.Json = False
    quiet: flags.Quiet = False
    verbose: flags.Verbose = False
    log: flags.Log = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which texts, how they are read, who speaks them, and what they are called."""

    texts: flags.Texts
    join: flags.Join = False
    title: flags.Title = ""
    author: flags.Author = field(default_factory=list)
    narrator: flags.Narrator = field(default_factory=list)
    cover: flags.Cover = None
    date: flags.Date = ""
    publisher: flags.Publisher = ""
    description: flags.Description = ""
    series: flags.Series = ""
    series_part: flags.SeriesPart = ""
    genre: flags.Genre = "Audiobook"
    chapters: flags.Chapters = "auto"
    chapter_minutes: flags.ChapterMinutes = "10"
    only: flags.Only = field(default_factory=list)
    without: flags.Without = field(default_factory=list)
    rename: flags.Rename = field(default_factory=list)
    engine: flags.Engine = None
    voice: flags.Voices = field(default_factory=list)
    set_: flags.Set = field(default_factory=list)
    on_error: flags.OnError = "stop"
    foreign: flags.Foreign = "speak"
    lexicon: flags.Lexicon = field(default_factory=list)
    skip: flags.Skip = field(default_factory=list)
    no_ezafe: flags.NoEzafe = False
    no_homographs: flags.NoHomographs = False
    pause: flags.Pause = field(default_factory=list)
    loudness: flags.Loudness = "-19"
    jobs: flags.Jobs = ""
    cluster: flags.Cluster = ""
    store: flags.Store = ""

    def job(self, folder: Path) -> Job:
        """Return how the books are made, in `folder`. Raises `UsageError`."""
        from narrate import options
        from narrate.cli.looking import manner_of
        from narrate.cli.storing import places_of
        from narrate.pipeline import Job

        store, remote = places_of(self.store)
        return Job(
            folder,
            store,
            remote=remote,
            cluster=options.cluster(self.cluster),
            pauses=options.pauses(self.pause),
            loudness=options.number(self.loudness, "--loudness", -31, -17, "LUFS"),
            manner=manner_of(self.lexicon, self.skip, self.no_ezafe, self.no_homographs),
            jobs=options.jobs(self.jobs),
        )

    def details(self) -> Details:
        """Return what catalogues say of the books. Raises `UsageError`."""
        from narrate import options
        from narrate.model import Details
        from narrate.outputs.cover import load_cover

        return Details(
            authors=tuple(options.plain(name, "--author") for name in self.author),
            narrators=tuple(options.plain(name, "--narrator") for name in self.narrator),
            publisher=options.plain(self.publisher, "--publisher"),
            date=options.date(self.date),
            description=options.plain(self.description, "--description"),
            series=options.plain(self.series, "--series"),
            series_part=options.plain(self.series_part, "--series-part"),
            genre=options.plain(self.genre, "--genre"),
            cover=load_cover(self.cover) if self.cover else None,
        )

    def cast(self) -> Cast:
        """Return who speaks each role. Raises `NarrateError`."""
        from narrate import engines, options
        from narrate.model import Foreign
        from narrate.speaking import Cast

        named, foreign = options.voices(self.voice), get_args(Foreign)
        own = options.by_role(options.settings(self.set_), named)
        makers = {role: engines.select(None, voice, self.engine) for role, voice in named.items()}
        makers["body"] = engines.select(self.engine, named.get("body"))
        speakers = {role: engines.create(*maker, own[role]) for role, maker in makers.items()}
        what, fallback = options.on_error(self.on_error)
        return Cast(
            speakers.pop("body"),
            speakers,
            what,
            engines.create(*engines.select(None, fallback)) if fallback else None,
            foreign=options.choice(self.foreign, "--foreign", foreign),
        )

    def books(self) -> list[Unread]:
        """Return the books that the texts are, with these details. Raises `UsageError`."""
        from narrate import options
        from narrate.cli.books import books_of

        details = self.details()

        def detailed(read: Callable[[], Book]) -> Book:
            book = read()
            return replace(book, details=book.details.but(details))

        cutting = options.cutting(self.chapters, self.chapter_minutes)
        choice = options.chapters(self.only, self.without, self.rename)
        title = options.plain(self.title, "--title")
        books = books_of(self.texts, title, cutting, choice, join=self.join)
        return [replace(each, read=partial(detailed, each.read)) for each in books]


def takes(*kinds: type) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a command that has an option for each field of `kinds`, and is called with them."""
    owned = {kind: fields(kind) for kind in kinds}
    context = Parameter("context", Parameter.KEYWORD_ONLY, annotation=typer.Context)
    options = [_option(kind, each) for kind, own in owned.items() for each in own]

    def made(command: Callable[..., None]) -> Callable[..., None]:
        def run(context: typer.Context, **values: Any) -> None:  # noqa: ANN401 - options are of any type
            command(
                context,
                *(
                    kind(**{each.name: values[each.name] for each in own})
                    for kind, own in owned.items()
                ),
            )

        signature = Signature([context, *options])
        run.__signature__ = signature  # type: ignore[attr-defined]
        run.__annotations__ = {name: each.annotation for name, each in signature.parameters.items()}
        run.__name__, run.__doc__ = command.__name__, command.__doc__
        return run

    return made


def _option(kind: type, of: Field[Any]) -> Parameter:
    default = of.default if of.default_factory is MISSING else of.default_factory()
    hint = get_type_hints(kind, include_extras=True)[of.name]
    empty = Parameter.empty if default is MISSING else default
    return Parameter(of.name, Parameter.KEYWORD_ONLY, default=empty, annotation=hint)
