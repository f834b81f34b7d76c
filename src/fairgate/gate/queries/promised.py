"""Promises kind by kind, and those that are due next."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from fairgate.gate.models import RequestKind, ServiceRequest, Tally
from fairgate.gate.queries.figures import first_month, withdrawn_late
from fairgate.gate.queries.requests import readable_by, requests_for
from fairgate.gate.rules import OPEN, Kept, PromiseFigures
from fairgate.organisation.models import Unit
from fairgate.shared import clock
from fairgate.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class KindPromises:
    """What became of the promises of one kind."""

    kind: RequestKind
    unit: Unit
    """The deciding unit."""
    figures: PromiseFigures


def promises_by_kind(by: Actor, months: int = 12) -> list[KindPromises]:
    """For every kind with a promise in the last ``months`` calendar months, this one included, or still open: by deciding
    unit, the most promises first. Two reads over counts, whatever the number of requests that were decided."""
    answered: dict[int, dict[str, int]] = defaultdict(dict)
    tallies = Tally.objects.filter(readable_by(by), month__gte=first_month(months)).exclude(promise=Kept.NONE)
    for kind, promise, number in tallies.order_by().values_list("kind", "promise").annotate(Sum("decisions")):
        answered[kind][promise] = number
    taken_back = withdrawn_late(by, months).values_list("kind").annotate(Count("pk"))
    for kind, number in taken_back:
        answered[kind][Kept.MISSED] = answered[kind].get(Kept.MISSED, 0) + number
    is_late = Q(promised_by__lt=clock.now())
    promised = requests_for(by).filter(state__in=sorted(OPEN), promised_by__isnull=False).order_by()
    waiting = {
        kind: (late, number - late)
        for kind, late, number in promised.values_list("kind").annotate(
            late=Count("pk", filter=is_late), number=Count("pk")
        )
    }
    kinds = RequestKind.objects.filter(pk__in={*answered, *waiting}).select_related("preset__unit")
    found = [_of(kind, answered[kind.pk], *waiting.get(kind.pk, (0, 0))) for kind in kinds]
    return sorted(found, key=lambda it: (it.unit.name, -it.figures.all, it.kind.name))


def due_soon(by: Actor, most: int = 10) -> QuerySet[ServiceRequest]:
    """Open requests by the date that was said last, the nearest first; those whose date has passed lead."""
    waiting = requests_for(by).filter(state__in=sorted(OPEN), expected_by__isnull=False)
    return waiting.select_related("kind", "unit").order_by("expected_by", "pk")[:most]


def _of(kind: RequestKind, answered: dict[str, int], overdue: int, still: int) -> KindPromises:
    figures = PromiseFigures(
        kept=answered.get(Kept.KEPT, 0), missed=answered.get(Kept.MISSED, 0), open_=still, overdue=overdue
    )
    return KindPromises(kind, kind.preset.unit, figures)
