"""Observed information: differences of the exact gradient, for standard errors (as R's clmm takes them).

Each parameter is moved by a small part of its standard error, and the modes along with it to first order, so
that one step finds them again. Small tables are differenced on both sides; large ones on one, where the
likelihood is close to a parabola and the error is of the order of the step.
"""

import numpy as np

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.laplace import Information, Laplace, Point
from fairgate.engines.ordinal.search import metric

LARGE = 3_000  # rows, from which differences are one-sided
BOTH, ONE = 0.004, 1e-3  # of a standard error
PRECISE = 1e-15


def observed_information(laplace: Laplace, point: Point, known: Information) -> Amounts | None:
    """Minus the second derivatives of the (penalised) log-likelihood, ``float64[q, q]``; None where it has none."""
    inverse = metric(laplace, point, known)
    size = laplace.size
    scale = np.sqrt([max(inverse(row)[j], 1e-12) for j, row in enumerate(np.eye(size))])
    two_sided = len(laplace.arranged.rating) < LARGE
    step = (BOTH if two_sided else ONE) * np.minimum(scale, 1.0)
    here = point.gradient if two_sided else _gradient(laplace, point, known, np.zeros(size))
    found = np.empty((size, size))
    for j in range(size):
        move = np.zeros(size)
        move[j] = step[j]
        ahead = _gradient(laplace, point, known, move)
        behind = _gradient(laplace, point, known, -move) if two_sided else here
        if ahead is None or behind is None:
            return None
        found[j] = (ahead - behind) / (2 * step[j] if two_sided else step[j])
    return np.asarray((found + found.T) / 2)


def _gradient(laplace: Laplace, point: Point, known: Information, move: Amounts) -> Amounts | None:
    there = laplace.at(point.parameters + move, PRECISE, point.modes + known.moving @ move)
    return None if there is None else there.gradient
