"""What a unit asks of a gate: submitted, withdrawn."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, person, record
from fairgate.gate.models import AdviceQuestion, RequestKind, ServiceRequest
from fairgate.gate.rules import (
    NAME_LENGTH,
    OWN_SOURCE,
    REASON_LENGTH,
    TEXT_LENGTH,
    Fault,
    FaultCode,
    Level,
    Move,
    State,
    not_now,
    text_faults,
    value_faults,
)
from fairgate.organisation.models import Process, Unit
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was typed."""

    asked: str
    facts: str
    item: str
    process: int | None
    risk: str
    value: Decimal | None
    follows: int | None
    advice: int | None


@transaction.atomic
def submit(
    *,
    by: Actor,
    kind: int,
    unit: int,
    asked: str,
    key: str,
    facts: str = "",
    item: str = "",
    process: int | None = None,
    risk: str = "",
    value: Decimal | None = None,
    follows: int | None = None,
    advice: int | None = None,
) -> ServiceRequest:
    """Ask a gate for something, for a unit one works in. ``key`` is the form's token: sent twice by the same person, asked
    once. The answer is promised for the end of the kind's working days; the reviewer is chosen by rota, never by whoever
    asks. Raises PermissionDenied, Faulty, and DoesNotExist for a kind or unit that isn't there."""
    who = person(by)
    what = RequestKind.objects.select_related("preset").get(pk=kind)
    if not queries.may_submit(by, unit):
        raise PermissionDenied
    # One submission at a time to each gate: the rota counts, and the same form sent twice finds its first.
    Unit.objects.select_for_update(no_key=True).get(pk=what.preset.unit_id)
    key = f"{who.pk}:{key}"
    if before := ServiceRequest.objects.filter(source=OWN_SOURCE, key=key).first():
        return before
    typed = _Asked(asked.strip(), facts.strip(), item.strip(), process, risk, value, follows, advice)
    refuse([*_faults(typed), *_unknown(by, what, unit, typed), *text_faults("key", key, NAME_LENGTH)])
    request = _made(who, what, unit, key, typed)
    record(by, "request-submitted", request, new=_said(request))
    return request


@transaction.atomic
def withdraw(*, by: Actor, pk: int, reason: str) -> ServiceRequest:
    """Take back what was asked, before it is settled. Raises DoesNotExist, PermissionDenied, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.WITHDRAW)
    must_be_possible(Move.WITHDRAW, request)
    refuse(text_faults("reason", reason, REASON_LENGTH))
    old = request.state
    request.state = State.WITHDRAWN
    request.withdrawn_at, request.withdrawn_by = clock.now(), person(by)
    request.withdrawn_reason = reason.strip()
    request.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    record(by, "request-withdrawn", request, {"state": old}, {"state": request.state}, reason=reason.strip())
    return request


def _faults(typed: _Asked) -> list[Fault]:
    faults = [
        *text_faults("asked", typed.asked, REASON_LENGTH),
        *text_faults("facts", typed.facts, TEXT_LENGTH, required=False),
        *text_faults("item", typed.item, NAME_LENGTH, required=False),
        *value_faults("value", typed.value),
    ]
    if typed.risk and typed.risk not in set(Level):
        faults.append(Fault("risk", FaultCode.NOT_KNOWN))
    return faults


def _unknown(by: Actor, kind: RequestKind, unit: int, typed: _Asked) -> list[Fault]:
    """What was chosen and can't be."""
    faults = []
    if not kind.is_offered:
        faults.append(Fault("kind", FaultCode.NOT_KNOWN))
    if not queries.may_submit(by, unit, kind.preset.unit_id):
        faults.append(Fault("kind", FaultCode.OWN_GATE))
    if typed.process is not None and not Process.objects.filter(pk=typed.process).exists():
        faults.append(Fault("process", FaultCode.NOT_KNOWN))
    if typed.follows is not None and not _can_follow(by, kind, unit, typed.follows):
        faults.append(Fault("follows", FaultCode.NOT_KNOWN))
    if typed.advice is not None and not _was_advised(kind, unit, typed.advice):
        faults.append(Fault("advice", FaultCode.NOT_KNOWN))
    return faults


def _can_follow(by: Actor, kind: RequestKind, unit: int, pk: int) -> bool:
    """The same unit improves what it asked of the same gate."""
    mine = queries.requests_for(by).filter(unit=unit, deciding_unit=kind.preset.unit_id)
    earlier = mine.filter(pk=pk).first()
    return earlier is not None and not not_now(Move.IMPROVE, queries.standing_of(earlier), clock.now())


def _was_advised(kind: RequestKind, unit: int, pk: int) -> bool:
    asked = AdviceQuestion.objects.filter(pk=pk, unit=unit, deciding_unit=kind.preset.unit_id)
    return asked.exists()


def _made(by: Person, kind: RequestKind, unit: int, key: str, typed: _Asked) -> ServiceRequest:
    now = clock.now()
    promised = _promised(kind, now)
    reviewer = queries.next_reviewer(kind, unit, by.pk)
    return ServiceRequest.objects.create(
        kind=kind,
        kind_edition=kind.edition,
        unit_id=unit,
        deciding_unit_id=kind.preset.unit_id,
        process_id=typed.process,
        item=typed.item,
        asked=typed.asked,
        facts=typed.facts,
        risk=typed.risk,
        value=typed.value,
        submitted_at=now,
        submitted_by=by,
        promised_by=promised,
        expected_by=promised,
        state=State.SUBMITTED,
        reviewer=reviewer,
        follows_id=typed.follows,
        advice_id=typed.advice,
        source=OWN_SOURCE,
        key=key,
    )


def _promised(kind: RequestKind, now: datetime) -> datetime | None:
    if kind.promise_days is None:
        return None
    return queries.calendar_of(kind.preset.unit_id).after(now, kind.promise_days)


def _said(request: ServiceRequest) -> dict[str, object]:
    return {
        "kind": request.kind.code,
        "kind_edition": request.kind_edition,
        "unit": request.unit.name,
        "asked": request.asked,
        "item": request.item,
        "promised_by": request.promised_by.isoformat() if request.promised_by else "",
        "reviewer": request.reviewer.actor_id if request.reviewer else "",
        "follows": request.follows_id,
    }
