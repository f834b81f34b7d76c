"""The scorecard of a gate, as much of it as somebody may see."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied

from fairgate.fairness.models import Agreement, Run, RunResult, Survey
from fairgate.fairness.queries import doors
from fairgate.fairness.queries.rails import TeamRail, rails_by_team, rails_in, rails_of
from fairgate.fairness.queries.surveys import (
    latest_result,
    latest_run,
    result_before,
    result_of,
    run_for,
    scored_units,
    sources_of,
    standing_agreement,
    together_of,
)
from fairgate.fairness.rules import Worse, risen, worse
from fairgate.organisation.models import Unit
from fairgate.protection.queries import Guardrails
from fairgate.shared.actor import Actor
from fairgate.work.queries import has_ended


@dataclass(frozen=True, slots=True)
class Scorecard:
    """``result`` is there only for those who see teams, and while an agreement holds; ``counts`` (over all teams) for those
    who see the gate. ``waiting`` was asked for and isn't worked out yet; ``in_vain``: the last job ended without a result.
    ``rose`` and ``fell`` compare with the table before: teams whose score rose, guardrails that fell."""

    unit: Unit | None
    units: tuple[Unit, ...]
    survey: Survey | None
    sources: tuple[Survey, ...]
    agreement: Agreement | None
    result: RunResult | None
    waiting: Run | None
    in_vain: bool
    counts: dict[str, Any] | None
    rails: Guardrails | None
    by_team: tuple[TeamRail, ...]
    rose: tuple[str, ...]
    fell: tuple[Worse, ...]
    sees_teams: bool
    may_import: bool
    may_run: bool
    may_agree: bool


def scorecard_for(by: Actor, unit: int | None = None, source: UUID | None = None) -> Scorecard:
    """Of one deciding unit, or of the first there is; from one source of ratings, or the one used last. Raises
    PermissionDenied and ``Unit.DoesNotExist``."""
    if not doors.may_enter(by):
        raise PermissionDenied
    units = scored_units()
    which = next((each for each in units if unit in (None, each.pk)), None)
    if which is None and unit is not None:
        raise Unit.DoesNotExist
    return _scorecard(by, which, units, source)


def _scorecard(by: Actor, unit: Unit | None, units: list[Unit], source: UUID | None) -> Scorecard:
    pk = unit.pk if unit else 0
    teams, gate = doors.sees_teams(by, pk), doors.sees_gate(by, pk)
    sources, agreement = sources_of(pk), standing_agreement(pk)
    latest = next(iter(sources), None)
    survey = next((each for each in sources if each.pk == source), latest)
    shown = survey is not None and agreement is not None and teams
    result = latest_result(survey) if survey and shown else None
    before = result_before(survey) if survey and result else None
    return Scorecard(
        unit=unit,
        units=tuple(units),
        survey=survey,
        sources=tuple(sources),
        agreement=agreement,
        result=result,
        waiting=_waiting(survey) if survey else None,
        in_vain=_in_vain(survey) if survey else False,
        counts=together_of(survey) if survey and gate else None,
        rails=rails_of(pk) if unit and gate else None,
        by_team=tuple(rails_by_team(pk)) if shown else (),
        rose=tuple(risen(before.scores, result.scores)) if before and result else (),
        fell=tuple(worse(rails_in(before.guardrails), rails_in(result.guardrails)))
        if before and result
        else (),
        sees_teams=teams,
        may_import=doors.may_import(by, pk),
        may_run=doors.may_run(by, pk),
        may_agree=doors.may_agree(by, pk),
    )


def _waiting(survey: Survey) -> Run | None:
    run = latest_run(survey)
    return run if run is not None and result_of(run) is None and not _ended(run) else None


def _in_vain(survey: Survey) -> bool:
    """Whether the last time that scores were asked for ended without any."""
    run = latest_run(survey)
    return run is not None and result_of(run) is None and _ended(run)


def _ended(run: Run) -> bool:
    return run.job_id is None or has_ended(run.job_id)


@dataclass(frozen=True, slots=True)
class RunPage:
    """``same`` counts the runs over the same inputs, with the same choices, seed and versions, that gave the same figures;
    ``other`` those that gave others, which must not be."""

    run: Run
    result: RunResult | None
    same: int
    other: int


def run_page(by: Actor, pk: UUID) -> RunPage:
    """How a run's figures came about. Raises ``Run.DoesNotExist``."""
    run = run_for(by, pk)
    result = result_of(run)
    alike = Run.objects.filter(survey=run.survey, inputs=run.inputs, seed=run.seed).exclude(pk=run.pk)
    results = [
        result_of(each) for each in alike if (each.choices, each.versions) == (run.choices, run.versions)
    ]
    done = [each for each in results if each is not None and result is not None]
    same = sum(each.scores == result.scores for each in done) if result else 0
    return RunPage(run, result, same, len(done) - same)
