"""How long does it take until what went wrong is heard of? Delays seen so far are the short ones.

An item passed w days ago can have shown a delay t only if t ≤ w: delays are *truncated from the right*. Taking them as
they come makes them look short, and what was passed lately look better than it is. Both estimates here condition on the
window (Lagakos, Barraj & De Gruttola 1988, *Biometrika* 75:515; Kalbfleisch & Lawless 1989, *JASA* 84:360 and 1991,
*Statistica Sinica* 1:19). So they need only that the delay doesn't depend on when an item was passed: the rate itself may
drift.

What can't be known is how many show later than anybody has waited: F is identified only as F(t) / F(τ), τ the *horizon*.
Every figure built on it is about what shows within τ.

`product_limit`: in reverse time, with d_s the number of delays equal to s and Y_s the number with t ≤ s ≤ w,

    F(t)/F(τ) = Π_{t < s ≤ τ} (1 − d_s / Y_s),      var ln F(t)/F(τ) ≈ Σ_{t < s ≤ τ} d_s / (Y_s (Y_s − d_s))  (Greenwood)

Near the longest window hardly anybody is at risk and one late item would decide all. So τ is the longest window at which at
least `LEAST_AT_RISK` items, and a tenth of all, are at risk. Further down, a step at which all at risk show (d_s = Y_s) would
give everything sooner the share 0, as if known for certain, although those sooner were only never watched for long. So each
step must leave `LEAST_LEFT` of the items below it at risk, or half of them where there are fewer; else there is no product
limit.

`exponential`: for few, and for many with such a hole.
Density ∝ e^{−βt} on 0 ≤ t ≤ w, maximum likelihood, β ≥ 0 (β = 0: delays as if uniform); the
log-likelihood is concave, I(β) = Σ (1/β² − w² e^{βw} / (e^{βw} − 1)²).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from fairgate.engines.monitoring.errors import BadDelays

Floats = NDArray[np.float64]

LEAST_AT_RISK = 5
LEAST_LEFT = 3
LEAST_FOR_PRODUCT_LIMIT = 20
LEAST_FOR_EXPONENTIAL = 3


@dataclass(frozen=True, slots=True)
class Delays:
    """A fitted distribution of delays, up to ``horizon`` days.

    ``method`` is "product-limit" or "exponential". ``within`` counts the delays up to the horizon, ``later`` those
    beyond. ``share(ages)`` is F(age)/F(horizon), in [0, 1]; ``log_variance(ages, weights)`` the variance of
    ln Σ weights·share(ages).
    """

    method: str
    horizon: float
    within: int
    later: int
    share: Callable[[Floats], Floats]
    log_variance: Callable[[Floats, Floats], float]


def fit_delays(delays: ArrayLike, windows: ArrayLike) -> Delays | None:
    """The distribution of ``delays`` [n], in days, each seen within its own of ``windows`` [n].

    Product limit from `LEAST_FOR_PRODUCT_LIMIT` items on, exponential from `LEAST_FOR_EXPONENTIAL` on; None below, and where
    no window is longer than 0: nothing can be said about delays. Raises `BadDelays`.
    """
    t, w = _checked(delays, windows)
    if len(t) < LEAST_FOR_EXPONENTIAL or not w.any():
        return None
    if len(t) >= LEAST_FOR_PRODUCT_LIMIT and (found := product_limit(t, w)):
        return found
    return exponential(t, w)


def product_limit(delays: ArrayLike, windows: ArrayLike) -> Delays | None:
    """Without assuming a shape. None where at no time enough items are at risk. Raises `BadDelays`."""
    t, w = _checked(delays, windows)
    horizon = _horizon(t, w)
    if horizon is None:
        return None
    kept, w = t[t <= horizon], np.minimum(w, horizon)[t <= horizon]
    at, died = np.unique(kept, return_counts=True)
    at_risk = np.searchsorted(np.sort(kept), at, side="right") - np.searchsorted(np.sort(w), at, side="left")
    if _has_hole(at_risk - died, np.cumsum(died) - died):
        return None
    steps = np.cumprod((1 - died / at_risk)[::-1])[::-1]
    left = at_risk - died
    rises = np.where(left > 0, died / (at_risk * np.maximum(left, 1)), 0.0)  # none left only at the smallest
    variance = np.cumsum(rises[::-1])[::-1]
    steps, variance = np.append(steps, 1.0), np.append(variance, 0.0)

    def share(ages: Floats) -> Floats:
        return np.where(ages < 0, 0.0, steps[np.searchsorted(at, ages, side="right")])

    def log_variance(ages: Floats, weights: Floats) -> float:
        """cov(ln F(a), ln F(b)) is the variance at the later of the two."""
        order = np.argsort(ages)
        parts = (weights * share(ages))[order]
        parts = parts / parts.sum()
        before = np.cumsum(parts) - parts
        at_ages = variance[np.searchsorted(at, ages[order], side="right")]
        return float((at_ages * parts * (2 * before + parts)).sum())

    return Delays("product-limit", horizon, len(kept), len(t) - len(kept), share, log_variance)


def exponential(delays: ArrayLike, windows: ArrayLike) -> Delays:
    """As if delays were exponential. The horizon is the longest window. Raises `BadDelays`."""
    t, w = _checked(delays, windows)
    horizon = float(w.max(initial=0.0))
    if not len(t) or horizon <= 0:
        raise BadDelays("There is no delay to learn from.")
    w = np.maximum(w, 1e-9 * horizon)
    beta = _most_likely(t, w)
    information = float((w**2 * _curvature(beta * w)).sum())

    def share_at(rate: float, ages: Floats) -> Floats:
        part = np.clip(ages, 0.0, horizon)
        if abs(rate) * horizon < 1e-8:
            return part / horizon
        shares: Floats = np.expm1(-rate * part) / np.expm1(-rate * horizon)
        return shares

    def log_variance(ages: Floats, weights: Floats) -> float:
        step = 1e-4 / horizon
        up, down = (np.log((weights * share_at(beta + sign * step, ages)).sum()) for sign in (1, -1))
        return float(((up - down) / (2 * step)) ** 2 / information)

    return Delays("exponential", horizon, len(t), 0, lambda ages: share_at(beta, ages), log_variance)


def _most_likely(t: Floats, w: Floats) -> float:
    """The rate β at which the score is zero; 0 where it would be below."""

    def score(beta: float) -> float:
        return float((w * _slope(beta * w) - t).sum())

    if score(0.0) <= 0:
        return 0.0
    high = 1.0 / max(float(t.mean()), 1e-9 * float(w.max()))
    while score(high) > 0:
        high *= 2
    return float(brentq(score, 0.0, high))


def _slope(x: Floats) -> Floats:
    """1/x − 1/(eˣ − 1): the mean of an exponential cut at 1; a half at zero."""
    small = x < 1e-4
    safe = np.where(small, 1.0, np.minimum(x, 700.0))
    return np.where(small, 0.5 - x / 12, 1 / np.where(small, 1.0, x) - 1 / np.expm1(safe))


def _curvature(x: Floats) -> Floats:
    """1/x² − eˣ/(eˣ − 1)²: its variance; a twelfth at zero."""
    small = x < 1e-2
    safe = np.where(small, 1.0, np.minimum(x, 350.0))
    return np.where(
        small, 1 / 12 - np.minimum(x, 1.0) ** 2 / 240, 1 / safe**2 - np.exp(safe) / np.expm1(safe) ** 2
    )


def _has_hole(left: NDArray[np.int64], below: NDArray[np.int64]) -> bool:
    """Whether a step leaves too few at risk of the items ``below`` it; nothing is below the first."""
    return bool((left < np.minimum(LEAST_LEFT, (below + 1) // 2)).any())


def _horizon(t: Floats, w: Floats) -> float | None:
    """The longest window at which enough items are at risk."""
    least = max(LEAST_AT_RISK, int(np.ceil(len(t) / 10)))
    at = np.unique(w)[::-1]
    at_risk = np.searchsorted(np.sort(t), at, side="right") - np.searchsorted(np.sort(w), at, side="left")
    enough = at[at_risk >= least]
    return float(enough[0]) if len(enough) and enough[0] > 0 else None


def _checked(delays: ArrayLike, windows: ArrayLike) -> tuple[Floats, Floats]:
    t, w = np.asarray(delays, float), np.asarray(windows, float)
    if t.ndim != 1 or t.shape != w.shape:
        raise BadDelays(f"Every delay needs its window; found {t.shape} and {w.shape}.")
    wrong = ~(np.isfinite(t) & np.isfinite(w) & (t >= 0) & (t <= w))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise BadDelays(f"Item {at + 1}: found a delay of {t[at]:g} days in a window of {w[at]:g}; "
                        "expected at least 0 and at most the window.", at)  # fmt: skip
    return t, w
