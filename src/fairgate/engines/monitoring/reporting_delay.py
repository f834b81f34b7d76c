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

POINTS = 60  # within a month, at which F is averaged: two a day, since F rises in steps of a day


@dataclass(frozen=True, slots=True)
class Rate:
    """Items that proved wrong, as a share of those passed, with an interval. ``high`` is finite; ``exposure`` is the number
    of passed items that can have shown it, ``log_variance`` the variance of its logarithm."""

    escapes: int
    exposure: float
    log_variance: float
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Expected:
    """How many are to be expected on average, with an interval for that average."""

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

    ``escapes`` counts those with a delay within ``delays.horizon``; ``passed`` [m] items are from ``youngest`` [m] to below
    ``oldest`` [m] days old, evenly: one passed today is from 0 to below 1.
    None where none of them can have shown anything. Raises `BadDelays`.
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


def still_to_show(rate: Rate, passed: float, *, level: float = 0.95) -> Expected:
    """How many more of ``passed`` items will show within the horizon, if the rate holds.

    ``rate.value`` (passed − exposure) = N (passed/E − 1). A change of ln E counts passed/(passed − E) times over.
    """
    left = max(0.0, passed - rate.exposure)
    if not left:
        return Expected(0.0, 0.0, 0.0)
    least, most = _garwood(rate.escapes, level)
    reach = _reach(rate.log_variance, level) * (passed / left) ** 2
    low, high = _joined(rate.escapes, least, most, reach)
    odds = left / rate.exposure
    return Expected(rate.escapes * odds, low * odds, high * odds)


def _rate(escapes: int, exposure: float, log_variance: float, level: float) -> Rate:
    if escapes < 0:
        raise BadDelays(f"Escapes are counted from 0; found {escapes}.")
    low, high = _joined(escapes, *_garwood(escapes, level), _reach(log_variance, level))
    return Rate(escapes, exposure, log_variance, escapes / exposure, low / exposure, high / exposure)


def _garwood(count: int, level: float) -> tuple[float, float]:
    tail = (1 - level) / 2
    least = float(gammaincinv(count, tail)) if count else 0.0
    return least, float(gammaincinv(count + 1, 1 - tail))


def _reach(log_variance: float, level: float) -> float:
    return float(ndtri((1 + level) / 2)) ** 2 * log_variance


def _joined(count: int, least: float, most: float, reach: float) -> tuple[float, float]:
    """The count's limits, widened by what else is uncertain; both distances from the count add up as squares."""
    if not count:
        return 0.0, most * float(np.exp(np.sqrt(reach)))
    low = count * float(np.exp(-np.sqrt(np.log(count / least) ** 2 + reach)))
    return low, count * float(np.exp(np.sqrt(np.log(most / count) ** 2 + reach)))
