"""Tables of the package: two columns with a tab between them; `#` begins a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def table(package: str, name: str) -> Mapping[str, str]:
    """Return the table `data/NAME.tsv` of `package`, in its order."""
    text = (files(package) / "data" / f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in text.split("\n") if line and line[0] != "#")
    return {written: said for written, _, said in rows}
