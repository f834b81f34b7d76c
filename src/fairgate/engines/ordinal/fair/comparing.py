"""How much it would take to undo the comparison of the highest and the lowest team."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.drawing import interval
from fairgate.engines.ordinal.fair.mix import Cells
from fairgate.engines.ordinal.fair.response import r_indicator, response_rate
from fairgate.engines.ordinal.fair.result import TeamScore
from fairgate.engines.ordinal.fair.sensitivity import Sensitivity, e_value
from fairgate.engines.ordinal.fair.standardise import FAIR, averaged_chance
from fairgate.engines.ordinal.fair.treatment import TEAM, TEAM_OUTCOME, Treatment

FARTHEST = -30.0  # where a tipping point is looked for


def compare(
    decisions: Decisions,
    cells: Cells,
    model: Treatment,
    link: Link,
    share: Amounts,
    teams: tuple[TeamScore, ...],
    drawn: NDArray[np.float64],
    cutoffs: Cutoffs,
) -> Sensitivity:
    rate = response_rate(decisions)
    scored = sorted((one.fair, t) for t, one in enumerate(teams) if one.fair is not None)
    if len(scored) < 2:
        return Sensitivity(None, None, None, None, None, None, rate, r_indicator(decisions))
    (low, lowest), (high, highest) = scored[0], scored[-1]
    ratios = drawn[:, highest, FAIR] / np.maximum(drawn[:, lowest, FAIR], 1e-9)
    limit = interval(ratios, cutoffs)[0]
    ratio = high / max(low, 1e-9)
    return Sensitivity(
        decisions.team.names[highest],
        decisions.team.names[lowest],
        ratio,
        e_value(ratio),
        e_value(limit) if limit > 1.0 else 1.0,
        _tipping_point(decisions, cells, model, link, share, highest, high - low),
        rate,
        r_indicator(decisions),
    )


def _tipping_point(
    decisions: Decisions,
    cells: Cells,
    model: Treatment,
    link: Link,
    share: Amounts,
    team: int,
    lead: float,
) -> float | None:
    """δ < 0 at which the lead is gone, when those who didn't answer about the team are shifted by it; None if none does."""
    of_team = decisions.team.codes == team
    silent = 1.0 - decisions.per_answer()[of_team].sum() / decisions.per_decision()[of_team].sum()
    effects = {one.factor: one.modes for one in model.fit.random}
    shift = np.full(len(cells), effects[TEAM][team])
    if TEAM_OUTCOME in effects:
        shift += effects[TEAM_OUTCOME].reshape(-1, len(decisions.outcome.names))[team, cells.outcome]
    estimate = np.array([one.estimate for one in model.fit.fixed])
    eta = model.design @ estimate + shift[:, None] - model.fit.thresholds[model.threshold].estimate

    def lost(delta: float) -> float:
        change = averaged_chance(eta, model.spread, link) - averaged_chance(eta + delta, model.spread, link)
        return float(100.0 * silent * (share @ change.mean(axis=1)) - lead)

    return float(brentq(lost, FARTHEST, 0.0)) if lost(FARTHEST) > 0.0 and lead > 0.0 else None
