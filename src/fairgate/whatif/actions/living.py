"""Living through a scenario: what a run's job does, and what is kept of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from fairgate.engines.counterfactual import (
    TODAY,
    Answer,
    CannotKeepUp,
    CounterfactualError,
    Policy,
    Scenario,
    Study,
    ask,
    break_even,
    plain,
    policies,
)
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.whatif.dataset import calibrated, observed_of
from fairgate.whatif.models import Run, RunResult, ScenarioEdition
from fairgate.whatif.wording import answers, names
from fairgate.work.rules import JSON, Problem, Progress

LIVED = 0.95  # of the progress: what is left is the line somebody asked for, and saving


def compute(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Callable[[], Mapping[str, JSON]]:
    """Live through what was asked for, which changes nothing; what is returned saves it. Raises `work.rules.Problem`."""
    run = Run.objects.select_related("edition__scenario").get(pk=pk)
    tell = _Telling(progress)
    try:
        scenario = scenario_of(run.edition)
        found = ask(
            scenario,
            policies(run.policies),
            years=run.years,
            replicates=run.replicates,
            seed=run.seed,
            observed=observed_of(_counts(run.edition)),
            override=run.despite,
            on_stage=tell,
        )
        lines = _lines(run, scenario, tell) if run.line and isinstance(found, Answer) else []
    except CannotKeepUp as error:
        raise Problem(answers.overload(error, translation)) from error
    except CounterfactualError as error:
        raise Problem(str(error)) from error
    return partial(_save, by=by, pk=pk, answer=plain(found), lines=lines)


class _Telling:
    """Stages of the engine as one progress that never goes back."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress, self.farthest = progress, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        self.say(LIVED * names.how_far(stage, done, total), names.stage(stage, translation))

    def say(self, done: float, note: str) -> None:
        self.farthest = max(self.farthest, done)
        if self.progress:
            self.progress(self.farthest, note)


def ways_of(ways: Iterable[str]) -> tuple[Policy, ...]:
    """Today's checks first, always."""
    return policies([TODAY.name, *ways])


def scenario_of(edition: ScenarioEdition) -> Scenario:
    scenario, _ = calibrated(edition.said, edition.records, edition.own)
    return scenario


def _counts(edition: ScenarioEdition) -> list[Mapping[str, Any]]:
    return [*(edition.records or {}).get("observed", []), *edition.counts]


def _lines(run: Run, scenario: Scenario, tell: _Telling) -> list[dict[str, Any]]:
    tell.say(LIVED, gettext("Where are two ways worth the same?"))
    first, *others = ways_of(run.policies)
    others = [one for one in others if not one.licence_ends]
    study = Study(scenario, (first, *others), round(12 * run.years), run.seed)
    few = max(100, run.replicates // 4)
    found = break_even(study, run.line, first, others, replicates=few)
    return [asdict(one) for one in found]


@transaction.atomic
def _save(*, by: Actor, pk: UUID, answer: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, JSON]:
    """Once: a job that is done again finds its result there."""
    run = Run.objects.select_related("edition__scenario").select_for_update(of=("self",)).get(pk=pk)
    if run.results.exists():
        return {"run": str(pk)}
    RunResult.objects.create(run=run, answer=answer, lines=lines, at=clock.now())
    ledger.append(
        by=by,
        action="whatif.run-done",
        subject=subject_of(run),
        new={"refused": answer["refused"], "best": answer.get("best", "")},
    )
    return {"run": str(pk)}


def subject_of(run: Run) -> Subject:
    return Subject("whatif-run", str(run.pk), run.edition.scenario.name)
