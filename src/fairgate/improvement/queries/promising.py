"""Who may promise whom, and what the form about it offers."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from fairgate.improvement.queries import doors
from fairgate.improvement.queries.commitments import commitments_for
from fairgate.improvement.queries.interviews import team_interview_for
from fairgate.improvement.queries.people import owners_in, people_in
from fairgate.organisation.models import Unit
from fairgate.organisation.queries import unit_for
from fairgate.people.models import Person
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class PromisePage:
    """``owner`` and ``person``: whom the form suggests."""

    unit: Unit
    to: Unit
    owners: tuple[Person, ...]
    people: tuple[Person, ...]
    owner: int | None
    person: int | None


def promise_page(by: Actor, unit: int, to: int, interview: int | None) -> PromisePage:
    """Raises PermissionDenied, Unit.DoesNotExist, Interview.DoesNotExist."""
    talk = team_interview_for(by, interview) if interview else None
    giving, receiving = unit_for(by, unit), unit_for(by, to)
    if not doors.may_promise(by, unit, to, talk):
        raise PermissionDenied
    owners, people = owners_in(unit), people_in(to)
    asked = None
    if talk:
        asked = talk.person_id if to == talk.other_id else talk.interviewer_id
    mine = by.pk if isinstance(by, Person) and by in owners else None
    return PromisePage(
        unit=giving,
        to=receiving,
        owners=tuple(owners),
        people=tuple(people),
        owner=mine,
        person=asked if any(one.pk == asked for one in people) else None,
    )


def promising(by: Actor) -> dict[Unit, list[Unit]]:
    """The units ``by`` may promise for, each with those it may promise something: a team anybody, others the teams."""
    teams = {team.pk: team for team in doors.teams()}
    mine = doors.team_units_of(by) | {pk for pk in doors.working_units_of(by) if pk not in teams}
    everybody = list(Unit.objects.all())
    found = {}
    for unit in everybody:
        if unit.pk in mine:
            others = everybody if unit.pk in teams else list(teams.values())
            found[unit] = [other for other in others if other != unit]
    return {unit: others for unit, others in found.items() if others}


def promised_units(by: Actor) -> list[Unit]:
    """The units on either side of what ``by`` may read, to filter by."""
    readable = commitments_for(by).order_by().values("pk")
    return list(
        Unit.objects.filter(Q(commitments__in=readable) | Q(commitments_received__in=readable)).distinct()
    )
