"""With whom it was agreed that scores of teams may be worked out."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.fairness import queries
from fairgate.fairness.models import Agreement
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor


class FromTheFuture(Exception):
    """An agreement that isn't made yet."""


class NoAgreement(Exception):
    """There is none to go by, or to withdraw."""


@transaction.atomic
def record_agreement(
    *, by: Actor, unit: int, agreed_on: date, parties: str, document: str, note: str = ""
) -> Agreement:
    """Say that scores of the unit's teams may be worked out from now on. Raises PermissionDenied, `FromTheFuture` and
    ``Unit.DoesNotExist``."""
    if not queries.may_agree(by, unit):
        raise PermissionDenied
    if agreed_on > clock.now().date():
        raise FromTheFuture
    return _said(
        by, unit, Agreement(holds=True, agreed_on=agreed_on, parties=parties, document=document, note=note)
    )


@transaction.atomic
def withdraw_agreement(*, by: Actor, unit: int, note: str) -> Agreement:
    """Scores are off again, for everybody and at once. Raises PermissionDenied and `NoAgreement`."""
    if not queries.may_agree(by, unit):
        raise PermissionDenied
    standing = queries.standing_agreement(unit)
    if standing is None:
        raise NoAgreement
    withdrawn = Agreement(
        holds=False,
        agreed_on=clock.now().date(),
        parties=standing.parties,
        document=standing.document,
        note=note,
    )
    return _said(by, unit, withdrawn)


def _said(by: Actor, unit: int, agreement: Agreement) -> Agreement:
    agreement.unit = queries.deciding_units().get(pk=unit)
    agreement.by_id, agreement.by_name, agreement.at = by.actor_id, by.actor_name, clock.now()
    agreement.save()
    ledger.append(
        by=by,
        action="fairness.agreement-recorded" if agreement.holds else "fairness.agreement-withdrawn",
        subject=Subject("score-agreements", str(agreement.pk), agreement.document),
        new={
            "unit": agreement.unit.name,
            "agreed_on": str(agreement.agreed_on),
            "parties": agreement.parties,
        },
        reason=agreement.note,
    )
    return agreement
