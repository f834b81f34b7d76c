"""Raw shares of teams beside what closed periods published: may they be shown as well?

A team's raw share over all items and periods is linear. For each item and each period it is given to the attacker's program as
if the team's answers to all other items and in all other periods were known: whatever really is known, less follows. With G of R
ratings good and p percent told to m points, over everything::

    200·G − (2p − m)·R ≥ 0 ≥ 200·G − (2p + m)·R,   so for one item and period with the rest known   200·g − (2p ∓ m)·r ≷ −rest
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from fairgate.engines import disclosure
from fairgate.fairness.queries.closed import ToldShare
from fairgate.gate.models import Team
from fairgate.voice.queries.published import PublishedBallots, published_ballots

POINTS = (1, 2, 5, 10)
"""How finely a raw share may be told: the first of them that passes."""


def shares_that_hold(
    unit: int, periods: Sequence[UUID], before: Sequence[ToldShare], raw: Mapping[str, float]
) -> dict[str, ToldShare]:
    """How the ``raw`` shares of teams over these periods may be told beside everything that was published of them and the shares
    told ``before``: each as finely as passes beside those told already, in the order of the names. A team that is missing
    has none that may be told."""
    read = {
        pk: _Period(published_ballots(pk))
        for pk in {*periods, *(pk for share in before for pk in share.periods)}
    }
    teams = dict(Team.objects.filter(unit=unit).values_list("name", "pk"))

    def passes(shares: Iterable[ToldShare]) -> bool:
        beside = (*before, *shares)
        return all(read[pk].passes(_figures(pk, unit, teams, beside, read)) for pk in periods)

    def share(team: str, points: int) -> ToldShare:
        return ToldShare(tuple(periods), team, points * math.floor(raw[team] / points + 0.5), points)

    told = {team: share(team, POINTS[0]) for team in sorted(raw)}
    if passes(told.values()):
        return told
    told = {}
    for team in sorted(raw):
        finest = (one for points in POINTS if passes([*told.values(), one := share(team, points)]))
        if (found := next(finest, None)) is not None:
            told[team] = found
    return told


@dataclass(frozen=True)
class _Period:
    """What the voice published of one period, and the ballots behind it."""

    published: PublishedBallots

    @property
    def ratings(self) -> Mapping[str, NDArray[np.int64]]:
        return self.published.ratings

    @property
    def codes(self) -> Mapping[str, Sequence[Any]]:
        """By attribute the values that were published."""
        codes: Mapping[str, Sequence[Any]] = self.published.contents["codes"]
        return codes

    @cached_property
    def answers(self) -> disclosure.Answers:
        """As the publication codes them, and by team, which it doesn't tell."""
        known: dict[str, Sequence[Any]] = {**self.codes, "team": self.teams}
        columns = {
            name: np.array([list(values).index(value) for value in self.published.values[name]], np.int64)
            for name, values in known.items()
        }
        return disclosure.Answers(columns, self.ratings)

    @cached_property
    def teams(self) -> list[Any]:
        return sorted(set(self.published.values["team"]), key=lambda team: team or 0)

    def team(self, unit: int, team: int) -> NDArray[np.bool_]:
        pairs = zip(self.published.values["unit"], self.published.values["team"], strict=True)
        return np.array([pair == (unit, team) for pair in pairs], np.bool_)

    def passes(self, figures: Sequence[disclosure.Figure]) -> bool:
        """The attacker's program over what was published of this period, and these figures."""
        published = disclosure.Publication.from_dict(self.published.contents)
        return disclosure.audit(self.answers, [published], figures=figures).passed


def _figures(
    pk: UUID,
    unit: int,
    teams: Mapping[str, int],
    shares: Iterable[ToldShare],
    periods: Mapping[UUID, _Period],
) -> list[disclosure.Figure]:
    found: list[disclosure.Figure] = []
    here = periods[pk]
    for share in shares:
        team = teams[share.team]
        if pk not in share.periods or not here.team(unit, team).any():
            continue
        where = {"unit": (here.codes["unit"].index(unit),), "team": (here.teams.index(team),)}
        for item in here.ratings:
            both = disclosure.share_figure(item, where, share.percent, points=share.points)
            for figure, edge in zip(both, (-1, 1), strict=True):
                weights = np.array(figure.weights)
                every = sum(
                    _weighed(one, weights, periods[each], unit, team)
                    for each in share.periods
                    for one in here.ratings
                )
                limit = _weighed(item, weights, here, unit, team) - every
                found.append(replace(figure, low=limit) if edge < 0 else replace(figure, high=limit))
    return found


def _weighed(item: str, weights: NDArray[np.int64], period: _Period, unit: int, team: int) -> int:
    """Σ weight of the answers that a team got on one item; who couldn't judge weighs nothing."""
    ratings = period.ratings[item][period.team(unit, team)]
    return int(weights[ratings[ratings >= 0]].sum())
