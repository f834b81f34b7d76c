"""All or none: where the share wrong is steady, look at everything or at nothing.

With k1 the cost to look at one item and k2 the cost of one that goes on wrong, looking at a share s costs s k1 + (1 -
s) p k2 per item: linear in s, so the cheapest share is 0 if p < k1/k2 and 1 if p > k1/k2 (Deming, *Out of the
Crisis*, chapter 15). Under a steady p a sample tells nothing about the rest of its lot (Mood 1943), so no plan (n, c)
beats the better of the two. Where p varies from lot to lot the sample does tell, and a plan can win.
"""

import numpy as np
from numpy.typing import ArrayLike

from fairgate.engines.counterfactual.closed.sampling import Numbers, acceptance


def cost_of_share(share: ArrayLike, p: ArrayLike, look: float, wrong: float) -> Numbers:
    """Cost per item of looking at a share of items."""
    share, p = np.asarray(share, dtype=np.float64), np.asarray(p, dtype=np.float64)
    return np.asarray(share * look + (1 - share) * p * wrong)


def cheapest_share(p: float, look: float, wrong: float) -> float | None:
    """0 or 1; None where every share costs the same."""
    gain = p * wrong - look
    return None if gain == 0 else float(gain > 0)


def cost_of_plan(n: float, c: float, p: ArrayLike, lot: float, look: float, wrong: float) -> Numbers:
    """Expected cost per item of the plan (n, c) with stopped lots looked through, binomial lots."""
    p = np.asarray(p, dtype=np.float64)
    passed = acceptance(n, c, p)
    looked = n + (1 - passed) * (lot - n)
    return np.asarray((looked * look + passed * (lot - n) * p * wrong) / lot)
