"""Somebody else of the same function looks at a decision again; nobody outside it does."""

from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions import tallies
from fairgate.gate.actions.deciding import Verdict, faults_in, let_stand, said_of
from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, person, record
from fairgate.gate.models import Decision, Review, SecondLook, ServiceRequest
from fairgate.gate.rules import (
    REASON_LENGTH,
    TEXT_LENGTH,
    Fault,
    FaultCode,
    LookResult,
    Move,
    Outcome,
    SlipRow,
    text_faults,
)
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def ask_second_look(*, by: Actor, pk: int, why: str) -> SecondLook:
    """Ask for a second look at the decision that stands on a request: returned or refused, once. Raises DoesNotExist,
    PermissionDenied, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.ASK_SECOND_LOOK)
    must_be_possible(Move.ASK_SECOND_LOOK, request)
    refuse(text_faults("why", why, REASON_LENGTH))
    now, days = clock.now(), request.kind.promise_days
    promised = queries.calendar_of(request.deciding_unit_id).after(now, days) if days is not None else None
    decision = request.decisions.latest("pk")
    look = SecondLook.objects.create(
        decision=decision, asked_by=person(by), asked_at=now, why=why.strip(), promised_by=promised
    )
    new = {"second_look": look.pk, "decision": decision.pk, "promised_by": promised and promised.isoformat()}
    record(by, "second-look-asked", request, new=new, reason=look.why)
    return look


@transaction.atomic
def look_again(
    *,
    by: Actor,
    pk: int,
    result: str,
    reasons: str,
    outcome: str = "",
    conditions: str = "",
    slip: SlipRow | None = None,
) -> SecondLook:
    """Give the second look somebody asked for on request ``pk``. Upheld: reasons only. Overturned: also another outcome
    that settles it, in place of the one that stood, resting on a review of its own. Raises DoesNotExist, PermissionDenied,
    NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.LOOK_AGAIN)
    must_be_possible(Move.LOOK_AGAIN, request)
    verdict = Verdict(outcome, conditions.strip(), slip=slip)
    refuse([*text_faults("reasons", reasons, TEXT_LENGTH), *_faults(request, result, verdict)])
    look = queries.open_look_at(request)
    look.looked_by, look.looked_at = person(by), clock.now()
    look.result, look.reasons = result, reasons.strip()
    if result == LookResult.OVERTURNED:
        _overturn(person(by), request, look, verdict)
    else:
        look.save()
    _record(by, request, look)
    return look


def _overturn(by: Person, request: ServiceRequest, look: SecondLook, verdict: Verdict) -> Decision:
    before = tallies.counted_as(request)
    review = Review.objects.create(request=request, reviewer=by, found=look.reasons, at=clock.now())
    decision = let_stand(by, request, verdict, review)
    look.new_decision = decision
    look.save()
    tallies.count(request, before=before)
    return decision


def _faults(request: ServiceRequest, result: str, verdict: Verdict) -> list[Fault]:
    if result not in {LookResult.UPHELD, LookResult.OVERTURNED}:
        return [Fault("result", FaultCode.NOT_KNOWN if result else FaultCode.MISSING)]
    if result == LookResult.UPHELD:
        given = {"outcome": verdict.outcome, "conditions": verdict.conditions, "slip": verdict.slip}
        return [Fault(field, FaultCode.UNEXPECTED) for field, value in given.items() if value]
    if verdict.outcome == Outcome.HELD:
        return [Fault("outcome", FaultCode.NOT_ALLOWED)]
    if verdict.outcome and verdict.outcome == request.outcome:
        return [Fault("outcome", FaultCode.THE_SAME)]
    return faults_in(request, verdict)


def _record(by: Actor, request: ServiceRequest, look: SecondLook) -> None:
    old = {"decision": look.decision_id, "outcome": look.decision.outcome}
    new: dict[str, object] = {"second_look": look.pk, "result": look.result}
    if look.new_decision:
        new |= said_of(look.new_decision)
    record(by, f"second-look-{look.result}", request, old, new, reason=look.reasons)
