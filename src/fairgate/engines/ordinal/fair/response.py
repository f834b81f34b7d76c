"""Who answered: the chance to answer given team, case and outcome, by the same engine with two levels."""

import numpy as np
from scipy.special import expit

from fairgate.engines.ordinal.errors import OrdinalError
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fitting import fit
from fairgate.engines.ordinal.ratings import Category, Ratings


def response_rate(decisions: Decisions) -> float:
    return float(np.minimum(decisions.per_answer().sum() / decisions.per_decision().sum(), 1.0))


def r_indicator(decisions: Decisions) -> float | None:
    """1 - 2·S(ρ) over decisions; None where all or none answered, or where it can't be computed."""
    if not 0.0 < response_rate(decisions) < 1.0:
        return None
    weight = decisions.per_decision()
    answered = _answered(decisions)
    columns = (decisions.outcome, *decisions.cases)
    terms = tuple(Category(f"{one.name}=", one.codes, one.names) for one in columns)
    team = Category("team", decisions.team.codes, decisions.team.names)
    try:
        found = fit(Ratings(answered, ("no", "yes"), terms, (team,), weight), standard_errors=False)
    except OrdinalError:
        return None
    effects = {one.name: one.estimate for one in found.fixed}
    eta = found.random[0].modes[team.codes] - found.thresholds[0].estimate
    for column in columns:
        by_name = np.array([effects.get(f"{column.name}={name}", 0.0) for name in column.names])
        eta = eta + by_name[column.codes]
    chance = expit(eta)
    mean = np.average(chance, weights=weight)
    return float(1.0 - 2.0 * np.sqrt(np.average((chance - mean) ** 2, weights=weight)))


def _answered(decisions: Decisions) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Of each row, whether its ballot has any answer."""
    answered = decisions.answered
    if decisions.ballot is None:
        return answered.astype(np.int32)
    codes = decisions.ballot.codes
    some = np.zeros(len(decisions.ballot.names) + 1, dtype=np.bool_)
    some[codes[answered & (codes >= 0)]] = True
    return np.where(codes >= 0, some[codes], answered).astype(np.int32)
