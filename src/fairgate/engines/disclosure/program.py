"""The attacker's program: everything told, as constraints for HiGHS.

    min, max Σ_{c in group} Σ_{l in steps} x[c, l]    over x ≥ keep, Σ_l x[c, l] = ballots[c], all that was told

Over fractions it bounds what an attacker can do (the attacker's problem of cell suppression: Fischetti & Salazar 2001,
*Management Science* 47:1008); real counts can only be narrower. The figures whose multipliers are not zero are those the
bound rests on: coarsening one of them is what helps. Over whole numbers it finds solutions; a limit on nodes, not on time, keeps
them the same on every machine.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from fairgate.engines.disclosure.answers import LEVELS, Ints
from fairgate.engines.disclosure.system import ANY, WEIGHTS, System

TINY = 1e-7
_linprog: Any = linprog  # the stubs know no sparse constraints
OPTIONS: Any = {"node_limit": 5, "mip_rel_gap": 0.8}


@dataclass(frozen=True)
class Narrowed:
    """``low`` and ``high``: whole numbers within the linear bounds. ``rests_on``: groups whose figures bind."""

    low: int
    high: int
    rests_on: Ints


@dataclass(frozen=True)
class Part:
    """The program of some classes: ``free`` and their ``columns``; the figures ``told`` that touch them, their ``rows`` between
    ``low`` and ``high``, less what the other classes have of them; ``ballots`` of each class."""

    free: Ints
    columns: Ints
    told: Ints
    rows: sparse.csr_array
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    ballots: NDArray[np.float64]

    @property
    def sums(self) -> sparse.csr_array:
        n = len(self.free)
        return sparse.csr_array((np.ones(n * LEVELS), np.arange(n * LEVELS), LEVELS * np.arange(n + 1)))

    @property
    def ends(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        return np.concatenate((self.low, self.ballots)), np.concatenate((self.high, self.ballots))


class Program:
    """The constraints of a system, made once for all that is asked of it. Columns go by class, then level."""

    def __init__(self, system: System) -> None:
        self.system = system
        told, classes = system.told, system.truth.shape[0]
        self.ballots = system.truth.sum(axis=1).astype(float)
        self.now = system.told_values(system.truth).astype(float)
        picked = sparse.coo_array(system.members[told.group])
        row, column = (np.repeat(at, LEVELS) for at in picked.coords)
        level = np.tile(np.arange(LEVELS), picked.nnz)
        values = told.weights[row, level].astype(float)
        shape = (len(told.group), classes * LEVELS)
        columns = sparse.csc_array((values, (row, column * LEVELS + level)), shape=shape)
        columns.eliminate_zeros()
        self.columns = columns
        self.low = np.where(told.low > -ANY, told.low, -np.inf).astype(float)
        self.high = np.where(told.high < ANY, told.high, np.inf).astype(float)

    def furthest(self, aim: NDArray[np.float64], keep: Ints, free: Ints | None = None) -> Ints | None:
        """A solution in whole numbers far towards ``aim`` [G, patterns], of those with x ≥ ``keep``; unchecked.

        Only the classes ``free`` differ from the truth, if given.
        """
        part = self._part(free)
        upper = np.repeat(self.ballots[part.free], LEVELS)
        found = milp(
            -self._gain(aim)[part.columns],
            integrality=np.ones(len(part.columns), np.int64),
            bounds=Bounds(keep.reshape(-1)[part.columns].astype(float), upper),
            constraints=LinearConstraint(sparse.vstack([part.rows, part.sums]), *part.ends),
            options=OPTIONS,
        )
        if found.x is None:
            return None
        x = self.system.truth.copy()
        x[part.free] = np.rint(found.x).astype(np.int64).reshape(-1, LEVELS)
        return x

    def narrow(self, group: int, pattern: int, keep: Ints, free: Ints | None = None) -> Narrowed:
        """One pattern of one group, as far as linear bounds go; ``keep`` [C, 6] ballots an insider knows of.

        With ``free`` as in `furthest` no bound, only a cheap guess what it rests on.
        """
        aim = np.zeros(self.system.needed.shape)
        aim[group, pattern] = 1.0
        part, cost = self._part(free), self._gain(aim)
        low, binds_low = self._end(part, cost, keep)
        high, binds_high = self._end(part, -cost, keep)
        if low is None or high is None:
            value = int(self.system.values(self.system.truth)[group, pattern])  # not solved: taken for known
            return Narrowed(value, value, np.unique(self.system.told.group))
        rests_on = np.unique(self.system.told.group[part.told][binds_low | binds_high])
        return Narrowed(int(np.ceil(low - TINY)), int(np.floor(TINY - high)), rests_on)

    def _gain(self, aim: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(self.system.members.T @ (aim @ WEIGHTS)).reshape(-1)

    def _part(self, free: Ints | None) -> "Part":
        """The program of the ``free`` classes, all others as they truly are; of all, if None."""
        if free is None:
            free = np.arange(len(self.ballots))
        columns = (free[:, None] * LEVELS + np.arange(LEVELS)).reshape(-1)
        rows = self.columns[:, columns].tocsr()
        told = np.flatnonzero(np.diff(rows.indptr))
        rows = rows[told]
        others = self.now[told] - rows @ self.system.truth.reshape(-1)[columns]
        return Part(
            free, columns, told, rows, self.low[told] - others, self.high[told] - others, self.ballots[free]
        )

    def _end(
        self, part: "Part", cost: NDArray[np.float64], keep: Ints
    ) -> tuple[float | None, NDArray[np.bool_]]:
        """The least of ``cost``, None where HiGHS found none, and which figures of ``part`` bind."""
        upper, lower = np.isfinite(part.high), np.isfinite(part.low)
        found: Any = _linprog(
            cost[part.columns],
            A_ub=sparse.vstack([part.rows[upper], -part.rows[lower]], format="csr"),
            b_ub=np.concatenate((part.high[upper], -part.low[lower])),
            A_eq=part.sums,
            b_eq=part.ballots,
            bounds=np.column_stack((keep.reshape(-1)[part.columns], np.repeat(part.ballots, LEVELS))),
            method="highs",
        )
        binds = np.zeros(len(part.told), bool)
        if found.status != 0:
            return None, binds
        pulls = np.abs(found.ineqlin.marginals) > TINY
        binds[upper] |= pulls[: upper.sum()]
        binds[lower] |= pulls[upper.sum() :]
        others = np.setdiff1d(np.arange(len(cost)), part.columns, assume_unique=True)
        return float(found.fun + cost[others] @ self.system.truth.reshape(-1)[others]), binds
