"""What every action on a period begins with, and how it is recorded."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared.actor import Actor
from fairgate.voice import queries
from fairgate.voice.models import Period
from fairgate.voice.rules import PeriodState, WrongState


def only_keepers(by: Actor) -> None:
    if not queries.may_keep_keys(by):
        raise PermissionDenied


def held(by: Actor, pk: UUID, *states: PeriodState) -> Period:
    """Taken hold of until the transaction ends, so that a double click does it once. Raises PermissionDenied,
    ``Period.DoesNotExist`` and `WrongState`."""
    only_keepers(by)
    return locked(pk, *states)


def locked(pk: UUID, *states: PeriodState) -> Period:
    period = Period.objects.select_for_update().get(pk=pk)
    if period.state not in states:
        raise WrongState(PeriodState(period.state))
    return period


def moved(period: Period, state: PeriodState, *also: str) -> None:
    period.state = state
    period.save(update_fields=["state", *also])


def record(by: Actor, period: Period, what: str, new: Mapping[str, Any], reason: str = "") -> None:
    ledger.append(
        by=by,
        action=f"voice.{what}",
        subject=Subject("feedback-periods", str(period.pk), period.name),
        new=new,
        reason=reason,
    )
