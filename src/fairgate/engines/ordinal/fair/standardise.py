"""Chances of a good rating, averaged over a mix of cells, for each team and draw.

    p_t(c) = ∫ F(x_c + u_t + v_{t,o} - threshold + s·z) φ(z) dz,  averaged over items,

by Gauss and Hermite's rule with 30 nodes (logit) or in closed form (probit). The integral depends on one number, so it is
laid out once on a fine grid and read off between its points: the error stays below 1e-6.
"""

import numpy as np
from numba import njit
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from fairgate.engines.ordinal.arrays import Amounts, Places
from fairgate.engines.ordinal.cutpoints import Link

NODES = 30
EDGE, STEP = 45.0, 0.004  # of the grid
FAIR, REFUSED, OWN, APPROVED = range(4)


def averaged_chance(x: Amounts, spread: float, link: Link) -> Amounts:
    """∫ F(x + spread·z) φ(z) dz, shape of ``x``."""
    if link == "probit":
        return np.asarray(ndtr(x / np.sqrt(1.0 + spread * spread)))
    nodes, weights = hermegauss(NODES)
    total = np.zeros_like(x)
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        total += weight * expit(x + spread * node)
    return total


def grid(spread: float, link: Link) -> Amounts:
    """The integral from -EDGE to EDGE in steps of STEP."""
    return averaged_chance(np.arange(-EDGE, EDGE + STEP, STEP), spread, link)


@njit(cache=True, error_model="numpy")
def standardise(
    base: NDArray[np.float64],
    effect: NDArray[np.float64],
    outcome: Places,
    twin: Places,
    fair: Amounts,
    refused: Amounts,
    own: NDArray[np.float64],
    table: Amounts,
    sums: NDArray[np.float64],
) -> None:
    """Fill ``sums`` float64[draws, T, 4]: the chance over the mix (``fair`` float64[C]), over its refusals (``refused``), over
    the team's own cells (``own`` float64[T, C]), and over these with everything approved.

    ``base`` float64[draws, C, items] without the team, ``effect`` float64[draws, T, O] of the team.
    """
    draws, cells, items = base.shape
    chance = np.empty(cells)
    last = len(table) - 2
    for d in range(draws):
        for t in range(effect.shape[1]):
            for c in range(cells):
                total, shift = 0.0, effect[d, t, outcome[c]] + EDGE
                for i in range(items):
                    at = (base[d, c, i] + shift) / STEP
                    k = min(max(int(at), 0), last)
                    share = min(max(at - k, 0.0), 1.0)
                    total += table[k] + share * (table[k + 1] - table[k])
                chance[c] = total / items
            for c in range(cells):
                sums[d, t, FAIR] += fair[c] * chance[c]
                sums[d, t, REFUSED] += refused[c] * chance[c]
                sums[d, t, OWN] += own[t, c] * chance[c]
                sums[d, t, APPROVED] += own[t, c] * chance[twin[c]]
