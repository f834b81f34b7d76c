"""What may be known about accounts, and by whom. Permission to see one has this one door."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared.actor import is_steward


def acting(user: AbstractBaseUser | AnonymousUser) -> Person:
    """Whoever is signed in (``request.user``): somebody to act. Raises PermissionDenied for anybody else."""
    if isinstance(user, Person):
        return user
    raise PermissionDenied(_("Sign in first."))


def people_for(person: Person, *, search: str = "") -> QuerySet[Person]:
    """Every account, for a steward; ``search`` looks into name, sign-in name and e-mail.

    Raises PermissionDenied for anybody else.
    """
    if not is_steward(person):
        raise PermissionDenied(_("Only a steward sees the list of people."))
    people = Person.objects.all()
    for word in search.split():
        people = people.filter(
            Q(name__icontains=word) | Q(username__icontains=word) | Q(email__icontains=word)
        )
    return people


def person_for(person: Person, pk: int) -> Person:
    """One account: a steward sees each, everybody their own. Raises Person.DoesNotExist for every other."""
    if not is_steward(person) and person.pk != pk:
        raise Person.DoesNotExist
    return Person.objects.get(pk=pk)


class Access(NamedTuple):
    """One line of the access review: a person and one role they hold, or no role."""

    name: str
    username: str
    email: str
    may_sign_in: bool
    seniority: str
    role: str
    role_since: datetime | None
    account_made: datetime
    password_set: datetime | None
    last_sign_in: datetime | None


def access() -> Iterator[Access]:
    """Who holds which roles since when: every account, also the disabled ones (records checklist C27)."""
    for person in Person.objects.order_by("name", "pk"):
        held: list[tuple[str, datetime | None]] = [(row.role, row.since) for row in person.assignments.all()]
        for role, since in sorted(held) or [("", None)]:
            yield Access(
                person.name,
                person.username,
                person.email,
                person.is_active,
                person.seniority,
                role,
                since,
                person.made_at,
                person.password_set_at,
                person.last_login,
            )


class OneTimeLinks(PasswordResetTokenGenerator):
    """A link dies by being used, by a changed password, by a newer link, by disabling, and by time
    (``PASSWORD_RESET_TIMEOUT``)."""

    key_salt = "fairgate.people.one-time-link"

    def _make_hash_value(self, user: Person, timestamp: int) -> str:
        return f"{user.pk}:{user.password}:{user.links_ended}:{user.is_active}:{timestamp}"


ONE_TIME_LINKS = OneTimeLinks()


def person_by_link(uid: str, token: str) -> Person | None:
    """Whoever this one-time link was given to, as long as it is good."""
    try:
        person = Person.objects.get(pk=int(urlsafe_base64_decode(uid)))
    except (ValueError, OverflowError, Person.DoesNotExist):
        return None
    return person if person.is_active and ONE_TIME_LINKS.check_token(person, token) else None


def first_token() -> str:
    """Opens ``/people/first/<token>/`` on an installation without people.

    Printed where the server is started: only somebody with access to the machine becomes the first steward.
    """
    return signing.Signer(salt="fairgate.people.first").signature("first steward")


def first_door_is_open(token: str) -> bool:
    return constant_time_compare(token, first_token()) and nobody_is_here()


def nobody_is_here() -> bool:
    return not Person.objects.exists()


class Doors(NamedTuple):
    """Whom a visitor of a demonstration may sign in as with one click."""

    one_of_each: list[Person]
    """The first account with each set of roles, stewards first."""
    others: list[Person]


def demonstration_doors() -> Doors | None:
    """None outside a demonstration."""
    if not settings.DEMONSTRATION:
        return None
    people = list(Person.objects.filter(is_active=True).order_by("pk"))
    first = {person.roles: person for person in reversed(people)}
    one_of_each = sorted(first.values(), key=lambda person: (Role.STEWARD not in person.roles, person.pk))
    shown = {person.pk for person in one_of_each}
    others = sorted((person for person in people if person.pk not in shown), key=lambda person: person.name)
    return Doors(one_of_each, others)


def demonstration_person(pk: int) -> Person:
    """Raises Person.DoesNotExist outside a demonstration, too."""
    if not settings.DEMONSTRATION:
        raise Person.DoesNotExist
    return Person.objects.get(pk=pk, is_active=True)
