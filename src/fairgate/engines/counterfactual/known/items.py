"""Lots of single items, each drawn, under a sampling plan: operating characteristic, all-or-none.

The share wrong may differ from lot to lot: lot l takes ``shares[k]`` with chance ``chances[k]``. Item j of lot l is word j of
the lot; purpose 1 chooses the lot's share.
"""

from dataclasses import dataclass

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from fairgate.engines.counterfactual.compiled import kernel
from fairgate.engines.counterfactual.draws import ITEMS, block, fill, key_of, share

Counts = NDArray[np.int64]
_LOT_SHARE = np.uint64(1 << 16)


@dataclass(frozen=True, eq=False)
class SampledLots:
    """Of each lot: wrong items in the sample, and in the rest."""

    sampled: Counts
    rest: Counts
    n: int
    lot: int

    def accepted(self, c: int) -> NDArray[np.bool_]:
        return self.sampled <= c

    def cost_per_item(self, c: int, look: float, wrong: float) -> NDArray[np.float64]:
        """Of each lot: looking at the sample, and at all of a stopped lot; a wrong item that goes on costs ``wrong``."""
        passed = self.accepted(c)
        return np.asarray(np.where(passed, self.n * look + self.rest * wrong, self.lot * look) / self.lot)


def sample_lots(
    n: int, lot: int, shares: list[float], chances: list[float], lots: int, seed: int
) -> SampledLots:
    """``lots`` lots of ``lot`` items, of which the first ``n`` are looked at."""
    sampled, rest = np.empty(lots, np.int64), np.empty(lots, np.int64)
    _play(n, lot, np.array(shares), np.cumsum(chances), *key_of(seed), sampled, rest)
    return SampledLots(sampled, rest, n, lot)


@kernel
def _play(n, lot, shares, cumulated, k0, k1, sampled, rest):  # type: ignore[no-untyped-def]
    blocks = (lot + 3) // 4
    words = np.empty((4, blocks), dtype=np.uint32)
    for r in range(sampled.shape[0]):
        chosen, _, _, _ = block(0, r, _LOT_SHARE, ITEMS, k0, k1)
        kind = 0
        while kind < shares.shape[0] - 1 and share(chosen) >= cumulated[kind]:
            kind += 1
        fill(0, uint64(r), uint64(0), ITEMS, k0, k1, words)
        inside = outside = 0
        for j in range(lot):
            wrong = share(words[j & 3, j >> 2]) < shares[kind]
            inside += wrong and j < n
            outside += wrong and j >= n
        sampled[r], rest[r] = inside, outside
