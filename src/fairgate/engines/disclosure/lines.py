"""Lines: a group and the groups that add up to it. What one of them hides, the others must not give away.

    parent = Σ children,  so any one of them is known to within the sum of the widths of the others

That is the classical reason for complementary suppression. Here it is looked at for every group and pattern of steps before
any program is run: where the others leave too little open, the cheapest of them is told more coarsely. How many rated is
looked at in the same way: where a hidden group has few raters, another on the line is hidden with it. It is
not enough for linked tables, so the search for witnesses follows; it only spares most of their work.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.coding import Shown
from fairgate.engines.disclosure.layout import Layout
from fairgate.engines.disclosure.system import PATTERNS


@dataclass(frozen=True, slots=True)
class Line:
    """``groups``: the children, and last the parent; twice the same group set makes a line of two."""

    groups: tuple[int, ...]


def lines(layout: Layout) -> Iterator[Line]:
    """All lines between two tables of ``layout``."""
    for above, parent in enumerate(layout.labels):
        for below, child in enumerate(layout.labels):
            if above != below:
                yield from _between(parent, child, twins=above < below)


def _between(parent: Ints, child: Ints, *, twins: bool) -> Iterator[Line]:
    inside = (parent >= 0) & (child >= 0)
    pairs = np.unique(np.column_stack((parent[inside], child[inside])), axis=0)
    straddling = {int(c) for c, n in zip(*np.unique(pairs[:, 1], return_counts=True), strict=True) if n > 1}
    straddling |= set(np.unique(child[(child >= 0) & (parent < 0)]).tolist())
    open_parents = set(np.unique(parent[(parent >= 0) & (child < 0)]).tolist())
    for p in np.unique(pairs[:, 0]):
        children = [int(c) for c in pairs[pairs[:, 0] == p, 1]]
        if p in open_parents or straddling & set(children) or (len(children) == 1 and not twins):
            continue
        yield Line((*children, int(p)))


def widths(shown: Shown | None, ballots: int) -> Ints:
    """How many answers wide what is told of the group itself leaves each pattern [patterns]; how many could judge is exact."""
    if shown is None:
        return np.full(len(PATTERNS), ballots, np.int64)
    found = np.zeros(len(PATTERNS), np.int64)
    for at, steps in enumerate(PATTERNS[:-1]):
        low = sum(part.low for part in shown.parts if set(part.steps) <= set(steps))
        high = sum(part.high for part in shown.parts if set(part.steps) & set(steps))
        found[at] = min(high, shown.raters) - low
    return found


def relax(
    found: list[Line],
    widths_of: Callable[[int], Ints],
    needed_of: Callable[[int], Ints],
    coarsen: Callable[[list[int], int], bool],
) -> None:
    """Coarsens until no line gives anything away.

    ``coarsen(candidates, pattern)`` tells one of the groups more coarsely, so that ``pattern`` becomes wider, and says
    whether it could.
    """
    changed = True
    while changed:
        changed = False
        for line in found:
            while (gap := _gap(line, widths_of, needed_of)) is not None:
                others = [group for group in line.groups if group != gap[0]]
                if not coarsen(others, gap[1]):
                    break
                changed = True


def _gap(
    line: Line, widths_of: Callable[[int], Ints], needed_of: Callable[[int], Ints]
) -> tuple[int, int] | None:
    """The first (group, pattern) of the line that the others give away."""
    wide = np.array([widths_of(group) for group in line.groups])
    needed = np.array([needed_of(group) for group in line.groups])
    short = (wide.sum(axis=0) - wide < needed) & (needed > 0)
    if not short.any():
        return None
    at, pattern = np.argwhere(short)[0]
    return line.groups[at], int(pattern)
