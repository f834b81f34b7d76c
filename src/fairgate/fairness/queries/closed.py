"""Closed periods of the voice, and what the gate decided in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, OuterRef, Value
from django.db.models.functions import Coalesce

from fairgate.fairness.models import RunResult, Survey
from fairgate.fairness.queries.doors import may_use_periods
from fairgate.fairness.queries.surveys import deciding_units
from fairgate.fairness.rules import SurveyState
from fairgate.gate.models import Decision
from fairgate.gate.rules import APPROVING, NON_APPROVING, State
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor
from fairgate.voice.queries import closed_periods
from fairgate.voice.queries.eligible import from_midnight, to_midnight
from fairgate.voice.rules import ClosedPeriod

_NOTHING = Value("")


class Decided(NamedTuple):
    """How many decisions stand that are alike; "" where nothing is known."""

    team: str
    outcome: str
    kind: str
    risk: str
    seniority: str
    customer: str
    number: int


@dataclass(frozen=True, slots=True)
class ToldShare:
    """A raw share that a page shows or showed: ``percent`` good ratings of 100, over all items and these periods, rounded to
    ``points``."""

    periods: tuple[UUID, ...]
    team: str
    percent: int
    points: int


def periods_to_use(by: Actor) -> list[ClosedPeriod]:
    """Oldest first; raises PermissionDenied."""
    if not may_use_periods(by):
        raise PermissionDenied
    return closed_periods()


def units_for_periods(by: Actor) -> list[Unit]:
    """The deciding units that ``by`` may use closed periods for: never one they decide in."""
    return [unit for unit in deciding_units() if may_use_periods(by, unit.pk)]


def periods_to_use_from(first: UUID) -> list[ClosedPeriod]:
    """Every closed period from this one on."""
    every = closed_periods()
    return every[next((at for at, period in enumerate(every) if period.pk == first), len(every)) :]


def periods_called(pks: Sequence[UUID]) -> list[ClosedPeriod]:
    """Those of them that are closed, oldest first."""
    return [period for period in closed_periods() if period.pk in set(pks)]


def decided_between(unit: int, first: date, last: date) -> list[Decided]:
    """Every decision of a unit that was made in these days and stands, whoever asked for it: counted in the database, a cell
    once."""
    replaced = Decision.objects.filter(request=OuterRef("request"), pk__gt=OuterRef("pk"))
    standing = Decision.objects.filter(
        ~Exists(replaced),
        request__deciding_unit=unit,
        request__state=State.DECIDED,
        outcome__in=sorted(APPROVING | NON_APPROVING),
        decided_at__gte=from_midnight(first),
        decided_at__lt=to_midnight(last),
    )
    cells = standing.annotate(
        decided_in=Coalesce("team__name", _NOTHING),
        asker=Coalesce(
            "request__submitted_by__seniority", "request__submitter__account__seniority", _NOTHING
        ),
    )
    alike = ("decided_in", "outcome", "request__kind__name", "request__risk", "asker", "request__unit__name")
    return sorted(map(Decided._make, cells.order_by().values_list(*alike).annotate(n=Count("pk"))))


def survey_of_periods(unit: int, newest: UUID) -> Survey | None:
    """What was used up to this period of a unit. There is one at most: nobody compares two choices of periods."""
    used = Survey.objects.filter(unit=unit, state=SurveyState.APPLIED).exclude(periods=[])
    return next((each for each in used if each.periods[-1] == str(newest)), None)


def told_before(survey: Survey) -> list[ToldShare]:
    """Raw shares of teams that were shown of other choices of periods."""
    others = RunResult.objects.filter(run__survey__unit=survey.unit_id).exclude(run__survey__periods=[])
    found = others.exclude(run__survey=survey).select_related("run__survey")
    told = {share for result in found for share in shares_in(result.run.survey, result.scores)}
    return sorted(told, key=lambda share: (str(share.periods), share.team))


def shares_in(survey: Survey, scores: dict[str, Any]) -> list[ToldShare]:
    """Of a stored result."""
    periods = periods_of(survey)
    return [
        ToldShare(periods, team["team"], team["raw"], team["steps"]["raw"])
        for team in scores["teams"]
        if team["raw"] is not None
    ]


def periods_of(survey: Survey) -> tuple[UUID, ...]:
    """Oldest first; none where it is a table."""
    return tuple(UUID(pk) for pk in survey.periods)
