"""How much was decided lately, as counts, for planning."""

from collections import Counter
from datetime import date
from statistics import median_high
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.queries import readable_by
from fairgate.gate.rules import APPROVING, NON_APPROVING, State
from fairgate.shared.actor import Actor
from fairgate.voice.queries.doors import may_invite
from fairgate.voice.queries.eligible import from_midnight
from fairgate.voice.rules.deciding import A_YEAR, DecidedLately

LATELY = 6
"""Months at most: long enough for rare outcomes, short enough to be how it goes now."""


def decided_lately(by: Actor) -> DecidedLately | None:
    """Of the last months up to the latest decision: of all decisions for whoever runs the feedback, of those they may read for
    others. None where there are none."""
    settled = _settled(by)
    ends = settled.aggregate(first=Min("decided_at"), last=Max("decided_at"))
    if ends["last"] is None:
        return None
    until = timezone.localdate(ends["last"])
    months = min(LATELY, _months_between(timezone.localdate(ends["first"]), until))
    lately = settled.filter(decided_at__gt=from_midnight(_months_before(until, months)))
    teams = _deciders_by_team(lately)
    return DecidedLately(
        until=until,
        months=months,
        decisions=dict(lately.order_by().values_list("outcome").annotate(n=Count("pk"))),
        people=_people(lately),
        teams=len(teams),
        deciders=median_high(teams.values()),
    )


def _settled(by: Actor) -> QuerySet[ServiceRequest]:
    settled = ServiceRequest.objects.filter(
        state=State.DECIDED, outcome__in=sorted(APPROVING | NON_APPROVING), decided_at__isnull=False
    )
    return settled if may_invite(by) else settled.filter(readable_by(by))


def _people(lately: QuerySet[ServiceRequest]) -> int:
    """An account, or a pseudonym that none is mapped to."""
    rows = lately.order_by().values_list(Coalesce("submitted_by", "submitter__account"), "submitter")
    found = {("account", account) if account else ("pseudonym", name) for account, name in rows.distinct()}
    return len(found - {("pseudonym", None)})


def _deciders_by_team(lately: QuerySet[ServiceRequest]) -> Counter[tuple[int, int | None]]:
    """How many people decided, by unit and team; one where no decision names anybody. Where a unit has teams, decisions of none
    of them are nobody's."""
    rows = Decision.objects.filter(request__in=lately.order_by().values("pk")).order_by()
    pairs: set[tuple[Any, ...]] = set(
        rows.values_list("request__deciding_unit", "team", "decided_by", "decider").distinct()
    )
    divided = {unit for unit, team, *_ in pairs if team is not None}
    return Counter((unit, team) for unit, team, *_ in pairs if team is not None or unit not in divided)


def _months_before(day: date, months: int) -> date:
    """The same day of an earlier month, or that month's 28th."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))


def _months_between(first: date, last: date) -> int:
    """Begun months, from 1."""
    whole = (last.year - first.year) * A_YEAR + last.month - first.month
    return whole + (last.day > first.day) or 1
