"""Small moves from the truth, compiled: most of what is open is found by these, without a program.

A move lets a ballot of class c go from step a to step b, or two ballots of two classes change places, and is made if
everything told stays true and it doesn't lead away from the aim. Random order, seeded. Where counts are told in ranges
there is nearly always such a move; the integer program is left for the rest. `System.allows` checks what comes out, as
for any other.
"""

import numba
import numpy as np
from numpy.typing import NDArray

from fairgate.engines.disclosure.answers import LEVELS, Ints
from fairgate.engines.disclosure.system import WEIGHTS, System

SWEEPS = 12
PARTNERS = 12


class Moves:
    """The arrays of a system as the compiled loop wants them."""

    def __init__(self, system: System) -> None:
        self.system = system
        by_class = system.members.T.tocsr()
        order = np.argsort(system.told.group, kind="stable")
        of_group = np.searchsorted(system.told.group[order], np.arange(system.members.shape[0] + 1))
        told = system.told
        self.arrays = (
            by_class.indptr.astype(np.int64),
            by_class.indices.astype(np.int64),
            of_group.astype(np.int64),
            np.ascontiguousarray(told.weights[order]),
            told.low[order],
            told.high[order],
        )
        self.start = system.told_values(system.truth)[order]

    def towards(self, aim: NDArray[np.float64], keep: Ints, seed: int) -> Ints:
        """A solution with x ≥ ``keep`` [C, 6] further towards ``aim`` [G, patterns]; the truth itself, if none is near."""
        x, now = self.system.truth.copy(), self.start.copy()
        gain = np.asarray(self.system.members.T @ (aim @ WEIGHTS))
        _walk(x, now, gain, keep, *self.arrays, seed)
        return x


@numba.njit(cache=True)
def _walk(x, now, gain, keep, of_class, groups, of_group, weights, low, high, seed):  # type: ignore[no-untyped-def]
    np.random.seed(seed)
    classes = len(x)
    for _ in range(SWEEPS):
        moved = False
        for c in np.random.permutation(classes):
            for pair in np.random.permutation(LEVELS * LEVELS):
                a, b = pair // LEVELS, pair % LEVELS
                if a == b or gain[c, b] <= gain[c, a] or x[c, a] <= keep[c, a]:
                    continue
                _shift(now, c, a, b, of_class, groups, of_group, weights)
                if _fits(now, c, of_class, groups, of_group, low, high):
                    x[c, a] -= 1
                    x[c, b] += 1
                    moved = True
                    continue
                found = False
                for _try in range(PARTNERS):
                    other = np.random.randint(classes)
                    worse = gain[other, b] - gain[other, a] >= gain[c, b] - gain[c, a]
                    if other == c or worse or x[other, b] <= keep[other, b]:
                        continue
                    _shift(now, other, b, a, of_class, groups, of_group, weights)
                    if _fits(now, c, of_class, groups, of_group, low, high) and _fits(
                        now, other, of_class, groups, of_group, low, high
                    ):
                        x[c, a] -= 1
                        x[c, b] += 1
                        x[other, b] -= 1
                        x[other, a] += 1
                        found = moved = True
                        break
                    _shift(now, other, a, b, of_class, groups, of_group, weights)
                if not found:
                    _shift(now, c, b, a, of_class, groups, of_group, weights)
        if not moved:
            break


@numba.njit(cache=True)
def _shift(now, c, a, b, of_class, groups, of_group, weights):  # type: ignore[no-untyped-def]
    for at in range(of_class[c], of_class[c + 1]):
        g = groups[at]
        for f in range(of_group[g], of_group[g + 1]):
            now[f] += weights[f, b] - weights[f, a]


@numba.njit(cache=True)
def _fits(now, c, of_class, groups, of_group, low, high):  # type: ignore[no-untyped-def]
    for at in range(of_class[c], of_class[c + 1]):
        g = groups[at]
        for f in range(of_group[g], of_group[g + 1]):
            if now[f] < low[f] or now[f] > high[f]:
                return False
    return True
