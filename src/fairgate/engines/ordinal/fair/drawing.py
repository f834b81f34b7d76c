"""Points of every team in every draw of the joint covariance, and intervals of them."""

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Flags
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Cells
from fairgate.engines.ordinal.fair.standardise import grid, standardise
from fairgate.engines.ordinal.fair.treatment import TEAM, TEAM_OUTCOME, Treatment

AT_ONCE = 4_000_000  # numbers of a chunk of draws

Interval = tuple[float, float]


def drawn_points(
    decisions: Decisions,
    cells: Cells,
    model: Treatment,
    link: Link,
    share: Amounts,
    cutoffs: Cutoffs,
    seed: int,
    by_outcome: bool,
) -> NDArray[np.float64]:
    """Points by draw, team and kind of sum, ``float64[draws, T, 4]``."""
    team, outcome = len(decisions.team.names), len(decisions.outcome.names)
    factors = (TEAM, TEAM_OUTCOME) if by_outcome else (TEAM,)
    draws = model.fit.draw(cutoffs.draws, seed, factors)
    effect = np.repeat(draws.effects[0][:, :, None], outcome, axis=2)
    if by_outcome:
        effect = effect + draws.effects[1].reshape(-1, team, outcome)
    approving = [decisions.outcome.names.index(name) for name in decisions.approving]
    refused = np.where(np.isin(cells.outcome, approving), 0.0, share)
    refused /= max(refused.sum(), 1e-300)
    own = _own_mix(decisions, cells, model.known)
    table, flat = grid(model.spread, link), model.design.reshape(len(cells) * model.items, -1)
    sums = np.zeros((cutoffs.draws, team, 4))
    step = max(1, AT_ONCE // max(len(flat), 1))
    for begin in range(0, cutoffs.draws, step):
        part = slice(begin, begin + step)
        base = draws.fixed[part] @ flat.T - draws.thresholds[part, model.threshold, None]
        base = np.ascontiguousarray(base).reshape(len(base), len(cells), model.items)
        standardise(
            base, np.ascontiguousarray(effect[part]), cells.outcome.astype(np.int64), cells.twin, share, refused, own,
            table, sums[part],
        )  # fmt: skip
    return 100.0 * np.clip(sums, 0.0, 1.0)  # rounding may leave a sum of shares above 1


def _own_mix(decisions: Decisions, cells: Cells, known: Flags) -> NDArray[np.float64]:
    """Each team's own shares of cells, ``float64[T, C]``; a cell counts where it and its approved twin are known."""
    own = np.zeros((len(decisions.team.names), len(cells)))
    np.add.at(own, (decisions.team.codes, cells.row), decisions.per_decision())
    own *= known & known[cells.twin]
    return np.asarray(own / np.maximum(own.sum(axis=1, keepdims=True), 1e-300))


def interval(values: NDArray[np.float64], cutoffs: Cutoffs) -> Interval:
    tail = (1.0 - cutoffs.level) / 2.0
    low, high = np.quantile(values, [tail, 1.0 - tail])
    return float(low), float(high)
