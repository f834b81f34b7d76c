"""Judging what a refusal kept from happening."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.gate.models import Decision, ServiceRequest
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.people.models import Person
from fairgate.protection import queries
from fairgate.protection.models import CatchJudgement
from fairgate.protection.rules import REASON_LENGTH, WouldHave
from fairgate.shared import clock
from fairgate.shared.actor import Actor


class AlreadyJudged(Exception):
    """Somebody of the same side judged it before. A judgement stands as it is."""


class NotStanding(Exception):
    """The refusal was replaced meanwhile: it no longer stops anything."""


@transaction.atomic
def judge(*, by: Actor, decision: int, would_have: WouldHave, note: str = "") -> CatchJudgement:
    """Say what would have happened, for the side ``by`` belongs to. Once for each side, and for good.

    Raises ``Decision.DoesNotExist``, PermissionDenied, `AlreadyJudged`, `NotStanding`, and ValueError for a note that is too
    long. The ledger keeps what was said; only auditors read it there.
    """
    request = Decision.objects.values_list("request_id", flat=True).get(pk=decision)
    # Whoever judges holds the request: two of one side can't judge at once, and no second look overtakes them.
    ServiceRequest.objects.select_for_update().get(pk=request)
    page = queries.catch_for(by, decision)
    side = queries.side_of(by, page.decision)
    if side is None or not isinstance(by, Person):
        raise PermissionDenied
    if queries.was_judged(page.decision, side):
        raise AlreadyJudged
    if not page.stands:
        raise NotStanding
    if len(note) > REASON_LENGTH:
        raise ValueError(f"a note of {len(note)} characters; at most {REASON_LENGTH}")
    made = CatchJudgement.objects.create(
        decision=page.decision,
        side=side,
        would_have=would_have,
        note=note.strip(),
        judged_by=by,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action="protection.catch-judged",
        subject=Subject("decisions", str(decision), str(page.request)),
        new={"side": side.value, "would_have": made.would_have, "note": made.note},
    )
    return made
