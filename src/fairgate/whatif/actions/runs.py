"""Having a scenario lived through: asked for, and kept with everything needed to do it again."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext

from fairgate import __version__
from fairgate.engines.counterfactual import ANSWERS, VERSION
from fairgate.ledger import actions as ledger
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.whatif import queries
from fairgate.whatif.actions.living import compute, scenario_of, subject_of, ways_of
from fairgate.whatif.models import Run, RunResult, ScenarioEdition
from fairgate.whatif.rules import REPLICATES, SEED, YEARS, is_reason
from fairgate.work import actions as work

TASK = "whatif.run"


class NoReason(Exception):
    """To go on although the base rates disagree, somebody has to say why."""


@transaction.atomic
def request_run(
    *,
    by: Actor,
    scenario: UUID,
    ways: Sequence[str],
    done_at: Callable[[UUID], str],
    years: float = YEARS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    despite: str = "",
    line: str = "",
) -> Run:
    """Have the latest edition lived through under ``ways`` of checking, in the background; ``done_at`` tells the page of a run.
    Raises PermissionDenied, ``Scenario.DoesNotExist``, `NoReason` and CounterfactualError."""
    edition = _latest(by, scenario)
    run = _checked(by, edition, ways, years, replicates, seed, despite, line)
    return _submit(by, run, done_at)


@transaction.atomic
def run_again(
    *,
    by: Actor,
    pk: UUID,
    done_at: Callable[[UUID], str],
    despite: str | None = None,
    line: str | None = None,
) -> Run:
    """The same edition, ways and seed once more; with another reason or line where given. Raises as `request_run`."""
    old = queries.run_for(by, pk)
    if not queries.may_make(by, old.edition.scenario.unit_id):
        raise PermissionDenied
    reason, wanted = old.despite if despite is None else despite, old.line if line is None else line
    made = _checked(by, old.edition, old.policies, old.years, old.replicates, old.seed, reason, wanted)
    return _submit(by, made, done_at)


@transaction.atomic
def run_at_once(
    *,
    by: Actor,
    scenario: UUID,
    ways: Sequence[str],
    years: float = YEARS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    despite: str = "",
    line: str = "",
) -> RunResult:
    """The same here and now, for programs. Raises as `request_run`, and `work.rules.Problem`."""
    run = _checked(by, _latest(by, scenario), ways, years, replicates, seed, despite, line)
    _note(by, run)
    compute(by=by, pk=run.pk)()
    return run.results.get()


def _latest(by: Actor, pk: UUID) -> ScenarioEdition:
    scenario = queries.scenario_for(by, pk)
    if not queries.may_make(by, scenario.unit_id):
        raise PermissionDenied
    return queries.latest_edition(scenario)


def _checked(
    by: Actor,
    edition: ScenarioEdition,
    ways: Sequence[str],
    years: float,
    replicates: int,
    seed: int,
    despite: str,
    line: str,
) -> Run:
    """A run that can begin, not saved yet. Errors as `request_run`."""
    if despite.strip() and not is_reason(despite):
        raise NoReason
    chosen = [one.name for one in ways_of(ways)]
    if line:
        scenario_of(edition).belief(line)
    facts = {"years": float(years), "replicates": replicates, "seed": seed, "despite": despite.strip()}
    return Run(
        id=uuid4(),
        edition=edition,
        policies=chosen,
        line=line,
        inputs=_inputs(edition, chosen, facts),
        versions=_versions(),
        by_id=by.actor_id,
        by_name=by.actor_name,
        at=clock.now(),
        **facts,
    )


def _inputs(edition: ScenarioEdition, ways: list[str], facts: Mapping[str, Any]) -> str:
    """Of everything the figures follow from, whoever asks and whichever line is drawn."""
    whole = {
        "said": edition.said,
        "records": edition.records,
        "own": edition.own,
        "counts": edition.counts,
        "ways": ways,
        **facts,
    }
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _versions() -> dict[str, str]:
    libraries = {name: version(name) for name in ("numpy", "numba", "scipy")}
    return {"fairgate": __version__, "engine": f"counterfactual {VERSION}, answers {ANSWERS}", **libraries}


def _submit(by: Actor, run: Run, done_at: Callable[[UUID], str]) -> Run:
    title = gettext("What if: %(name)s") % {"name": run.edition.scenario.name}
    job = work.submit(by=by, name=TASK, title=title, arguments={"pk": str(run.pk)}, done_at=done_at(run.pk))
    run.job_id = job.pk
    return _note(by, run)


def _note(by: Actor, run: Run) -> Run:
    run.save(force_insert=True)
    ledger.append(
        by=by,
        action="whatif.run-requested",
        subject=subject_of(run),
        new={
            "edition": run.edition.number,
            "inputs": run.inputs,
            "ways": run.policies,
            "versions": run.versions,
        },
        reason=run.despite,
    )
    return run
