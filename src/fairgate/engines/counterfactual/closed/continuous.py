"""Plans that look less often after a run of good ones.

CSP-1 (Dodge 1943, *A sampling inspection plan for continuous production*): look at every unit until i in a row are
good, then at a share f; on a bad one, again at every unit. With q = 1 - p::

    u = (1 - q^i) / (p q^i)     units that pass while every one is looked at
    v = 1 / (f p)               units that pass while a share is looked at
    AFI = (u + f v) / (u + v) = f / (f + (1 - f) q^i)         share looked at
    AOQ = p (1 - AFI)                                         bad ones found being replaced

SkSP-2 (Perry 1973, *Skip-lot sampling plans*, J. Quality Technology 5) is the same over lots, where P is the chance that
the lot plan accepts: Pa = (f P + (1 - f) P^i) / (f + (1 - f) P^i).
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize_scalar

from fairgate.engines.counterfactual.closed.sampling import Numbers


def share_looked_at(i: float, f: float, p: ArrayLike) -> Numbers:
    """AFI, where a look finds a fault with chance ``p``."""
    run = (1.0 - np.asarray(p, dtype=np.float64)) ** i
    return np.asarray(f / (f + (1 - f) * run))


def accepted_unseen(i: float, f: float, p: ArrayLike) -> Numbers:
    """The share of units that pass while only a share f is looked at: v / (u + v)."""
    run = (1.0 - np.asarray(p, dtype=np.float64)) ** i
    return np.asarray(run / (f + (1 - f) * run))


def outgoing(i: float, f: float, p: ArrayLike) -> Numbers:
    """AOQ of CSP-1."""
    return np.asarray(p, dtype=np.float64) * (1 - share_looked_at(i, f, p))


def worst_outgoing(i: float, f: float) -> tuple[float, float]:
    """AOQL of CSP-1, and the share wrong at which it occurs."""
    grid = np.concatenate(([0.0], np.geomspace(1e-7, 1, 400)))  # it rises and falls once, far from evenly
    near = int(np.argmax(outgoing(i, f, grid)))
    bounds = (grid[max(near - 1, 0)], grid[min(near + 1, 400)])
    found = minimize_scalar(
        lambda p: -float(outgoing(i, f, p)), bounds=bounds, method="bounded", options={"xatol": 1e-13}
    )
    return -float(found.fun), float(found.x)


def skip_lot_acceptance(i: float, f: float, accepted: ArrayLike) -> Numbers:
    """Pa of SkSP-2, given the chance that the lot plan accepts."""
    chance = np.asarray(accepted, dtype=np.float64)
    run = chance**i
    return np.asarray((f * chance + (1 - f) * run) / (f + (1 - f) * run))
