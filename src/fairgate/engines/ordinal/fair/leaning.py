"""Which outcomes and kinds the ratings say too little of, so that figures lean on the weak prior of the fit.

The measure is the share of what is known before any rating is seen: the variance of an effect after the fit, over its variance in
the prior. It is near 0 where ratings tell, near 1 where they are silent, and moves with each rating; an outcome that parts the
ratings (every refusal a 1) has about .1 and more, however many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Flags
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Cells
from fairgate.engines.ordinal.fair.treatment import Treatment
from fairgate.engines.ordinal.prior import apart

MUCH = 0.1
"""From this share on a figure is said to lean: a standard error of .8 on the logit between two categories."""

MATTERS = 0.05
"""Of the mix, or of what wasn't approved in it: from here on each team is told."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """``outcomes`` and ``cases`` (column, name) that lean; ``share`` of the mix in their cells, the larger one of the whole mix
    and of its decisions that didn't approve."""

    outcomes: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]
    share: float

    @property
    def matters(self) -> bool:
        return self.share >= MATTERS

    @property
    def sentence(self) -> str:
        """ "" where nothing leans."""
        names = [f"“{name}”" for name in self.outcomes]
        names += [f"“{name}” ({column})" for column, name in self.cases]
        if not names:
            return ""
        listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
        return (
            f"Ratings for {listed} are few, or all on one side: how far apart from the others they are, they can't say. Figures "
            "that rest on it lean on an assumption: that a gap as wide as from 1 pleased in 100 to 60 is unlikely."
        )


def leaning(decisions: Decisions, cells: Cells, model: Treatment, share: Amounts) -> Leaning:
    joint = model.fit.joint
    cut = len(model.fit.thresholds)
    covariance = joint.covariance[cut:, cut:]
    place = {one.name: j for j, one in enumerate(model.fit.fixed)}
    limit = MUCH * apart(model.fit.link) ** 2

    def variance(column: str, weights: dict[str, float]) -> float:
        contrast = np.zeros(len(place))
        for name, weight in weights.items():
            if (at := place.get(f"{column}={name}")) is not None:
                contrast[at] = weight
        return float(contrast @ covariance @ contrast)

    reference = decisions.approving[0]
    there = {decisions.outcome.names[code] for code in np.unique(decisions.outcome.codes[decisions.answered])}
    outcomes = tuple(
        name
        for name in decisions.outcome.names
        if name in there and name != reference and variance("outcome", {name: 1.0, reference: -1.0}) >= limit
    )
    cases, rows = [], np.isin(cells.outcome, [decisions.outcome.names.index(name) for name in outcomes])
    for j, column in enumerate(decisions.cases):
        for code, name, weights, prior in _against_the_mean(decisions, column.names, column.codes):
            if variance(column.name, weights) >= limit * prior:
                cases.append((column.name, name))
                rows |= cells.case[:, j] == code
    return Leaning(outcomes, tuple(cases), _share(decisions, cells, share, rows))


def _against_the_mean(
    decisions: Decisions, names: tuple[str, ...], codes: NDArray[np.int32]
) -> Iterator[tuple[int, str, dict[str, float], float]]:
    """Of each category that was rated: its contrast with the mean over ballots, and that contrast's variance in the prior,
    as a share of that between two categories."""
    mass = np.bincount(codes, decisions.per_answer(), len(names))
    mean = mass / mass.sum()
    for code in np.flatnonzero(mass > 0) if (mass > 0).sum() > 1 else ():
        contrast = -mean
        contrast[code] += 1.0
        yield int(code), names[code], dict(zip(names, contrast, strict=True)), float(contrast @ contrast) / 2


def _share(decisions: Decisions, cells: Cells, share: Amounts, rows: Flags) -> float:
    approving = [decisions.outcome.names.index(name) for name in decisions.approving]
    refused = np.where(np.isin(cells.outcome, approving), 0.0, share)
    among = refused[rows].sum() / refused.sum() if refused.sum() > 0 else 0.0
    return float(max(share[rows].sum(), among))
