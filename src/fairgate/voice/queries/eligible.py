"""Who can be asked, and about what."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from fairgate.gate.models import Decision, Preset, ServiceRequest
from fairgate.gate.rules import APPROVING, NON_APPROVING, State
from fairgate.organisation.models import Membership, Need
from fairgate.organisation.queries.judged import standing
from fairgate.organisation.rules import Verdict
from fairgate.people.models import Person
from fairgate.voice.models import Invitation, Period
from fairgate.voice.queries.links import link_key_of
from fairgate.voice.rules import PeriodState
from fairgate.voice.rules.picking import ticket


@dataclass(frozen=True, slots=True)
class Candidate:
    """A decision somebody could be asked about, with its ticket (`rules.picking`)."""

    person: int
    request: int
    decided_on: date
    ticket: float


def candidates(period: Period, until: date) -> dict[int, list[Candidate]]:
    """By person not asked yet in this period, what was decided on their requests until (and with) a day, oldest first.

    People need an account that may sign in; a pseudonym of an imported record counts once it is mapped to one. Decisions of a
    unit the person works in are never among them, nor what was asked about before, nor what was decided before the period was
    opened. What was settled in the days of a closed period counts as asked about, whether it was or not: closing forgets which. A
    hold counts once it is resolved."""
    first = max(period.starts_on, period.opened_on or period.starts_on)
    rows = _decided(period, first, min(until, period.ends_on))
    key = link_key_of(period)
    found: dict[int, list[Candidate]] = {}
    for request, person, outcome, decided_at in rows:
        weight = 1.0 if outcome in APPROVING else period.oversampling
        drawn = ticket(key, str(period.pk), str(person), str(request), weight)
        found.setdefault(person, []).append(Candidate(person, request, timezone.localdate(decided_at), drawn))
    return found


def by_night(candidates: list[Candidate]) -> Iterator[tuple[date, list[Candidate]]]:
    for day, group in groupby(candidates, key=lambda one: one.decided_on):
        yield day, list(group)


def standing_decisions(requests: list[int]) -> dict[int, Decision]:
    """The decisions that stand, by request."""
    found = Decision.objects.filter(request__in=requests).select_related("request").order_by("pk")
    return {decision.request_id: decision for decision in found}


def mirrors(period: Period) -> dict[int, list[tuple[int, int]]]:
    """By person not asked yet who works in a deciding unit: pairs of that unit and one that supplies it, as somebody declared
    or confirmed and nobody struck."""
    struck = {pair for pair, judged in standing().items() if judged.verdict == Verdict.STRUCK}
    deciding = Preset.objects.values("unit")
    needs = Need.objects.filter(customer__in=deciding).exclude(service__unit=F("customer"))
    pairs = set(needs.values_list("customer", "service__unit")) - {(c, s) for s, c in struck}
    members = Membership.objects.filter(unit__in={customer for customer, _ in pairs}, person__is_active=True)
    asked = Invitation.objects.filter(period=period, person=OuterRef("person"))
    found: dict[int, list[tuple[int, int]]] = {}
    for person, unit in (
        members.filter(~Exists(asked)).values_list("person", "unit").order_by("person", "unit")
    ):
        found.setdefault(person, []).extend(sorted(pair for pair in pairs if pair[0] == unit))
    return found


def _decided(period: Period, first: date, last: date) -> Iterator[tuple[int, int, str, datetime]]:
    asker = Coalesce("submitted_by", "submitter__account")
    own = Membership.objects.filter(person=OuterRef("asker"), unit=OuterRef("deciding_unit"))
    asked = Invitation.objects.filter(period=period, person=OuterRef("asker"))
    before = Invitation.objects.filter(decision__request=OuterRef("pk"))
    by_themselves = Decision.objects.filter(request=OuterRef("pk")).filter(
        Q(decided_by=OuterRef("asker")) | Q(decider__account=OuterRef("asker"))
    )
    settled = ServiceRequest.objects.filter(
        state=State.DECIDED,
        outcome__in=sorted(APPROVING | NON_APPROVING),
        decided_at__gte=from_midnight(first),
        decided_at__lt=to_midnight(last),
    )
    theirs = settled.annotate(asker=asker).filter(
        ~Exists(own),
        ~Exists(asked),
        ~Exists(before),
        ~Exists(_settled_in_closed_periods()),
        ~Exists(by_themselves),
        asker__in=_active(),
    )
    rows = theirs.order_by("asker", "decided_at", "pk")
    for request, person, outcome, decided_at in rows.values_list(
        "pk", "asker", "outcome", "decided_at"
    ).iterator():
        assert decided_at is not None  # noqa: S101 - a settled request has been decided
        yield request, person, outcome, decided_at


def _settled_in_closed_periods() -> QuerySet[Decision]:
    """Of one request: what was decided then and was corrected or overturned since could have been asked about."""
    closed = Period.objects.filter(state=PeriodState.CLOSED).values_list("starts_on", "ends_on")
    then = [
        Q(decided_at__gte=from_midnight(first), decided_at__lt=to_midnight(last)) for first, last in closed
    ]
    settled = Decision.objects.filter(request=OuterRef("pk"), outcome__in=sorted(APPROVING | NON_APPROVING))
    return settled.filter(reduce(or_, then)) if then else settled.none()


def _active() -> QuerySet[Person, Any]:
    return Person.objects.filter(is_active=True).order_by().values("pk")


def from_midnight(day: date) -> datetime:
    """When a day begins in the installation's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def to_midnight(day: date) -> datetime:
    """When the day after begins."""
    return from_midnight(day + timedelta(days=1))
