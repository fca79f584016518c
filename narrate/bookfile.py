"""A book file: what `narrate build` is to do, in a TOML file that can be kept with the texts.

Every key stands for an option of the command line, and means the same. Paths are seen from the
folder of the file.

Source: TOML 1.0.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError, UsageError, nearest
from narrate.model import ROLES, Pauses

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from narrate.model import Role


def is_one(text: str) -> bool:
    """Tell whether `text` names a book file."""
    return text.lower().endswith(".toml")


@dataclass(frozen=True, slots=True)
class BookFile:
    """What a book file says."""

    inputs: tuple[str, ...]
    options: Mapping[str, Any]
    """By the names of the parameters of `build`."""

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
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is no TOML: {error}") from error
    return _Reader(path).read(data)


def _whose(setting: str) -> str:
    """Return the role in `heading.rate=150`; `body` in `rate=150`."""
    role, dot, _ = setting.partition("=")[0].partition(".")
    return role if dot else "body"


class _Reader:
    """Turns the tables of one file into options."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.options: dict[str, Any] = {}

    def read(self, data: Mapping[str, Any]) -> BookFile:
        """Return the whole file."""
        self._check(data, [*_TABLES, *_TOP], "")
        inputs = self._paths(data.get("inputs", []), "inputs")
        if not inputs:
            raise UsageError(f'{self.path}: name the texts: inputs = ["text.txt"]')
        for key, name in _TOP.items():
            if key in data and name:
                self.options[name] = _READERS[name](self, data[key], key)
        for table, keys in _TABLES.items():
            self._table(table, keys, data.get(table, {}))
        return BookFile(tuple(inputs), self.options)

    def _table(self, table: str, keys: Mapping[str, str], data: object) -> None:
        if not isinstance(data, dict):
            raise UsageError(f"{self.path}: {table} is a table: write [{table}] above its keys")
        if keys:
            self._check(data, keys, f"{table}.")
        for key, value in data.items():
            where = f"{table}.{key}"
            if table == "settings":
                self._settings(key, value, where)
            elif table in _NAMED:
                named = self._voice if table == "voices" else self._text
                self._add(_NAMED[table], f"{key}={named(value, where)}")
            else:
                name = keys[key]
                self.options[name] = _READERS.get(name, _Reader._text)(self, value, where)

    def _settings(self, key: str, value: object, where: str) -> None:
        own = value if isinstance(value, dict) else {"": value}
        if isinstance(value, dict):
            self._check({key: value}, ROLES, "settings.")
        for name, each in own.items():
            self._add("set_", f"{key}.{name}".strip(".") + f"={self._number(each, where)}")

    def _add(self, name: str, value: str) -> None:
        self.options.setdefault(name, []).append(value)

    def _check(
        self, data: Mapping[str, Any], known: Sequence[str] | Mapping[str, Any], at: str
    ) -> None:
        for key in data:
            if key not in known:
                raise UsageError(
                    f"{self.path}: there is no {at}{key}{nearest(key, known)}; "
                    f"known: {', '.join(known)}"
                )

    def _text(self, value: object, where: str) -> str:
        if not isinstance(value, str):
            raise UsageError(f"{self.path}: {where} must be a text, in quotation marks")
        return value

    def _number(self, value: object, where: str) -> str:
        return str(value) if type(value) in (int, float) else self._text(value, where)

    def _texts(self, value: object, where: str) -> list[str]:
        return [self._text(each, where) for each in (value if isinstance(value, list) else [value])]

    def _voice(self, value: object, where: str) -> str:
        engine, colon, voice = self._text(value, where).partition(":")
        return f"{engine}:{self._path(voice, where)}" if "/" in voice else f"{engine}{colon}{voice}"

    def _path(self, value: object, where: str) -> str:
        # Path.expanduser raises where nobody is called so.
        return str(self.path.parent / os.path.expanduser(self._text(value, where)))  # noqa: PTH111

    def _paths(self, value: object, where: str) -> list[str]:
        return [self._path(each, where) for each in (value if isinstance(value, list) else [value])]

    def _switch(self, value: object, where: str) -> bool:
        if not isinstance(value, bool):
            raise UsageError(f"{self.path}: {where} must be true or false")
        return value

    def _off(self, value: object, where: str) -> bool:
        return not self._switch(value, where)


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
    "lexicon": _Reader._paths,
    "date": _Reader._number,
    "series_part": _Reader._number,
    "chapter_minutes": _Reader._number,
    "loudness": _Reader._number,
    "skip": _Reader._texts,
    "only": _Reader._texts,
    "without": _Reader._texts,
    "on_error": _Reader._text,
    "author": _Reader._texts,
    "narrator": _Reader._texts,
    "cover": _Reader._path,
    "no_ezafe": _Reader._off,
    "no_homographs": _Reader._off,
    "output": _Reader._path,
    "format_": _Reader._texts,
    "per_chapter": _Reader._switch,
    "store": _Reader._path,
}
