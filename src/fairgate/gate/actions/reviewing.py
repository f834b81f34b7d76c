"""A named person looks at a request."""

from django.db import transaction

from fairgate.gate import queries
from fairgate.gate.actions.errors import refuse
from fairgate.gate.actions.recording import locked, must_be_possible, person, record
from fairgate.gate.actions.seeing import must_have_seen
from fairgate.gate.models import Review, ServiceRequest
from fairgate.gate.rules import REASON_LENGTH, TEXT_LENGTH, Fault, FaultCode, Move, State, text_faults
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@transaction.atomic
def review(*, by: Actor, pk: int, found: str, seen: int | None = None) -> Review:
    """Say what was found. Whoever reviews need not be the one it was assigned to. ``seen`` is `RequestPage.seen` of the
    page it was typed on. Raises DoesNotExist, PermissionDenied, AlreadyDecided, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.REVIEW)
    must_be_possible(Move.REVIEW, request)
    must_have_seen(request, seen)
    refuse(text_faults("found", found, TEXT_LENGTH))
    made = Review.objects.create(request=request, reviewer=person(by), found=found.strip(), at=clock.now())
    old = request.state
    request.state = State.REVIEWED
    request.save(update_fields=["state"])
    new = {"state": request.state, "review": made.pk, "found": made.found}
    record(by, "request-reviewed", request, {"state": old}, new)
    return made


@transaction.atomic
def reassign(*, by: Actor, pk: int, reviewer: int, reason: str) -> ServiceRequest:
    """Give a request to another reviewer of the deciding unit: one whom the rota could have chosen. Raises DoesNotExist,
    PermissionDenied, NotAllowedNow, Faulty."""
    request = locked(by, pk, Move.REASSIGN)
    must_be_possible(Move.REASSIGN, request)
    faults = text_faults("reason", reason, REASON_LENGTH)
    chosen = queries.reviewers_for(request).filter(pk=reviewer).first()
    if chosen is None:
        faults.append(Fault("reviewer", FaultCode.NOT_KNOWN))
    elif chosen.pk == request.reviewer_id:
        faults.append(Fault("reviewer", FaultCode.THE_SAME))
    refuse(faults)
    old, request.reviewer = request.reviewer, chosen
    request.save(update_fields=["reviewer"])
    record(by, "request-reassigned", request, _named(old), _named(chosen), reason=reason.strip())
    return request


def _named(reviewer: Person | None) -> dict[str, object]:
    return {"reviewer": reviewer.actor_id if reviewer else "", "name": reviewer.name if reviewer else ""}
