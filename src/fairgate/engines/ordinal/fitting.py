"""The fit of a cumulative link mixed model, from ratings to results.

1. Rows with something missing are left out, levels and factors that say nothing too, each with a warning.
2. Equal rows are merged and weighted.
3. The likelihood is searched; a standard deviation that shrinks is compared with zero.
4. Standard errors come from the observed information, which then gives a last Newton step.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit, ndtri

from fairgate.engines.ordinal.arrangement import arrange
from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import LINKS, Link
from fairgate.engines.ordinal.errors import UnknownName
from fairgate.engines.ordinal.laplace import Laplace, Point
from fairgate.engines.ordinal.observed import LARGE, observed_information
from fairgate.engines.ordinal.preparing import Prepared, prepare
from fairgate.engines.ordinal.presenting import present
from fairgate.engines.ordinal.prior import Prior, weak
from fairgate.engines.ordinal.ratings import Ratings
from fairgate.engines.ordinal.result import Fit
from fairgate.engines.ordinal.search import ROUNDING, SMALL, Found, OnStep, search

BEGIN = 0.5  # standard deviation at the start of the search
TINY = 0.02  # where the likelihood must fall for a standard deviation of zero to be its maximum
NEAR = 1e-2  # the tolerance of a start
LOOSE, TIGHT = 1e-2, 1e-8  # the search's tolerance with and without a Newton step after it


def fit(
    ratings: Ratings,
    link: Link = "logit",
    *,
    penalised: Sequence[str] = (),
    weak_prior: bool = False,
    standard_errors: bool = True,
    on_step: OnStep | None = None,
) -> Fit:
    """The maximum of the Laplace likelihood.

    ``penalised`` names random factors with few levels, whose standard deviations are kept from zero (see
    `laplace`); ``weak_prior`` keeps effects finite (see `prior`).
    ``on_step(step, log_likelihood)`` is called as the search goes on.
    Errors: OrdinalError, a sentence each.
    """
    if link not in LINKS:
        raise UnknownName("link", link, LINKS)
    table = prepare(ratings)
    active = tuple(range(len(table.random)))
    penalty = np.array([factor.name in penalised for factor in table.random], dtype=np.bool_)
    tolerance = LOOSE if standard_errors and len(table.rating) >= LARGE else TIGHT
    prior = weak(table.coded, ratings.fixed, link) if weak_prior else None
    laplace = _laplace(table, link, active, penalty, prior)
    start = _start(table, link, laplace, _laplace(table, link, (), penalty, prior))
    free = ~penalty
    steps = 0
    while True:
        may = free[list(active)][list(laplace.arranged.order)]
        found = search(laplace, start, tolerance=tolerance, may_shrink=may, on_step=on_step)
        steps += found.steps
        if found.shrinking is None:
            break
        k = active[laplace.arranged.order[found.shrinking]]
        free[k] = False
        left = tuple(j for j in active if j != k)
        smaller = _laplace(table, link, left, penalty, prior)
        sds = _by_factor(laplace, found.point, active)
        start = _moved(found.point, laplace, sds, smaller, left)
        may = free[list(left)][list(smaller.arranged.order)]
        there = search(smaller, start, tolerance=tolerance, may_shrink=may, on_step=on_step)
        steps += there.steps
        sds = {**_by_factor(smaller, there.point, left), k: np.log(TINY)}
        near_zero = laplace.at(_moved(there.point, smaller, sds, laplace, active), 1e-12)
        if near_zero is None or near_zero.gradient[_place(laplace, active, k)] > 0.0:
            active, laplace, start = left, smaller, there.point.parameters
        else:
            start = _moved(there.point, smaller, {**sds, k: np.log(SMALL)}, laplace, active)
    covariance = None
    if standard_errors:
        found, covariance = _polished(laplace, found)
    return present(ratings, table, link, active, laplace, found, covariance, steps)


def _laplace(
    table: Prepared,
    link: Link,
    active: Sequence[int],
    penalty: NDArray[np.bool_],
    prior: Prior | None = None,
) -> Laplace:
    arranged = arrange(
        len(table.levels), table.rating, table.weight, table.profile, table.coded.profiles,
        [table.factors[k] for k in active],
    )  # fmt: skip
    return Laplace(arranged, link, penalty[list(active)], prior)


def _start(table: Prepared, link: Link, laplace: Laplace, plain: Laplace) -> Amounts:
    """Thresholds and effects as without random effects, which cost next to nothing; standard deviations of a half."""
    share = np.cumsum(np.bincount(table.rating, table.weight))[:-1] / table.n
    thresholds = logit(share) if link == "logit" else ndtri(share)
    begin = np.concatenate((thresholds, np.zeros(plain.size - len(share))))
    sds = np.full(laplace.arranged.factors, np.log(BEGIN if link == "logit" else BEGIN / 1.7))
    return np.concatenate((search(plain, begin, tolerance=NEAR).point.parameters, sds))


def _place(laplace: Laplace, active: Sequence[int], factor: int) -> int:
    """Where a factor's log standard deviation stands among the parameters."""
    at = laplace.arranged.order.index(list(active).index(factor))
    return laplace.size - laplace.arranged.factors + at


def _by_factor(laplace: Laplace, point: Point, active: Sequence[int]) -> dict[int, float]:
    """Log standard deviations by the table's numbers of factors."""
    first = laplace.size - laplace.arranged.factors
    return {active[k]: float(point.parameters[first + at]) for at, k in enumerate(laplace.arranged.order)}


def _moved(
    point: Point, laplace: Laplace, log_sds: dict[int, float], to: Laplace, active: Sequence[int]
) -> Amounts:
    """A point's parameters, for another set of factors."""
    fixed = point.parameters[: laplace.size - laplace.arranged.factors]
    return np.concatenate((fixed, [log_sds[active[k]] for k in to.arranged.order]))


def _polished(laplace: Laplace, found: Found) -> tuple[Found, NDArray[np.float64] | None]:
    """A Newton step with the observed information, and its inverse; None where it isn't positive."""
    observed = observed_information(laplace, found.point, found.information)
    if observed is None:
        return found, None
    try:
        np.linalg.cholesky(observed)
    except np.linalg.LinAlgError:
        return found, None
    inverse: Amounts = np.linalg.inv(observed).astype(np.float64)
    move = -inverse @ found.point.gradient
    guess = found.point.modes + found.information.moving @ move
    there = laplace.at(found.point.parameters + move, 1e-14, guess)
    if there is None or there.objective > found.point.objective + 1e-9 * abs(found.point.objective):
        return found, inverse
    decrement = float(there.gradient @ inverse @ there.gradient)
    converged = found.converged or decrement < ROUNDING
    return Found(there, laplace.information(there), found.steps + 1, converged, decrement), inverse
