"""The slip that goes out with every non-approval."""

from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions import tallies
from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, person, record
from fairgate.gate.models import Clause, Decision, RefusalSlip, ServiceRequest
from fairgate.gate.rules import Fault, FaultCode, Move, SlipRow, slip_faults
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def write_slip(*, by: Actor, pk: int, slip: SlipRow) -> RefusalSlip:
    """Write the slip of the decision that stands on a request: where an imported one came without, or a better one. Raises
    DoesNotExist, PermissionDenied, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.WRITE_SLIP)
    must_be_possible(Move.WRITE_SLIP, request)
    refuse(faults_of(request, slip))
    decision = request.decisions.latest("pk")
    before, old = tallies.counted_as(request), queries.slip_of(decision)
    written = keep_slip(by, decision, slip)
    request.has_slip = True
    request.save(update_fields=["has_slip"])
    tallies.count(request, before=before)
    record(by, "slip-written", request, said(old) if old else None, said(written))
    return written


def faults_of(request: ServiceRequest, slip: SlipRow) -> list[Fault]:
    """Also: the clause is one in force at the gate."""
    today = queries.calendar_of(request.deciding_unit_id).day_of(clock.now())
    faults = slip_faults(slip, today)
    in_force = Clause.objects.filter(is_current=True, standard__is_current=True)
    if not in_force.filter(pk=slip.clause, standard__preset=request.kind.preset_id).exists():
        faults.append(Fault("clause", FaultCode.NOT_KNOWN))
    return faults


def keep_slip(by: Actor, decision: Decision, slip: SlipRow) -> RefusalSlip:
    """The row itself, with the clause as it reads now."""
    clause = Clause.objects.get(pk=slip.clause)
    return RefusalSlip.objects.create(
        decision=decision,
        asked=slip.asked.strip(),
        clause=clause,
        clause_edition=clause.edition,
        reasons=slip.reasons.strip(),
        way_to_yes=slip.way_to_yes.strip(),
        by_when=slip.by_when,
        ask_whom=slip.ask_whom.strip(),
        second_look=slip.second_look.strip(),
        written_by=person(by),
        written_at=clock.now(),
    )


def said(slip: RefusalSlip) -> dict[str, object]:
    """For the ledger."""
    return {
        "slip": slip.pk,
        "clause": str(slip.clause),
        "clause_edition": slip.clause_edition,
        "reasons": slip.reasons,
        "way_to_yes": slip.way_to_yes,
        "by_when": slip.by_when.isoformat(),
    }
