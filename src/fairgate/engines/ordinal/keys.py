"""Several columns of codes as one: equal rows get equal keys."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes, Places

_ROOM = 1 << 62


def keys(columns: Sequence[tuple[Codes, int]], rows: int) -> tuple[NDArray[np.int64], int]:
    """One key per row, ``int64[rows]``, and a bound above all of them. Keys sort as the columns do, in turn."""
    key, bound = np.zeros(rows, dtype=np.int64), 1
    for codes, size in columns:
        if bound * max(size, 1) >= _ROOM:
            found, key = np.unique(key, return_inverse=True)
            bound = len(found)
        key = key * max(size, 1) + codes
        bound *= max(size, 1)
    return key, bound


def merged(key: NDArray[np.int64], weight: Amounts) -> tuple[Places, Amounts]:
    """Equal rows as one: a row of each key, by increasing key, and the sum of their weights."""
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    first = np.flatnonzero(np.concatenate(([True], sorted_key[1:] != sorted_key[:-1])))
    return order[first], np.add.reduceat(weight[order], first)
