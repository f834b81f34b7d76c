"""Passwords are set by their owner only; a steward gives a link, nothing more (records checklist C18)."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from fairgate.ledger.actions import append
from fairgate.people.actions.checks import must_be_steward, subject
from fairgate.people.models import Person
from fairgate.people.queries import ONE_TIME_LINKS
from fairgate.shared.actor import Actor
from fairgate.shared.clock import now


class Link(NamedTuple):
    """The two parts of a one-time link, and until when it works."""

    uid: str
    token: str
    until: datetime


@transaction.atomic
def give_link(*, by: Actor, person: Person) -> Link:
    """A way for this person to set a password, once. Ends links given before. The link is not recorded.

    Raises PermissionDenied; ValidationError for somebody who is disabled.
    """
    must_be_steward(by)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise ValidationError(_("%(name)s is disabled: enable the account first.") % {"name": person.name})
    person.links_ended += 1
    person.save(update_fields=["links_ended"])
    until = now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    append(by=by, action="people.link-given", subject=subject(person), new={"until": until.isoformat()})
    return Link(urlsafe_base64_encode(force_bytes(person.pk)), ONE_TIME_LINKS.make_token(person), until)


@transaction.atomic
def set_password_by_link(*, by: Person, token: str, password: str) -> Person:
    """``by``, who holds the link, sets a password; every session and the link end.

    Raises PermissionDenied for a link that is used up or expired, ValidationError for a weak password.
    """
    person = Person.objects.select_for_update().get(pk=by.pk)
    if not person.is_active or not ONE_TIME_LINKS.check_token(person, token):
        raise PermissionDenied(_("This link was used already, or it has expired."))
    _set(person, password)
    append(by=person, action="people.password-set-by-link", subject=subject(person))
    return person


@transaction.atomic
def change_password(*, by: Person, old: str, password: str) -> Person:
    """``by`` replaces their own password; every session ends, the one at hand goes on if the view renews it.

    Raises ValidationError on ``old`` or ``password``.
    """
    person = Person.objects.select_for_update().get(pk=by.pk)
    if not person.check_password(old):
        raise ValidationError({"old": _("This is not your present password.")})
    _set(person, password)
    append(by=person, action="people.password-changed", subject=subject(person))
    return person


@transaction.atomic
def sign_out_everywhere(*, by: Person) -> None:
    """Every session of ``by`` ends, on every device, also the one at hand."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    person.sessions_ended += 1
    person.save(update_fields=["sessions_ended"])
    append(by=person, action="people.signed-out-everywhere", subject=subject(person))


def checked_password(person: Person, password: str) -> None:
    """Raises ValidationError on ``password`` with every reason why it is too weak."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise ValidationError({"password": weak.messages}) from weak


def _set(person: Person, password: str) -> None:
    checked_password(person, password)
    person.set_password(password)
    person.password_set_at = now()
    person.sessions_ended += 1
    person.links_ended += 1
    person.save(update_fields=["password", "password_set_at", "sessions_ended", "links_ended"])
