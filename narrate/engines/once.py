"""Making a costly thing once, though several threads ask for it at the same time."""

from __future__ import annotations

import threading
from functools import lru_cache, wraps
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def once[*Args, T](make: Callable[[*Args], T]) -> Callable[[*Args], T]:
    """Return `make` so that it runs once for each set of arguments; the last few are kept."""
    cached, lock = lru_cache(maxsize=4)(make), threading.Lock()

    @wraps(make)
    def get(*args: *Args) -> T:
        with lock:
            return cached(*args)

    return get
