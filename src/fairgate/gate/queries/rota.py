"""Whose turn it is to review: never the choice of whoever asks."""

from django.db.models import Count, OuterRef, QuerySet, Subquery

from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.queries.still_open import STILL_OPEN
from fairgate.people.models import Person
from fairgate.people.rules import Role


def next_reviewer(deciding_unit: int, unit: int, submitter: int | None) -> Person | None:
    """Whoever has the fewest open requests there, among those the one who was not asked for longest. A reviewer of the
    deciding unit; a lead where it has none; None where everybody works in the unit that asks, too."""
    able = _able(deciding_unit, unit, submitter)
    reviewers = able.filter(assignments__role=Role.REVIEWER)
    return _whose_turn(reviewers, deciding_unit) or _whose_turn(able, deciding_unit)


def reviewers_for(request: ServiceRequest) -> QuerySet[Person]:
    """Everybody the request may be given to, for a lead to choose from."""
    return _able(request.deciding_unit_id, request.unit_id, request.submitted_by_id)


def decider_name(decision: Decision) -> str:
    """Who decided, as the record names them; "" where an import didn't say."""
    return str(decision.decided_by or decision.decider or "")


def _able(deciding_unit: int, unit: int, submitter: int | None) -> QuerySet[Person]:
    """As `doors.may_review` has it, for everybody at once."""
    people = Person.objects.filter(is_active=True, memberships__unit=deciding_unit)
    able = people.filter(assignments__role__in=[Role.REVIEWER, Role.LEAD])
    if submitter is not None:
        able = able.exclude(pk=submitter)
    return able.exclude(pk__in=Person.objects.filter(memberships__unit=unit).values("pk")).distinct()


def _whose_turn(able: QuerySet[Person], deciding_unit: int) -> Person | None:
    opened = ServiceRequest.objects.filter(STILL_OPEN, deciding_unit=deciding_unit)
    burden = dict(opened.order_by().values_list("reviewer").annotate(Count("pk")))
    latest = ServiceRequest.objects.filter(reviewer=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    people = able.annotate(asked_last=Subquery(latest))
    return min(people, key=lambda person: _turn(person, burden), default=None)


def _turn(person: Person, burden: dict[int | None, int]) -> tuple[int, int, int]:
    return burden.get(person.pk, 0), getattr(person, "asked_last", None) or 0, person.pk
