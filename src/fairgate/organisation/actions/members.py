"""Who works where, and which unit is the function this installation is for."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation import queries
from fairgate.organisation.actions.names import Names
from fairgate.organisation.models import Membership, Unit
from fairgate.people.models import Person
from fairgate.shared.actor import Actor


@transaction.atomic
def add_member(*, by: Actor, person: int, unit: Unit) -> None:
    _only_stewards(by)
    member = Person.objects.get(pk=person)
    _, made = Membership.objects.get_or_create(person=member, unit=unit)
    if made:
        ledger.append(
            by=by,
            action="organisation.member-added",
            subject=Subject("units", str(unit.pk), unit.name),
            new={"person": member.actor_id, "name": member.name},
        )


@transaction.atomic
def remove_member(*, by: Actor, person: int, unit: Unit) -> None:
    _only_stewards(by)
    member = Person.objects.get(pk=person)
    removed, _ = Membership.objects.filter(person=member, unit=unit).delete()
    if removed:
        ledger.append(
            by=by,
            action="organisation.member-removed",
            subject=Subject("units", str(unit.pk), unit.name),
            old={"person": member.actor_id, "name": member.name},
        )


@transaction.atomic
def choose_function(*, by: Actor, name: str, description: str = "") -> Unit:
    """Make ``name`` the function this installation is for: the unit whose customers the home page answers for."""
    _only_stewards(by)
    unit = Names().unit(name, description)
    before = list(Unit.objects.filter(is_function=True).exclude(pk=unit.pk).values_list("name", flat=True))
    Unit.objects.exclude(pk=unit.pk).update(is_function=False)
    unit.is_function = True
    unit.description = description or unit.description
    unit.save()
    ledger.append(
        by=by,
        action="organisation.function-chosen",
        subject=Subject("units", str(unit.pk), unit.name),
        old={"functions": before} if before else None,
        new={"function": unit.name, "description": unit.description},
    )
    return unit


def _only_stewards(by: Actor) -> None:
    if not queries.may_edit(by):
        raise PermissionDenied
