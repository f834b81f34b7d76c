"""How many of a group answered: told, unless that would tell of fewer than k, by itself, by subtraction or by its being hidden.

Who was asked is known to those who ask; who of them answered is nobody's business. Groups stand on ladders, from fine to
coarse (by outcome; by whether it approved). Of each ladder one rung is told, whole, or none: the first on which every group has k
answers. An attacker knows how many were asked of each class, what is told, how many ballots of some sets of classes stand in
published tables (the others were dropped), and *the rule*: that a finer rung isn't told says that some group on it has fewer than
k.

    0 ≤ a[c] ≤ asked[c]      Σ_{c in group} a[c] = told      Σ_{c in set} a[c] ≥ kept      Σ_{c in some hidden group} a[c] < k

A page is told only if its groups with fewer than k stay open even so. Whether it is depends on the page alone, not on the truth
behind it, so that going on to the next rung for that reason tells nothing more (simulatable: Kenthapadi, Mishra & Nissim 2005,
*PODS*). Where not even a ladder of which nothing is told would be safe, nothing is told of it, whatever the truth. The number of
all who answered is always told, from k on: what that and the tables tell by themselves stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.coding import LOOSE

Sets = NDArray[np.bool_]
"""Sets of classes [g, c]."""
Kept = tuple[Sets, int]
"""A set of classes [c], and how many of their ballots stand in a published table."""
Ladder = Sequence[Sets]
"""Rungs from fine to coarse; each splits the same classes, and each group lies within one of the next rung."""


def told_rungs(
    asked: Ints, answered: Ints, ladders: Sequence[Ladder], kept: Sequence[Kept] = (), *, k: int = 5
) -> list[int | None] | None:
    """The rung of each ladder whose numbers may be told, None for none of it; None where even the number of all who answered
    may not. ``asked`` and ``answered`` [c] by class.

    A hidden number below ``k`` stays `LOOSE` wide, so that it is open to one who knows of one person, too. Deterministic.
    """
    if answered.sum() < k:
        return None
    everybody = np.ones((1, len(asked)), bool)
    attacker = _Attacker(
        asked, tuple(kept), np.vstack([everybody, *(rung for one in ladders for rung in one)]), k
    )
    page, told = _Page(((everybody, answered),)), list[int | None]()
    for ladder in ladders:
        page, rung = _down(attacker, page, ladder, answered)
        told.append(rung)
    return told


@dataclass(frozen=True)
class _Page:
    """``told``: groups, and how many answered by class, of which only the sums over groups are used. ``short``: of each of these
    sets of groups at least one has fewer than k."""

    told: tuple[tuple[Sets, Ints], ...]
    short: tuple[Sets, ...] = ()

    def with_short(self, groups: Sets) -> "_Page":
        return replace(self, short=(*self.short, groups))

    def telling(self, groups: Sets, answered: Ints) -> "_Page":
        return replace(self, told=(*self.told, (groups, answered)))


def _down(attacker: "_Attacker", page: _Page, ladder: Ladder, answered: Ints) -> tuple[_Page, int | None]:
    """The first rung that may be told, and the page with it. The coarsest is told at once where everybody knows that each of its
    groups has enough: there is nothing to hide in that, whatever the truth."""
    *finer, coarsest = ladder
    nothing = page.with_short(coarsest)
    if not attacker.may_be(nothing):
        telling = page.telling(coarsest, answered)
        beyond, found = _down(attacker, telling, finer, answered) if finer else (telling, None)
        return beyond, len(finer) if found is None else found
    if not attacker.stays_open(nothing):
        return page, None
    for at, rung in enumerate(ladder):
        if (rung @ answered >= attacker.k).all():
            short = page.with_short(ladder[at - 1]) if at else page
            if attacker.stays_open(telling := short.telling(rung, answered)):
                return telling, at
    return nothing, None


@dataclass(frozen=True)
class _Attacker:
    asked: Ints
    kept: tuple[Kept, ...]
    groups: Sets
    k: int

    def may_be(self, page: _Page) -> bool:
        """Whether some truth fits it."""
        return any(self._end(page, short, self.groups[0], 1) is not None for short in product(*page.short))

    def stays_open(self, page: _Page) -> bool:
        """Whether no group is known, within less than it has to stay open, to have fewer than k answers."""
        return all(self._open(page, group) for group in self.groups)

    def _open(self, page: _Page, group: Sets) -> bool:
        needed = min(LOOSE, int(group @ self.asked))
        low, high = np.inf, -np.inf
        for short in product(*page.short):
            for sign in (1, -1):
                end = self._end(page, short, group, sign)
                if end is not None:
                    low, high = min(low, end), max(high, end)
            if high - low >= needed:
                return True
        return low >= self.k and bool(np.isfinite(low))

    def _end(self, page: _Page, short: Sequence[Sets], group: Sets, sign: int) -> int | None:
        """The fewest (or with −1 most) who can have answered; None where nothing fits ``short``."""
        rows, low, high = zip(*self._constraints(page, short), strict=True)
        found = milp(
            sign * group.astype(float),
            integrality=np.ones(len(self.asked), np.int64),
            bounds=Bounds(0, self.asked.astype(float)),
            constraints=LinearConstraint(np.array(rows, float), np.array(low, float), np.array(high, float)),
        )
        return None if found.x is None else round(sign * float(found.fun))

    def _constraints(self, page: _Page, short: Sequence[Sets]) -> Iterator[tuple[Sets, float, float]]:
        for groups, answered in page.told:
            for inside in groups:
                yield inside, float(inside @ answered), float(inside @ answered)
        yield from ((inside, float(n), np.inf) for inside, n in self.kept)
        yield from ((inside, 0.0, float(self.k - 1)) for inside in short)
