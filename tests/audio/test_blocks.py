"""Blocks: cutting and joining loses nothing."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from narrate.audio.blocks import rebatched


@given(st.lists(st.integers(0, 50)), st.integers(1, 40))
def test_all_samples_come_in_order_in_blocks_of_one_size(sizes: list[int], size: int) -> None:
    starts = np.cumsum([0, *sizes])
    pieces = [np.arange(a, a + n, dtype=np.int16) for a, n in zip(starts, sizes, strict=False)]

    blocks = list(rebatched(pieces, size))

    joined = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    assert joined.tolist() == list(range(sum(sizes)))
    assert all(block.size == size for block in blocks[:-1])
    assert all(0 < block.size <= size for block in blocks)
