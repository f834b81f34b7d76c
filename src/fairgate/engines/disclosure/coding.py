"""How a group's answers are told: exactly, in ranges of five, or not at all; never that nobody or everybody said a thing.

A *part* is some steps told together, and between how many answers it got. The ends are coded, so that a group that agrees
doesn't give its members away: b = max(2, n // 10),

    at most b of n     where a part got b answers or fewer
    at least n − b     where it got n − b or more

10% from twenty raters on; below, 10% would be fewer than two answers, and "at most 10%" of seven means exactly none. With two,
an insider who knows of one still can't tell about the rest.

The ladder down, taken one rung at a time: steps, steps in ranges, thirds, thirds in ranges, good or not, that in
ranges, hidden. In ranges, a part is told as 0 to 4, 5 to 9, 10 to 14 answers, … (partial suppression: Fischetti &
Salazar 2003, *Statistica Neerlandica* 57:287).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairgate.engines.disclosure.answers import STEPS, Ints
from fairgate.engines.disclosure.tables import DETAILS

RANGE = 5
LOOSE = 2
"""How many answers wide the end of a scale stays, for those outside; one less for an insider."""
LADDER = tuple((detail, ranges) for detail in DETAILS for ranges in (False, True))
HIDDEN = len(LADDER)


@dataclass(frozen=True, slots=True)
class Part:
    """``low`` to ``high`` answers were one of ``steps`` (from 0)."""

    steps: tuple[int, ...]
    low: int
    high: int
    coding: str
    """exact, between, at most or at least."""

    def share(self, raters: int) -> tuple[float, float]:
        """Between which shares, 0 to 1, of ``raters``."""
        return self.low / raters, self.high / raters


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of a group and an item. ``raters`` is exact; ``detail`` one of `DETAILS`; ``parts`` from low to high steps."""

    raters: int
    detail: str
    parts: tuple[Part, ...]

    def to_dict(self) -> dict[str, Any]:
        parts = [[list(part.steps), part.low, part.high, part.coding] for part in self.parts]
        return {"raters": self.raters, "detail": self.detail, "parts": parts}

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> "Shown":
        parts = tuple(Part(tuple(steps), low, high, coding) for steps, low, high, coding in given["parts"])
        return cls(given["raters"], given["detail"], parts)


def first_rung(detail: str) -> int:
    return LADDER.index((detail, False))


def rungs_below(rung: int) -> tuple[int, ...]:
    """What may follow on ``rung``. Once told in ranges, never exactly again: an exact sum of two steps would close what
    the ranges left open."""
    if rung >= HIDDEN:
        return ()
    step = 1 + rung % 2
    return (*range(rung + step, HIDDEN, step), HIDDEN)


def tell(counts: Ints, rung: int) -> Shown | None:
    """``counts`` [6] of one group as they are told on ``rung``; None on the last, hidden."""
    if rung >= HIDDEN:
        return None
    detail, ranges = LADDER[rung]
    raters = int(counts[:STEPS].sum())
    parts = tuple(_part(steps, int(counts[list(steps)].sum()), raters, ranges) for steps in DETAILS[detail])
    return Shown(raters, detail, parts)


def finest(counts: Ints, rung: int) -> int:
    """The first rung from ``rung`` on at which the group, alone, tells no coded part closer than it says."""
    return next(
        (
            at
            for at in (rung, *rungs_below(rung))
            if at < HIDDEN and _keeps_its_ends(tell(counts, at), counts)
        ),
        HIDDEN,
    )


def ends(raters: int) -> int:
    return max(2, raters // 10)


def _part(steps: tuple[int, ...], count: int, raters: int, ranges: bool) -> Part:
    low = count // RANGE * RANGE if ranges else count
    high = min(low + RANGE - 1, raters) if ranges else count
    b = ends(raters)
    if count <= b:
        return Part(steps, 0, max(high, b), "at most")
    if count >= raters - b:
        return Part(steps, min(low, raters - b), raters, "at least")
    return Part(steps, low, high, "between" if ranges else "exact")


def _keeps_its_ends(shown: Shown | None, counts: Ints) -> bool:
    """For those outside, and for each insider: one who gave some step of it."""
    if shown is None:
        return False
    low, high = (np.array([getattr(part, end) for part in shown.parts]) for end in ("low", "high"))
    coded = np.array([part.coding in ("at most", "at least") for part in shown.parts])
    for own, needed in _insiders(shown, counts):
        least = np.maximum(low, own)
        lowest = np.maximum(least, shown.raters - (high.sum() - high))
        highest = np.minimum(high, shown.raters - (least.sum() - least))
        if (highest - lowest < needed)[coded].any():
            return False
    return True


def _insiders(shown: Shown, counts: Ints) -> Iterator[tuple[Ints, int]]:
    yield np.zeros(len(shown.parts), np.int64), LOOSE
    for at, part in enumerate(shown.parts):
        if counts[list(part.steps)].any():
            yield (np.arange(len(shown.parts)) == at).astype(np.int64), LOOSE - 1
