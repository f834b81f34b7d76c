"""From parameters on the inner scale to results as given: names, standard errors, doubts."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.joint import Joint
from fairgate.engines.ordinal.laplace import Laplace
from fairgate.engines.ordinal.preparing import Prepared
from fairgate.engines.ordinal.ratings import Category, Ratings
from fairgate.engines.ordinal.result import Deviation, Estimate, Fit
from fairgate.engines.ordinal.search import Found

ENDLESS = 12.0  # an effect across its column's range that no finite data support


def present(
    ratings: Ratings,
    table: Prepared,
    link: Link,
    active: Sequence[int],
    laplace: Laplace,
    found: Found,
    covariance: NDArray[np.float64] | None,
    steps: int,
) -> Fit:
    to_given = table.to_given
    q, point = len(to_given), found.point
    whole = np.eye(laplace.size)
    whole[:q, :q] = to_given
    given = whole @ point.parameters
    variances = None if covariance is None else whole @ covariance @ whole.T
    errors: list[float | None] = [None] * len(given)
    if variances is not None:
        errors = [float(error) for error in np.sqrt(np.diagonal(variances))]
    cut = len(table.levels) - 1
    names = [f"{a}|{b}" for a, b in zip(table.levels, table.levels[1:], strict=False)]
    _, _, sd = laplace.split(point.parameters)
    each = np.concatenate(
        [np.full(laplace.arranged.groups, sd[0] if len(sd) else 0.0), sd[laplace.arranged.factor_of]]
    )
    joint = Joint(laplace.arranged, point, found.information, to_given, each)
    warnings = [*table.warnings, *_doubts(table, given[cut:q], found, covariance)]
    random, drawn = [], []
    for factor in ratings.random:
        k = next((k for k, one in enumerate(table.random) if one is factor), None)
        place = list(active).index(k) if k is not None and k in active else None
        if k is not None and place is None:
            warnings.append(f"The standard deviation of {factor.name} is estimated as zero.")
        random.append(_deviation(factor, table, k, place, joint, given[q:], errors[q:]))
        drawn.append(place)
    return Fit(
        link=link,
        levels=table.levels,
        thresholds=tuple(
            Estimate(n, float(e), s) for n, e, s in zip(names, given[:cut], errors[:cut], strict=True)
        ),
        fixed=tuple(
            Estimate(n, float(e), s)
            for n, e, s in zip(table.coded.names, given[cut:q], errors[cut:q], strict=True)
        ),
        random=tuple(random),
        log_likelihood=point.log_likelihood,
        n=table.n,
        rows=len(table.rating),
        converged=found.converged,
        iterations=steps,
        gradient=float(np.abs(point.gradient).max()),
        covariance=variances,
        warnings=tuple(warnings),
        joint=joint,
        _drawn=tuple(drawn),
    )


def _deviation(
    factor: Category,
    table: Prepared,
    k: int | None,
    place: int | None,
    joint: Joint,
    log_sds: Amounts,
    errors: Sequence[float | None],
) -> Deviation:
    """A factor that was left out has standard deviation zero, and modes to match."""
    zeros = np.zeros(len(factor.names))
    used = (
        len(np.unique(factor.codes[factor.codes >= 0])) if k is None else len(np.unique(table.factors[k][0]))
    )
    if place is None:
        return Deviation(factor.name, 0.0, None, used, factor.names, zeros, zeros)
    at = joint.arranged.order.index(place)
    sd, error = float(np.exp(log_sds[at])), errors[at]
    modes, mode_sd = joint.effects(place)
    return Deviation(
        factor.name, sd, None if error is None else sd * error, used, factor.names, modes, mode_sd
    )


def _doubts(
    table: Prepared, effects: Amounts, found: Found, covariance: NDArray[np.float64] | None
) -> list[str]:
    told = []
    span = np.ptp(table.coded.profiles, axis=0) * table.coded.scale
    for name, effect, across in zip(table.coded.names, effects, span, strict=True):
        if abs(effect) * across > ENDLESS:
            told.append(
                f"{name} separates the ratings (nearly) perfectly: its effect has no finite estimate, and the "
                "figure shown only says that it is large."
            )
    if not found.converged:
        told.append(
            f"The search ended before it converged, after {found.steps} steps: don't rely on the figures."
        )
    elif covariance is None:
        told.append(
            "There are no standard errors: the likelihood is flat somewhere near its maximum, or none were asked for."
        )
    return told
