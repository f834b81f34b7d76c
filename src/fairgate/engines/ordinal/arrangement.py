"""Rows put in the order that makes a fit fast.

The factor with the most levels is eliminated: its block of the curvature is diagonal, because no row belongs to
two of its levels. Rows are sorted by it, so that each of its levels (a *group*) is one stretch of rows. The
levels of all other factors (the *others*) are numbered one after another. Each group meets few distinct
others; the list of those pairs is made once, and every row knows its places in it.

Fixed effects enter through *profiles*: the distinct rows of the matrix of fixed effects.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes, Places
from fairgate.engines.ordinal.elimination import Elimination, plan
from fairgate.engines.ordinal.errors import TooManyLevels

MOST_OTHERS = 15_000  # a dense matrix of 1.8 GB, twice


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """``n`` rows in ``A`` groups, ``B`` others from ``m`` factors, ``P`` profiles of ``p`` columns.

    - ``rating`` int32[n], from 0; ``weight`` float64[n]; ``profile`` int32[n].
    - ``profiles`` float64[P, p].
    - ``group_start`` int64[A + 1]: rows of group a are ``group_start[a]:group_start[a + 1]``.
    - ``others`` int32[n, m]; ``slot`` int32[n, m]: each row's places in ``met``.
    - ``met_start`` int64[A + 1], ``met`` int32[pairs]: the distinct others that each group meets.
    - ``elimination``: the order of others in which little is filled.
    - ``factor_of`` int64[B]: which of the factors in ``order`` (1 …) an other belongs to.
    - ``order``: the given factors' places, the eliminated one first; ``sizes``: their levels, in that order.
    """

    levels: int
    rating: Codes
    weight: Amounts
    profile: Codes
    profiles: Amounts
    group_start: Places
    others: NDArray[np.int32]
    slot: NDArray[np.int32]
    met_start: Places
    met: Codes
    elimination: Elimination
    factor_of: Places
    order: tuple[int, ...]
    sizes: tuple[int, ...]

    @property
    def groups(self) -> int:
        return len(self.group_start) - 1

    @property
    def size(self) -> int:
        """Random effects in all: groups, then others."""
        return self.groups + len(self.factor_of)

    @property
    def columns(self) -> int:
        return int(self.profiles.shape[1])

    @property
    def factors(self) -> int:
        return len(self.order)

    def places(self, factor: int) -> slice:
        """Where the levels of a given factor stand among all random effects."""
        at = self.order.index(factor)
        if at == 0:
            return slice(0, self.groups)
        begin = self.groups + sum(self.sizes[1:at])
        return slice(begin, begin + self.sizes[at])


def arrange(
    levels: int,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    profiles: Amounts,
    factors: Sequence[tuple[Codes, int]],
) -> Arrangement:
    """``factors`` are codes int32[n], ``0..size-1``, with their size; a level without rows may be among them.

    Without factors all rows form one group, whose effect stays 0.
    Errors: TooManyLevels.
    """
    rows = len(rating)
    sizes = [size for _, size in factors]
    order = sorted(range(len(factors)), key=lambda k: -sizes[k])
    if sum(sizes) - max(sizes, default=0) > MOST_OTHERS:
        raise TooManyLevels(sum(sizes) - max(sizes), MOST_OTHERS)
    group = factors[order[0]][0] if order else np.zeros(rows, dtype=np.int32)
    groups = sizes[order[0]] if order else 1
    sort = _sorted_by(group, *(factors[k][0] for k in order[1:2]))
    offsets = np.cumsum([0, *(sizes[k] for k in order[1:])])
    others = np.empty((rows, max(len(order) - 1, 0)), dtype=np.int32)
    for j, k in enumerate(order[1:]):
        others[:, j] = factors[k][0][sort] + np.int32(offsets[j])
    start = np.searchsorted(group[sort], np.arange(groups + 1)).astype(np.int64)
    slot = np.empty_like(others)
    met = np.empty(others.size, dtype=np.int32)
    met_start = np.empty(groups + 1, dtype=np.int64)
    pairs = _meetings(start, others, int(offsets[-1]), slot, met, met_start)
    return Arrangement(
        levels=levels,
        rating=rating[sort].astype(np.int32, copy=False),
        weight=weight[sort],
        profile=profile[sort].astype(np.int32, copy=False),
        profiles=np.ascontiguousarray(profiles, dtype=np.float64),
        group_start=start,
        others=others,
        slot=slot,
        met_start=met_start,
        met=met[:pairs].copy(),
        elimination=plan(met_start, met[:pairs], int(offsets[-1])),
        factor_of=np.repeat(np.arange(1, len(order)), [sizes[k] for k in order[1:]]).astype(np.int64),
        order=tuple(order),
        sizes=tuple(sizes[k] for k in order),
    )


def _sorted_by(group: Codes, *second: Codes) -> Places:
    """Rows by group, and within it by the next factor: neighbours then touch the same numbers."""
    if not second:
        return np.argsort(group, kind="stable")
    key = group.astype(np.int64) * (int(second[0].max(initial=0)) + 1) + second[0]
    return np.argsort(key, kind="stable")


@njit(cache=True)
def _meetings(
    start: Places,
    others: NDArray[np.int32],
    size: int,
    slot: NDArray[np.int32],
    met: Codes,
    met_start: Places,
) -> int:
    """Fill ``slot``, ``met`` and ``met_start``; returns the number of pairs."""
    mark = np.full(size, -1, dtype=np.int64)
    pairs = 0
    for a in range(len(start) - 1):
        first = pairs
        met_start[a] = first
        for r in range(start[a], start[a + 1]):
            for j in range(others.shape[1]):
                b = others[r, j]
                if mark[b] < first:
                    mark[b] = pairs
                    met[pairs] = b
                    pairs += 1
        met[first:pairs] = np.sort(met[first:pairs])
        for place in range(first, pairs):
            mark[met[place]] = place
        for r in range(start[a], start[a + 1]):
            for j in range(others.shape[1]):
                slot[r, j] = mark[others[r, j]]
    met_start[len(start) - 1] = pairs
    return pairs
