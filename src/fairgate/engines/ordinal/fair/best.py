"""Which team treats people best, and which others chance may have put behind it."""

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.drawing import interval
from fairgate.engines.ordinal.fair.result import TeamScore
from fairgate.engines.ordinal.fair.standardise import FAIR


def best_of(
    teams: tuple[TeamScore, ...], drawn: NDArray[np.float64], cutoffs: Cutoffs
) -> tuple[str | None, tuple[str, ...]]:
    """The team with the highest fair score, and those whose difference to it, draw by draw (``drawn`` float64[draws, T, 4]),
    has an interval that reaches 0. Whether the intervals of two scores overlap says less: the scores move together."""
    scored = [(one.fair, t) for t, one in enumerate(teams) if one.fair is not None]
    if not scored:
        return None, ()
    _, first = max(scored)
    ahead = {
        t: interval(drawn[:, first, FAIR] - drawn[:, t, FAIR], cutoffs)[0] for _, t in scored if t != first
    }
    return teams[first].team, tuple(teams[t].team for t, low in ahead.items() if low <= 0.0)
