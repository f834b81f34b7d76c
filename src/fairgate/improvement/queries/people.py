"""Whom to talk with, and who could own a promise."""

from fairgate.organisation.models import Membership
from fairgate.people.models import Person
from fairgate.people.rules import WORKING


def people_in(unit: int) -> list[Person]:
    """Those with an account who work in the unit and may sign in."""
    members = Membership.objects.filter(unit=unit, person__is_active=True).select_related("person")
    return sorted((member.person for member in members), key=lambda person: person.name.casefold())


def owners_in(unit: int) -> list[Person]:
    """Those who could own a commitment of the unit."""
    return [person for person in people_in(unit) if person.has_role(*WORKING)]


def works_in(person: Person | None, unit: int) -> bool:
    """Whether the person still works there and may sign in."""
    return person is not None and person.is_active and person.memberships.filter(unit=unit).exists()
