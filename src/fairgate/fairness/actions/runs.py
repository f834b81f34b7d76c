"""Having scores worked out: asked for, worked out in the background, kept with everything needed to do it again."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from fairgate import __version__
from fairgate.engines.ordinal import OrdinalError
from fairgate.engines.ordinal.fair import CUTOFFS, Cutoffs, Decisions, score
from fairgate.fairness import queries
from fairgate.fairness.actions.agreements import NoAgreement
from fairgate.fairness.actions.overlapping import compared
from fairgate.fairness.actions.rounding import rounded, with_raw
from fairgate.fairness.dataset import CantBeScored, Rated, only_teams, rated, team_counts
from fairgate.fairness.dataset.periods import pulled
from fairgate.fairness.dataset.told import shares_that_hold
from fairgate.fairness.models import Agreement, Run, RunResult, Survey
from fairgate.fairness.rules import SEED, Hidden, Said, SurveyState, hidden
from fairgate.files import queries as kept
from fairgate.files.rules import Condition
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.readers.choices import Choices
from fairgate.readers.problems import ReadError
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.work import actions as work
from fairgate.work.rules import JSON, Problem, Progress

TASK = "fairness.score"
ENGINE = "ordinal 1"
COUNTING, FITTED = 0.2, 0.9
STEPS = 40  # a fit seldom takes more; only the bar depends on it


@transaction.atomic
def request_run(*, by: Actor, survey: UUID, done_at: str) -> Run:
    """Have the scores of a table in use worked out, in the background. Raises PermissionDenied, `NoAgreement` and
    ``Survey.DoesNotExist``."""
    used, agreement = _allowed(by, survey)
    pk = uuid4()
    title = gettext("Fair score: %(name)s") % {"name": used.name}
    job = work.submit(by=by, name=TASK, title=title, arguments={"pk": str(pk)}, done_at=done_at)
    return _note(by, pk, used, agreement, job.pk)


@transaction.atomic
def run_at_once(*, by: Actor, survey: UUID) -> RunResult:
    """The same here and now, for programs. Raises as `request_run`, and `work.rules.Problem`."""
    used, agreement = _allowed(by, survey)
    run = _note(by, uuid4(), used, agreement, None)
    compute(by=by, pk=run.pk)()
    return run.results.get()


def compute(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Callable[[], Mapping[str, JSON]]:
    """Work a run out, which changes nothing; what is returned saves it. Raises `work.rules.Problem`."""
    run = Run.objects.select_related("survey__unit").get(pk=pk)
    tell = progress or _nobody
    _still_agreed(run)
    tell(0.0, gettext("counting"))
    table = _table(run)
    tell(COUNTING, gettext("fitting; the first time a program is compiled for this"))
    wanted = [team for team in table.decisions.team.names if _may_show(team, table)]
    decisions = only_teams(table.decisions, wanted)
    scores = _scored(run, decisions, tell)
    tell(FITTED, gettext("saving"))
    scores["left_out"] = [
        {"team": team, "deciders": None if run.survey.periods else (table.deciders or {})[team]}
        for team in table.decisions.team.names
        if team not in wanted
    ]
    scores["deciders_named"] = table.deciders is not None
    scores = _shown(scores, table)
    if run.survey.periods:
        scores, cells = _audited(run.survey, scores), []
    else:
        cells = _cells(decisions, scores)
        scores, cells = compared(run.survey, scores, cells)
    return partial(_save, by=by, pk=pk, scores=scores, cells=cells)


def _still_agreed(run: Run) -> None:
    """Asked again when it is saved: the agreement may have been withdrawn meanwhile."""
    if not queries.is_agreed(run):
        raise Problem(
            gettext(
                "The agreement was withdrawn since scores were asked for. Nothing was worked out, and nothing is kept."
            )
        )


def _allowed(by: Actor, pk: UUID) -> tuple[Survey, Agreement]:
    survey = Survey.objects.select_related("unit").get(pk=pk, state=SurveyState.APPLIED)
    if not queries.may_run(by, survey.unit_id):
        raise PermissionDenied
    agreement = queries.standing_agreement(survey.unit_id)
    if agreement is None:
        raise NoAgreement
    return survey, agreement


def _note(by: Actor, pk: UUID, survey: Survey, agreement: Agreement, job: UUID | None) -> Run:
    run = Run.objects.create(
        id=pk,
        survey=survey,
        agreement=agreement,
        inputs=survey.findings["inputs"],
        versions={
            "fairgate": __version__,
            "engine": ENGINE,
            "numpy": version("numpy"),
            "scipy": version("scipy"),
        },
        choices={**survey.said, "link": "logit", "cutoffs": asdict(CUTOFFS)},
        seed=SEED,
        job_id=job,
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
    )
    ledger.append(
        by=by,
        action="fairness.run-requested",
        subject=Subject("score-runs", str(pk), survey.name),
        new={"inputs": run.inputs, "versions": run.versions, "seed": run.seed},
    )
    return run


def _table(run: Run) -> Rated:
    return _closed(run) if run.survey.periods else _kept(run)


def _closed(run: Run) -> Rated:
    """The ballots of the closed periods, and what was decided in them, which must be what it was."""
    survey = run.survey
    periods = queries.periods_called(queries.periods_of(survey))
    try:
        table = pulled(survey.unit, periods)
    except CantBeScored as error:
        raise Problem(f"{survey.name}: {error}") from error
    if table.inputs != run.inputs:
        raise Problem(
            gettext(
                "What was decided in these periods changed since (a second look, or a record that came in late). "
                "Use the periods again."
            )
        )
    return table


def _audited(survey: Survey, scores: dict[str, Any]) -> dict[str, Any]:
    """Raw shares of teams are told as finely as leaves the attacker's program with nothing, or not at all."""
    raw = {team["team"]: team["raw"] for team in scores["teams"] if team["raw"] is not None}
    before, periods = queries.told_before(survey), queries.periods_of(survey)
    return with_raw(scores, shares_that_hold(survey.unit_id, periods, before, raw))


def _kept(run: Run) -> Rated:
    """The kept file counted again, which must give what the dry run counted."""
    survey = run.survey
    changed = Problem(
        gettext("The kept file is not what it was when it was checked. Import the table again.")
    )
    if survey.file_id is None or kept.verify_file(survey.file_id) is not Condition.INTACT:
        raise changed
    try:
        table = rated(kept.path_of(survey.file_id), Said.of(run.choices), Choices.of(survey.options))
    except ReadError as error:
        raise Problem(str(error.called(survey.name))) from error
    except CantBeScored as error:
        raise Problem(f"{survey.name}: {error}") from error
    if table.inputs != run.inputs:
        raise changed
    return table


def _may_show(team: str, table: Rated) -> bool:
    deciders = None if table.deciders is None else table.deciders[team]
    return hidden(CUTOFFS.ballots, deciders) is not Hidden.FEW_DECIDERS


def _scored(run: Run, decisions: Decisions, tell: Progress) -> dict[str, Any]:
    if not decisions.rows:
        return {"teams": [], "outcome_effect": {}, "sensitivity": {}, "warnings": [], "mix": []}
    farthest = COUNTING

    def on_step(step: int, _: float) -> None:
        nonlocal farthest
        farthest = max(farthest, COUNTING + (FITTED - COUNTING) * min(step / STEPS, 1.0))
        tell(farthest)

    try:
        found = score(
            decisions,
            "logit",
            cutoffs=Cutoffs(**run.choices["cutoffs"]),
            seed=run.seed,
            leaving_out=bool(run.survey.periods),
            on_step=on_step,
        )
    except OrdinalError as error:
        raise Problem(f"{run.survey.name}: {error}") from error
    return rounded(found) if run.survey.periods else found.to_dict()


def _shown(scores: dict[str, Any], table: Rated) -> dict[str, Any]:
    """What is stored: without the raw share of few ballots, and without a warning that the deciders' column answers."""
    for team in scores["teams"]:
        if hidden(team["ballots"], None):
            team["raw"] = None
    if not any(team["fair"] is not None for team in scores["teams"]):
        # What the fit says of so few answers would be about single ones.
        scores |= {"outcome_effect": {}, "sensitivity": {}, "standard_deviations": {}, "warnings": []}
    if table.deciders is not None:
        scores["warnings"] = [told for told in scores["warnings"] if "named who decided" not in told]
    return scores


def _cells(decisions: Decisions, scores: dict[str, Any]) -> list[list[str | int]]:
    """Rows by team, outcome and rating, of teams with enough ballots; of the others only how many rows there are."""
    few = {team["team"] for team in scores["teams"] if hidden(team["ballots"], None)}
    counts: dict[tuple[str, str, str], int] = {}
    for (team, outcome, rating), number in (team_counts(decisions) if decisions.rows else {}).items():
        key = (team, "", "") if team in few else (team, outcome, rating)
        counts[key] = counts.get(key, 0) + number
    return [[*key, number] for key, number in sorted(counts.items())]


@transaction.atomic
def _save(*, by: Actor, pk: UUID, scores: dict[str, Any], cells: list[list[str | int]]) -> dict[str, JSON]:
    """Once: a job that is done again finds its result there."""
    run = Run.objects.select_related("survey").select_for_update(of=("self",)).get(pk=pk)
    _still_agreed(run)
    if run.results.exists():
        return {"run": str(pk)}
    rails = queries.snapshot(queries.rails_of(run.survey.unit_id))
    RunResult.objects.create(run=run, scores=scores, cells=cells, guardrails=rails, at=clock.now())
    ledger.append(
        by=by,
        action="fairness.run-done",
        subject=Subject("score-runs", str(pk), run.survey.name),
        new={"teams": len(scores["teams"]), "warnings": len(scores["warnings"])},
    )
    return {"run": str(pk)}


def _nobody(done: float, note: str = "", /) -> None:
    """Progress that nobody looks at."""
