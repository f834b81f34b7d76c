"""A decision on a reviewed request, with its slip where it isn't a yes."""

from dataclasses import dataclass

from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions import tallies
from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, person, record
from fairgate.gate.actions.seeing import must_have_seen
from fairgate.gate.actions.slips import faults_of, keep_slip, said
from fairgate.gate.models import Decision, Review, ServiceRequest, Team
from fairgate.gate.rules import (
    REASON_LENGTH,
    Fault,
    FaultCode,
    Move,
    Outcome,
    SlipRow,
    State,
    text_faults,
)
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided, as it was typed."""

    outcome: str
    conditions: str = ""
    note: str = ""
    slip: SlipRow | None = None


@transaction.atomic
def decide(
    *,
    by: Actor,
    pk: int,
    outcome: str,
    conditions: str = "",
    note: str = "",
    slip: SlipRow | None = None,
    seen: int | None = None,
) -> Decision:
    """Decide on a reviewed request: an outcome its kind allows; conditions where it is approved with conditions, and only
    there; a slip where it isn't approved, and only there. ``seen`` is `RequestPage.seen` of the page the decision was
    typed on. Raises DoesNotExist, PermissionDenied, AlreadyDecided, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.DECIDE)
    must_have_seen(request, seen)
    must_be_possible(Move.DECIDE, request)
    verdict = Verdict(outcome, conditions.strip(), note.strip(), slip)
    refuse(faults_in(request, verdict))
    review = request.reviews.latest("pk")
    before, old = tallies.counted_as(request), {"state": request.state, "outcome": request.outcome}
    decision = let_stand(person(by), request, verdict, review)
    tallies.count(request, before=before)
    record(by, "request-decided", request, old, said_of(decision))
    return decision


def faults_in(request: ServiceRequest, verdict: Verdict) -> list[Fault]:
    """What doesn't fit the kind, and what is missing or too much for the outcome."""
    if verdict.outcome not in set(queries.outcomes_of(request)):
        return [Fault("outcome", FaultCode.NOT_ALLOWED if verdict.outcome else FaultCode.MISSING)]
    conditional = verdict.outcome == Outcome.CONDITIONS
    faults = text_faults("conditions", verdict.conditions, REASON_LENGTH, required=conditional)
    if verdict.conditions and not conditional:
        faults.append(Fault("conditions", FaultCode.UNEXPECTED))
    faults += text_faults("note", verdict.note, REASON_LENGTH, required=False)
    return faults + _slip_faults(request, verdict)


def let_stand(by: Person, request: ServiceRequest, verdict: Verdict, review: Review) -> Decision:
    """Write the decision and its slip, and make it the one that stands. Whoever calls counts."""
    replaced = request.decisions.last()
    decision = Decision.objects.create(
        request=request,
        outcome=verdict.outcome,
        kind_edition=request.kind.edition,
        decided_at=clock.now(),
        decided_by=by,
        team=Team.objects.filter(unit=request.deciding_unit_id, members=by).first(),
        review=review,
        conditions=verdict.conditions,
        note=verdict.note,
        replaces=replaced,
    )
    if verdict.slip is not None:
        keep_slip(by, decision, verdict.slip)
    request.outcome, request.decided_at = decision.outcome, decision.decided_at
    request.has_slip = verdict.slip is not None
    request.state = State.DECIDED if Outcome(decision.outcome).is_final else State.HELD
    request.save(update_fields=["outcome", "decided_at", "has_slip", "state"])
    return decision


def said_of(decision: Decision) -> dict[str, object]:
    """For the ledger."""
    slip = queries.slip_of(decision)
    return {
        "decision": decision.pk,
        "outcome": decision.outcome,
        "kind_edition": decision.kind_edition,
        "review": decision.review_id,
        "conditions": decision.conditions,
        "note": decision.note,
        "slip": said(slip) if slip else None,
    }


def _slip_faults(request: ServiceRequest, verdict: Verdict) -> list[Fault]:
    needed = Outcome(verdict.outcome).needs_slip
    if verdict.slip is None:
        return [Fault("slip", FaultCode.MISSING)] if needed else []
    return faults_of(request, verdict.slip) if needed else [Fault("slip", FaultCode.UNEXPECTED)]
