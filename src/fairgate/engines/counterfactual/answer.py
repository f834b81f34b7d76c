"""The whole answer: the base-rate check first, the threshold before the illustrations."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fairgate.engines.counterfactual.base_rates import BaseRates, Observed, check_base_rates
from fairgate.engines.counterfactual.beliefs import possible
from fairgate.engines.counterfactual.break_even import BreakEven, break_even
from fairgate.engines.counterfactual.crews import Crew, Here
from fairgate.engines.counterfactual.differences import Difference, differences
from fairgate.engines.counterfactual.errors import BadParameter
from fairgate.engines.counterfactual.outcomes import BAND, Outcome, outcome, ranking
from fairgate.engines.counterfactual.policies import COMPARED, TODAY, Policy, policy
from fairgate.engines.counterfactual.scenario import Scenario
from fairgate.engines.counterfactual.study import Overload, Study
from fairgate.engines.counterfactual.tornado import Swing, tornado

SETS = 200  # sets of values held possible
OnStage = Callable[[str, int, int], None]
"""Called with (code of the stage, parts done, parts in all)."""
STAGES = ("waits", "base_rates", "threshold", "chance", "possible", "tornado", "flips")


@dataclass(frozen=True, slots=True)
class Threshold:
    """Today's checks against each other way, along the initial rate of flawed lots. In lots per 1,000 that would be
    *seriously* wrong without checks: ``per_thousand`` is the break-even for each policy (None: none in the range), with its
    interval of chance; ``records_low`` to ``records_high`` the middle 90% of what records and beliefs say."""

    curves: tuple[BreakEven, ...]
    serious_share: float
    records_low: float
    records_high: float

    def per_thousand(self, against: str) -> tuple[float, float, float] | None:
        """(value, low, high), at the first crossing beyond which today's checks are worth more."""
        for curve in self.curves:
            if curve.against == against:
                for crossing in curve.crossings:
                    if crossing.above == curve.policy:
                        a, b, c = (
                            1000 * self.serious_share * x
                            for x in (crossing.value, crossing.low, crossing.high)
                        )
                        return a, b, c
        return None

    def searched(self) -> tuple[float, float]:
        """The range that was looked through, in lots per 1,000."""
        values = self.curves[0].values
        return 1000 * self.serious_share * values[0], 1000 * self.serious_share * values[-1]


@dataclass(frozen=True)
class Refused:
    """The base-rate check failed and nobody overrode it: no counterfactual is shown."""

    scenario: Scenario
    base_rates: BaseRates


@dataclass(frozen=True)
class Answer:
    """Everything a page needs. ``override`` is the reason given for going on although the base-rate check failed, to be
    printed on every page; ``""`` where none was needed. ``differences`` and ``threshold`` are against the first policy.
    ``swings`` compare the two policies worth most, ``flips`` are break-even lines of what can change their order.
    """

    scenario: Scenario
    policies: tuple[str, ...]
    years: float
    replicates: int
    sets: int
    seed: int
    base_rates: BaseRates
    override: str
    threshold: Threshold
    outcomes: tuple[Outcome, ...]
    differences: tuple[Difference, ...]
    best: str
    second: str
    swings: tuple[Swing, ...]
    flips: tuple[BreakEven, ...]
    overloads: tuple[Overload, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line and of stored runs."""
        plain = {
            name: _plain(getattr(self, name)) for name in self.__dataclass_fields__ if name != "scenario"
        }
        return {"scenario": self.scenario.to_dict(), **plain}


def ask(
    scenario: Scenario,
    policies: Sequence[Policy] = COMPARED,
    *,
    years: float = 15,
    replicates: int = 4000,
    seed: int = 1,
    observed: Sequence[Observed] = (),
    override: str = "",
    crew: Crew | None = None,
    on_stage: OnStage | None = None,
) -> Answer | Refused:
    """Errors: CounterfactualError for a scenario that can't be simulated (see `errors`)."""
    tell = on_stage or (lambda *_: None)
    if not (math.isfinite(years) and 1 / 12 <= years <= 100):
        raise BadParameter("years", f"{years:g}", "a number from 1/12 to 100")
    if not 100 <= replicates <= 1_000_000:
        raise BadParameter("replicates", replicates, "a whole number from 100 to 1000000")
    chosen = tuple({one.name: one for one in (TODAY, *policies)}.values())
    study = Study(scenario, chosen, round(12 * years), seed, crew or Here())
    tell("waits", 0, 1)
    study.waits  # noqa: B018  (computed once, here)
    tell("base_rates", 0, 1)
    rates = check_base_rates(study, observed)
    if not rates.agrees and not override.strip():
        return Refused(scenario, rates)
    tell("threshold", 0, 1)
    few = max(100, replicates // 4)
    threshold = _threshold(study, few)
    sets = min(SETS, max(20, replicates // 20))
    chance = study.by_chance(replicates, lambda done, all_: tell("chance", done, all_))
    held = study.held_possible(
        sets, max(10, replicates // sets), on_progress=lambda d, a: tell("possible", d, a)
    )
    outcomes = tuple(
        outcome(one.name, chance[place], held[:, place], study.months) for place, one in enumerate(chosen)
    )
    tell("tornado", 0, 1)
    first, second = _top(chosen, outcomes)
    swings = tornado(study, first, second, replicates=few) if first.name != second.name else ()
    tell("flips", 0, 1)
    flips = tuple(
        break_even(study, swing.parameter, first, [second], replicates=few, span=(swing.low, swing.high))[0]
        for swing in [one for one in swings if one.flips][:3]
    )
    return Answer(
        scenario=scenario,
        policies=tuple(one.name for one in chosen),
        years=study.months / 12,
        replicates=replicates,
        sets=sets,
        seed=seed,
        base_rates=rates,
        override="" if rates.agrees else override.strip(),
        threshold=threshold,
        outcomes=outcomes,
        differences=differences(chosen, chance, held),
        best=first.name,
        second=second.name,
        swings=swings,
        flips=flips,
        overloads=study.overloads,
    )


def _threshold(study: Study, replicates: int) -> Threshold:
    """Against nobody always, and against every other policy compared that leaves the licence."""
    others = {one.name: one for one in (policy("nobody"), *study.policies[1:]) if not one.licence_ends}
    serious = study.scenario["quality.major"] + study.scenario["quality.critical"]
    span = (1e-4, max(0.3, study.scenario["quality.flawed"]))
    curves = break_even(
        study, "quality.flawed", TODAY, tuple(others.values()), replicates=replicates, span=span
    )
    values = possible(study.scenario, 4000, study.seed)
    held = values["quality.flawed"] * (values["quality.major"] + values["quality.critical"])
    low, high = np.quantile(held, BAND)
    return Threshold(curves, serious, 1000 * float(low), 1000 * float(high))


def _top(chosen: Sequence[Policy], outcomes: Sequence[Outcome]) -> tuple[Policy, Policy]:
    by_name = {one.name: one for one in chosen}
    order = [by_name[one.policy] for one in ranking(outcomes) if not by_name[one.policy].licence_ends]
    return order[0], order[1] if len(order) > 1 else order[0]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(item) for name, item in asdict(value).items()}
    return value
