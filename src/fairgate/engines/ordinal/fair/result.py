"""Fair scores, as frozen results. Scores are points out of 100; intervals are central ones."""

from dataclasses import asdict, dataclass
from typing import Any

from fairgate.engines.ordinal.fair.leaving_out import Moves
from fairgate.engines.ordinal.fair.mix import Mix
from fairgate.engines.ordinal.fair.sensitivity import Sensitivity
from fairgate.engines.ordinal.result import Fit

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class TeamScore:
    """One team.

    - ``ballots`` answered, ``not_approved`` of them on decisions that didn't approve; ``decisions`` in all.
    - ``support``: the share of the mix, by kind and outcome, for which there is a ballot of its own.
    - ``raw``: good ratings in 100. ``fair``: the same over the mix, None where too little is known (``note`` says why).
    - ``refusal``: over the mix of decisions that didn't approve.
    - ``approval_effect``: what approving everything would add to the raw score: points the fair score doesn't give.
    - ``borrowed``: too few ballots on decisions that didn't approve: how it treats those is borrowed from other teams.
    """

    team: str
    ballots: int
    not_approved: int
    decisions: int
    support: float
    raw: float | None
    fair: float | None
    interval: Interval | None
    refusal: float | None
    refusal_interval: Interval | None
    approval_effect: float | None
    approval_effect_interval: Interval | None
    borrowed: bool
    note: str


@dataclass(frozen=True, slots=True)
class OutcomeEffect:
    """Against the first approving outcome, on the scale of the link, averaged over items: above 0, better rated. ``leans``:
    ratings can't say how far, so that the figure rests on an assumption (`leaning`)."""

    outcome: str
    estimate: float
    interval: Interval
    leans: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class FairScores:
    """``teams`` by name; ``mix`` is what all were held against.

    - ``fit``: the model of treatment, with a weak prior on fixed effects; None where there was too little to fit.
    - ``unspoken``: the share of decisions in cells that no ballot of any team speaks for, left out of the mix.
    - ``warnings`` are sentences. ``moves``, where asked for: how far one ballot moves a score.
    - ``best``: the team with the highest fair score; ``alike`` those that can't be told apart from it (`fair.best`).
    """

    teams: tuple[TeamScore, ...]
    outcome_effect: tuple[OutcomeEffect, ...]
    reference: str
    sensitivity: Sensitivity | None
    mix: Mix
    unspoken: float
    fit: Fit | None
    seed: int
    warnings: tuple[str, ...]
    moves: Moves | None = None
    best: str | None = None
    alike: tuple[str, ...] = ()

    def team(self, name: str) -> TeamScore:
        return next(one for one in self.teams if one.team == name)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line and of stored runs."""
        return {
            "teams": [asdict(one) for one in self.teams],
            "outcome_effect": {
                one.outcome: {"estimate": one.estimate, "interval": one.interval, "leans": one.leans}
                for one in self.outcome_effect
            },
            "outcome_reference": self.reference,
            "sensitivity": {} if self.sensitivity is None else self.sensitivity.to_dict(),
            "mix": [
                {"cell": cell, "share": share}
                for cell, share in zip(self.mix.cells, self.mix.shares, strict=True)
            ],
            "standard_deviations": {}
            if self.fit is None
            else {one.factor: one.sd for one in self.fit.random},
            "best": {"team": self.best, "alike": list(self.alike)},
            "seed": self.seed,
            "warnings": list(self.warnings),
        }
