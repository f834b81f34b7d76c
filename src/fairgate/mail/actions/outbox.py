"""What goes into the outbox, and what is taken out of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.mail.models import Outgoing
from fairgate.mail.rules import Argument, State
from fairgate.shared import clock
from fairgate.shared.actor import Actor, is_steward

LONGEST_ARGUMENT = 64
OUTBOX = Subject("outbox", "outbox", "outbox")


@transaction.atomic
def queue(
    *,
    by: Actor,
    letter: str,
    to: str,
    arguments: Mapping[str, Argument],
    topic: str = "",
    key: str = "",
    not_before: datetime | None = None,
) -> UUID:
    """Ask for a letter to be written and sent, once this transaction has committed; returns the entry's id.

    ``arguments`` are ids and nothing that would be worth reading: the outbox is no place for secrets. With a ``key``
    that is there already, nothing is added. No ledger entry: it belongs to the act that this is a part of. Raises
    ValueError for an argument longer than 64 signs, and for no recipient.
    """
    _check(to, arguments)
    values = {
        "letter": letter,
        "to": to,
        "arguments": dict(arguments),
        "topic": topic,
        "queued_by": by.actor_id,
        "next_try": not_before or clock.now(),
    }
    if key:
        return Outgoing.objects.get_or_create(key=key, defaults=values)[0].pk
    return Outgoing.objects.create(**values).pk


def _check(to: str, arguments: Mapping[str, Argument]) -> None:
    if not to or "@" in to:
        message = "to: found no account, expected an id such as person:12 (addresses are looked up when the letter is sent)"
        raise ValueError(message)
    for name, value in arguments.items():
        if isinstance(value, bool | int | None) or (
            isinstance(value, str) and len(value) <= LONGEST_ARGUMENT
        ):
            continue
        message = f"{name}: found {type(value).__name__}, expected an id: a number, or a text of at most {LONGEST_ARGUMENT} signs"
        raise ValueError(message)


@transaction.atomic
def retry(*, by: Actor) -> int:
    """Try the letters again that were given up; returns how many. For stewards and the program."""
    only_stewards(by)
    given_up = Outgoing.objects.filter(state=State.FAILED)
    count = given_up.update(state=State.WAITING, attempts=0, next_try=clock.now(), ended_at=None)
    if count:
        ledger.append(by=by, action="mail.retried", subject=OUTBOX, new={"letters": count})
    return count


@transaction.atomic
def forget(*, by: Actor, topic: str) -> int:
    """Delete all letters of a topic, whatever became of them; returns how many. The room whose topic it is knows
    whether ``by`` may. Raises ValueError without a topic."""
    if not topic:
        message = "topic: found none, expected the topic whose letters are to be forgotten"
        raise ValueError(message)
    count = Outgoing.objects.filter(topic=topic).delete()[0]
    ledger.append(
        by=by, action="mail.forgotten", subject=Subject("outbox", topic, topic), old={"letters": count}
    )
    return count


def only_stewards(by: Actor) -> None:
    """Stewards and the program. Raises PermissionDenied."""
    if not (by.is_program or is_steward(by)):
        raise PermissionDenied(_("Only a steward looks after the outbox."))
