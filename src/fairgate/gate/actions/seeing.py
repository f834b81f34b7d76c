"""What somebody typed on a page that is no longer up to date."""

from fairgate.gate import queries
from fairgate.gate.actions.errors import AlreadyDecided
from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.rules import State


def must_have_seen(request: ServiceRequest, seen: int | None) -> None:
    """Raises AlreadyDecided where somebody was quicker than whoever saw ``seen`` reviews and decisions."""
    decision = queries.standing_decision(request)
    settled_here = request.state == State.DECIDED and request.arrival_id is None
    if decision and (settled_here or (seen is not None and seen < _place_of(request, decision))):
        raise AlreadyDecided(queries.decider_name(decision), decision.decided_at, decision.outcome)
    review = request.reviews.select_related("reviewer").last()
    if review and seen is not None and seen < queries.seen_now(request):
        raise AlreadyDecided(review.reviewer.name, review.at, "")


def _place_of(request: ServiceRequest, decision: Decision) -> int:
    """How many reviews and decisions there were when the standing decision was made, it included."""
    before = request.reviews.filter(pk__lte=decision.review_id or 0).count()
    return before + request.decisions.count()
