"""Linking a complaint to the decision that let it out."""

from datetime import UTC

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate.models import Decision
from fairgate.gate.rules import Outcome
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.protection import queries
from fairgate.protection.models import Complaint, Escape
from fairgate.protection.rules import FEWEST_WORDS, REASON_LENGTH, Unlinkable
from fairgate.shared import clock
from fairgate.shared.actor import Actor


class CantBeLinked(Exception):
    """``why`` says which of the conditions fails."""

    def __init__(self, why: Unlinkable) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def link(*, by: Actor, complaint: int, decision: int, reason: str) -> Escape:
    """Say that ``decision`` let out what ``complaint`` is about. Linked twice is linked once. Raises ``DoesNotExist``,
    PermissionDenied and `CantBeLinked`."""
    held, given = _both(by, complaint, decision)
    if queries.is_linked(complaint, decision):
        return Escape.objects.filter(complaint=complaint, decision=decision).latest("pk")
    if why := _unfit(held, given):
        raise CantBeLinked(why)
    return _say(by, held, given, reason, linked=True)


@transaction.atomic
def unlink(*, by: Actor, complaint: int, decision: int, reason: str) -> Escape:
    """Take a link back, and say why in a few words; both stay readable. Never by the person who gave the decision. Raises
    as `link`."""
    held, given = _both(by, complaint, decision)
    if queries.decided(by, given):
        raise PermissionDenied
    if not queries.is_linked(complaint, decision):
        raise CantBeLinked(Unlinkable.NOT_LINKED)
    if len(reason.split()) < FEWEST_WORDS:
        raise CantBeLinked(Unlinkable.FEW_WORDS)
    return _say(by, held, given, reason, linked=False)


def _both(by: Actor, complaint: int, decision: int) -> tuple[Complaint, Decision]:
    """The two, the complaint held so that nobody links it at the same moment; for the people of the deciding unit."""
    queries.complaint_for(by, complaint)
    given = Decision.objects.select_related("request", "decider").get(pk=decision)
    if given.request.deciding_unit_id not in queries.function_units(by) and not by.is_program:
        raise PermissionDenied
    return Complaint.objects.select_for_update().get(pk=complaint), given


def _unfit(complaint: Complaint, decision: Decision) -> Unlinkable | None:
    if not Outcome(decision.outcome).is_approving:
        return Unlinkable.NOT_APPROVING
    if decision.request.decisions.filter(pk__gt=decision.pk).exists():
        return Unlinkable.REPLACED
    if decision.decided_at.astimezone(UTC).date() > complaint.received:
        return Unlinkable.DECIDED_LATER
    return None


def _say(by: Actor, complaint: Complaint, decision: Decision, reason: str, *, linked: bool) -> Escape:
    reason = reason.strip()
    if not reason:
        raise CantBeLinked(Unlinkable.NO_REASON)
    made = Escape.objects.create(
        complaint=complaint,
        decision=decision,
        is_linked=linked,
        reason=reason[:REASON_LENGTH],
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action=f"protection.escape-{'linked' if linked else 'unlinked'}",
        subject=Subject("complaints", str(complaint.pk), str(complaint)),
        old={"linked": not linked},
        new={"decision": decision.pk, "request": decision.request.reference, "linked": linked},
        reason=made.reason,
    )
    return made
