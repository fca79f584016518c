"""A book file: what `narrate build` is to do, in a TOML file that can be kept with the texts.

Every key stands for an option of the command line, and means the same. Paths are seen from the
folder of the file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.errors import UsageError
from narrate.model import ROLES, Pauses
from narrate.tomlfile import Values, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from narrate.model import Role


BY_NAME = ("voice", "set_", "pause")
"""Options that hold names and values: what several places say of them adds up."""


def is_one(text: str) -> bool:
    """Tell whether `text` names a book file."""
    return text.lower().endswith(".toml")


@dataclass(frozen=True, slots=True)
class BookFile:
    """What a book file says."""

    inputs: tuple[str, ...]
    options: Mapping[str, Any]
    """By the names of the parameters of `build`."""

    def over(self, other: BookFile) -> BookFile:
        """Return it with what `other` says besides: names and values of both, else its own."""
        both = {
            key: [*other.options[key], *self.options[key]]
            for key in BY_NAME
            if key in other.options and key in self.options
        }
        return replace(self, options={**other.options, **self.options, **both})

    def without(self, roles: Collection[Role]) -> BookFile:
        """Return it without the voices of `roles`, and without their settings."""
        kept = dict(self.options)
        kept["voice"] = [
            each for each in kept.get("voice", ()) if each.partition("=")[0] not in roles
        ]
        kept["set_"] = [each for each in kept.get("set_", ()) if _whose(each) not in roles]
        return replace(self, options={key: value for key, value in kept.items() if value != []})


def load(texts: Sequence[str]) -> BookFile:
    """Return what the one book file in `texts` says.

    Raises `InputError` if it cannot be read, `UsageError` for a key or value that is wrong.
    """
    if len(texts) > 1:
        raise UsageError("a book file stands alone: name the texts in it, under inputs")
    path = Path(texts[0])
    book = read(path, parsed(path))
    if not book.inputs:
        raise UsageError(f'{path}: name the texts: inputs = ["text.txt"]')
    return book


def read(path: Path, data: Mapping[str, Any]) -> BookFile:
    """Return what `data`, of the file at `path`, says. Raises `UsageError`."""
    return _Reader(path).read(data)


def _whose(setting: str) -> str:
    """Return the role in `heading.rate=150`; `body` in `rate=150`."""
    role, dot, _ = setting.partition("=")[0].partition(".")
    return role if dot else "body"


class _Reader(Values):
    """Turns the tables of one file into options."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.options: dict[str, Any] = {}

    def read(self, data: Mapping[str, Any]) -> BookFile:
        """Return the whole file."""
        self.check(data, [*_TABLES, *_TOP], "")
        inputs = self.places(data.get("inputs", []), "inputs")
        for key, name in _TOP.items():
            if key in data and name:
                self.options[name] = _READERS[name](self, data[key], key)
        for table, keys in _TABLES.items():
            self._table(table, keys, data.get(table, {}))
        return BookFile(tuple(inputs), self.options)

    def _table(self, table: str, keys: Mapping[str, str], data: object) -> None:
        values = self.table(table, data)
        if keys:
            self.check(values, keys, f"{table}.")
        for key, value in values.items():
            where = f"{table}.{key}"
            if table == "settings":
                self._settings(key, value, where)
            elif table in _NAMED:
                named = self._voice if table == "voices" else self.text
                self._add(_NAMED[table], f"{key}={named(value, where)}")
            else:
                name = keys[key]
                self.options[name] = _READERS.get(name, Values.text)(self, value, where)

    def _settings(self, key: str, value: object, where: str) -> None:
        own = value if isinstance(value, dict) else {"": value}
        if isinstance(value, dict):
            self.check({key: value}, ROLES, "settings.")
        for name, each in own.items():
            self._add("set_", f"{key}.{name}".strip(".") + f"={self.number(each, where)}")

    def _add(self, name: str, value: str) -> None:
        self.options.setdefault(name, []).append(value)

    def _voice(self, value: object, where: str) -> str:
        engine, colon, voice = self.text(value, where).partition(":")
        return f"{engine}:{self.place(voice, where)}" if "/" in voice else f"{engine}{colon}{voice}"

    def _off(self, value: object, where: str) -> bool:
        return not self.switch(value, where)


_TOP = {"inputs": "", "lexicon": "lexicon", "skip": "skip", "on-error": "on_error"}
_TABLES: dict[str, dict[str, str]] = {
    "metadata": {
        "title": "title",
        "author": "author",
        "narrator": "narrator",
        "publisher": "publisher",
        "date": "date",
        "description": "description",
        "series": "series",
        "series-part": "series_part",
        "genre": "genre",
        "cover": "cover",
    },
    "voices": dict.fromkeys(ROLES, ""),
    "settings": {},
    "pauses": dict.fromkeys(Pauses.names(), ""),
    "reading": {
        "chapters": "chapters",
        "chapter-minutes": "chapter_minutes",
        "ezafe": "no_ezafe",
        "homographs": "no_homographs",
        "foreign": "foreign",
        "only": "only",
        "without": "without",
    },
    "outputs": {
        "folder": "output",
        "formats": "format_",
        "per-chapter": "per_chapter",
        "loudness": "loudness",
        "store": "store",
    },
}
"""The tables, their keys, and the parameters of `build` that they stand for."""
_NAMED = {"voices": "voice", "pauses": "pause"}
"""Tables whose keys are names in one option."""
_READERS: dict[str, Callable[[_Reader, object, str], Any]] = {
    "lexicon": Values.places,
    "date": Values.number,
    "series_part": Values.number,
    "chapter_minutes": Values.number,
    "loudness": Values.number,
    "skip": Values.texts,
    "only": Values.texts,
    "without": Values.texts,
    "on_error": Values.text,
    "author": Values.texts,
    "narrator": Values.texts,
    "cover": Values.place,
    "no_ezafe": _Reader._off,
    "no_homographs": _Reader._off,
    "output": Values.place,
    "format_": Values.texts,
    "per_chapter": Values.switch,
    "store": Values.place,
}
