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
MOST_NODES = 20
GAP = 0.05


@dataclass(frozen=True)
class Narrowed:
    """``low`` and ``high``: whole numbers within the linear bounds. ``rests_on``: groups whose figures bind."""

    low: int
    high: int
    rests_on: Ints


class Program:
    """The constraints of a system, made once for all that is asked of it. Columns go by class, then level."""

    def __init__(self, system: System) -> None:
        self.system = system
        told, classes = system.told, system.truth.shape[0]
        self.ballots = system.truth.sum(axis=1).astype(float)
        self.sums = sparse.csr_array(sparse.kron(sparse.eye_array(classes), np.ones((1, LEVELS))))
        picked = sparse.coo_array(system.members[told.group])
        row, column = (np.repeat(at, LEVELS) for at in picked.coords)
        level = np.tile(np.arange(LEVELS), picked.nnz)
        values = told.weights[row, level].astype(float)
        shape = (len(told.group), classes * LEVELS)
        self.rows = sparse.csr_array((values, (row, column * LEVELS + level)), shape=shape)
        self.rows.eliminate_zeros()
        self.low = np.where(told.low > -ANY, told.low, -np.inf).astype(float)
        self.high = np.where(told.high < ANY, told.high, np.inf).astype(float)
        matrix = sparse.vstack([self.rows, self.sums], format="csr")
        ends = (np.concatenate((end, self.ballots)) for end in (self.low, self.high))
        self.constraint = LinearConstraint(matrix, *ends)

    def furthest(
        self, aim: NDArray[np.float64], keep: Ints, free: NDArray[np.bool_] | None = None
    ) -> Ints | None:
        """A solution in whole numbers far towards ``aim`` [G, patterns], of those with x ≥ ``keep``; unchecked.

        Only ``free`` classes [C] differ from the truth, if given.
        """
        low, high = keep.astype(float), np.repeat(self.ballots[:, None], LEVELS, axis=1)
        if free is not None:
            low[~free] = high[~free] = self.system.truth[~free]
        gain = np.asarray(self.system.members.T @ (aim @ WEIGHTS)).reshape(-1)
        options: Any = {"node_limit": MOST_NODES, "mip_rel_gap": GAP}
        found = milp(
            -gain,
            integrality=np.ones(gain.size, np.int64),
            bounds=Bounds(low.reshape(-1), high.reshape(-1)),
            constraints=self.constraint,
            options=options,
        )
        return None if found.x is None else np.rint(found.x).astype(np.int64).reshape(-1, LEVELS)

    def narrow(self, group: int, pattern: int, keep: Ints) -> Narrowed:
        """One pattern of one group, as far as linear bounds go; ``keep`` [C, 6] ballots an insider knows of."""
        aim = np.zeros(self.system.needed.shape)
        aim[group, pattern] = 1.0
        cost = np.asarray(self.system.members.T @ (aim @ WEIGHTS)).reshape(-1)
        low, binds_low = self._end(cost, keep)
        high, binds_high = self._end(-cost, keep)
        if low is None or high is None:
            value = int(self.system.values(self.system.truth)[group, pattern])  # not solved: taken for known
            return Narrowed(value, value, np.unique(self.system.told.group))
        rests_on = np.unique(self.system.told.group[binds_low | binds_high])
        return Narrowed(int(np.ceil(low - TINY)), int(np.floor(TINY - high)), rests_on)

    def _end(self, cost: NDArray[np.float64], keep: Ints) -> tuple[float | None, NDArray[np.bool_]]:
        """The least of ``cost``, None where HiGHS found none, and which figures bind."""
        upper, lower = np.isfinite(self.high), np.isfinite(self.low)
        found: Any = _linprog(
            cost,
            A_ub=sparse.vstack([self.rows[upper], -self.rows[lower]], format="csr"),
            b_ub=np.concatenate((self.high[upper], -self.low[lower])),
            A_eq=self.sums,
            b_eq=self.ballots,
            bounds=np.column_stack((keep.reshape(-1), np.repeat(self.ballots, LEVELS))),
            method="highs",
        )
        binds = np.zeros(len(self.low), bool)
        if found.status != 0:
            return None, binds
        pulls = np.abs(found.ineqlin.marginals) > TINY
        binds[upper] |= pulls[: upper.sum()]
        binds[lower] |= pulls[upper.sum() :]
        return float(found.fun), binds
