"""Sound as a stream of blocks of samples, so that nothing longer than a sentence is ever held."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    import numpy.typing as npt

type Sound = npt.NDArray[np.int16]
"""Mono samples, 16-bit."""


def rebatched(pieces: Iterable[Sound], size: int) -> Iterator[Sound]:
    """Yield the samples of `pieces` in blocks of `size`; the last may be shorter."""
    import numpy as np

    waiting: list[Sound] = []
    held = 0
    for piece in pieces:
        waiting.append(piece)
        held += piece.size
        if held < size:
            continue
        joined = np.concatenate(waiting)
        whole = held - held % size
        for begin in range(0, whole, size):
            yield joined[begin : begin + size]
        waiting, held = [joined[whole:]], held - whole
    if held:
        yield np.concatenate(waiting)
