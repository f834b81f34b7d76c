"""Coming and going is recorded, and so are attempts that failed (21 CFR 11.300(d))."""

from django.db import transaction

from fairgate.ledger.actions import append
from fairgate.ledger.rules import Subject
from fairgate.people.actions.checks import subject
from fairgate.people.models import Person
from fairgate.shared.actor import System

DOOR = System("sign-in")


@transaction.atomic
def signed_in(*, by: Person) -> None:
    append(by=by, action="people.signed-in", subject=subject(by))


@transaction.atomic
def signed_out(*, by: Person) -> None:
    append(by=by, action="people.signed-out", subject=subject(by))


@transaction.atomic
def sign_in_failed(*, login: str) -> None:
    """Somebody tried ``login`` and did not get in.

    A name nobody has is left out of the record: people type their password into the wrong field.
    """
    typed = login.strip().lower()
    known = typed and (
        Person.objects.filter(username=typed).first() or Person.objects.filter(email=typed).first()
    )
    about = subject(known) if known else Subject("person", "", "unknown sign-in name")
    append(by=DOOR, action="people.sign-in-failed", subject=about)
