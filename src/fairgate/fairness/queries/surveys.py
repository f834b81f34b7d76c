"""Tables of ratings, as far as somebody may know of them."""

from uuid import UUID

from django.db.models import Q, QuerySet

from fairgate.fairness.models import Agreement, Run, RunResult, Survey
from fairgate.fairness.queries.doors import may_agree, may_import, sees_teams
from fairgate.fairness.rules import SurveyState
from fairgate.gate.models import Preset
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor


def surveys_for(by: Actor) -> QuerySet[Survey]:
    """Every table, newest first, for those who may bring one; nobody else."""
    found = Survey.objects.select_related("file", "unit")
    return found if may_import(by) else found.none()


def survey_for(by: Actor, pk: UUID) -> Survey:
    """One of them; raises ``Survey.DoesNotExist``, also to those who may not see it."""
    return surveys_for(by).get(pk=pk)


def deciding_units() -> QuerySet[Unit]:
    """Units that decide on others' work."""
    return Unit.objects.filter(pk__in=Preset.objects.values("unit"))


def scored_units() -> list[Unit]:
    """Units a scorecard may be about, those with a table first."""
    used = set(Survey.objects.filter(state=SurveyState.APPLIED).values_list("unit_id", flat=True))
    units = Unit.objects.filter(Q(pk__in=used) | Q(pk__in=deciding_units().values("pk")))
    return sorted(units, key=lambda unit: (unit.pk not in used, not unit.is_function, unit.name))


def latest_survey(unit: int) -> Survey | None:
    return Survey.objects.filter(unit=unit, state=SurveyState.APPLIED).order_by("-applied_at").first()


def standing_agreement(unit: int) -> Agreement | None:
    """The latest of the unit, if it holds."""
    latest = Agreement.objects.filter(unit=unit).order_by("-id").first()
    return latest if latest is not None and latest.holds else None


def agreements_for(by: Actor, unit: int) -> QuerySet[Agreement]:
    """What was agreed about a unit's scores, newest first; for those who see them."""
    found = Agreement.objects.filter(unit=unit).order_by("-id")
    return found if sees_teams(by, unit) or may_agree(by) or may_import(by) else found.none()


def run_for(by: Actor, pk: UUID) -> Run:
    """A run of a unit whose scores ``by`` may see, while an agreement holds; raises ``Run.DoesNotExist``."""
    run = Run.objects.select_related("survey__unit", "survey__file", "agreement").get(pk=pk)
    if not sees_teams(by, run.survey.unit_id) or standing_agreement(run.survey.unit_id) is None:
        raise Run.DoesNotExist
    return run


def result_of(run: Run) -> RunResult | None:
    return run.results.order_by("id").first()


def latest_run(survey: Survey) -> Run | None:
    return survey.runs.order_by("-at").first()


def latest_result(survey: Survey) -> RunResult | None:
    return RunResult.objects.filter(run__survey=survey).select_related("run").order_by("-id").first()


def result_before(survey: Survey) -> RunResult | None:
    """Of the table that was used before this one."""
    earlier = RunResult.objects.filter(
        run__survey__unit=survey.unit, run__survey__applied_at__lt=survey.applied_at
    )
    return earlier.order_by("-run__survey__applied_at", "-id").first()
