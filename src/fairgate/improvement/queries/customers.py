"""Whom to talk with next: the internal customers by need, when each was last asked, and who was never or longest not asked.
In the mirror: those whose customer the function is."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from fairgate.improvement.models import Interview
from fairgate.improvement.queries import doors
from fairgate.improvement.rules import Direction, InterviewState
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import Relation, portrait_for
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit to talk with: why it counts, and when somebody did."""

    unit: Unit
    direction: Direction
    relation: Relation
    last_held: date | None
    times: int
    planned: Interview | None

    @property
    def turn(self) -> tuple[date, float, str]:
        """What the list is ordered by: never asked first, then the longest ago; of those, whoever needs most."""
        return self.last_held or date.min, -self.relation.weight, self.unit.name


@dataclass(frozen=True, slots=True)
class Candidates:
    """Of one team. ``next_`` is who was never or longest not asked and with whom nothing is planned."""

    team: Unit
    teams: tuple[Unit, ...]
    customers: tuple[Candidate, ...]
    suppliers: tuple[Candidate, ...]
    next_: Candidate | None

    @property
    def never(self) -> int:
        return sum(one.last_held is None for one in self.customers)


def own_teams(by: Actor) -> list[Unit]:
    """The units in whose team ``by`` is, the function first. Raises PermissionDenied where there is none."""
    mine = doors.team_units_of(by)
    if not mine:
        raise PermissionDenied
    return [team for team in doors.teams() if team.pk in mine]


def chosen_team(by: Actor, unit: int | None) -> Unit:
    """The team asked for, or the first of ``by``'s own. Raises PermissionDenied for that of others."""
    own = own_teams(by)
    if unit is None:
        return own[0]
    found = [team for team in own if team.pk == unit]
    if not found:
        raise PermissionDenied
    return found[0]


def candidates_for(by: Actor, unit: int | None = None) -> Candidates:
    team = chosen_team(by, unit)
    portrait = portrait_for(by, team.pk)
    customers = _candidates(
        team, Direction.CUSTOMER, {it.customer: it for it in portrait.customers if it.holds}
    )
    suppliers = _candidates(
        team, Direction.SUPPLIER, {it.supplier: it for it in portrait.suppliers if it.holds}
    )
    free = [one for one in customers if one.planned is None]
    return Candidates(
        team=team,
        teams=tuple(own_teams(by)),
        customers=customers,
        suppliers=suppliers,
        next_=free[0] if free else None,
    )


def is_candidate(by: Actor, unit: int, other: int, direction: Direction) -> bool:
    """Whether ``other`` is a customer by need of ``unit``, or in the mirror its supplier: nobody is treated as what they
    are not."""
    portrait = portrait_for(by, unit)
    if direction is Direction.CUSTOMER:
        return any(it.customer.pk == other and it.holds for it in portrait.customers)
    return any(it.supplier.pk == other and it.holds for it in portrait.suppliers)


def _candidates(team: Unit, direction: Direction, relations: dict[Unit, Relation]) -> tuple[Candidate, ...]:
    held: dict[int, list[date]] = {}
    planned: dict[int, Interview] = {}
    for one in Interview.objects.filter(unit=team, direction=direction).order_by("-starts_at"):
        if one.state == InterviewState.PLANNED:
            planned[one.other_id] = one  # the soonest comes last
        elif one.held_on:
            held.setdefault(one.other_id, []).append(one.held_on)
    found = [
        Candidate(
            unit=unit,
            direction=direction,
            relation=relation,
            last_held=max(held.get(unit.pk, []), default=None),
            times=len(held.get(unit.pk, [])),
            planned=planned.get(unit.pk),
        )
        for unit, relation in relations.items()
    ]
    return tuple(sorted(found, key=lambda one: one.turn))
