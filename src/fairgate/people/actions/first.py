"""The first account, on an installation where nobody is yet."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from fairgate.ledger.actions import append
from fairgate.people.actions.checks import checked, subject
from fairgate.people.actions.passwords import checked_password
from fairgate.people.models import Person, RoleAssignment
from fairgate.people.queries import nobody_is_here
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor
from fairgate.shared.clock import now


@transaction.atomic
def first_steward(*, by: Actor, name: str, username: str, password: str) -> Person:
    """A steward who adds everybody else.

    Raises PermissionDenied as soon as anybody is here, ValidationError for what can't be saved.
    """
    if not nobody_is_here():
        raise _closed()
    person = checked(Person(name=name, username=username))
    checked_password(person, password)
    person.set_password(password)
    person.password_set_at = now()
    person.save()
    RoleAssignment.objects.create(person=person, role=Role.STEWARD)
    append(
        by=by,
        action="people.first-steward-added",
        subject=subject(person),
        new={"username": person.username, "roles": ["steward"]},
    )
    # Appending waits for its turn, so of two who came at the same moment the second sees the first here.
    if Person.objects.exclude(pk=person.pk).exists():
        raise _closed()
    return person


def _closed() -> PermissionDenied:
    return PermissionDenied(_("There are people here already: ask a steward for an account."))
