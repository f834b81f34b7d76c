"""Scenarios and their editions, as far as somebody may know of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, QuerySet

from fairgate.engines.counterfactual import PARAMETERS, SECTIONS, VERSION, Belief, Parameter, from_dict
from fairgate.engines.counterfactual import Scenario as Held
from fairgate.gate.models import RequestKind, ServiceRequest
from fairgate.gate.queries.doors import decides_in
from fairgate.organisation.models import Process, Unit
from fairgate.people.rules import Role
from fairgate.shared.actor import Actor
from fairgate.whatif.models import Run, RunResult, Scenario, ScenarioEdition
from fairgate.whatif.queries.doors import may_enter, may_make, units_for


def scenarios_for(by: Actor) -> QuerySet[Scenario]:
    """Newest first; raises PermissionDenied for those who have no business here."""
    if not may_enter(by):
        raise PermissionDenied
    found = (
        Scenario.objects.select_related("unit").annotate(edition=Max("editions__number")).order_by("-made_at")
    )
    everywhere = by.is_program or by.has_role(Role.EXECUTIVE, Role.AUDITOR)
    return found if everywhere else found.filter(unit__in=decides_in(by))


@dataclass(frozen=True, slots=True)
class ScenarioList:
    scenarios: QuerySet[Scenario]
    may_make: bool


def list_for(by: Actor) -> ScenarioList:
    """Raises PermissionDenied for those who have no business here."""
    return ScenarioList(scenarios_for(by), bool(units_for(by)) or may_make(by, 0))


def scenario_for(by: Actor, pk: UUID) -> Scenario:
    """Raises ``Scenario.DoesNotExist``, also to those who may not know of it."""
    if not may_enter(by):
        raise Scenario.DoesNotExist
    return scenarios_for(by).get(pk=pk)


def latest_edition(scenario: Scenario) -> ScenarioEdition:
    return scenario.editions.latest("number")


def held_in(edition: ScenarioEdition) -> Held:
    """The scenario runs of this edition live through, without the draws of what is uncertain together."""
    return from_dict(edition.held)


def is_old(edition: ScenarioEdition) -> bool:
    """Written for another version of the model: its numbers may mean something else."""
    return any(document.get("version") != VERSION for document in (edition.held, edition.said))


def old_among(scenarios: Iterable[Scenario]) -> frozenset[UUID]:
    """Those whose latest edition is old."""
    editions = ScenarioEdition.objects.filter(scenario__in=list(scenarios)).order_by("number")
    latest = dict(editions.values_list("scenario", "held__version"))
    return frozenset(pk for pk, version in latest.items() if version != VERSION)


@dataclass(frozen=True, slots=True)
class Line:
    """One parameter as the edition holds it. ``could_be_measured``: records tell, but somebody knows better."""

    parameter: Parameter
    belief: Belief
    could_be_measured: bool


@dataclass(frozen=True, slots=True)
class ScenarioPage:
    """``held`` is None, and ``sections`` empty, where the edition is of another version of the model."""

    scenario: Scenario
    edition: ScenarioEdition
    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    editions: tuple[ScenarioEdition, ...]
    runs: tuple[tuple[Run, RunResult | None], ...]
    may_make: bool
    is_latest: bool
    held: Held | None

    @property
    def is_old(self) -> bool:
        return self.held is None


def scenario_page(by: Actor, pk: UUID, number: int | None = None) -> ScenarioPage:
    """A scenario as its latest edition, or that ``number``, has it. Raises DoesNotExist."""
    scenario = scenario_for(by, pk)
    latest = latest_edition(scenario)
    edition = latest if number is None else scenario.editions.get(number=number)
    held = None if is_old(edition) else held_in(edition)
    runs = Run.objects.filter(edition__scenario=scenario).select_related("edition")[:20]
    return ScenarioPage(
        scenario=scenario,
        edition=edition,
        sections=tuple(_sections(edition, held)) if held else (),
        editions=tuple(scenario.editions.order_by("-number").defer("said", "records", "held")[:50]),
        runs=tuple((run, run.results.order_by("id").first()) for run in runs),
        may_make=may_make(by, scenario.unit_id),
        is_latest=edition.pk == latest.pk,
        held=held,
    )


def _sections(edition: ScenarioEdition, held: Held) -> list[tuple[str, tuple[Line, ...]]]:
    return [
        (
            section,
            tuple(
                Line(one, held.belief(one.name), one.name in edition.own)
                for one in PARAMETERS
                if one.section == section
            ),
        )
        for section in SECTIONS
    ]


@dataclass(frozen=True, slots=True)
class Choosable:
    """What records of a deciding unit may be narrowed to: kinds, units that hand in, processes, by number and name. ``kinds_of``
    are the kinds asked for in each process, the process with most requests first."""

    kinds: tuple[tuple[int, str], ...]
    units: tuple[tuple[int, str], ...]
    processes: tuple[tuple[int, str], ...]
    kinds_of: dict[int, tuple[int, ...]]


def choosable(unit: int) -> Choosable:
    asked = ServiceRequest.objects.filter(deciding_unit=unit).order_by()
    kinds = RequestKind.objects.filter(pk__in=asked.values("kind").distinct())
    units = Unit.objects.filter(pk__in=asked.values("unit").distinct())
    processes = Process.objects.filter(pk__in=asked.values("process").distinct())
    kinds_, units_, processes_ = (
        tuple((it.pk, str(it)) for it in found) for found in (kinds, units, processes)
    )
    return Choosable(kinds_, units_, processes_, _kinds_of(asked))


def _kinds_of(asked: QuerySet[ServiceRequest]) -> dict[int, tuple[int, ...]]:
    """By process, the one with most requests first."""
    rows = asked.exclude(process=None).values_list("process", "kind").annotate(n=Count("pk"))
    found: dict[int, dict[int, int]] = {}
    for process, kind, n in rows:
        found.setdefault(process, {})[kind] = n
    order = sorted(found, key=lambda process: (-sum(found[process].values()), process))
    return {process: tuple(sorted(found[process])) for process in order}


def chosen_in(edition: ScenarioEdition, choosable: Choosable) -> dict[str, Any]:
    """What was chosen and told when the records were counted last; else the process with most requests and all its kinds."""
    window: dict[str, Any] = dict(edition.records["window"]) if edition.records else {}
    if not window and choosable.kinds_of:
        process, kinds = next(iter(choosable.kinds_of.items()))
        window = {"process": process, "kinds": list(kinds)}
    return {**window, **{one["what"]: one["count"] for one in edition.counts}}
