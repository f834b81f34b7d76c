"""Periods, as far as somebody may know of them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet

from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import APPROVING, NON_APPROVING, State
from fairgate.shared.actor import Actor
from fairgate.voice.models import Envelope, Invitation, Period, Publication
from fairgate.voice.queries.asking import this_day
from fairgate.voice.queries.doors import may_enter, may_keep_keys
from fairgate.voice.queries.eligible import from_midnight, to_midnight
from fairgate.voice.queries.stored import preview_in
from fairgate.voice.rules import ClosedPeriod, PeriodPage, PeriodRow, PeriodState
from fairgate.voice.rules.responses import Asked, told
from fairgate.work.models import Job
from fairgate.work.rules import ENDED

TENS = 10


def periods_for(by: Actor) -> list[PeriodRow]:
    """Every period, newest first; raises PermissionDenied."""
    if not may_enter(by):
        raise PermissionDenied
    return [row_of(period) for period in Period.objects.all()]


def period_for(by: Actor, pk: UUID) -> PeriodPage:
    """One period; raises ``Period.DoesNotExist``, also to whoever may not enter."""
    if not may_enter(by):
        raise Period.DoesNotExist
    period = Period.objects.get(pk=pk)
    keeps, running = may_keep_keys(by), running_job(period)
    ends = period.state == PeriodState.OPEN and this_day() > period.days.answers_until
    return PeriodPage(
        row=row_of(period),
        asked=period.invitations.count(),
        answered=_answered(period) if keeps else None,
        oversampling=period.oversampling,
        fingerprint=period.fingerprint,
        turn_to=period.turn_to,
        keeps_keys=keeps,
        may_end=keeps and ends,
        preview=preview_in(period.preview) if keeps and period.preview else None,
        job=running.pk if running and keeps else None,
        has_results=Publication.objects.filter(period=period).exists(),
        unread=told(period.unread),
    )


def closed_periods() -> list[ClosedPeriod]:
    """Periods with ballots to work with, oldest first."""
    closed = Period.objects.filter(state=PeriodState.CLOSED).order_by("starts_on")
    return [ClosedPeriod(one.pk, one.name, one.starts_on, one.ends_on) for one in closed]


def row_of(period: Period) -> PeriodRow:
    return PeriodRow(
        period.pk,
        period.name,
        period.starts_on,
        period.ends_on,
        period.days.answers_until,
        period.months,
        PeriodState(period.state),
    )


def running_job(period: Period) -> Job | None:
    """The preview or closing that was asked for and has not ended."""
    return Job.objects.filter(pk=period.job_id).exclude(state__in=ENDED).first() if period.job_id else None


def response_rows(period: Period, unreadable: Collection[UUID] = ()) -> list[Asked]:
    """Everybody who was asked, in the order of what they were asked about, never of when. Who has answered: whose
    envelope is there and not among the ``unreadable``."""
    sealed = Envelope.objects.filter(invitation__period=period).values_list("pk", flat=True)
    answered = set(sealed) - set(unreadable)
    rows = Invitation.objects.filter(period=period).order_by("outcome", "kind", "unit", "id")
    return [
        Asked(unit, outcome, kind, pk in answered)
        for pk, unit, outcome, kind in rows.values_list("pk", "unit", "outcome", "kind")
    ]


def decided_in(period: Period) -> list[list[int | str]]:
    """[deciding unit, outcome, how many] of all decisions of the period: what a raw share of its ballots may be weighted to."""
    settled = ServiceRequest.objects.filter(
        state=State.DECIDED,
        outcome__in=sorted(APPROVING | NON_APPROVING),
        decided_at__gte=from_midnight(period.starts_on),
        decided_at__lt=to_midnight(period.ends_on),
    )
    counted = settled.order_by().values_list("deciding_unit", "outcome").annotate(n=Count("pk"))
    return [list(row) for row in sorted(counted)]


def published_since(since: datetime) -> QuerySet[Publication]:
    return Publication.objects.filter(at__gt=since).select_related("period")


def _answered(period: Period) -> int | None:
    """While it is open, so coarsely that nobody sees who has just answered."""
    number = Envelope.objects.filter(invitation__period=period).count()
    if period.state == PeriodState.OPEN:
        return number // TENS * TENS if number >= 2 * TENS else None
    return told(number)
