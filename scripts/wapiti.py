"""Reads models of Wapiti, a trainer of conditional random fields, and tags with them.

Source: Lavergne, Cappé, Yvon, "Practical Very Large Scale CRFs", 2010; the format of version 1.5,
in which patterns look at bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    type Weights = NDArray[np.float64]

_PATTERN = re.compile(rb'(?P<name>.*)=%(?P<kind>[xtm])\[(?P<place>-?\d+),0(?:,"(?P<expr>.*)")?\]')
_CLASSES = {rb"\p": rb"[!-/:-@\[-`{-~]", rb"\d": rb"[0-9]"}


@dataclass(frozen=True)
class Pattern:
    """How an observation is made of the words around a place."""

    name: bytes
    kind: bytes = b""
    place: int = 0
    expression: re.Pattern[bytes] | None = None

    @classmethod
    def of(cls, text: bytes) -> Pattern:
        """Return the pattern that `text` of a model describes."""
        found = _PATTERN.fullmatch(text)
        if found is None:
            return cls(text)
        expression = found["expr"]
        for sign, letters in _CLASSES.items():
            expression = expression.replace(sign, letters) if expression else expression
        compiled = re.compile(expression, re.DOTALL) if expression else None
        return cls(found["name"] + b"=", found["kind"], int(found["place"]), compiled)

    def at(self, words: Sequence[bytes], number: int) -> bytes:
        """Return the observation at the word `number`."""
        if not self.kind:
            return self.name
        place = number + self.place
        beyond = place - len(words) + 1
        word = b"_x%d" % place if place < 0 else b"_x+%d" % beyond if beyond > 0 else words[place]
        if self.expression is None:
            return self.name + word
        found = self.expression.search(word)
        if self.kind == b"t":
            return self.name + (b"true" if found else b"false")
        return self.name + (found[0] if found else b"")


class Tagger:
    """Says the most probable labels of the words of a sentence."""

    def __init__(self, path: Path) -> None:
        lines = iter(path.read_bytes().split(b"\n"))
        weights = int(next(lines).split(b"#")[3])
        patterns = int(next(lines).split(b"#")[2].split(b"/")[0])
        self._patterns = [Pattern.of(_item(next(lines))) for _ in range(patterns)]
        self.labels = [item.decode() for item in _items(lines)]
        observations = list(_items(lines))
        pairs = [next(lines).partition(b"=") for _ in range(weights)]
        values = {int(place): float.fromhex(value.decode()) for place, _, value in pairs}
        self._single: dict[bytes, Weights] = {}
        self._double: dict[bytes, Weights] = {}
        self._fill(observations, values)

    def tag(self, words: Sequence[str]) -> list[str]:
        """Return a label for each of `words` (Viterbi)."""
        if not words:
            return []
        coded, back = [word.encode() for word in words], []
        size = len(self.labels)
        best = self._weights(coded, 0, self._single, (size,))
        for number in range(1, len(coded)):
            paths = best[:, None] + self._weights(coded, number, self._double, (size, size))
            back.append(paths.argmax(0))
            best = paths.max(0) + self._weights(coded, number, self._single, (size,))
        row = [int(best.argmax())]
        for came in reversed(back):
            row.append(int(came[row[-1]]))
        return [self.labels[label] for label in reversed(row)]

    def _weights(
        self,
        words: Sequence[bytes],
        number: int,
        known: Mapping[bytes, Weights],
        shape: tuple[int, ...],
    ) -> Weights:
        total = np.zeros(shape)
        for pattern in self._patterns:
            found = known.get(pattern.at(words, number))
            if found is not None:
                total += found
        return total

    def _fill(self, observations: Sequence[bytes], values: Mapping[int, float]) -> None:
        """Give each observation its weights, which lie one behind the other."""
        size, begin = len(self.labels), 0
        places = np.array(sorted(values))
        ordered = np.array([values[place] for place in places])
        for observation in observations:
            for known, sorts, shape in (
                (self._single, b"u*", (size,)),
                (self._double, b"b*", (size, size)),
            ):
                if observation[:1] not in sorts:
                    continue
                end = begin + int(np.prod(shape))
                first, last = np.searchsorted(places, (begin, end))
                if last > first:
                    block = np.zeros(end - begin)
                    block[places[first:last] - begin] = ordered[first:last]
                    known[observation] = block.reshape(shape)
                begin = end


def _items(lines: Iterator[bytes]) -> Iterator[bytes]:
    count = int(next(lines).split(b"#")[2])
    return (_item(next(lines)) for _ in range(count))


def _item(line: bytes) -> bytes:
    """Return the text of a line `LENGTH:TEXT,`."""
    length, _, rest = line.partition(b":")
    return rest[: int(length)]
