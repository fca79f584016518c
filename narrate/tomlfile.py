"""TOML files that people write: values proved to be of their type, errors that name file and key.

Source: TOML 1.0.
"""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING, Any

from narrate.errors import InputError, UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


def parsed(path: Path) -> dict[str, Any]:
    """Return what the file at `path` says. Raises `InputError`."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path}: there is no such file") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{path} is no TOML: {error}") from error


class Values:
    """Proves the values of one file, each with `where` it stands. All raise `UsageError`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self, data: Mapping[str, Any], known: Collection[str], at: str) -> None:
        """Find a key in the table `at`, as `show.`, that is not `known`."""
        for key in data:
            if key not in known:
                raise UsageError(
                    f"{self.path}: there is no {at}{key}{nearest(key, known)}; "
                    f"known: {', '.join(known)}"
                )

    def table(self, name: str, data: object) -> dict[str, Any]:
        """Return a table."""
        if not isinstance(data, dict):
            raise UsageError(f"{self.path}: {name} is a table: write [{name}] above its keys")
        return data

    def text(self, value: object, where: str) -> str:
        """Return a text."""
        if not isinstance(value, str):
            raise UsageError(f"{self.path}: {where} must be a text, in quotation marks")
        return value

    def number(self, value: object, where: str) -> str:
        """Return a number, or a text, as a text."""
        return str(value) if type(value) in (int, float) else self.text(value, where)

    def texts(self, value: object, where: str) -> list[str]:
        """Return one text or several."""
        return [self.text(each, where) for each in (value if isinstance(value, list) else [value])]

    def place(self, value: object, where: str) -> str:
        """Return a path, seen from the folder of the file; an address stays what it is."""
        text = self.text(value, where)
        if "://" in text:
            return text
        # Path.expanduser raises where nobody is called so.
        return str(self.path.parent / os.path.expanduser(text))  # noqa: PTH111

    def places(self, value: object, where: str) -> list[str]:
        """Return one path or several."""
        return [self.place(each, where) for each in (value if isinstance(value, list) else [value])]

    def switch(self, value: object, where: str) -> bool:
        """Return true or false."""
        if not isinstance(value, bool):
            raise UsageError(f"{self.path}: {where} must be true or false")
        return value
