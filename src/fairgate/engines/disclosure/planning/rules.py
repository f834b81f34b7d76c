"""What is planned for, and the rules that decide what may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite

OUTCOMES = ("approved", "conditions", "returned", "refused")
APPROVING = ("approved", "conditions")
BANDS = ("junior", "middle", "senior")
LENGTHS = (1, 3, 6, 12)
"""Months a period may have."""
SURE = 0.90
"""A figure counts on from a moment by which it is publishable with this probability."""
FARTHEST = 60
"""Months that are looked ahead."""


class BadPlan(ValueError):
    """Numbers that can't be; ``str(error)`` is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Team:
    """``decisions`` a year by outcome (`OUTCOMES`), by so many ``deciders``, who decide equally often."""

    name: str
    decisions: Mapping[str, float]
    deciders: int = 4

    def of(self, *outcomes: str) -> float:
        return sum(self.decisions.get(outcome, 0.0) for outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Rules:
    """DESIGN 4.3: ``share`` answered ballots share team and outcome, else they are dropped; a cell needs ``raters`` and
    ``deciders``, by seniority and outcome ``by_seniority``; a score ``ballots``, a refusal score ``not_approved`` of them."""

    share: int = 5
    raters: int = 5
    by_seniority: int = 10
    deciders: int = 3
    ballots: int = 20
    not_approved: int = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """``people`` who ask for decisions and can be invited. ``response``: the share that answers. ``seniority``: shares of
    `BANDS`. ``concentration``: the squared coefficient of variation of how often people ask; 0 is all alike.
    ``oversampling`` and ``at_once`` (the chance that an approval is asked about on the day after it) are the voice's ways of
    picking a decision."""

    people: int
    teams: tuple[Team, ...]
    response: float = 0.5
    oversampling: float = 3.0
    seniority: tuple[float, float, float] = (1 / 3, 1 / 3, 1 / 3)
    concentration: float = 1.0
    at_once: float = 0.25
    rules: Rules = field(default_factory=Rules)

    @property
    def decisions(self) -> float:
        """A year."""
        return sum(team.of(*OUTCOMES) for team in self.teams)

    def check(self) -> None:
        """Raises `BadPlan`."""
        if not 1 <= self.people <= 1_000_000:
            raise BadPlan(f"people: found {self.people:,}; expected 1 to 1,000,000.")
        if not self.teams:
            raise BadPlan("teams: found none; expected at least one.")
        for name, value, low, high in (
            ("response", self.response, 0.0, 1.0),
            ("oversampling", self.oversampling, 1.0, 20.0),
            ("concentration", self.concentration, 0.0, 20.0),
            ("at once", self.at_once, 0.0, 0.99),
        ):
            if not low <= value <= high:
                raise BadPlan(f"{name}: found {value:g}; expected {low:g} to {high:g}.")
        if min(self.seniority) < 0 or abs(sum(self.seniority) - 1.0) > 1e-6:
            raise BadPlan("seniority: found shares that don't add up to 1.")
        for team in self.teams:
            self._check_team(team)
        if self.decisions <= 0:
            raise BadPlan("decisions: found none; expected how many there are a year, by outcome.")

    def _check_team(self, team: Team) -> None:
        if unknown := set(team.decisions) - set(OUTCOMES):
            raise BadPlan(f"{team.name}: found the outcome {min(unknown)!r}; expected {', '.join(OUTCOMES)}.")
        if not all(isfinite(count) and 0 <= count <= 1e9 for count in team.decisions.values()):
            raise BadPlan(f"{team.name}: found a number of decisions that can't be; expected 0 or more.")
        if team.deciders < 1:
            raise BadPlan(f"{team.name}: found {team.deciders} deciders; expected at least 1.")
