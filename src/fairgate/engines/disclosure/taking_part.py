"""How many of a group answered: told, unless that would tell of fewer than k, by itself or by subtraction.

Who was asked is known to those who ask; who of them answered is nobody's business. Of every group with fewer than k answers
the number has to stay open, so that of nobody it follows that they answered, or that they didn't. An attacker knows how
many were asked of each class, what is told of groups, and how many ballots of some sets of classes stand in published
tables (the others were dropped, and counted for all together):

    0 ≤ a[c] ≤ asked[c]      Σ_{c in group} a[c] = told      Σ_{c in set} a[c] ≥ kept

Both ends are solved for in whole numbers (HiGHS). The smallest group that helps is hidden with it. The number of all who
answered is always told, from k on: where that and the tables tell it by themselves, nothing more is hidden for it.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.coding import LOOSE

Kept = tuple[NDArray[np.bool_], int]
"""A set of classes [c], and how many of their ballots stand in a published table."""


def told_counts(
    asked: Ints, answered: Ints, groups: NDArray[np.bool_], kept: Sequence[Kept] = (), *, k: int = 5
) -> list[int | None]:
    """How many of each of ``groups`` [G, c] answered, everybody first; None where it isn't told.

    ``asked`` and ``answered`` [c] by class. A hidden number stays `LOOSE` wide, so that it is open to one who knows of one
    person, too; one wide where that can't be. Deterministic.
    """
    counts = groups @ answered
    told = counts >= k
    if not told[0]:
        return [None] * len(groups)
    attacker = _Attacker(asked, answered, groups, kept)
    for group in np.flatnonzero(~told).tolist():
        needed = min(LOOSE, int(groups[group] @ asked))
        ways = (_widened(attacker, told, group, wide) for wide in range(needed, 0, -1))
        told = next((way for way in ways if way is not None), told)
    return [int(count) if is_told else None for count, is_told in zip(counts, told, strict=True)]


def _widened(
    attacker: "_Attacker", told: NDArray[np.bool_], group: int, wide: int
) -> NDArray[np.bool_] | None:
    """Hides others, the smallest first, until ``group`` stays so wide; None where nothing helps."""
    while attacker.width(group, told) < wide:
        others = [at for at in attacker.by_size if told[at]]
        if not others:
            return None
        helps = (at for at in others if attacker.width(group, _without(told, at)) >= wide)
        told = _without(told, next(helps, others[0]))
    return told


def _without(told: NDArray[np.bool_], at: int) -> NDArray[np.bool_]:
    left = told.copy()
    left[at] = False
    return left


class _Attacker:
    """``by_size``: groups but everybody, the smallest first."""

    def __init__(self, asked: Ints, answered: Ints, groups: NDArray[np.bool_], kept: Sequence[Kept]) -> None:
        self.asked, self.groups, self.counts = asked, groups, groups @ answered
        self.sets = np.array([inside for inside, _ in kept], bool).reshape(-1, len(asked))
        self.kept = np.array([n for _, n in kept], float)
        self.by_size = sorted(range(1, len(groups)), key=lambda at: (int(self.counts[at]), at))

    def width(self, group: int, told: NDArray[np.bool_]) -> int:
        """From the fewest to the most who can have answered."""
        return self._end(group, told, -1) - self._end(group, told, 1)

    def _end(self, group: int, told: NDArray[np.bool_], sign: int) -> int:
        counts = self.counts[told].astype(float)
        found = milp(
            sign * self.groups[group].astype(float),
            integrality=np.ones(len(self.asked), np.int64),
            bounds=Bounds(0, self.asked.astype(float)),
            constraints=LinearConstraint(
                np.vstack((self.groups[told], self.sets)).astype(float),
                np.concatenate((counts, self.kept)),
                np.concatenate((counts, np.full(len(self.kept), np.inf))),
            ),
        )
        return int(self.counts[group]) if found.x is None else round(sign * float(found.fun))
