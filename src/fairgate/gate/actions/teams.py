"""Teams inside a deciding unit, and who is in them."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions.errors import Faulty, refuse
from fairgate.gate.models import Team
from fairgate.gate.rules import NAME_LENGTH, Fault, FaultCode, text_faults
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared.actor import Actor


@transaction.atomic
def add_team(*, by: Actor, unit: int, name: str) -> Team:
    """Raises DoesNotExist, PermissionDenied, Faulty; a name that is there already is a fault."""
    of = Unit.objects.select_for_update(no_key=True).get(pk=unit)
    if not queries.may_place(by, unit):
        raise PermissionDenied
    refuse(text_faults("name", name, NAME_LENGTH))
    if Team.objects.filter(unit=of, name__iexact=name.strip()).exists():
        raise Faulty([Fault("name", FaultCode.THE_SAME)])
    team = Team.objects.create(unit=of, name=name.strip())
    _record(by, "team-added", team, None, {"unit": of.name})
    return team


@transaction.atomic
def place_in_team(*, by: Actor, team: int, person: int) -> Team:
    """Put somebody who works in the unit into one of its teams, out of its others. Raises DoesNotExist, PermissionDenied,
    Faulty."""
    into = Team.objects.select_for_update(of=("self",)).select_related("unit").get(pk=team)
    if not queries.may_place(by, into.unit_id):
        raise PermissionDenied
    member = Person.objects.filter(pk=person, memberships__unit=into.unit_id, is_active=True).first()
    if member is None:
        raise Faulty([Fault("person", FaultCode.NOT_KNOWN)])
    before = list(Team.objects.filter(unit=into.unit_id, members=member))
    if before == [into]:
        return into
    for team_before in before:
        team_before.members.remove(member)
    into.members.add(member)
    old = {"teams": [each.name for each in before]} if before else None
    _record(by, "placed-in-team", into, old, {"person": member.actor_id, "name": member.name})
    return into


def _record(
    by: Actor, action: str, team: Team, old: Mapping[str, object] | None, new: Mapping[str, object]
) -> None:
    ledger.append(
        by=by, action=f"gate.{action}", subject=Subject("teams", str(team.pk), team.name), old=old, new=new
    )
