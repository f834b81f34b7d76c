"""What a team brings: decisions, ballots, raw score, support, and whether that is enough."""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.ordinal.arrays import Amounts, Codes
from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Cells


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """By team: decisions, answered ballots, those on decisions that didn't approve, good ratings in 100, support."""

    decisions: Amounts
    ballots: Amounts
    not_approved: Amounts
    raw: Amounts
    support: Amounts


def count(decisions: Decisions, cells: Cells) -> Counted:
    size, code = len(decisions.team.names), decisions.team.codes
    answers, per_row = decisions.per_answer(), np.where(decisions.answered, decisions.counts, 0.0)
    good = np.where(decisions.rating >= decisions.good, per_row, 0.0)
    with np.errstate(invalid="ignore"):
        raw = 100.0 * _by_team(code, good, size) / _by_team(code, per_row, size)
    return Counted(
        _by_team(code, decisions.per_decision(), size),
        _by_team(code, answers, size),
        _by_team(code, np.where(decisions.approved, 0.0, answers), size),
        raw,
        support(decisions, cells, answers),
    )


def _by_team(code: Codes, amounts: Amounts, size: int) -> Amounts:
    return np.bincount(code, amounts, size).astype(np.float64)


def support(decisions: Decisions, cells: Cells, answers: Amounts) -> Amounts:
    """Of each team the share of the mix, by kind and outcome, for which it has at least one ballot."""
    outcomes = len(decisions.outcome.names)
    kind = cells.case[:, 0] if cells.case.shape[1] else np.zeros(len(cells), dtype=np.int32)
    coarse = kind.astype(np.int64) * outcomes + cells.outcome
    share = np.bincount(coarse, cells.share)
    own = np.zeros((len(decisions.team.names), len(share)), dtype=np.bool_)
    there = answers > 0
    own[decisions.team.codes[there], coarse[cells.row[there]]] = True
    return np.minimum(own @ share, 1.0)  # rounding may leave a sum of shares above 1


def reason(ballots: float, not_approved: float, support: float, teams: int, cutoffs: Cutoffs) -> str:
    """Why there is no fair score, and what to do instead; "" where there is one."""
    instead = " With so few, conversations tell more: interviews, promises kept, what was caught."
    if teams < 2:
        return "One team: there is nothing to compare it with." + instead
    if ballots < cutoffs.ballots:
        return (
            f"{ballots:.0f} ballot{'' if round(ballots) == 1 else 's'}; a fair score needs {cutoffs.ballots}."
            + instead
        )
    if not_approved >= cutoffs.not_approved and support < cutoffs.support:
        return (
            f"Its own ballots cover {100 * support:.0f} in 100 of all decisions by kind and outcome; "
            f"{100 * cutoffs.support:.0f} are needed."
        )
    return ""
