"""How far one ballot moves a score: the score without it, for every ballot that may move one most, without fitting anew.

Given the standard deviations, draws d of thresholds, effects and modes follow their joint distribution with all ballots. Without
ballot i each draw is as likely as before divided by what the ballot says of it (importance sampling of a deleted case:
Gelfand, Dey & Chang 1992, *Bayesian Statistics 4*)::

    score without i = Σ_d score_d / L_i(d)  /  Σ_d 1 / L_i(d),    L_i(d) = ∫ Π_rows P(rating | eta_d + s·z) φ(z) dz

A heuristic: the standard deviations and the mix stay as they are. Held against refits: tests/engines/ordinal/test_leaving_out.py.
"""

from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import FAR
from fairgate.engines.ordinal.fair.cutoffs import Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Cells
from fairgate.engines.ordinal.fair.standardise import APPROVED, FAIR, OWN, REFUSED
from fairgate.engines.ordinal.fair.treatment import TEAM, TEAM_OUTCOME, Treatment

DRAWS = 500
NODES = 9
EXTREMES = 100
"""Of each team so many ballots with the lowest and with the highest ratings are left out, one by one: those move a score most."""
AT_ONCE = 256  # rows

Numbers = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Moves:
    """The largest change in points that leaving one ballot out makes, float64[T] by team."""

    fair: Amounts
    refusal: Amounts
    approval_effect: Amounts


def largest_moves(
    decisions: Decisions,
    cells: Cells,
    model: Treatment,
    drawn: Numbers,
    cutoffs: Cutoffs,
    seed: int,
    by_outcome: bool,
) -> Moves:
    """``drawn`` float64[draws, T, 4]: the points that `drawing.drawn_points` gave with the same ``cutoffs`` and ``seed``."""
    points = drawn[:DRAWS]
    gains = points[:, :, APPROVED] - points[:, :, OWN]
    wanted = np.stack((points[:, :, FAIR], points[:, :, REFUSED], gains), axis=2)
    flat = wanted.reshape(len(wanted), -1)
    said = _Said.of(decisions, cells, model, cutoffs, seed, by_outcome)
    largest = np.zeros(flat.shape[1])
    for rows, ballot in _portions(decisions):
        log = np.add.reduceat(said.log_chances(rows), np.flatnonzero(np.diff(ballot, prepend=-1)), axis=0)
        weights = 1.0 / said.averaged(log)
        weights /= weights.sum(axis=1, keepdims=True)
        largest = np.maximum(largest, np.abs(weights @ flat - flat.mean(axis=0)).max(axis=0))
    return Moves(*largest.reshape(wanted.shape[1:]).T)


@dataclass(frozen=True, slots=True, eq=False)
class _Said:
    """Everything `log_chances` needs; ``eta`` is put together for few rows at a time."""

    decisions: Decisions
    cells: Cells
    model: Treatment
    fixed: Numbers
    thresholds: Numbers
    effect: Numbers
    level: Rows

    @classmethod
    def of(
        cls,
        decisions: Decisions,
        cells: Cells,
        model: Treatment,
        cutoffs: Cutoffs,
        seed: int,
        by_outcome: bool,
    ) -> "_Said":
        team, outcome = len(decisions.team.names), len(decisions.outcome.names)
        draws = model.fit.draw(cutoffs.draws, seed, (TEAM, TEAM_OUTCOME) if by_outcome else (TEAM,))
        effect = np.repeat(draws.effects[0][:DRAWS, :, None], outcome, axis=2)
        if by_outcome:
            effect = effect + draws.effects[1][:DRAWS].reshape(-1, team, outcome)
        outer = np.full((len(effect), 1), FAR * FAR)
        thresholds = np.hstack((-outer, draws.thresholds[:DRAWS], outer))
        place = {name: k for k, name in enumerate(model.fit.levels)}
        level = np.array([place.get(name, -1) for name in decisions.levels], np.int64)
        return cls(decisions, cells, model, draws.fixed[:DRAWS], thresholds, effect, level)

    def log_chances(self, rows: Rows) -> Numbers:
        """Of each row's rating, float64[rows, draws, nodes]."""
        it = self.decisions
        item = np.zeros(len(rows), np.int64) if it.item is None else it.item.codes[rows]
        eta = self.model.design[self.cells.row[rows], item] @ self.fixed.T
        eta += self.effect[:, it.team.codes[rows], it.outcome.codes[rows]].T
        level = self.level[it.rating[rows]]
        high, low = self.thresholds[:, level + 1].T - eta, self.thresholds[:, level].T - eta
        shift = self.model.spread * _nodes()[0]
        chance = expit if self.model.fit.link == "logit" else ndtr
        gap = chance(high[:, :, None] - shift) - chance(low[:, :, None] - shift)
        return np.asarray(np.log(np.maximum(gap, 1e-300)))

    def averaged(self, log: Numbers) -> Numbers:
        """What ballots say of each draw, float64[ballots, draws], up to a factor of each ballot's own."""
        top = log.max(axis=(1, 2), keepdims=True)
        return np.asarray(np.exp(log - top) @ _nodes()[1])


def _nodes() -> tuple[Amounts, Amounts]:
    nodes, weights = hermegauss(NODES)
    return nodes, weights / weights.sum()


def _portions(decisions: Decisions) -> list[tuple[Rows, Rows]]:
    """Rows of the ballots to leave out, ballot by ballot, and which ballot each row belongs to."""
    answered = np.flatnonzero(decisions.answered)
    if decisions.ballot is None or (decisions.ballot.codes[answered] < 0).any():
        ballot = np.arange(len(answered))  # a row is a ballot
    else:
        ballot = decisions.ballot.codes[answered].astype(np.int64)
    order = np.argsort(ballot, kind="stable")
    rows, ballot = answered[order], np.unique(ballot[order], return_inverse=True)[1]
    keep = _extremes(decisions, rows, ballot)[ballot]
    rows, ballot = rows[keep], np.unique(ballot[keep], return_inverse=True)[1]
    ends = np.searchsorted(ballot, np.arange(0, ballot[-1] + 2)) if len(ballot) else np.array([0])
    cuts, start = [], 0
    for end in ends[1:]:
        if end - start >= AT_ONCE or end == ends[-1]:
            cuts.append((rows[start:end], ballot[start:end]))
            start = end
    return cuts


def _extremes(decisions: Decisions, rows: Rows, ballot: Rows) -> NDArray[np.bool_]:
    """Which ballots are among the lowest or the highest of their team."""
    number = np.bincount(ballot)
    mean = np.bincount(ballot, decisions.rating[rows]) / number
    team = decisions.team.codes[rows[np.searchsorted(ballot, np.arange(len(number)))]]
    order = np.lexsort((mean, team))
    size = np.bincount(team)[team[order]]
    place = np.arange(len(order)) - np.searchsorted(team[order], team[order])
    kept = np.zeros(len(number), np.bool_)
    kept[order] = (place < EXTREMES) | (place >= size - EXTREMES)
    return kept
