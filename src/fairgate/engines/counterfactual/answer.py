"""The whole answer: the base-rate check first, the threshold before the illustrations."""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.base_rates import BaseRates, Observed, check_base_rates
from fairgate.engines.counterfactual.beliefs import possible
from fairgate.engines.counterfactual.break_even import BreakEven, Crossing, break_even
from fairgate.engines.counterfactual.crews import Crew, Here
from fairgate.engines.counterfactual.differences import Difference, differences
from fairgate.engines.counterfactual.errors import BadParameter
from fairgate.engines.counterfactual.outcomes import Outcome, outcome, ranking
from fairgate.engines.counterfactual.policies import COMPARED, TODAY, Policy, policy
from fairgate.engines.counterfactual.scenario import Scenario
from fairgate.engines.counterfactual.spreads import BAND, figure
from fairgate.engines.counterfactual.study import Overload, Study
from fairgate.engines.counterfactual.tornado import Tornado, tornado

ANSWERS = 3
"""Version of what an answer holds, counted up when a figure means something else."""
INNER = 20  # businesses in each set of values held possible
FEWEST_SETS = 50
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
        for turn in self.turns(against):
            if turn.above == self.curve(against).policy:
                return turn.value, turn.low, turn.high
        return None

    def curve(self, against: str) -> BreakEven:
        return next(one for one in self.curves if one.against == against)

    def turns(self, against: str) -> tuple[Crossing, ...]:
        """Every crossing, in lots per 1,000, lowest first."""
        found = [one for one in self.curves if one.against == against]
        crossings = found[0].crossings if found else ()
        return tuple(
            Crossing(self._scaled(one.value), self._scaled(one.low), self._scaled(one.high), one.above)
            for one in crossings
        )

    def winner(self, against: str, low: float, high: float) -> str | None:
        """The policy that is worth more wherever between ``low`` and ``high`` in 1,000 lots the truth lies, chance allowed for;
        None where that can't be said."""
        curve = self.curve(against)
        if curve.shape == "tie":
            return None
        turns = self.turns(against)
        if any(one.low <= high and low <= one.high for one in turns):
            return None
        below = [one for one in turns if one.high < low]
        if below:
            return below[-1].above
        return _other(curve, turns[0].above) if turns else curve.throughout

    def _scaled(self, rate: float) -> float:
        return 1000 * self.serious_share * rate

    def searched(self) -> tuple[float, float]:
        """The range that was looked through, in lots per 1,000."""
        values = self.curves[0].values
        return self._scaled(values[0]), self._scaled(values[-1])


def _other(curve: BreakEven, name: str) -> str:
    return curve.against if name == curve.policy else curve.policy


@dataclass(frozen=True)
class Refused:
    """The base-rate check failed and nobody overrode it: no counterfactual is shown."""

    scenario: Scenario
    base_rates: BaseRates


@dataclass(frozen=True)
class Answer:
    """Everything a page needs. ``override`` is the reason given for going on although the base-rate check failed, to be
    printed on every page; ``""`` where none was needed. ``threshold`` is against the first policy, ``differences`` are
    of every pair (see `against`).
    ``apart``: of the two policies worth most, ``best`` is worth more than ``second`` by more than chance explains.
    ``tornados``: one assumption at a time, the others at their values: of today's checks against nobody first, then of the
    two worth most where those are others. ``flips`` are break-even lines of what can change the order of those two."""

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
    apart: bool
    tornados: tuple[Tornado, ...]
    flips: tuple[BreakEven, ...]
    overloads: tuple[Overload, ...]

    @property
    def pays(self) -> float | None:
        """In which share of the sets held possible today's checks are worth more than nobody's; None where that wasn't asked."""
        found = [
            one for one in self.differences
            if (one.policy, one.against, one.figure) == ("nobody", TODAY.name, "worth")
        ]  # fmt: skip
        return 1 - found[0].above if found else None

    def against(self, policy: str, other: str) -> tuple[Difference, ...]:
        """``policy`` less ``other``, figure by figure; nothing where they are the same."""
        pairs = [one for one in self.differences if {one.policy, one.against} == {policy, other}]
        return tuple(one if one.policy == policy else one.mirrored() for one in pairs)

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
    sets = max(FEWEST_SETS, replicates // INNER)
    chance = study.by_chance(replicates, lambda done, all_: tell("chance", done, all_))
    held = study.held_possible(
        sets, max(10, replicates // sets), on_progress=lambda d, a: tell("possible", d, a)
    )
    outcomes = tuple(outcome(one.name, held[:, place], study.months) for place, one in enumerate(chosen))
    tell("tornado", 0, 1)
    first, second = _top(chosen, outcomes)
    tornados = _tornados(study, first, second, few)
    tell("flips", 0, 1)
    flips = _flips(study, tornados[-1], few) if first.name != second.name else ()
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
        apart=_are_apart(held[:, chosen.index(first)], held[:, chosen.index(second)]),
        tornados=tornados,
        flips=flips,
        overloads=study.overloads,
    )


def _are_apart(best: NDArray[np.void], second: NDArray[np.void]) -> bool:
    """Paired, at 95%."""
    apart = figure(best["worth"] - second["worth"])
    return apart.middle > 1.96 * apart.error


def _tornados(study: Study, first: Policy, second: Policy, replicates: int) -> tuple[Tornado, ...]:
    nobody = policy("nobody")
    made = [tornado(study, TODAY, nobody, replicates=replicates)]
    if first.name != second.name and (first.name, second.name) != (TODAY.name, nobody.name):
        made.append(tornado(study, first, second, replicates=replicates))
    return tuple(made)


def _flips(study: Study, of: Tornado, replicates: int) -> tuple[BreakEven, ...]:
    """Lines of the three widest swings that change the order."""
    first, second = policy(of.policy), policy(of.against)
    return tuple(
        break_even(
            study, swing.parameter, first, [second], replicates=replicates, span=(swing.low, swing.high)
        )[0]
        for swing in [one for one in of.swings if one.flips][:3]
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
