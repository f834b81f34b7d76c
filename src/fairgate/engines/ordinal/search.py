"""The search for the parameters with the highest likelihood.

Steps are quasi-Newton. What is known of the curvature at each point comes from the joint information: for
thresholds and fixed effects what is left of it after the random effects are taken out; for a log standard
deviation the *average information*, twice that of its part of eta as one more column (Gilmour, Thompson & Cullis 1995,
*Average information REML*: observed and expected information averaged, in which the traces cancel). The last
changes of the gradient correct it (limited-memory BFGS: Nocedal 1980). Lines are halved until the objective
falls (Armijo).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from fairgate.engines.ordinal.arrays import Amounts, Flags
from fairgate.engines.ordinal.errors import NotSolved
from fairgate.engines.ordinal.laplace import Information, Laplace, Point

OnStep = Callable[[int, float], None]

KEPT = 6  # changes of the gradient remembered
LONGEST, LONGEST_LOG = 2.5, 1.2  # of one step: thresholds and effects; log standard deviations
SHORTEST = 1e-6  # share of a step that is still tried
SMALL = 0.15  # a standard deviation that falls below it may be zero
ROUNDING = 1e-3  # of a decrement, where rounding ends the search


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """``decrement`` is twice the fall in the objective that is still to be expected; ``shrinking`` is the factor whose
    standard deviation was on its way to zero when the search was left, as a place in the arrangement's order, or None."""

    point: Point
    information: Information
    steps: int
    converged: bool
    decrement: float
    shrinking: int | None = None


def search(
    laplace: Laplace,
    start: Amounts,
    *,
    tolerance: float,
    may_shrink: Flags | None = None,
    most: int = 200,
    on_step: OnStep | None = None,
) -> Found:
    """From ``start``, until no more than ``tolerance`` is to be expected or a standard deviation shrinks that may.

    On a log scale zero is endlessly far: whether it is better is for the caller to try (``may_shrink`` bool[factors]).
    Errors: NotSolved when there is no likelihood at the start.
    """
    point = laplace.at(start, 1e-6)
    if point is None:
        raise NotSolved
    changes: list[tuple[Amounts, Amounts]] = []
    for steps in range(most + 1):
        known = laplace.information(point)
        inverse = metric(laplace, point, known)
        step = -_improved(point.gradient, changes, inverse)
        decrement = -float(point.gradient @ step)
        if on_step is not None:
            on_step(steps, point.log_likelihood)
        shrinking = _shrinking(laplace, point, may_shrink)
        if shrinking is not None:
            return Found(point, known, steps, False, decrement, shrinking)
        if decrement < tolerance or steps == most:
            break
        after = _along(laplace, point, _clipped(laplace, step), known, decrement)
        if after is None and changes:  # what was learnt on the way misleads here: forget it
            changes = []
            after = _along(laplace, point, _clipped(laplace, -inverse(point.gradient)), known, decrement)
        if after is None:
            break
        changes = [*changes, (after.parameters - point.parameters, after.gradient - point.gradient)][-KEPT:]
        point = after
    return Found(point, known, steps, decrement < max(tolerance, ROUNDING), decrement)


def _shrinking(laplace: Laplace, point: Point, may_shrink: Flags | None) -> int | None:
    if may_shrink is None:
        return None
    _, _, sd = laplace.split(point.parameters)
    falling = may_shrink & (sd < SMALL) & (point.gradient[laplace.size - len(sd) :] > 0.0)
    return int(np.argmax(falling)) if falling.any() else None


def metric(laplace: Laplace, point: Point, known: Information) -> Callable[[Amounts], Amounts]:
    """Multiplication by the inverse of what is known of the curvature."""
    left, q = known.profiled, laplace.size - laplace.arranged.factors
    sizes = np.array(laplace.arranged.sizes, dtype=np.float64)
    fixed = cho_factor(left[:q, :q] + np.diag(1e-9 * np.diagonal(left)[:q] + 1e-12))
    crossing = left[:q, q:]
    average = 2.0 * (left[q:, q:] - crossing.T @ cho_solve(fixed, crossing))
    # A factor that says little keeps a little of the information it would have at best.
    average[np.diag_indices_from(average)] += 0.05 * 2.0 * point.trace**2 / np.maximum(sizes, 1.0) + 1e-8
    deviations = cho_factor(average) if len(average) else None

    def inverse(vector: Amounts) -> Amounts:
        tail = cho_solve(deviations, vector[q:]) if deviations is not None else vector[q:]
        return np.concatenate((cho_solve(fixed, vector[:q]), tail))

    return inverse


def _improved(
    gradient: Amounts, changes: list[tuple[Amounts, Amounts]], inverse: Callable[[Amounts], Amounts]
) -> Amounts:
    """The inverse curvature times the gradient, by the two loops of limited-memory BFGS."""
    useful = [(s, y, 1.0 / (s @ y)) for s, y in changes if s @ y > 1e-10 * np.sqrt((s @ s) * (y @ y))]
    vector, weights = gradient.copy(), []
    for s, y, r in reversed(useful):
        weights.append(r * (s @ vector))
        vector = vector - weights[-1] * y
    vector = inverse(vector)
    for (s, y, r), weight in zip(useful, reversed(weights), strict=True):
        vector = vector + s * (weight - r * (y @ vector))
    return vector


def _clipped(laplace: Laplace, step: Amounts) -> Amounts:
    q = laplace.size - laplace.arranged.factors
    longest = np.abs(step[:q]).max(initial=0.0)
    short = step * min(1.0, LONGEST / longest) if longest > 0 else step.copy()
    short[q:] = np.clip(short[q:], -LONGEST_LOG, LONGEST_LOG)
    return short


def _along(
    laplace: Laplace, point: Point, step: Amounts, known: Information, decrement: float
) -> Point | None:
    """The first point along the step where the objective has fallen enough, or None."""
    length, slope = 1.0, float(point.gradient @ step)
    if slope >= 0.0:
        return None
    tolerance = float(np.clip(1e-4 * decrement, 1e-10, 1e-5))
    while length > SHORTEST:
        move = length * step
        there = laplace.at(point.parameters + move, tolerance, point.modes + known.moving @ move)
        if there is not None and there.objective <= point.objective + 1e-4 * length * slope + 1e-9:
            return there
        length *= 0.3
    return None
