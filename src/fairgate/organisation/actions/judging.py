"""People have the last word on who needs whom: order in a log is not need."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation import queries
from fairgate.organisation.models import Judgement, Unit
from fairgate.organisation.rules import Verdict
from fairgate.shared import clock
from fairgate.shared.actor import Actor


class ReasonMissing(Exception):
    """A need is confirmed or struck with a reason, or not at all."""


@transaction.atomic
def judge(*, by: Actor, supplier: int, customer: int, verdict: Verdict, reason: str) -> Judgement:
    """Confirm or strike that unit ``customer`` needs unit ``supplier``. Earlier judgements stay; the latest stands."""
    units = {unit.pk: unit for unit in Unit.objects.filter(pk__in=[supplier, customer])}
    if len(units) != 2:
        raise Unit.DoesNotExist
    if not queries.may_judge(by, supplier, customer):
        raise PermissionDenied
    if not reason.strip():
        raise ReasonMissing
    standing = queries.standing_between(supplier, customer)
    judgement = Judgement.objects.create(
        supplier=units[supplier],
        customer=units[customer],
        verdict=verdict,
        reason=reason.strip(),
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action=f"organisation.need-{verdict}",
        subject=Subject("needs", f"{supplier}-{customer}", str(judgement)),
        old={"verdict": standing.verdict, "reason": standing.reason} if standing else None,
        new={"verdict": verdict.value},
        reason=judgement.reason,
    )
    return judgement
