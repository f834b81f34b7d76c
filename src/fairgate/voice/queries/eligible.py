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
    """What was settled, by whoever may be asked about it. Who may not is looked up in sets: a planner that knows no sizes yet
    would go through all of them for every row."""
    settled = ServiceRequest.objects.filter(
        state=State.DECIDED,
        outcome__in=sorted(APPROVING | NON_APPROVING),
        decided_at__gte=from_midnight(first),
        decided_at__lt=to_midnight(last),
    )
    active = set(_active().values_list("pk", flat=True))
    asked = set(Invitation.objects.filter(period=period).values_list("person", flat=True))
    members = set(Membership.objects.values_list("person", "unit"))
    before = set(Invitation.objects.exclude(decision=None).values_list("decision__request", flat=True))
    before |= _settled_in_closed_periods()
    deciders = _deciders(settled)
    rows = settled.annotate(asker=Coalesce("submitted_by", "submitter__account"))
    for request, person, unit, outcome, decided_at in rows.order_by("asker", "decided_at", "pk").values_list(
        "pk", "asker", "deciding_unit", "outcome", "decided_at"
    ):
        own = (person, unit) in members or person in deciders.get(request, ())
        if decided_at and person in active and person not in asked and request not in before and not own:
            yield request, person, outcome, decided_at


def _deciders(settled: QuerySet[ServiceRequest]) -> dict[int, set[int]]:
    """By request whoever decided on it, as far as they have an account."""
    found: dict[int, set[int]] = {}
    rows = Decision.objects.filter(request__in=settled.values("pk"))
    for request, *people in rows.values_list("request", "decided_by", "decider__account"):
        found.setdefault(request, set()).update(person for person in people if person)
    return found


def _settled_in_closed_periods() -> set[int]:
    """Requests: what was decided then and was corrected or overturned since could have been asked about."""
    closed = Period.objects.filter(state=PeriodState.CLOSED).values_list("starts_on", "ends_on")
    then = [
        Q(decided_at__gte=from_midnight(first), decided_at__lt=to_midnight(last)) for first, last in closed
    ]
    if not then:
        return set()
    settled = Decision.objects.filter(reduce(or_, then), outcome__in=sorted(APPROVING | NON_APPROVING))
    return set(settled.values_list("request", flat=True))


def _active() -> QuerySet[Person, Any]:
    return Person.objects.filter(is_active=True).order_by().values("pk")


def from_midnight(day: date) -> datetime:
    """When a day begins in the installation's zone."""
    return timezone.make_aware(datetime.combine(day, time.min))


def to_midnight(day: date) -> datetime:
    """When the day after begins."""
    return from_midnight(day + timedelta(days=1))
