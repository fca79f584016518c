"""A show: what its author says of it in a TOML file, which says as well how its books are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from narrate import bookfile
from narrate.errors import UsageError, nearest
from narrate.outputs import EPISODE_AUDIO
from narrate.podcasting import CATEGORIES, MEDIA, MOST_LETTERS, is_address
from narrate.tomlfile import Values, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from narrate.bookfile import BookFile
    from narrate.outputs import Output

FEED = "feed.xml"
_LANGUAGE = re.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NEEDED = ("title", "description")


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast, and where its files go."""

    path: Path
    """Of the file that says all this."""
    folder: Path
    base_url: str
    """Where the folder is to be found on the web; ends with a slash."""
    title: str
    description: str
    author: tuple[str, ...] = ()
    owner: str = ""
    email: str = ""
    category: str = "Arts > Books"
    language: str = "fa"
    artwork: Path | None = None
    explicit: bool = False
    type: Literal["episodic", "serial"] = "episodic"
    medium: str = "podcast"
    link: str = ""
    copyright: str = ""
    license: str = ""
    """Its SPDX identifier, or a name."""
    license_url: str = ""
    funding: str = ""
    """Where listeners can give."""
    locked: bool = False
    episodes: Literal["book", "chapter"] = "book"
    """What an episode is."""
    audio: str = "mp3"

    @property
    def state(self) -> Path:
        """The file that remembers the episodes."""
        return self.path.with_suffix(".episodes.json")

    @property
    def output(self) -> Output:
        """What makes the sound of an episode."""
        return EPISODE_AUDIO[self.audio]

    def url(self, name: str) -> str:
        """Return where the file `name` of the folder is found."""
        return self.base_url + quote(name)


def load(path: Path, base_url: str = "") -> tuple[Show, BookFile]:
    """Return the show in the file at `path`, and what the file says of its books.

    `base_url` goes before that of the file. Raises `InputError` or `UsageError`.
    """
    if not bookfile.is_one(str(path)):
        raise UsageError(
            f"{path} is no show, which is a TOML file: `narrate feed add SHOW.toml {path}`"
        )
    data, values = parsed(path), Values(path)
    if "show" not in data:
        raise UsageError(f"{path} has no [show], with its title, description and base-url")
    told = _told(values, values.table("show", data.pop("show")), base_url)
    book = bookfile.read(path, data)
    if {"output", "format_", "per_chapter"} & book.options.keys():
        raise UsageError(f"{path}: a show says where and what in [show]: folder, audio, episodes")
    inputs = tuple(each for name in book.inputs for each in _meant(name))
    return _show(path, told), bookfile.BookFile(inputs, book.options)


def _meant(name: str) -> list[str]:
    """Return the files that `name`, which may have `*` in it, stands for."""
    return sorted(glob(name)) if "*" in name else [name]  # noqa: PTH207 - a path may be anywhere


def _told(values: Values, table: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    """Return the fields of a show that `table` tells, each of its type."""
    values.check(table, [each.replace("_", "-") for each in _READERS], "show.")
    named = {key.replace("-", "_"): value for key, value in table.items()}
    told = {
        key: _READERS[key](values, value, f"show.{key.replace('_', '-')}")
        for key, value in named.items()
    }
    told |= {"base_url": base_url} if base_url else {}
    for key in _NEEDED:
        if not told.get(key):
            raise UsageError(f"{values.path}: name the {key} of the show: {key} = … in [show]")
    return told


def _show(path: Path, told: dict[str, Any]) -> Show:
    url = told.get("base_url", "")
    if not url:
        raise UsageError(
            f"{path} does not say where the show will be found on the web: "
            'write base-url = "https://…" in [show], or give --base-url'
        )
    if told.get("episodes") == "chapter":
        told = {"type": "serial", "medium": "audiobook"} | told
    artwork = told.get("artwork")
    show = Show(
        **(told | {"base_url": url.rstrip("/") + "/", "path": path})
        | {"folder": Path(told.get("folder", path.with_suffix(".podcast")))}
        | {"artwork": Path(artwork) if artwork else None}
    )
    _check(show)
    return show


def _check(show: Show) -> None:
    """Raise `UsageError` for what no app takes."""
    for key, known in _CHOICES.items():
        if (value := getattr(show, key)) not in known:
            raise UsageError(
                f"{show.path}: show.{key}: there is no {value}{nearest(value, known)}; "
                f"choose from {', '.join(known)}"
            )
    top, _, below = (part.strip() for part in show.category.partition(">"))
    known = CATEGORIES[top] if below and top in CATEGORIES else tuple(CATEGORIES)
    if (wrong := below if top in CATEGORIES else top) and wrong not in known:
        raise UsageError(
            f"{show.path}: show.category: Apple has no {show.category}{nearest(wrong, known)}; "
            f"choose from {', '.join(known)}"
        )
    for key in ("base_url", "link", "funding", "license_url"):
        if (url := getattr(show, key)) and not is_address(url):
            raise UsageError(f"{show.path}: {url} is no address: write https://…")
    if not _LANGUAGE.fullmatch(show.language):
        raise UsageError(f"{show.path}: show.language: write fa, not {show.language}")
    if len(show.license) > MOST_LETTERS:
        raise UsageError(f"{show.path}: show.license has more than {MOST_LETTERS} letters")


_CHOICES: dict[str, tuple[str, ...]] = {
    "type": ("episodic", "serial"),
    "medium": MEDIA,
    "episodes": ("book", "chapter"),
    "audio": tuple(EPISODE_AUDIO),
}


def _names(values: Values, value: object, where: str) -> tuple[str, ...]:
    return tuple(values.texts(value, where))


_READERS: dict[str, Callable[[Values, object, str], Any]] = {
    each.name: Values.text for each in fields(Show) if each.name != "path"
} | {
    "author": _names,
    "folder": Values.place,
    "artwork": Values.place,
    "explicit": Values.switch,
    "locked": Values.switch,
}
