"""Do two judges agree, beyond what chance would give?

For an r × r table of n items, p_ij the share that the first judge puts in i and the second in j, and weights w_ij (1 on
the diagonal; without weights 0 elsewhere):

    p_o = Σ w_ij p_ij          p_e = Σ w_ij p_i. p_.j          κ = (p_o − p_e) / (1 − p_e)

κ is Cohen's (1960, *Educational and Psychological Measurement* 20:37); with weights, Cohen's of 1968. Its large-sample
standard error is that of Fleiss, Cohen & Everitt (1969, *Psychological Bulletin* 72:323): with w̄_i. = Σ_j w_ij p_.j and
w̄_.j = Σ_i w_ij p_i.,

    n (1 − p_e)⁴ var κ = Σ p_ij [w_ij (1 − p_e) − (w̄_i. + w̄_.j)(1 − p_o)]² − (p_o p_e − 2 p_e + p_o)²

and, where the judges are independent, n (1 − p_e)² var₀ κ = Σ p_i. p_.j [w_ij − (w̄_i. + w̄_.j)]² − p_e².

One κ hides what it is made of: the same 85% of agreement gives .70 or .32 (Feinstein & Cicchetti 1990, *Journal of
Clinical Epidemiology* 43:543). So positive and negative agreement stand beside it (Cicchetti & Feinstein 1990, ibid.
43:551): 2a/(2a + b + c) and 2d/(2d + b + c) of the fourfold table a b / c d.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from fairgate.engines.monitoring.errors import BadTable

NO_ERROR = 1e-7  # a standard error that is 0 but for rounding


@dataclass(frozen=True, slots=True)
class Kappa:
    """``observed`` and ``expected`` are shares of agreement. ``kappa``, its standard errors and its interval are None where a
    judge put everything in one place: nothing can then be told from chance. The interval alone is None where the standard
    error is 0, as it is where both say the same of everything: that says nothing of how sure it is."""

    items: int
    observed: float
    expected: float
    kappa: float | None
    standard_error: float | None
    standard_error_by_chance: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Specific:
    """Agreement on the positives and on the negatives; None where neither judge saw any."""

    positive: float | None
    negative: float | None


def kappa(table: ArrayLike, *, weights: ArrayLike | None = None, level: float = 0.95) -> Kappa:
    """Cohen's κ of ``table``, counts [r, r], first judge down and second across, with its interval at ``level``.

    ``weights`` [r, r] are of agreement: 1 on the diagonal, at most 1 elsewhere. The interval is κ ± z·se, cut at −1 and 1;
    with few items it is too narrow. Raises `BadTable`.
    """
    counts = _checked(table)
    n = counts.sum()
    w = np.eye(len(counts)) if weights is None else np.asarray(weights, float)
    if w.shape != counts.shape:
        raise BadTable(f"weights: found {w.shape}; expected the shape of the table, {counts.shape}.")
    p = counts / n
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    chance = np.outer(rows, columns)
    observed, expected = float((w * p).sum()), float((w * chance).sum())
    if (rows > 0).sum() == 1 or (columns > 0).sum() == 1 or 1 - expected < 1e-12:
        return Kappa(int(n), observed, expected, None, None, None, None, None)
    value = (observed - expected) / (1 - expected)
    margins = (w @ columns)[:, None] + (w.T @ rows)[None, :]
    spread = (p * (w * (1 - expected) - margins * (1 - observed)) ** 2).sum()
    variance = (spread - (observed * expected - 2 * expected + observed) ** 2) / (n * (1 - expected) ** 4)
    by_chance = ((chance * (w - margins) ** 2).sum() - expected**2) / (n * (1 - expected) ** 2)
    error = _root(variance)
    low, high = _interval(value, error, level)
    return Kappa(int(n), observed, expected, value, error, _root(by_chance), low, high)


def specific(table: ArrayLike) -> Specific:
    """Positive and negative agreement of a fourfold table, counts [2, 2], the positives first. Raises `BadTable`."""
    counts = _checked(table)
    if counts.shape != (2, 2):
        raise BadTable(f"Positive and negative agreement need a fourfold table; found {counts.shape}.")
    (a, b), (c, d) = counts
    return Specific(_share(2 * a, b + c), _share(2 * d, b + c))


def against_the_rest(table: ArrayLike, positive: Sequence[int]) -> NDArray[np.float64]:
    """The fourfold table [2, 2] of whether an item is in one of the categories ``positive`` or in none of them."""
    counts = _checked(table)
    inside = np.zeros(len(counts), bool)
    inside[list(positive)] = True
    sides = (inside, ~inside)
    return np.array([[counts[np.ix_(row, column)].sum() for column in sides] for row in sides])


def _checked(table: ArrayLike) -> NDArray[np.float64]:
    counts = np.asarray(table, float)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or len(counts) < 2:
        raise BadTable(f"A table of agreement is square; found {counts.shape}.")
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise BadTable("A table of agreement holds counts; found something below zero or no number.")
    if not counts.sum():
        raise BadTable("Nothing was judged by both, so there is no agreement to speak of.")
    return counts


def _interval(value: float, error: float, level: float) -> tuple[float, float] | tuple[None, None]:
    reach = float(ndtri((1 + level) / 2)) * error
    return (max(-1.0, value - reach), min(1.0, value + reach)) if error > NO_ERROR else (None, None)


def _root(variance: float) -> float:
    """Perfect agreement has variance 0, sometimes a rounding below it."""
    return float(np.sqrt(max(variance, 0.0)))


def _share(twice: float, apart: float) -> float | None:
    return float(twice / (twice + apart)) if twice + apart else None
