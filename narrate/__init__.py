"""narrate: Persian text in, audiobooks out.

    book = narrate.read("book.txt")
    engine = narrate.create_engine("espeak", voice="fa")
    job = narrate.Job(folder=Path("output"), store=Path("clips"))
    for result in narrate.build(book, engine, job):
        print(result.path)

Everything here is imported when it is first used, so that `import narrate` costs nothing.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from narrate.engines import Engine
    from narrate.engines import create as create_engine
    from narrate.errors import (
        ClusterError,
        EngineError,
        InputError,
        NarrateError,
        OutputError,
        UsageError,
    )
    from narrate.model import Audiobook, Book
    from narrate.pipeline import Job, build
    from narrate.reading import read
    from narrate.speaking import Cast

_HOMES = {
    "Audiobook": "narrate.model",
    "Book": "narrate.model",
    "Cast": "narrate.speaking",
    "ClusterError": "narrate.errors",
    "Engine": "narrate.engines",
    "EngineError": "narrate.errors",
    "InputError": "narrate.errors",
    "Job": "narrate.pipeline",
    "NarrateError": "narrate.errors",
    "OutputError": "narrate.errors",
    "UsageError": "narrate.errors",
    "build": "narrate.pipeline",
    "create_engine": "narrate.engines",
    "read": "narrate.reading",
}

__all__ = [
    "Audiobook",
    "Book",
    "Cast",
    "ClusterError",
    "Engine",
    "EngineError",
    "InputError",
    "Job",
    "NarrateError",
    "OutputError",
    "UsageError",
    "build",
    "create_engine",
    "read",
]

logging.getLogger("narrate").addHandler(logging.NullHandler())


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'narrate' has no attribute {name!r}")
    home = import_module(_HOMES[name])
    return getattr(home, "create" if name == "create_engine" else name)
