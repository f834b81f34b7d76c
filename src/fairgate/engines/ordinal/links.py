"""One rating's log-probability and its derivatives, for both links.

With h = high - eta and l = low - eta (see `cutpoints`), the log-probability is log(F(h) - F(l)). Derivatives
are taken by eta, by the high and by the low threshold. Logit has closed forms: with G = 1 - F, the score is
F(l) - G(h) and the curvature F(h)G(h) + F(l)G(l), so that a row costs one exponential, and one logarithm where
the value is wanted. Probit takes the upper tail where both limits lie there, so that differences keep their
digits (McCullagh 1980, *Regression models for ordinal data*).

These functions are compiled and called once per row and pass; they get scalars and a row of the table.
"""

import math

from numba import njit

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import FALL, FAR, HIGH, LOG_GAP, LOW, ODDS_GAP, RISE

LOGIT, PROBIT = 0, 1
CODES = {"logit": LOGIT, "probit": PROBIT}
_ROOT_TWO = math.sqrt(2.0)
_DENSITY = 1.0 / math.sqrt(2.0 * math.pi)
_LEAST = 1e-300
_MOST = 300.0  # |eta| is held below it: its exponential times that of a threshold stays finite

_compiled = njit(cache=True, error_model="numpy")


@_compiled
def _normal(cut: Amounts, eta: float) -> tuple[float, float, float, float, float]:
    """Probability between the limits, the limits, and the density at each."""
    high, low = cut[HIGH] - eta, cut[LOW] - eta
    f1 = _DENSITY * math.exp(-0.5 * high * high) if abs(high) < FAR else 0.0
    f0 = _DENSITY * math.exp(-0.5 * low * low) if abs(low) < FAR else 0.0
    if low > 0.0:
        p = 0.5 * (math.erfc(low / _ROOT_TWO) - math.erfc(high / _ROOT_TWO))
    else:
        p = 0.5 * (math.erfc(-high / _ROOT_TWO) - math.erfc(-low / _ROOT_TWO))
    return max(p, _LEAST), high, low, f1, f0


@_compiled
def value_score_curvature(
    link: int, cut: Amounts, eta: float, with_value: bool
) -> tuple[float, float, float]:
    """log p, its derivative by eta, and minus the second one."""
    if link == LOGIT:
        e = math.exp(max(min(eta, _MOST), -_MOST))
        rise, fall = e * cut[RISE], cut[FALL] / e
        upper, lower = 1.0 / (1.0 + rise), 1.0 / (1.0 + fall)  # F(h), G(l)
        g1, f0 = rise * upper, fall * lower
        value = cut[LOG_GAP] - math.log((1.0 + rise) * (1.0 + fall)) if with_value else 0.0
        return value, f0 - g1, upper * g1 + lower * f0
    p, high, low, f1, f0 = _normal(cut, eta)
    a = (f1 - f0) / p
    slope = (low * f0 if f0 > 0.0 else 0.0) - (high * f1 if f1 > 0.0 else 0.0)
    return math.log(p) if with_value else 0.0, -a, a * a - slope / p


@_compiled
def bend(link: int, cut: Amounts, eta: float) -> float:
    """The derivative of the curvature by eta."""
    if link == LOGIT:
        e = math.exp(max(min(eta, _MOST), -_MOST))
        rise, fall = e * cut[RISE], cut[FALL] / e
        upper, lower = 1.0 / (1.0 + rise), 1.0 / (1.0 + fall)
        g1, f0 = rise * upper, fall * lower
        change: float = upper * g1 * (upper - g1) - lower * f0 * (lower - f0)
        return change
    p, high, low, f1, f0 = _normal(cut, eta)
    a = (f1 - f0) / p
    d1, d0 = (-high * f1 if f1 > 0.0 else 0.0), (-low * f0 if f0 > 0.0 else 0.0)
    s1 = (high * high - 1.0) * f1 if f1 > 0.0 else 0.0
    s0 = (low * low - 1.0) * f0 if f0 > 0.0 else 0.0
    b = (d1 - d0) / p
    bent: float = 2.0 * a * (a * a - b) + (s1 - s0) / p - a * b
    return bent


@_compiled
def threshold_terms(
    link: int, cut: Amounts, eta: float
) -> tuple[float, float, float, float, float, float, float, float, float]:
    """Score and curvature with their derivatives by the thresholds.

    In this order: the derivative of log p by eta, its curvature, the curvature's derivative by eta; the
    derivative of log p by the high and by the low threshold; minus the derivative of the score by each; the
    derivative of the curvature by each.
    """
    if link == LOGIT:
        e = math.exp(max(min(eta, _MOST), -_MOST))
        rise, fall = e * cut[RISE], cut[FALL] / e
        upper, lower = 1.0 / (1.0 + rise), 1.0 / (1.0 + fall)
        g1, f0 = rise * upper, fall * lower
        c1, c0 = upper * g1, lower * f0
        d1, d0 = c1 * (g1 - upper), c0 * (lower - f0)
        gap = cut[ODDS_GAP]
        return f0 - g1, c1 + c0, -(d1 + d0), g1 + gap, -f0 - gap, -c1, -c0, d1, d0
    p, high, low, f1, f0 = _normal(cut, eta)
    a = (f1 - f0) / p
    d1, d0 = (-high * f1 if f1 > 0.0 else 0.0), (-low * f0 if f0 > 0.0 else 0.0)
    s1 = (high * high - 1.0) * f1 if f1 > 0.0 else 0.0
    s0 = (low * low - 1.0) * f0 if f0 > 0.0 else 0.0
    b, c = (d1 - d0) / p, (s1 - s0) / p
    by_high, by_low = f1 / p, -f0 / p
    score_high, score_low = d1 / p - a * by_high, -d0 / p - a * by_low
    bend_high = 2.0 * a * score_high - (s1 / p - b * by_high)
    bend_low = 2.0 * a * score_low - (-s0 / p - b * by_low)
    bend_eta = 2.0 * a * (a * a - b) + c - a * b
    return -a, a * a - b, bend_eta, by_high, by_low, score_high, score_low, bend_high, bend_low


@_compiled
def threshold_curvatures(link: int, cut: Amounts, eta: float) -> tuple[float, float, float]:
    """Minus the second derivatives of log p by high and high, low and low, high and low."""
    if link == LOGIT:
        e = math.exp(max(min(eta, _MOST), -_MOST))
        rise, fall = e * cut[RISE], cut[FALL] / e
        upper, lower = 1.0 / (1.0 + rise), 1.0 / (1.0 + fall)
        between = cut[ODDS_GAP] * (1.0 + cut[ODDS_GAP])
        return upper * upper * rise + between, lower * lower * fall + between, -between
    p, high, low, f1, f0 = _normal(cut, eta)
    d1, d0 = (-high * f1 if f1 > 0.0 else 0.0), (-low * f0 if f0 > 0.0 else 0.0)
    return (f1 / p) ** 2 - d1 / p, (f0 / p) ** 2 + d0 / p, -f1 * f0 / (p * p)
