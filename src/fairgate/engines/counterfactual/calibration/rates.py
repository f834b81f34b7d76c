"""Shares and rates from counts: beta-binomial and gamma-Poisson with Jeffreys' priors.

    share  k of n      Beta(k + 1/2, n - k + 1/2)
    rate   k in time t Gamma(k + 1/2, t)

Their 90% intervals cover about 90% of the time, also for few events (Brown, Cai & DasGupta 2001).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincinv

from fairgate.engines.counterfactual.errors import BadParameter

BAND = np.array([0.05, 0.5, 0.95])


@dataclass(frozen=True, slots=True)
class Posterior:
    """``value`` is the median; ``low`` and ``high`` the 5% and 95% points."""

    value: float
    low: float
    high: float


def share_of(count: int, total: int) -> Posterior:
    """Errors: BadParameter where ``count`` isn't between 0 and ``total``."""
    low, middle, high = share_draws(count, total, BAND)
    return Posterior(float(middle), float(low), float(high))


def share_draws(count: int, total: int, at: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles of a share's posterior at the probabilities ``at``."""
    if not 0 <= count <= total:
        raise BadParameter("count", f"{count} of {total}", "a count from 0 to its total")
    return np.asarray(betaincinv(count + 0.5, total - count + 0.5, at))


def count_rate(count: int, time: float) -> Posterior:
    """Events per unit of ``time``. Errors: BadParameter where nothing was watched."""
    if count < 0 or time <= 0:
        raise BadParameter("count", f"{count} in a time of {time:g}", "a count from 0 and a time above 0")
    low, middle, high = gammaincinv(count + 0.5, BAND) / time
    return Posterior(float(middle), float(low), float(high))
