"""Promises kind by kind, and those that are due next."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from fairgate.gate.models import RequestKind, ServiceRequest, Tally
from fairgate.gate.queries.figures import first_month, readable, withdrawn_late
from fairgate.gate.queries.requests import readable_by
from fairgate.gate.queries.still_open import STILL_OPEN
from fairgate.gate.rules import Kept, PromiseFigures
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
    # Grouped here: grouped there, a database reads every request in the order of its kind.
    for kind, number in Counter(withdrawn_late(by, months).values_list("kind", flat=True)).items():
        answered[kind][Kept.MISSED] = answered[kind].get(Kept.MISSED, 0) + number
    now = clock.now()
    promised = readable(by).filter(STILL_OPEN, promised_by__isnull=False).order_by()
    late, timely = Counter[int](), Counter[int]()
    for kind, promised_by in promised.values_list("kind", "promised_by"):
        (late if promised_by and promised_by < now else timely)[kind] += 1
    waiting = {kind: (late[kind], timely[kind]) for kind in late.keys() | timely.keys()}
    kinds = RequestKind.objects.filter(pk__in={*answered, *waiting}).select_related("preset__unit")
    found = [_of(kind, answered[kind.pk], *waiting.get(kind.pk, (0, 0))) for kind in kinds]
    return sorted(found, key=lambda it: (it.unit.name, -it.figures.all, it.kind.name))


def due_soon(by: Actor, most: int = 10) -> QuerySet[ServiceRequest]:
    """Open requests by the date that was said last, the nearest first; those whose date has passed lead."""
    waiting = readable(by).filter(STILL_OPEN, expected_by__isnull=False)
    return waiting.prefetch_related("kind", "unit").order_by("expected_by", "pk")[:most]


def _of(kind: RequestKind, answered: dict[str, int], overdue: int, still: int) -> KindPromises:
    figures = PromiseFigures(
        kept=answered.get(Kept.KEPT, 0), missed=answered.get(Kept.MISSED, 0), open_=still, overdue=overdue
    )
    return KindPromises(kind, kind.preset.unit, figures)
