"""Using closed periods of the voice: nothing is copied but which they are."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.fairness import queries
from fairgate.fairness.dataset.periods import pulled
from fairgate.fairness.dataset.tables import Rated
from fairgate.fairness.models import Survey
from fairgate.fairness.rules import GOOD, LEVELS, NAME_LENGTH, Said, SurveyState
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.voice.rules import ClosedPeriod


class NotTheLatest(Exception):
    """Periods are used up to the latest closed one, without a gap: whoever could choose freely could compare choices."""


class AlreadyUsed(Exception):
    """Up to the latest closed period others were chosen before; ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@transaction.atomic
def use_periods(*, by: Actor, unit: int, periods: Sequence[UUID]) -> Survey:
    """Work with the ballots of these closed periods, the latest ones of all, from now on. Once for each latest period; the same
    again counts anew what the gate decided. Raises PermissionDenied, ``Unit.DoesNotExist``, `NotTheLatest`, `AlreadyUsed` and
    `dataset.CantBeScored`."""
    if not queries.may_use_periods(by, unit):
        raise PermissionDenied
    decided = queries.deciding_units().get(pk=unit)
    chosen = _latest(periods)
    used = queries.survey_of_periods(unit, chosen[-1].pk)
    if used is not None and used.periods != _as_kept(chosen):
        raise AlreadyUsed(used.name)
    table = pulled(decided, chosen)
    survey = used or Survey(unit=decided, by_id=by.actor_id, by_name=by.actor_name)
    survey.name = ", ".join(period.name for period in chosen)[:NAME_LENGTH]
    survey.periods, survey.state = _as_kept(chosen), SurveyState.APPLIED
    survey.said = Said({}, table.decisions.approving, LEVELS, GOOD).to_dict()
    survey.findings, survey.applied_at = _findings(table), clock.now()
    survey.save()
    ledger.append(
        by=by,
        action="fairness.periods-used",
        subject=Subject("surveys", str(survey.pk), survey.name),
        new={"unit": decided.name, "periods": survey.name, "ballots": survey.findings["ballots"]},
    )
    return survey


def _latest(periods: Sequence[UUID]) -> list[ClosedPeriod]:
    chosen = queries.periods_called(periods)
    every = queries.periods_to_use_from(chosen[0].pk) if chosen else []
    if not chosen or len(chosen) != len(set(periods)) or chosen != every:
        raise NotTheLatest
    return chosen


def _as_kept(periods: Sequence[ClosedPeriod]) -> list[str]:
    return [str(period.pk) for period in periods]


def _findings(table: Rated) -> dict[str, Any]:
    """Counts. How the answers of all teams are spread is published by the voice, protected there, and not told again here."""
    decisions = table.decisions
    return {
        "rows": table.rows,
        "left_out": table.left_out,
        "decisions": round(float(decisions.per_decision().sum())),
        "ballots": round(float(decisions.per_answer().sum())),
        "teams": len(decisions.team.names),
        "outcomes": list(decisions.outcome.names),
        "cases": [column.name for column in decisions.cases],
        "deciders_named": True,
        "distribution": {},
        "good": None,
        "inputs": table.inputs,
    }
