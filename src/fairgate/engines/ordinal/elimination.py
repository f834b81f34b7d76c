"""The order in which others are eliminated, and where that fills the matrix.

Where few ratings connect the others, their Schur complement is mostly empty. The other with the fewest neighbours is
eliminated first, its neighbours become neighbours of each other, and so on (minimum degree: Tinney & Walker 1967, *Direct
solutions of sparse network equations by optimally ordered triangular factorization*), until an elimination by hand would cost
more than it spares the dense factorisation of what is left, the *core*.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Codes, Flags, Places

DENSE = 300  # others, up to which a dense factor costs nothing worth sparing
SHARE = 0.23  # of what is left, as neighbours: beyond, dense arithmetic is cheaper (measured)


@dataclass(frozen=True, slots=True, eq=False)
class Elimination:
    """``sequence`` int32[E]: others one after another; ``near[near_start[e]:near_start[e + 1]]`` int32 the neighbours left at
    step e, ascending; ``core`` int32[B - E]: the rest, ascending."""

    sequence: Codes
    near_start: Places
    near: Codes
    core: Codes


def plan(met_start: Places, met: Codes, others: int) -> Elimination:
    """From the distinct others that each group meets."""
    if others <= DENSE:
        return Elimination(
            np.zeros(0, np.int32),
            np.zeros(1, np.int64),
            np.zeros(0, np.int32),
            np.arange(others, dtype=np.int32),
        )
    adjacent = np.zeros((others, others), dtype=np.bool_)
    _connect(met_start, met, adjacent)
    sequence, near_start, near, left = _minimum_degree(adjacent)
    return Elimination(sequence, near_start, near, np.flatnonzero(left).astype(np.int32))


@njit(cache=True)
def _connect(met_start: Places, met: Codes, adjacent: NDArray[np.bool_]) -> None:
    for a in range(len(met_start) - 1):
        for i in range(met_start[a], met_start[a + 1]):
            for j in range(met_start[a], met_start[a + 1]):
                adjacent[met[i], met[j]] = True
    for b in range(len(adjacent)):
        adjacent[b, b] = False


@njit(cache=True)
def _minimum_degree(adjacent: NDArray[np.bool_]) -> tuple[Codes, Places, Codes, Flags]:
    size = len(adjacent)
    left = np.ones(size, dtype=np.bool_)
    degree = adjacent.sum(axis=1)
    sequence = np.empty(size, dtype=np.int32)
    near_start = np.zeros(size + 1, dtype=np.int64)
    near = np.empty(16, dtype=np.int32)
    found = np.empty(size, dtype=np.int32)
    steps, filled = 0, 0
    for live in range(size, 0, -1):
        best = -1
        for b in range(size):
            if left[b] and (best < 0 or degree[b] < degree[best]):
                best = b
        if degree[best] > SHARE * live:
            break
        count = 0
        for b in range(size):
            if left[b] and adjacent[best, b]:
                found[count] = b
                count += 1
        while filled + count > len(near):
            longer = np.empty(2 * len(near), dtype=np.int32)
            longer[:filled] = near[:filled]
            near = longer
        near[filled : filled + count] = found[:count]
        filled += count
        left[best] = False
        sequence[steps] = best
        steps += 1
        near_start[steps] = filled
        for i in range(count):
            b = found[i]
            degree[b] -= 1
            for j in range(i):
                c = found[j]
                if not adjacent[b, c]:
                    adjacent[b, c] = True
                    adjacent[c, b] = True
                    degree[b] += 1
                    degree[c] += 1
    return sequence[:steps].copy(), near_start[: steps + 1].copy(), near[:filled].copy(), left
