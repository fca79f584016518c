"""A trained conditional random field, out of the package's data.

Source: Lafferty, McCallum, Pereira, "Conditional Random Fields", 2001; CRFsuite, Okazaki, 2007.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pycrfsuite

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

YES, NO = "C", "-"
LIKELY = 0.5
"""How sure the best row of labels makes one without asking for more."""


class Labeller:
    """Says which items of a row are what its model knows."""

    def __init__(self, model: bytes) -> None:
        # The library reads the model where it lies, for as long as it labels.
        self._model = model
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._model)
        # The library keeps the row that it works on.
        self._lock = threading.Lock()

    def found(self, row: Sequence[Sequence[str]], sure: float) -> list[int]:
        """Return the numbers of the items of `row` that are it with a probability of `sure`.

        An item is a list of features; `sure` is 0 to 1.
        """
        with self._lock:
            labels = self._tagger.tag(row)
            return [
                number
                for number, label in enumerate(labels)
                if label == YES and (sure <= LIKELY or self._tagger.marginal(YES, number) >= sure)
            ]

    def likelihood(self, item: Mapping[str, float]) -> float:
        """Return the probability that an item, features with their weights, is it."""
        with self._lock:
            self._tagger.set([item])
            return float(self._tagger.marginal(YES, 0))


@lru_cache(maxsize=4)
def labeller(package: str, name: str) -> Labeller:
    """Return the labeller `data/NAME.crfsuite` of `package`."""
    return Labeller((files(package) / "data" / f"{name}.crfsuite").read_bytes())
