"""All that was ever told of one item, as linear conditions on whole numbers nobody outside knows.

Unknown is x [C, 6]: how many ballots of each class gave each step, couldn't judge last. An attacker is taken to know
more than they do: the number of ballots of every class, so Σ_l x[c, l] = ballots[c]. That makes items independent of
each other. Told are

    low_f ≤ Σ_{c in group_f} Σ_l weights_f[l] · x[c, l] ≤ high_f

and asked is between which values the number of answers in some steps of a group can lie: Σ_{c in group} Σ_{l in steps}
x[c, l], for every group and each of `PATTERNS`. All in integers, so that what is claimed to be possible is checked exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy import sparse

from fairgate.engines.disclosure.answers import LEVELS, STEPS, Ints
from fairgate.engines.disclosure.coding import LOOSE, Shown
from fairgate.engines.disclosure.layout import Layout

ANY = 2**40
"""Further than any count: no bound."""

ALL_STEPS = tuple(range(STEPS))
PATTERNS: tuple[tuple[int, ...], ...] = ((0,), (1,), (2,), (3,), (4,), (0, 1), (3, 4), (0, 1, 2), ALL_STEPS)
"""The steps that are ever told together, and so kept open together; last all of them: how many could judge."""


@cache
def _row(steps: tuple[int, ...]) -> Ints:
    return np.isin(np.arange(LEVELS), steps).astype(np.int64)


WEIGHTS = np.array([_row(steps) for steps in PATTERNS])
RATED = _row(ALL_STEPS)


@dataclass(frozen=True)
class Told:
    """F figures: ``group`` [F], ``weights`` [F, 6], ``low`` and ``high`` [F]."""

    group: Ints
    weights: Ints
    low: Ints
    high: Ints


@dataclass(frozen=True)
class System:
    """``members`` [G, C]; ``truth`` [C, 6], the one solution we know; ``needed`` [G, patterns] how many answers wide each has to
    stay for those outside, 0 where it is told; an insider is left one less."""

    members: sparse.csr_array
    truth: Ints
    told: Told
    needed: Ints

    def values(self, x: Ints) -> Ints:
        """Answers of each group in each pattern [G, patterns]."""
        return np.asarray((self.members @ x) @ WEIGHTS.T)

    def told_values(self, x: Ints) -> Ints:
        return np.asarray(((self.members @ x)[self.told.group] * self.told.weights).sum(axis=1))

    def allows(self, x: Ints) -> bool:
        """Whether ``x`` fits everything told: exact, in whole numbers."""
        if (x < 0).any() or (x.sum(axis=1) != self.truth.sum(axis=1)).any():
            return False
        values = self.told_values(x)
        return bool(((values >= self.told.low) & (values <= self.told.high)).all())

    def telling(self, told: Told, needed: Ints) -> "System":
        return replace(self, told=told, needed=needed)


def told_by(shown: list[Shown | None]) -> Told:
    """The figures of one item's groups [those of tables]."""
    rows = []
    for group, one in enumerate(shown):
        if one is None:
            continue
        rows.append((group, RATED, one.raters, one.raters))
        rows += [(group, _row(part.steps), part.low, part.high) for part in one.parts]
    return told_from(rows)


def told_from(rows: list[tuple[int, Ints, int, int]]) -> Told:
    weights = np.array([row[1] for row in rows], np.int64).reshape(-1, LEVELS)
    group, low, high = (np.array([row[at] for row in rows], np.int64) for at in (0, 2, 3))
    return Told(group, weights, low, high)


def needed_for(shown: Sequence[Shown | None], counts: Ints, width: int) -> Ints:
    """How wide each pattern of each group has to stay [G, patterns]; ``counts`` [G, 6] its answers.

    Hidden: ``width``, or all of its ballots where it has fewer; but how many could judge only where fewer than ``width`` did.
    Coded: `LOOSE`. Anything else: 0.
    """
    needed = np.zeros((len(counts), len(PATTERNS)), np.int64)
    for group, one in enumerate(shown):
        if one is None:
            needed[group] = min(width, int(counts[group].sum()))
            needed[group, PATTERNS.index(ALL_STEPS)] *= counts[group, :STEPS].sum() < width
            continue
        for part in one.parts:
            if part.coding in ("at most", "at least"):
                needed[group, PATTERNS.index(part.steps)] = LOOSE
    return needed


def system_of(layout: Layout, counts: Ints, shown: list[Shown | None], width: int) -> System:
    """``counts`` [c, 6] of one item over combinations."""
    truth = layout.summed(counts)
    needed = needed_for(shown, np.asarray(layout.members @ truth), width)
    return System(layout.members, truth, told_by(shown), needed)
