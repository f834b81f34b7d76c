"""A rate of reports that come late: gamma-Poisson with reporting delay.

Lot i went out a_i days ago; reports of it come at rate r per lot, each after an exponential delay of mean m, and only
those with a delay below a_i are known by now. With reports at delays d_1 … d_k the likelihood is

    r^k Π f(d_j; m) exp(-r Σ_i F(a_i; m)),   f = exp(-d/m)/m,  F = 1 - exp(-a/m)

Given m, r is Gamma(k + 1/2, Σ F). m is integrated over a grid (log-uniform prior), so that "few yet, because reports are
slow" and "few" stay both possible (Lawless 1994, *Adjustments for reporting delays*).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, gammaln

from fairgate.engines.counterfactual.calibration.rates import BAND, Posterior
from fairgate.engines.counterfactual.errors import BadParameter

POINTS = 240
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DelayedRate:
    """``rate`` in reports per lot once all have come; ``delay`` the mean delay in the unit of the ages. ``expected`` is the
    share of reports that should have come by now."""

    rate: Posterior
    delay: Posterior
    expected: float
    grid: Array  # mean delays, [points]
    weight: Array  # their posterior, sums to 1
    shape: float
    exposure: Array  # Σ F at each of them

    def draws(self, u: Array, v: Array) -> tuple[Array, Array]:
        """(rates, delays) at uniform numbers: ``u`` chooses the delay, ``v`` the rate given it."""
        place = np.minimum(np.searchsorted(np.cumsum(self.weight), u), len(self.grid) - 1)
        return gammaincinv(self.shape, v) / self.exposure[place], self.grid[place]


def delayed_rate(ages: Array, delays: Array) -> DelayedRate:
    """``ages``: of each lot that went out, how long ago. ``delays``: of each report, how long after its lot went out.

    Errors: BadParameter for negative times, or no lots.
    """
    if not len(ages) or ages.min() < 0 or (len(delays) and delays.min() < 0):
        raise BadParameter(
            "complaints", "no lots, or times below 0", "lots that went out, reports after that"
        )
    k, longest = len(delays), float(ages.max())
    grid = np.geomspace(max(longest, 1e-6) / 300, max(longest, 1e-6) * 3, POINTS)
    exposure = np.array([-np.expm1(-ages / mean).sum() for mean in grid])
    total = float(delays.sum())
    # r integrated out: Γ(k + 1/2) / exposure^(k + 1/2)
    log_weight = gammaln(k + 0.5) - (k + 0.5) * np.log(exposure) - k * np.log(grid) - total / grid
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    made = DelayedRate(Posterior(0, 0, 0), Posterior(0, 0, 0), 0.0, grid, weight, k + 0.5, exposure)
    u = (np.arange(4096) + 0.5) / 4096
    rates, means = made.draws(u, (u * 1597) % 1.0)
    expected = float((weight * exposure).sum() / len(ages))
    return DelayedRate(_posterior(rates), _posterior(means), expected, grid, weight, k + 0.5, exposure)


def _posterior(draws: Array) -> Posterior:
    low, middle, high = np.quantile(draws, BAND)
    return Posterior(float(middle), float(low), float(high))
