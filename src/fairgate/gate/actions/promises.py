"""An answer that comes later than promised is said before the date is missed."""

from datetime import datetime

from django.db import transaction

from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, record
from fairgate.gate.models import PromiseChange
from fairgate.gate.rules import REASON_LENGTH, Fault, FaultCode, Move, text_faults
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def warn(*, by: Actor, pk: int, expected_by: datetime, reason: str) -> PromiseChange:
    """Say that the answer will come by ``expected_by``, and why. The first promise stays the one that counts. Raises
    DoesNotExist, PermissionDenied, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.WARN)
    must_be_possible(Move.WARN, request)
    old = request.expected_by or expected_by
    faults = text_faults("reason", reason, REASON_LENGTH)
    if expected_by <= old:
        faults.append(Fault("expected_by", FaultCode.NOT_LATER))
    refuse(faults)
    change = PromiseChange.objects.create(
        request=request,
        old=old,
        new=expected_by,
        reason=reason.strip(),
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    request.expected_by = expected_by
    request.save(update_fields=["expected_by"])
    said = [{"expected_by": day.isoformat()} for day in (change.old, change.new)]
    record(by, "early-warning-given", request, said[0], said[1], reason=change.reason)
    return change
