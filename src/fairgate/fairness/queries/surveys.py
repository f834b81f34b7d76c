"""Tables of ratings, as far as somebody may know of them."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from fairgate.fairness.models import Agreement, Run, RunResult, Survey
from fairgate.fairness.queries.doors import judged_of, may_agree, may_import, sees_teams
from fairgate.fairness.rules import FEWEST_CHANGED, SurveyState, changed
from fairgate.gate.models import Preset
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor

MOST_SOURCES = 8


def surveys_for(by: Actor) -> QuerySet[Survey]:
    """Every table, newest first, for those who may bring one; nobody else."""
    found = Survey.objects.select_related("file", "unit")
    return found.exclude(unit__in=judged_of(by)) if may_import(by) else found.none()


def survey_for(by: Actor, pk: UUID) -> Survey:
    """One of them; raises ``Survey.DoesNotExist``, also to those who may not see it."""
    return surveys_for(by).get(pk=pk)


def survey_with_columns_for(by: Actor, pk: UUID) -> Survey:
    """One that came in as a table; raises ``Survey.DoesNotExist``."""
    return surveys_for(by).exclude(file=None).get(pk=pk)


def units_to_import(by: Actor) -> QuerySet[Unit]:
    """Deciding units about which ``by`` may bring a table."""
    return deciding_units().exclude(pk__in=judged_of(by)) if may_import(by) else deciding_units().none()


def shown_before(survey: Survey) -> list[RunResult]:
    """Results of other tables about the same unit: what somebody could compare a new one with."""
    others = RunResult.objects.filter(run__survey__unit=survey.unit_id, run__survey__periods=[])
    return list(others.exclude(run__survey=survey).select_related("run"))


def together_of(survey: Survey) -> dict[str, Any]:
    """What a table's findings say of all teams; without the shares where another table, used too, has all but a few of the same
    answers, or where a team is hidden because it has."""
    found: dict[str, Any] = survey.findings
    if not found["distribution"]:
        return found
    others = Survey.objects.filter(unit=survey.unit_id, state=SurveyState.APPLIED, periods=[]).exclude(
        pk=survey.pk
    )
    spreads = [_spread(findings) for findings in others.values_list("findings", flat=True)]
    near = any(0 < changed(spread, _spread(found)) < FEWEST_CHANGED for spread in spreads if spread)
    result = latest_result(survey)
    if near or (result is not None and result.scores.get("too_alike")):
        return {**found, "good": None, "distribution": {}, "withheld": True}
    return found


def _spread(findings: dict[str, Any]) -> dict[tuple[str, str], int]:
    return {("", level): number for level, number in findings["distribution"].items()}


def deciding_units() -> QuerySet[Unit]:
    """Units that decide on others' work."""
    return Unit.objects.filter(pk__in=Preset.objects.values("unit"))


def scored_units() -> list[Unit]:
    """Units a scorecard may be about, those with a table first."""
    used = set(Survey.objects.filter(state=SurveyState.APPLIED).values_list("unit_id", flat=True))
    units = Unit.objects.filter(Q(pk__in=used) | Q(pk__in=deciding_units().values("pk")))
    return sorted(units, key=lambda unit: (unit.pk not in used, not unit.is_function, unit.name))


def sources_of(unit: int) -> list[Survey]:
    """What scores of a unit may be worked out from, what was used last first."""
    used = Survey.objects.filter(unit=unit, state=SurveyState.APPLIED).order_by("-applied_at")
    return list(used[:MOST_SOURCES])


def standing_agreement(unit: int) -> Agreement | None:
    """The latest of the unit, if it holds."""
    latest = Agreement.objects.filter(unit=unit).order_by("-id").first()
    return latest if latest is not None and latest.holds else None


def last_withdrawn(unit: int) -> int:
    """What was agreed up to here no longer holds, and nothing worked out under it is shown again; 0 if nothing was withdrawn."""
    last = Agreement.objects.filter(unit=unit, holds=False).order_by("-id").first()
    return last.pk if last else 0


def is_agreed(run: Run) -> bool:
    """Whether what allowed this run still holds: not one that was made since."""
    unit = run.survey.unit_id
    return standing_agreement(unit) is not None and run.agreement_id > last_withdrawn(unit)


def agreements_for(by: Actor, unit: int) -> QuerySet[Agreement]:
    """What was agreed about a unit's scores, newest first; for those who see them."""
    found = Agreement.objects.filter(unit=unit).order_by("-id")
    return found if sees_teams(by, unit) or may_agree(by, unit) or may_import(by, unit) else found.none()


def run_for(by: Actor, pk: UUID) -> Run:
    """A run of a unit whose scores ``by`` may see, while an agreement holds; raises ``Run.DoesNotExist``."""
    run = Run.objects.select_related("survey__unit", "survey__file", "agreement").get(pk=pk)
    if not sees_teams(by, run.survey.unit_id) or not is_agreed(run):
        raise Run.DoesNotExist
    return run


def result_of(run: Run) -> RunResult | None:
    return run.results.order_by("id").first()


def latest_run(survey: Survey) -> Run | None:
    return survey.runs.order_by("-at").first()


def latest_result(survey: Survey) -> RunResult | None:
    found = RunResult.objects.filter(run__survey=survey, run__agreement__gt=last_withdrawn(survey.unit_id))
    return found.select_related("run").order_by("-id").first()


def result_before(survey: Survey) -> RunResult | None:
    """Of the table that was used before this one."""
    earlier = RunResult.objects.filter(
        run__survey__unit=survey.unit,
        run__survey__applied_at__lt=survey.applied_at,
        run__agreement__gt=last_withdrawn(survey.unit_id),
    )
    return earlier.order_by("-run__survey__applied_at", "-id").first()
