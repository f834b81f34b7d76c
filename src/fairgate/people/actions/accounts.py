"""Accounts are added, changed, given roles, disabled and enabled by a steward."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fairgate.ledger.actions import append
from fairgate.ledger.rules import Subject
from fairgate.people.actions.checks import (
    checked,
    fit_together,
    must_be_steward,
    must_leave_a_steward,
    subject,
)
from fairgate.people.models import Person, RoleAssignment
from fairgate.people.queries import Access, access
from fairgate.people.rules import Role, Seniority
from fairgate.shared.actor import Actor

DETAILS = ("name", "username", "email", "seniority")


@transaction.atomic
def add_person(
    *,
    by: Actor,
    name: str,
    username: str,
    email: str = "",
    seniority: Seniority = Seniority.MIDDLE,
    roles: Iterable[Role] = (),
) -> Person:
    """An account without a password: whoever it is for sets one through a link (``give_link``).

    Raises PermissionDenied unless a steward or the program acts, ValidationError for what can't be saved.
    """
    must_be_steward(by)
    held = fit_together(roles)
    person = checked(Person(name=name, username=username, email=email, seniority=seniority))
    person.password = make_password(None)
    person.save()
    RoleAssignment.objects.bulk_create(RoleAssignment(person=person, role=role) for role in sorted(held))
    append(by=by, action="people.person-added", subject=subject(person), new=_details(person) | _roles(held))
    return person


@transaction.atomic
def change_person(
    *, by: Actor, person: Person, name: str, username: str, email: str, seniority: Seniority, reason: str = ""
) -> Person:
    """New details; what stays the same is not recorded. Raises PermissionDenied, ValidationError."""
    must_be_steward(by)
    person = _locked(person)
    old = _details(person)
    person.name, person.username, person.email, person.seniority = name, username, email, seniority
    new = _details(checked(person))
    changed = [field for field in DETAILS if old[field] != new[field]]
    if changed:
        person.save(update_fields=changed)
        _record(by, "people.person-changed", person, _only(old, changed), _only(new, changed), reason)
    return person


@transaction.atomic
def set_roles(*, by: Actor, person: Person, roles: Iterable[Role], reason: str) -> Person:
    """Exactly these roles from now on.

    Raises PermissionDenied; ValidationError for roles that exclude each other and for the last steward.
    """
    must_be_steward(by)
    held = fit_together(roles)
    person = _locked(person)
    old = person.roles
    if old == held:
        return person
    if Role.STEWARD in old - held:
        must_leave_a_steward(person)
    person.assignments.exclude(role__in=held).delete()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(person=person, role=role) for role in sorted(held - old)
    )
    person.refresh_from_db()
    _record(by, "people.roles-set", person, _roles(old), _roles(held), reason)
    return person


@transaction.atomic
def disable(*, by: Actor, person: Person, reason: str) -> Person:
    """From now on this person can't sign in; their sessions and links end at once and do not come back with
    ``enable``. Raises PermissionDenied; ValidationError for the last steward."""
    must_be_steward(by)
    person = _locked(person)
    if not person.is_active:
        raise ValidationError(_("%(name)s is disabled already.") % {"name": person.name})
    if Role.STEWARD in person.roles:
        must_leave_a_steward(person)
    person.is_active = False
    person.sessions_ended += 1
    person.links_ended += 1
    person.save(update_fields=["is_active", "sessions_ended", "links_ended"])
    _record(by, "people.person-disabled", person, {"may_sign_in": True}, {"may_sign_in": False}, reason)
    return person


@transaction.atomic
def enable(*, by: Actor, person: Person, reason: str) -> Person:
    """May sign in again, with the same roles. Raises PermissionDenied, ValidationError."""
    must_be_steward(by)
    person = _locked(person)
    if person.is_active:
        raise ValidationError(_("%(name)s may sign in already.") % {"name": person.name})
    person.is_active = True
    person.save(update_fields=["is_active"])
    _record(by, "people.person-enabled", person, {"may_sign_in": False}, {"may_sign_in": True}, reason)
    return person


@transaction.atomic
def review_access(*, by: Actor) -> list[Access]:
    """Who holds which roles, for the periodic review; taking it is recorded. Raises PermissionDenied."""
    must_be_steward(by)
    lines = list(access())
    everybody = Subject("people", "", "all accounts")
    append(by=by, action="people.access-exported", subject=everybody, new={"lines": len(lines)})
    return lines


def _locked(person: Person) -> Person:
    return Person.objects.select_for_update().get(pk=person.pk)


def _details(person: Person) -> dict[str, Any]:
    return {field: str(getattr(person, field)) for field in DETAILS}


def _roles(roles: Iterable[Role]) -> dict[str, Any]:
    return {"roles": sorted(str(role) for role in roles)}


def _only(values: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    return {field: values[field] for field in fields}


def _record(
    by: Actor, action: str, person: Person, old: dict[str, Any], new: dict[str, Any], reason: str
) -> None:
    append(by=by, action=action, subject=subject(person), old=old, new=new, reason=reason.strip())
