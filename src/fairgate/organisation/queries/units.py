"""Units, and who works in them."""

from django.db.models import QuerySet

from fairgate.organisation.models import Membership, Unit
from fairgate.people.models import Person
from fairgate.shared.actor import Actor


def unit_for(person: Actor, pk: int) -> Unit:
    """One unit; raises ``Unit.DoesNotExist``."""
    return Unit.objects.get(pk=pk)


def function() -> Unit | None:
    """The function this installation is for, once it was chosen."""
    return Unit.objects.filter(is_function=True).first()


def own_units(person: Actor) -> QuerySet[Unit]:
    """The units ``person`` works in."""
    return (
        Unit.objects.filter(memberships__person=person) if isinstance(person, Person) else Unit.objects.none()
    )


def members_of(unit: Unit) -> QuerySet[Membership]:
    return Membership.objects.filter(unit=unit).select_related("person").order_by("person__name")


def placeable(unit: Unit) -> list[tuple[int, str]]:
    """Who could be added to the unit, to choose from."""
    people = Person.objects.filter(is_active=True).exclude(memberships__unit=unit)
    return [(person.pk, f"{person.name} ({person.username})") for person in people]


def anybody_placed() -> bool:
    return Membership.objects.exists()
