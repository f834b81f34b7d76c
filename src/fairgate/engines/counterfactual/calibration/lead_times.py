"""Lognormal times of which some are not over yet.

A finished time t adds ln φ((ln t - μ)/σ) - ln σ to the log-likelihood, an open one that has lasted t so far adds
ln Φ(-(ln t - μ)/σ). Leaving the open ones out would make everything look faster than it is. Maximised over (μ, ln σ);
intervals from 4,096 draws of the normal approximation there.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtri

from fairgate.engines.counterfactual.calibration.rates import BAND, Posterior
from fairgate.engines.counterfactual.errors import BadParameter

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """``mean`` in the unit of the times, ``variation`` standard deviation over mean."""

    mean: Posterior
    variation: Posterior
    finished: int
    open: int


def lead_times(finished: Array, still_open: Array) -> LeadTimes:
    """Errors: BadParameter for fewer than three finished times, or times not above 0."""
    every = np.concatenate((finished, still_open))
    if len(finished) < 3 or every.min() <= 0 or np.ptp(finished) == 0:
        raise BadParameter(
            "times", f"{len(finished)} finished", "three or more finished, different, all above 0"
        )
    done, going = np.log(finished), np.log(still_open)
    start = np.array([done.mean(), np.log(done.std())])
    best = minimize(_minus_likelihood, start, (done, going), method="BFGS").x
    root = np.linalg.cholesky(np.linalg.inv(_curvature(best, done, going)))
    u = (np.arange(4096) + 0.5) / 4096
    mu, log_sigma = best[:, None] + root @ np.stack([ndtri(u), ndtri((u * 1597) % 1.0)])
    variance = np.exp(2 * log_sigma)
    return LeadTimes(
        _posterior(np.exp(mu + variance / 2)),
        _posterior(np.sqrt(np.expm1(variance))),
        len(finished),
        len(still_open),
    )


def _minus_likelihood(at: Array, done: Array, going: Array) -> float:
    mu, log_sigma = at
    z = (done - mu) * np.exp(-log_sigma)
    open_ = (going - mu) * np.exp(-log_sigma)
    return float(0.5 * (z**2).sum() + len(done) * log_sigma - log_ndtr(-open_).sum())


def _curvature(at: Array, done: Array, going: Array) -> Array:
    """Second derivatives by central differences: two parameters, a smooth function."""
    step = 1e-4
    out = np.empty((2, 2))
    for i in range(2):
        for j in range(2):
            total = 0.0
            for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
                moved = at.copy()
                moved[i] += a * step
                moved[j] += b * step
                total += a * b * _minus_likelihood(moved, done, going)
            out[i, j] = total / (4 * step * step)
    return out


def _posterior(draws: Array) -> Posterior:
    low, middle, high = np.quantile(draws, BAND)
    return Posterior(float(middle), float(low), float(high))
