"""Runs and what came of them."""

from dataclasses import dataclass
from uuid import UUID

from fairgate.engines.counterfactual import (
    Answer,
    BreakEven,
    OldAnswer,
    OldScenario,
    Refused,
    from_plain,
    line,
)
from fairgate.shared.actor import Actor
from fairgate.whatif.models import Run, RunResult, Scenario
from fairgate.whatif.queries.doors import may_make, sees
from fairgate.whatif.queries.scenarios import is_old
from fairgate.work.queries import has_ended


@dataclass(frozen=True, slots=True)
class RunPage:
    """``answer`` is None while it is being worked out, was in vain, or ``is_old``: of another version of the model, so that it
    can't be read; ``edition_is_old`` says that of what was asked. ``same`` counts the other runs over the same inputs and
    versions that gave the same figures; ``other`` those that gave others, which must not be. ``newer``: the scenario was changed
    since."""

    run: Run
    result: RunResult | None
    answer: Answer | Refused | None
    lines: tuple[BreakEven, ...]
    in_vain: bool
    same: int
    other: int
    newer: bool
    may_make: bool
    is_old: bool = False
    edition_is_old: bool = False

    @property
    def is_refused(self) -> bool:
        return isinstance(self.answer, Refused)


def run_for(by: Actor, pk: UUID) -> Run:
    """Raises ``Run.DoesNotExist``, also to those who may not know of it."""
    run = Run.objects.select_related("edition__scenario__unit").get(pk=pk)
    if not sees(by, run.edition.scenario.unit_id):
        raise Run.DoesNotExist
    return run


def run_page(by: Actor, pk: UUID) -> RunPage:
    run = run_for(by, pk)
    result = result_of(run)
    same, other = _again(run, result) if result else (0, 0)
    newer = run.edition.scenario.editions.filter(number__gt=run.edition.number).exists()
    answer = _read(result) if result else None
    return RunPage(
        run=run,
        result=result,
        answer=answer,
        is_old=result is not None and answer is None,
        edition_is_old=is_old(run.edition),
        lines=tuple(map(line, result.lines)) if result and answer else (),
        in_vain=result is None and (run.job_id is None or has_ended(run.job_id)),
        same=same,
        other=other,
        newer=newer,
        may_make=may_make(by, run.edition.scenario.unit_id),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What a run found; None where another version of the model found it. ``is_refused``: the base rates disagreed, and nobody
    went on."""

    run: Run
    found: Answer | Refused | None

    @property
    def is_refused(self) -> bool:
        return isinstance(self.found, Refused)


def latest_answer(scenario: Scenario) -> Told | None:
    results = RunResult.objects.filter(run__edition__scenario=scenario).select_related("run")
    latest = results.order_by("-id").first()
    return None if latest is None else Told(latest.run, _read(latest))


def _read(result: RunResult) -> Answer | Refused | None:
    """None for what another version of the model kept."""
    try:
        return from_plain(result.answer)
    except (OldAnswer, OldScenario):
        return None


def result_of(run: Run) -> RunResult | None:
    return run.results.order_by("id").first()


def _again(run: Run, result: RunResult) -> tuple[int, int]:
    alike = Run.objects.filter(inputs=run.inputs, versions=run.versions).exclude(pk=run.pk)
    found = [result_of(each) for each in alike]
    done = [each.answer for each in found if each is not None]
    same = sum(each == result.answer for each in done)
    return same, len(done) - same
