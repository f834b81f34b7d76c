"""What the rooms above ask about decisions."""

from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from fairgate.gate.models import SecondLook, ServiceRequest, Tally
from fairgate.gate.queries.requests import readable_by, requests_for
from fairgate.gate.rules import APPROVING, NON_APPROVING, LookResult
from fairgate.shared.actor import Actor


class Passed(NamedTuple):
    """How many standing decisions let something pass, by month of decision (its first day, UTC) and where."""

    month: date
    deciding_unit: int
    unit: int
    kind: int
    decisions: int


def refusals_for(by: Actor) -> QuerySet[ServiceRequest]:
    """Requests whose standing outcome is returned or refused."""
    return requests_for(by).filter(outcome__in=sorted(NON_APPROVING))


def passed(
    by: Actor, *, deciding_unit: int | None = None, unit: int | None = None, kind: int | None = None
) -> list[Passed]:
    """From the running counts, oldest month first; narrowed to a deciding unit, a requesting unit, a kind."""
    tallies = Tally.objects.filter(readable_by(by), outcome__in=sorted(APPROVING), decisions__gt=0)
    chosen = {"deciding_unit": deciding_unit, "unit": unit, "kind": kind}
    tallies = tallies.filter(**{name: value for name, value in chosen.items() if value is not None})
    by_cell = tallies.order_by("month", "deciding_unit", "unit", "kind").values_list(
        "month", "deciding_unit", "unit", "kind"
    )
    return [Passed(*row) for row in by_cell.annotate(Sum("decisions"))]


def decision_dates(
    by: Actor, *, deciding_unit: int | None = None, kind: int | None = None
) -> dict[date, int]:
    """How many approving decisions stand, by month of decision (its first day, UTC)."""
    months: dict[date, int] = {}
    for each in passed(by, deciding_unit=deciding_unit, kind=kind):
        months[each.month] = months.get(each.month, 0) + each.decisions
    return months


def decisions_of_item(by: Actor, item: str) -> QuerySet[ServiceRequest]:
    """The decided requests about one lot, contract or document, newest first."""
    return requests_for(by).filter(item=item).exclude(outcome="").order_by("-decided_at")


def overturned_for(by: Actor) -> QuerySet[SecondLook]:
    """Second looks that changed a decision: what was returned or refused needlessly."""
    looks = SecondLook.objects.filter(readable_by(by, "decision__request__"), result=LookResult.OVERTURNED)
    return looks.select_related("decision__request", "new_decision")


def in_unit(unit: int | None) -> Q:
    return Q() if unit is None else Q(deciding_unit=unit)
