"""What the commands that read books share: book files, several texts, chapters that are chosen."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from narrate.errors import BatchError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from narrate.batching import Unread
    from narrate.bookfile import BookFile
    from narrate.model import Book, Role
    from narrate.reading import Choice, Cutting


log = logging.getLogger("narrate")

NAMED = "narrate.named"
"""In a context's `meta`: the texts as they are named, before those of a book file."""
_NAMED = 5
"""Books that failed which the last line names."""


class BookCommand(TyperCommand):
    """Takes what a book file says for what the command line does not say."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Parse the command line, and once more with a file's values as defaults."""
        again = list(args)
        rest = super().parse_args(ctx, args)
        ctx.params["texts"] = texts = _listed(ctx.params["texts"] or ())
        book = self.file(ctx.params)
        if book is None:
            return rest
        book = book.without(_recast(ctx.params.get("engine"), ctx.params.get("voice", ())))
        ctx.default_map = book.options
        rest = super().parse_args(ctx, again)
        from narrate.bookfile import BY_NAME

        for name in BY_NAME:
            source = ctx.get_parameter_source(name)
            if source and source.name != "DEFAULT_MAP":
                ctx.params[name] = [*book.options.get(name, ()), *ctx.params[name]]
        ctx.params["texts"] = ctx.meta[NAMED] = texts
        if book.inputs:
            ctx.params |= {"texts": list(book.inputs), "join": True}
        return rest

    def file(self, params: Mapping[str, Any]) -> BookFile | None:
        """Return what the book file that is named says; none if none is."""
        from narrate import bookfile

        texts = params["texts"]
        return bookfile.load(texts) if any(map(bookfile.is_one, texts)) else None


def _listed(texts: Sequence[str]) -> list[str]:
    """Return `texts`, in the place of each `@FILE` those that its lines name.

    Raises `InputError` if it cannot be read, or names none.
    """
    return [name for text in texts for name in (_names(text[1:]) if text[:1] == "@" else [text])]


def _names(path: str) -> list[str]:
    from narrate.reading.encoding import lines_of
    from narrate.reading.source import opened

    with opened(path) as source:
        lines = [line.strip() for line in lines_of(source.data(), source.label)]
        names = [line for line in lines if line and not line.startswith("#")]
        if not names:
            raise InputError(f"{source.label} names no text: write one a line")
        return names


def _recast(engine: str | None, voices: Sequence[str]) -> set[Role]:
    """Return the roles that the command line gives to other voices."""
    from narrate import options

    roles = set(options.voices(voices))
    return roles | {"body"} if engine else roles


def books_of(
    texts: Sequence[str], title: str, cutting: Cutting, choice: Choice, *, join: bool
) -> list[Unread]:
    """Return the books that `texts` are, or the one that they are together."""
    from narrate.batching import Unread
    from narrate.reading import chosen, joined, read

    for text in (text for text, times in Counter(texts).items() if times > 1):
        if join:
            raise UsageError(f"{text} is named twice: name it once")
        log.warning("%s is named twice, and made once", text)
    texts = list(dict.fromkeys(texts))
    if join or len(texts) == 1:

        def whole() -> Book:
            own = [read(text, cutting, "" if join else title) for text in texts]
            return chosen(joined(own, title) if join else own[0], choice)

        return [Unread(texts[0], whole, sum(map(_size, texts)))]
    if title:
        raise UsageError(f"--title names one book, and {len(texts)} texts are given: or --join?")
    if choice.is_one:
        raise UsageError("--only, --without and --rename are for one book: or --join?")
    return [
        Unread(text, lambda text=text: chosen(read(text, cutting), choice), _size(text))  # type: ignore[misc]
        for text in texts
    ]


def some_failed(names: Sequence[str], total: int) -> BatchError:
    """Return the error that the books `names`, of so many, failed; each was told of before."""
    more = len(names) - _NAMED
    first = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    return BatchError(f"{len(names)} of {total} books failed: {first}")


def _size(text: str) -> int:
    try:
        return Path(text).stat().st_size
    except OSError:
        return 0
