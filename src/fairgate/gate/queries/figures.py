"""Promises kept, and slips that are missing: counts that a page over a million decisions asks for."""

from datetime import UTC, date, datetime, time

from django.db.models import F, Q, QuerySet, Sum

from fairgate.gate.models import ServiceRequest, Tally
from fairgate.gate.queries.decisions import in_unit
from fairgate.gate.queries.doors import asks_for, decides_in, may_read_all
from fairgate.gate.queries.requests import readable_by, requests_between
from fairgate.gate.queries.still_open import STILL_OPEN
from fairgate.gate.rules import Kept, PromiseFigures
from fairgate.shared import clock
from fairgate.shared.actor import Actor


def promise_figures(
    by: Actor, unit: int | None = None, months: int = 12, kind: int | None = None
) -> PromiseFigures:
    """Of what was answered in the last ``months`` calendar months, this one included, and of everything still open;
    narrowed to a deciding unit and a kind."""
    narrowed = in_unit(unit) & (Q() if kind is None else Q(kind=kind))
    tallies = Tally.objects.filter(readable_by(by) & narrowed, month__gte=first_month(months))
    answered = dict(tallies.order_by().values_list("promise").annotate(Sum("decisions")))
    waiting = readable(by).filter(STILL_OPEN, narrowed, promised_by__isnull=False)
    overdue = waiting.filter(promised_by__lt=clock.now()).count()
    return PromiseFigures(
        kept=answered.get(Kept.KEPT, 0),
        missed=answered.get(Kept.MISSED, 0) + withdrawn_late(by, months).filter(narrowed).count(),
        open_=waiting.count() - overdue,
        overdue=overdue,
    )


def withdrawn_late(by: Actor, months: int) -> QuerySet[ServiceRequest]:
    """What was taken back in those months after its date had passed without an answer: promises missed, which no decision
    counts. (The first condition is the index's own.)"""
    first = datetime.combine(first_month(months), time.min, UTC)
    withdrawn = readable(by).filter(withdrawn_at__isnull=False, withdrawn_at__gte=first)
    return withdrawn.filter(promised_by__lt=F("withdrawn_at")).order_by()


def slips_missing(by: Actor, unit: int | None = None) -> int:
    """Standing non-approvals without a slip; those decided here always have one."""
    tallies = Tally.objects.filter(readable_by(by) & in_unit(unit))
    return tallies.aggregate(missing=Sum("without_slip"))["missing"] or 0


def readable(by: Actor) -> QuerySet[ServiceRequest]:
    """What ``by`` may read, without an index on the units: for the few that are open, or were withdrawn."""
    if may_read_all(by):
        return ServiceRequest.objects.all()
    return requests_between(asks_for(by), decides_in(by))


def first_month(months: int) -> date:
    today = clock.now().date()
    index = today.year * 12 + today.month - months
    return date(index // 12, index % 12 + 1, 1)
