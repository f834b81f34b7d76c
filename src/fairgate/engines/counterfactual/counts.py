"""Binomial and Poisson numbers by inversion, one uniform number each.

The k-th largest uniform gives the k-th largest count whatever the parameters, so businesses under neighbouring policies see
neighbouring counts. (Faster ways, by rejection, would lose that.)
"""

import math

import numpy as np

from fairgate.engines.counterfactual.compiled import kernel

HEAD = 8  # counts that are tried without a branch
_TABLED = 64
_ONE_BY = np.concatenate(([0.0], 1.0 / np.arange(1.0, _TABLED)))  # a division waits longer than a product


@kernel
def binomial(n, p, u):  # type: ignore[no-untyped-def]
    """The smallest k with P(X ≤ k) ≥ u, X binomial: increasing in u and in p, so paired policies stay close."""
    if n <= 0 or p <= 0.0:
        return 0
    if p >= 1.0:
        return n
    q = 1.0 - p
    if n >= HEAD:
        return long_binomial(
            n, p / q, math.log(q), u
        )  # log1p costs three times as much; the error is n · 1e-16
    f = 1.0
    for _ in range(n):
        f *= q
    return _climb(0, n, p / q, f, f, u)


@kernel
def long_binomial(n, odds, log_q, u):  # type: ignore[no-untyped-def]
    """The same from p / q and ln q, for n from `HEAD` on."""
    logarithm = n * log_q
    if logarithm <= -700.0:  # begin so far below the mean that nothing is missed
        p = odds / (1.0 + odds)
        # The twenty are for p near 1, where a standard deviation is less than one step.
        k = max(0, int(n * p - 12.0 * math.sqrt(n * p * (1.0 - p))) - 20)
        f = math.exp(
            math.lgamma(n + 1.0)
            - math.lgamma(k + 1.0)
            - math.lgamma(n - k + 1.0)
            + k * math.log(odds)
            + logarithm
        )
        return _climb(k, n, odds, f, f, u)
    f = total = math.exp(logarithm)
    k, left = 0, n * odds
    for j in range(1, HEAD):  # counted without a branch: a wrong guess costs more than these products
        k += u > total
        f *= left * _ONE_BY[j]
        left -= odds
        total += f
    return k if u <= total else _climb(HEAD - 1, n, odds, f, total, u)


@kernel
def _climb(k, n, odds, f, total, u):  # type: ignore[no-untyped-def]
    """From k, with P(X = k) = f and P(X ≤ k) = total, up to the answer."""
    while u > total and k < n:
        k += 1
        f *= (n - k + 1) * odds * (_ONE_BY[k] if k < _TABLED else 1.0 / k)
        total += f
    return k


@kernel
def poisson(mean, u):  # type: ignore[no-untyped-def]
    """The smallest k with P(X ≤ k) ≥ u, X Poisson."""
    if mean <= 0.0:
        return 0
    k = 0
    if mean < 700.0:
        f = math.exp(-mean)
    else:
        k = max(0, int(mean - 12.0 * math.sqrt(mean)))
        f = math.exp(k * math.log(mean) - mean - math.lgamma(k + 1.0))
    total, most = f, mean + 40.0 * math.sqrt(mean) + 60.0
    while u > total and k < most:
        k += 1
        f *= mean * (_ONE_BY[k] if k < _TABLED else 1.0 / k)
        total += f
    return k
