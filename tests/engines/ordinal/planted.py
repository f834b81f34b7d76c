"""Organisations whose true treatment is known: what the fair score must find again, and where it can't.

Sixty teams, six hundred requesters, nine thousand decisions, as in the design's reference; ratings in five levels,
drawn given case and treatment. `Plan` says what is planted. Used by tests and by ``bench/fairness_truth.py``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from fairgate.engines.ordinal import Category
from fairgate.engines.ordinal.fair import Decisions
from fairgate.engines.ordinal.fair.standardise import averaged_chance

Floats = NDArray[np.float64]
LEVELS = ("1", "2", "3", "4", "5")
THRESHOLDS = np.array([-2.6, -1.3, 0.0, 1.7])
GOOD = 3


@dataclass(frozen=True)
class Plan:
    """Effects are in logits. ``bias``: what a refusal takes from a rating. The second block breaks the model."""

    teams: int = 60
    requesters: int = 600
    decisions: int = 9_000
    bias: float = 1.6
    leniency: float = 1.0  # sd of teams' inclination to approve
    treatment: float = 0.6  # sd of teams' treatment
    generosity: float = 0.8  # sd of requesters
    desk: float = 0.8  # how far requests differ between teams' desks
    response: float = 1.0  # how far answering depends on outcome and rating; 0: not at all
    everybody_answers: bool = False

    unmeasured: float = 0.0  # a quality of requests nobody records: refused more, rated lower
    bias_by_team: float = 0.0  # sd of the refusal's effect between teams
    response_by_team: float = 0.0  # sd between teams of how far answering depends on the rating
    gaming: float = 0.0  # a tenth of the teams make only the pleased answer: logits
    heavy_tails: bool = False  # teams' and requesters' effects from a skewed, heavy-tailed law
    thresholds_by_rater: float = 0.0  # sd of the log of how far a requester spreads the levels


@dataclass(frozen=True, eq=False)
class Organisation:
    plan: Plan
    team: NDArray[np.int32]
    requester: NDArray[np.int32]
    kind: NDArray[np.int32]
    refused: NDArray[np.int32]
    treatment: Floats
    refusal_bias: Floats  # by team
    generosity: Floats  # by requester
    other: Floats  # the rest of eta, by decision
    rating: NDArray[np.int32]
    answered: NDArray[np.bool_]

    def decisions(self, *, rater: bool = True) -> Decisions:
        names = lambda stem, size: tuple(f"{stem} {i:03d}" for i in range(size))  # noqa: E731
        return Decisions(
            rating=np.where(self.answered, self.rating, -1).astype(np.int32),
            levels=LEVELS,
            good=GOOD,
            team=Category("team", self.team, names("team", self.plan.teams)),
            outcome=Category("outcome", self.refused, ("approved", "refused")),
            approving=("approved",),
            cases=(Category("kind", self.kind, names("kind", 4)),),
            rater=Category("rater", self.requester, names("rater", self.plan.requesters)) if rater else None,
        )

    @property
    def approval_rate(self) -> Floats:
        return 1.0 - np.bincount(self.team, self.refused) / np.bincount(self.team)

    def truth(self) -> Floats:
        """Each team's true fair score: good ratings in 100 over the mix of all decisions. ``float64[teams]``"""
        cell = self.kind * 2 + self.refused
        share = np.bincount(cell, minlength=8) / len(cell)
        kind, refused = np.arange(8) // 2, np.arange(8) % 2
        eta = (
            self.treatment[:, None]
            - self.refusal_bias[:, None] * refused
            - 0.15 * (kind - 1.5)
            - THRESHOLDS[GOOD - 1]
        )
        return 100.0 * averaged_chance(eta, self.plan.generosity, "logit") @ share


def organisation(plan: Plan, seed: int) -> Organisation:
    rng = np.random.default_rng(seed)
    n = plan.decisions
    treatment = plan.treatment * _effects(rng, plan.teams, plan.heavy_tails)
    lenient = plan.leniency * rng.normal(size=plan.teams)
    generosity = plan.generosity * _effects(rng, plan.requesters, plan.heavy_tails)
    risk_of = rng.normal(size=plan.requesters)
    team = rng.integers(0, plan.teams, n)
    requester = _desks(rng, plan, team, risk_of)
    kind = rng.integers(0, 4, n)
    risk = risk_of[requester] + 0.5 * rng.normal(size=n)
    hidden = plan.unmeasured * rng.normal(size=n)
    chance = _logistic(-1.0 + 0.9 * risk + 0.3 * (kind - 1.5) - lenient[team] + hidden)
    refused = (rng.random(n) < chance).astype(np.int32)
    bias = plan.bias + plan.bias_by_team * rng.normal(size=plan.teams)
    other = -0.15 * (kind - 1.5) - hidden
    made = Organisation(
        plan, team.astype(np.int32), requester.astype(np.int32), kind.astype(np.int32), refused, treatment, bias,
        generosity, other, np.zeros(n, np.int32), np.ones(n, np.bool_),
    )  # fmt: skip
    return redrawn(made, refused, rng)


def redrawn(made: Organisation, refused: NDArray[np.int32], rng: Generator) -> Organisation:
    """The same cases and treatment under other decisions: ratings and answers drawn again."""
    plan, n = made.plan, len(made.team)
    eta = (
        made.treatment[made.team]
        + made.generosity[made.requester]
        - made.refusal_bias[made.team] * refused
        + made.other
    )
    spread = np.exp(plan.thresholds_by_rater * rng.normal(size=plan.requesters))[made.requester]
    latent = eta + rng.logistic(size=n)
    rating = (latent[:, None] > THRESHOLDS * spread[:, None]).sum(axis=1).astype(np.int32)
    by_team = plan.response_by_team * rng.normal(size=plan.teams)
    games = np.where(np.arange(plan.teams) < plan.teams // 10, plan.gaming, 0.0)
    lean = plan.response * (0.8 * refused + 0.35 * (rating == 0) + 0.2 * (rating == 4))
    lean = lean + by_team[made.team] * (rating - 2.5) / 1.5 + games[made.team] * (rating >= GOOD)
    answered = rng.random(n) < _logistic(-0.9 + lean)
    if plan.everybody_answers:
        answered = np.ones(n, np.bool_)
    return Organisation(
        plan, made.team, made.requester, made.kind, refused, made.treatment, made.refusal_bias, made.generosity,
        made.other, rating, answered,
    )  # fmt: skip


def _effects(rng: Generator, size: int, heavy: bool) -> Floats:
    if not heavy:
        return rng.normal(size=size)
    drawn = rng.standard_t(4, size=size) / np.sqrt(2.0) + rng.exponential(size=size) - 1.0
    return np.asarray(drawn / np.sqrt(2.0))


def _desks(rng: Generator, plan: Plan, team: NDArray[np.int64], risk_of: Floats) -> NDArray[np.int64]:
    """Requesters, the riskier ones more often at some teams' desks than at others'."""
    tilt = plan.desk * rng.normal(size=plan.teams)[team] + rng.normal(size=len(team))
    place = (np.argsort(np.argsort(tilt)) + 0.5) / len(team)
    return np.argsort(risk_of)[(place * plan.requesters).astype(np.int64)]


def _logistic(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-x)))
