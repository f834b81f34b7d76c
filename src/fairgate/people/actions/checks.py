"""What must hold before an account is written. Refusals are sentences, tied to the field they are about."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from fairgate.ledger.rules import Subject
from fairgate.people.models import Person
from fairgate.people.rules import Role, conflicting
from fairgate.people.wording import ROLE_NAMES
from fairgate.shared.actor import Actor, is_steward

SIGN_IN_NAME = re.compile(r"\w[\w.+-]*")


def subject(person: Person) -> Subject:
    return Subject("person", str(person.pk), person.name)


def must_be_steward(by: Actor) -> None:
    """Accounts are looked after by stewards, and by the program when it sets something up."""
    if not (by.is_program or is_steward(by)):
        raise PermissionDenied(_("Only a steward can change accounts."))


def fit_together(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles, if one person may hold them all; ValidationError on ``roles`` otherwise."""
    held = frozenset(roles)
    if pair := conflicting(held):
        names = [_(ROLE_NAMES[role]) for role in pair]
        message = _("%(one)s and %(other)s can't be held by the same person.")
        raise ValidationError({"roles": message % {"one": names[0], "other": names[1]}})
    return held


def checked(person: Person) -> Person:
    """Tidies what was typed and checks the whole account; ValidationError says which field and why."""
    person.name = " ".join(person.name.split())
    person.username = unicodedata.normalize("NFKC", person.username).strip().lower()
    person.email = person.email.strip().lower()
    person.clean_fields(exclude={"password"})
    others = Person.objects.exclude(pk=person.pk)
    if not person.name.isprintable():
        raise ValidationError({"name": _("Use letters and signs that can be seen.")})
    if not SIGN_IN_NAME.fullmatch(person.username):
        raise ValidationError(
            {"username": _("Use letters, digits, dots, hyphens and underscores; no spaces and no @.")}
        )
    if others.filter(username=person.username).exists():
        raise ValidationError({"username": _("Somebody else has this sign-in name already.")})
    if person.email and others.filter(email=person.email).exists():
        raise ValidationError({"email": _("Somebody else has this e-mail address already.")})
    return person


def must_leave_a_steward(person: Person) -> None:
    """Refuses to take away the last steward. Locks them all first: two can't remove each other at once."""
    stewards = Person.objects.select_for_update().filter(is_active=True, assignments__role=Role.STEWARD)
    others = [steward for steward in stewards.order_by("pk") if steward.pk != person.pk]
    # One who never set a password can't sign in, and so can't take over from one who can.
    helpless = person.password_set_at and not any(other.password_set_at for other in others)
    if not others or helpless:
        raise ValidationError(
            _("%(name)s is the last active steward: make somebody else one first.") % {"name": person.name}
        )
