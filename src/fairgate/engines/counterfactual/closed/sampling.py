"""Single sampling by attributes: a lot is accepted if at most c of n items looked at are wrong.

    Pa  = Σ_{d ≤ c} C(n, d) p^d (1 - p)^(n - d)      chance of acceptance (binomial; lots are large)
    AOQ = Pa p (N - n) / N                           share wrong that goes out, what is found being replaced
    ATI = n + (1 - Pa)(N - n)                        items looked at, stopped lots being looked through

NIST/SEMATECH e-Handbook 6.2.3; the sum is the regularised incomplete beta function I_{1-p}(n - c, c + 1).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import betainc

Numbers = NDArray[np.float64]


def acceptance(n: float, c: float, p: ArrayLike) -> Numbers:
    """Pa at each share wrong ``p``."""
    p = np.asarray(p, dtype=np.float64)
    return np.ones_like(p) if c >= n else np.asarray(betainc(n - c, c + 1, 1 - p))


def outgoing(n: float, c: float, p: ArrayLike, lot: float) -> Numbers:
    """AOQ of lots of ``lot`` items."""
    p = np.asarray(p, dtype=np.float64)
    return np.asarray(acceptance(n, c, p) * p * (lot - n) / lot)


def inspected(n: float, c: float, p: ArrayLike, lot: float) -> Numbers:
    """ATI, items per lot."""
    return n + (1 - acceptance(n, c, p)) * (lot - n)


def share_wrong_at(n: float, c: float, accepted: float) -> float:
    """The share wrong at which a lot is accepted with chance ``accepted``."""
    return float(brentq(lambda p: float(acceptance(n, c, p)) - accepted, 1e-12, 1 - 1e-12, xtol=1e-14))


def worst_outgoing(n: float, c: float, lot: float) -> tuple[float, float]:
    """AOQL, and the share wrong at which it occurs."""
    grid = np.linspace(0, 1, 2001)
    near = int(np.argmax(outgoing(n, c, grid, lot)))
    bounds = (grid[max(near - 1, 0)], grid[min(near + 1, 2000)])
    found = minimize_scalar(
        lambda p: -float(outgoing(n, c, p, lot)), bounds=bounds, method="bounded", options={"xatol": 1e-12}
    )
    return -float(found.fun), float(found.x)
