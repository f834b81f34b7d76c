"""Whose turn it is to review: never the choice of whoever asks."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from fairgate.gate.models import Decision, RequestKind, ServiceRequest
from fairgate.gate.queries.still_open import STILL_OPEN
from fairgate.people.models import Person
from fairgate.people.rules import Role
from fairgate.shared import clock

_REMEMBERED = timedelta(days=30)


def next_reviewer(kind: RequestKind, unit: int, submitter: int | None) -> Person | None:
    """Whoever has the fewest open requests there, among those the one who was not asked for longest. A reviewer of the
    deciding unit; a lead where it has none; None where everybody works in the unit that asks, too. Whoever takes something
    back before it was reviewed finds the same reviewer again: the rota is no menu."""
    gate = kind.preset.unit_id
    able = _able(gate, unit, submitter)
    reviewers = able.filter(assignments__role=Role.REVIEWER)
    avoided = able.filter(pk__in=_avoided(kind, unit))
    return _whose_turn(avoided, gate) or _whose_turn(reviewers, gate) or _whose_turn(able, gate)


def _avoided(kind: RequestKind, unit: int) -> QuerySet[ServiceRequest, int]:
    """Reviewers from whom the unit lately withdrew something of this kind before it was reviewed, as long as they have
    reviewed nothing of it that came later."""
    asked = ServiceRequest.objects.filter(kind=kind, unit=unit).order_by()
    withdrawn = asked.filter(withdrawn_at__gt=clock.now() - _REMEMBERED, reviewer__isnull=False, reviews=None)
    since = asked.filter(
        reviewer=OuterRef("reviewer"), submitted_at__gt=OuterRef("withdrawn_at"), reviews__isnull=False
    )
    return withdrawn.filter(~Exists(since)).values_list("reviewer", flat=True)


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
