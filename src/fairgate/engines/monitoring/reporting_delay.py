"""How many of those passed prove wrong, counting those that haven't had time to?

N items of Σ n_m passed have proved wrong so far. Of a month's escapes only the share F(a_m) shows by the age a_m the month
has now, so what was passed weighs by it (Kalbfleisch & Lawless 1991, *Statistica Sinica* 1:19):

    uncorrected = N / Σ n_m           corrected = N(≤ τ) / E,   E = Σ n_m F(a_m)/F(τ)

the second is a weighted mean of the months' rates of what shows within the horizon τ, the months counting by what can have
shown of them; with one and the same rate in all months it is that rate's maximum-likelihood estimate. F comes from `delays`.

The interval joins two independent uncertainties on the log scale by Zou & Donner (2008, *Statistics in Medicine* 27:1693;
"MOVER"): the count's exact Poisson limits (Garwood 1936, *Biometrika* 28:437) and ln E's variance.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv, ndtri

from fairgate.engines.monitoring.delays import Delays
from fairgate.engines.monitoring.errors import BadDelays

POINTS = 8  # within a month, at which F is averaged


@dataclass(frozen=True, slots=True)
class Rate:
    """Items that proved wrong, as a share of those passed, with an interval. ``high`` is finite; ``exposure`` is the number
    of passed items that can have shown it."""

    escapes: int
    exposure: float
    value: float
    low: float
    high: float


def plain_rate(escapes: int, passed: float, *, level: float = 0.95) -> Rate | None:
    """As counted; None where nothing was passed. Raises `BadDelays`."""
    return _rate(escapes, passed, 0.0, level) if passed > 0 else None


def corrected_rate(
    escapes: int,
    passed: ArrayLike,
    youngest: ArrayLike,
    oldest: ArrayLike,
    delays: Delays,
    *,
    level: float = 0.95,
) -> Rate | None:
    """Corrected for what hasn't had time to fail.

    ``escapes`` counts those with a delay within ``delays.horizon``; ``passed`` [m] items are between ``youngest`` [m] and
    ``oldest`` [m] days old, evenly. None where none of them can have shown anything. Raises `BadDelays`.
    """
    n, young, old = (np.atleast_1d(np.asarray(each, float)) for each in (passed, youngest, oldest))
    if not n.shape == young.shape == old.shape or (n < 0).any() or (old < young).any():
        raise BadDelays("Every month needs how many were passed and two ages, the younger first.")
    parts = (np.arange(POINTS) + 0.5) / POINTS
    ages = (young[:, None] + (old - young)[:, None] * parts).ravel()
    weights = np.repeat(n / POINTS, POINTS)
    exposure = float((weights * delays.share(ages)).sum())
    if exposure <= 0:
        return None
    return _rate(escapes, exposure, delays.log_variance(ages, weights), level)


def _rate(escapes: int, exposure: float, log_variance: float, level: float) -> Rate:
    if escapes < 0:
        raise BadDelays(f"Escapes are counted from 0; found {escapes}.")
    value = escapes / exposure
    tail = (1 - level) / 2
    least = float(gammaincinv(escapes, tail)) if escapes else 0.0
    most = float(gammaincinv(escapes + 1, 1 - tail))
    reach = float(ndtri(1 - tail)) ** 2 * log_variance
    if not escapes:
        return Rate(0, exposure, 0.0, 0.0, most / exposure * float(np.exp(np.sqrt(reach))))
    low = value * float(np.exp(-np.sqrt(np.log(escapes / least) ** 2 + reach)))
    high = value * float(np.exp(np.sqrt(np.log(most / escapes) ** 2 + reach)))
    return Rate(escapes, exposure, value, low, high)
