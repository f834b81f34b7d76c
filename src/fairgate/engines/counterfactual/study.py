"""One scenario and some policies, ready to be lived through: waits computed once, then as many runs as questions need."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import Values, acting
from fairgate.engines.counterfactual.beliefs import central, possible
from fairgate.engines.counterfactual.crews import Crew, Here, OnProgress
from fairgate.engines.counterfactual.lots import STEADY, check_steady, review_load
from fairgate.engines.counterfactual.months import live_through
from fairgate.engines.counterfactual.policies import TODAY, Policy
from fairgate.engines.counterfactual.scenario import Scenario, standard
from fairgate.engines.counterfactual.terms import terms
from fairgate.engines.counterfactual.waits import Waits, waits

QUEUE = (
    "plant.reviewers",
    "plant.review_variation",
)  # what changes the shape of waits, and not only the load


@dataclass(frozen=True, eq=False)
class Overload:
    """A policy whose reviewers can't keep up: hours of review per hour they have, and how many would do."""

    policy: str
    load: float
    reviewers: int
    needed: int


@dataclass(frozen=True, eq=False)
class Study:
    """``policies`` are compared, the first being the one others are held against. Errors on use: CannotKeepUp where
    the reviewers can't keep up as things are today."""

    scenario: Scenario
    policies: tuple[Policy, ...]
    months: int = 180
    seed: int = 1
    crew: Crew = Here()  # noqa: RUF009  (it holds nothing but a number)

    @cached_property
    def waits(self) -> dict[str, Waits]:
        """By policy, with today's always among them."""
        check_steady(self.scenario, TODAY)
        every = list({one.name: one for one in (TODAY, *self.policies)}.values())
        made = self.crew.work(_waits, [(self.scenario, one, self.seed) for one in every])
        return dict(zip((one.name for one in every), made, strict=True))

    def at(
        self, overrides: Iterable[Mapping[str, float]], replicates: int, policies: Sequence[Policy] = ()
    ) -> NDArray[np.void]:
        """Outcomes ``[overrides, policies, replicates]``. Every set reads the same draws, so that a curve over a
        parameter is smooth."""
        every, chosen = list(overrides), tuple(policies or self.policies)
        self.check(every)
        columns = self._terms(central(self.scenario, every), chosen, every)
        flat = columns.reshape(1, -1)  # policies of one set share their draws: make all sets one set
        out = live_through(flat, months=self.months, replicates=replicates, seed=self.seed, crew=self.crew)
        return np.asarray(out[0]).reshape(len(every), len(chosen), replicates)

    def by_chance(self, replicates: int, on_progress: OnProgress | None = None) -> NDArray[np.void]:
        """Every parameter at its value: what chance alone does. ``[policies, replicates]``"""
        columns = self._terms(central(self.scenario), self.policies)
        out = live_through(
            columns,
            months=self.months,
            replicates=replicates,
            seed=self.seed,
            crew=self.crew,
            on_progress=on_progress,
        )
        return np.asarray(out[0])

    def held_possible(
        self,
        sets: int,
        replicates: int,
        *,
        policies: Sequence[Policy] = (),
        months: int | None = None,
        on_progress: OnProgress | None = None,
    ) -> NDArray[np.void]:
        """Parameters drawn from what is held possible, chance within each set. ``[sets, policies, replicates]``"""
        columns = self._terms(possible(self.scenario, sets, self.seed), tuple(policies or self.policies))
        return live_through(
            columns,
            months=months or self.months,
            replicates=replicates,
            seed=self.seed + 1 if self.seed < 2**64 - 1 else 0,
            crew=self.crew,
            on_progress=on_progress,
        )

    @property
    def overloads(self) -> tuple[Overload, ...]:
        """Policies among ours whose reviewers can't keep up."""
        found = []
        reviewers = int(self.scenario["plant.reviewers"])
        for one in self.policies:
            _, load = review_load(central(self.scenario), acting(one, central(self.scenario)))
            if load[0] >= STEADY:
                found.append(
                    Overload(one.name, float(load[0]), reviewers, int(load[0] * reviewers / STEADY) + 1)
                )
        return tuple(found)

    def check(self, overrides: Iterable[Mapping[str, float]]) -> None:
        """Errors: BadParameter, UnknownParameter for values the scenario would refuse."""
        for over in overrides:
            self.scenario.changed({name: {"value": float(value)} for name, value in over.items()})

    def _terms(
        self, values: Values, chosen: Sequence[Policy], overrides: Sequence[Mapping[str, float]] = ()
    ) -> NDArray[np.void]:
        every = {**self.waits}
        for one in chosen:
            if one.name not in every:
                every[one.name] = _waits((self.scenario, one, self.seed))
        made = terms(chosen, values, [every[one.name] for one in chosen], every[TODAY.name])
        for place, over in enumerate(overrides):
            if any(name in QUEUE for name in over):  # another queue: slower, and rare
                made[place] = self._with_own_queue(values, chosen, place, over)
        return made

    def _with_own_queue(
        self, values: Values, chosen: Sequence[Policy], place: int, over: Mapping[str, float]
    ) -> NDArray[np.void]:
        """One row, with waits of its own."""
        other = self.scenario.changed({name: {"value": float(value)} for name, value in over.items()})
        own = Study(other, tuple(chosen), self.months, self.seed, self.crew).waits
        row = {name: array[place : place + 1] for name, array in values.items()}
        return np.asarray(terms(chosen, row, [own[one.name] for one in chosen], own[TODAY.name])[0])


def _waits(task: tuple[Scenario, Policy, int]) -> Waits:
    scenario, one, seed = task
    return _kept(tuple(scenario.values().items()), one, seed)


@lru_cache(maxsize=64)
def _kept(values: tuple[tuple[str, float], ...], one: Policy, seed: int) -> Waits:
    """Worked out once: they follow from the central values alone, and several questions are asked of one scenario."""
    scenario = standard().changed({name: {"value": value} for name, value in values})
    return waits(scenario, one, seed=seed)
