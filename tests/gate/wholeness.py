"""What must hold of everything the gate keeps, whatever was done to it and whoever was killed meanwhile."""

from collections import Counter

from django.conf import settings

from fairgate.gate.actions import tallies
from fairgate.gate.models import Decision, RefusalSlip, Review, SecondLook, ServiceRequest, Tally
from fairgate.gate.rules import Outcome, State
from fairgate.ledger import queries as ledger
from fairgate.ledger.models import Entry

DECIDING = ("gate.request-decided", "gate.second-look-overturned")


def every_request_is_whole(after: int = 0) -> None:
    """Requests made here, with a key beyond ``after``: rows, state and ledger tell the same story."""
    entries = Counter(
        Entry.objects.filter(subject_kind="service-requests").values_list("subject_id", "action")
    )
    for request in ServiceRequest.objects.filter(arrival=None, pk__gt=after):
        done = {action: number for (pk, action), number in entries.items() if pk == str(request.pk)}
        reviews, decisions = list(request.reviews.all()), list(request.decisions.all())
        overturned = done.get("gate.second-look-overturned", 0)
        assert done.get("gate.request-submitted") == 1
        assert done.get("gate.request-reviewed", 0) + overturned == len(reviews)
        assert sum(done.get(action, 0) for action in DECIDING) == len(decisions)
        assert done.get("gate.request-withdrawn", 0) == (request.state == State.WITHDRAWN)
        every_decision_is_in_order(request, reviews, decisions)


def every_decision_is_in_order(
    request: ServiceRequest, reviews: list[Review], decisions: list[Decision]
) -> None:
    before: Decision | None = None
    for decision in decisions:
        slips = RefusalSlip.objects.filter(decision=decision).count()
        assert decision.outcome in request.kind.outcomes
        assert decision.review in reviews, "a decision without a review"
        assert decision.replaces == before, "a record lost its place"
        assert bool(slips) == Outcome(decision.outcome).needs_slip, "a non-approval without slip"
        assert before is None or before.review_id != decision.review_id
        if before and Outcome(before.outcome).is_final:
            assert SecondLook.objects.get(new_decision=decision).decision == before
            assert not SecondLook.objects.filter(new_decision=before), "looked at twice"
        before = decision
    stands_as_it_says(request, reviews, before)


def stands_as_it_says(request: ServiceRequest, reviews: list[Review], standing: Decision | None) -> None:
    assert request.outcome == (standing.outcome if standing else "")
    assert request.decided_at == (standing.decided_at if standing else None)
    assert request.has_slip == bool(standing and Outcome(standing.outcome).needs_slip)
    if request.state == State.WITHDRAWN:
        assert standing is None or standing.outcome == Outcome.HELD, "withdrawn after it was settled"
    else:
        assert request.state == _state(reviews, standing)


def _state(reviews: list[Review], standing: Decision | None) -> State:
    if standing and Outcome(standing.outcome).is_final:
        return State.DECIDED
    if reviews and (standing is None or reviews[-1].pk != standing.review_id):
        return State.REVIEWED
    return State.HELD if standing else State.SUBMITTED


def the_counts_are_right() -> None:
    found = {tallies._cell(tally): (tally.decisions, tally.without_slip) for tally in Tally.objects.all()}
    assert {cell: numbers for cell, numbers in found.items() if any(numbers)} == counted_plainly()


def counted_plainly() -> dict[tallies.Cell, tuple[int, int]]:
    """The counts made another way: from the decisions, one by one."""
    decisions: Counter[tallies.Cell] = Counter()
    missing: Counter[tallies.Cell] = Counter()
    for decision in Decision.objects.filter(replaced_by=None).select_related("request"):
        request, first = decision.request, decision
        while look := SecondLook.objects.filter(new_decision=first).first():
            first = look.decision
        kept = "kept" if request.promised_by and first.decided_at <= request.promised_by else "missed"
        promise = kept if request.promised_by and decision.outcome != "held" else "none"
        month = decision.decided_at.date().replace(day=1)
        cell = tallies.Cell(
            month, request.deciding_unit_id, request.unit_id, request.kind_id, decision.outcome, promise,
            request.arrival_id is not None,
        )  # fmt: skip
        decisions[cell] += 1
        refusing = decision.outcome in {"held", "returned", "refused"}
        missing[cell] += refusing and not decision.slips.exists()
    return {cell: (number, missing[cell]) for cell, number in decisions.items()}


def the_chain_verifies() -> None:
    found = ledger.verify(anchors=settings.ANCHORS)
    assert found.ok, found.findings
