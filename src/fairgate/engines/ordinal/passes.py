"""Passes over the rows: everything that is summed over ratings, compiled.

``eta = offset[profile] + own[group] + sum of other[others]``, where ``own`` and ``other`` are random effects
times their standard deviations. Every array a pass fills is set to zero by it first.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes, Places
from fairgate.engines.ordinal.links import bend, threshold_curvatures, threshold_terms, value_score_curvature

_compiled = njit(cache=True, error_model="numpy")


@_compiled
def scores(
    link: int,
    cuts: Amounts,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    offset: Amounts,
    start: Places,
    others: NDArray[np.int32],
    own: Amounts,
    other: Amounts,
    by_group: Amounts,
    by_other: Amounts,
    with_value: bool,
) -> float:
    """Sums of the score by group and by other; returns the log-likelihood given the effects, if asked for."""
    by_other[:] = 0.0
    total = 0.0
    for a in range(len(start) - 1):
        group = 0.0
        for r in range(start[a], start[a + 1]):
            eta = offset[profile[r]] + own[a]
            for j in range(others.shape[1]):
                eta += other[others[r, j]]
            value, score, _ = value_score_curvature(link, cuts[rating[r]], eta, with_value)
            total += weight[r] * value
            score *= weight[r]
            group += score
            for j in range(others.shape[1]):
                by_other[others[r, j]] += score
        by_group[a] = group
    return total


@_compiled
def curvatures(
    link: int,
    cuts: Amounts,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    offset: Amounts,
    start: Places,
    others: NDArray[np.int32],
    slot: NDArray[np.int32],
    met_start: Places,
    own: Amounts,
    other: Amounts,
    by_group: Amounts,
    by_other: Amounts,
    curve: Amounts,
    crossed: Amounts,
    among: NDArray[np.float64],
) -> float:
    """`scores`, and sums of the curvature: by group, by meeting, and among others (lower triangle)."""
    by_other[:] = 0.0
    among[:, :] = 0.0
    total = 0.0
    for a in range(len(start) - 1):
        group, bent = 0.0, 0.0
        for place in range(met_start[a], met_start[a + 1]):
            crossed[place] = 0.0
        for r in range(start[a], start[a + 1]):
            eta = offset[profile[r]] + own[a]
            for j in range(others.shape[1]):
                eta += other[others[r, j]]
            value, score, curvature = value_score_curvature(link, cuts[rating[r]], eta, True)
            total += weight[r] * value
            score *= weight[r]
            curvature *= weight[r]
            group += score
            bent += curvature
            for j in range(others.shape[1]):
                b = others[r, j]
                by_other[b] += score
                crossed[slot[r, j]] += curvature
                for i in range(j + 1):  # later factors have higher numbers
                    among[b, others[r, i]] += curvature
        by_group[a], curve[a] = group, bent
    return total


@_compiled
def leverages(
    link: int,
    cuts: Amounts,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    offset: Amounts,
    start: Places,
    others: NDArray[np.int32],
    slot: NDArray[np.int32],
    met_start: Places,
    own: Amounts,
    other: Amounts,
    sd_own: float,
    sd_other: Amounts,
    variance: Amounts,
    covariance: Amounts,
    inverse: NDArray[np.float64],
    leverage: Amounts,
    by_group: Amounts,
    by_other: Amounts,
) -> None:
    """Each row's leverage h = z'H⁻¹z, with z its random effects' standard deviations, and half the
    log-determinant's derivative by the (unscaled) effects: sums of h · weight · bend / 2.

    ``variance`` is H⁻¹ at the groups, ``covariance`` at the meetings, ``inverse`` among the others.
    """
    by_other[:] = 0.0
    for a in range(len(start) - 1):
        group = 0.0
        for r in range(start[a], start[a + 1]):
            eta = offset[profile[r]] + own[a]
            h = sd_own * sd_own * variance[a]
            for j in range(others.shape[1]):
                b = others[r, j]
                eta += other[b]
                h += sd_other[b] * (2.0 * sd_own * covariance[slot[r, j]] + sd_other[b] * inverse[b, b])
                for i in range(j):
                    h += 2.0 * sd_other[b] * sd_other[others[r, i]] * inverse[b, others[r, i]]
            leverage[r] = h
            half = 0.5 * weight[r] * h * bend(link, cuts[rating[r]], eta)
            group += half
            for j in range(others.shape[1]):
                by_other[others[r, j]] += half
        by_group[a] = group


@_compiled
def slopes(
    link: int,
    cuts: Amounts,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    offset: Amounts,
    start: Places,
    others: NDArray[np.int32],
    own: Amounts,
    other: Amounts,
    leverage: Amounts,
    adjoint_own: Amounts,
    adjoint_other: Amounts,
    by_threshold: Amounts,
    by_profile: Amounts,
    by_group: Amounts,
    by_other: Amounts,
) -> None:
    """The Laplace log-likelihood's derivative by each threshold and by eta, the latter summed by profile, group
    and other: the score, less half the leverage times the bend, plus what moves with the modes (adjoint)."""
    by_threshold[:] = 0.0
    by_profile[:] = 0.0
    by_other[:] = 0.0
    last = len(cuts) - 1
    for a in range(len(start) - 1):
        group = 0.0
        for r in range(start[a], start[a + 1]):
            eta, z = offset[profile[r]] + own[a], adjoint_own[a]
            for j in range(others.shape[1]):
                eta += other[others[r, j]]
                z += adjoint_other[others[r, j]]
            k = rating[r]
            score, curvature, bent, high, low, score_high, score_low, bend_high, bend_low = threshold_terms(
                link, cuts[k], eta
            )
            half = 0.5 * leverage[r]
            if k < last:
                by_threshold[k] += weight[r] * (high - half * bend_high + z * score_high)
            if k > 0:
                by_threshold[k - 1] += weight[r] * (low - half * bend_low + z * score_low)
            slope = weight[r] * (score - half * bent + z * curvature)
            by_profile[profile[r]] += slope
            group += slope
            for j in range(others.shape[1]):
                by_other[others[r, j]] += slope
        by_group[a] = group


@_compiled
def informations(
    link: int,
    cuts: Amounts,
    rating: Codes,
    weight: Amounts,
    profile: Codes,
    offset: Amounts,
    profiles: NDArray[np.float64],
    start: Places,
    others: NDArray[np.int32],
    factor_of: Places,
    own: Amounts,
    other: Amounts,
    factors: int,
    fixed: NDArray[np.float64],
    crossed: NDArray[np.float64],
) -> None:
    """Joint information of thresholds, fixed effects and one working column per factor, and its crossing with
    the random effects (not yet times their standard deviations).

    A factor's working column is its part of eta. ``fixed`` float64[q, q], ``crossed`` float64[A + B, q].
    """
    fixed[:, :] = 0.0
    crossed[:, :] = 0.0
    groups = len(start) - 1
    cut, p = len(cuts) - 1, profiles.shape[1]
    q = cut + p + factors
    x = np.zeros(q)
    for a in range(groups):
        for r in range(start[a], start[a + 1]):
            eta = offset[profile[r]] + own[a]
            for j in range(p):
                x[cut + j] = profiles[profile[r], j]
            if factors:
                x[cut + p] = own[a]
            for j in range(others.shape[1]):
                b = others[r, j]
                eta += other[b]
                x[cut + p + factor_of[b]] = other[b]
            k = rating[r]
            _, curvature, _, _, _, score_high, score_low, _, _ = threshold_terms(link, cuts[k], eta)
            w = weight[r]
            curvature *= w
            high, low, both = threshold_curvatures(link, cuts[k], eta)
            if k < cut:
                fixed[k, k] += w * high
            if k > 0:
                fixed[k - 1, k - 1] += w * low
            if 0 < k < cut:
                fixed[k, k - 1] += w * both
            for j in range(cut, q):
                if k < cut:
                    fixed[j, k] += w * score_high * x[j]
                if k > 0:
                    fixed[j, k - 1] += w * score_low * x[j]
                t = curvature * x[j]
                if t != 0.0:
                    for i in range(cut, j + 1):
                        fixed[j, i] += t * x[i]
                    crossed[a, j] += t
                    for i in range(others.shape[1]):
                        crossed[groups + others[r, i], j] += t
            if k < cut:
                crossed[a, k] += w * score_high
                for i in range(others.shape[1]):
                    crossed[groups + others[r, i], k] += w * score_high
            if k > 0:
                crossed[a, k - 1] += w * score_low
                for i in range(others.shape[1]):
                    crossed[groups + others[r, i], k - 1] += w * score_low
    for j in range(q):
        for i in range(j):
            fixed[i, j] = fixed[j, i]
