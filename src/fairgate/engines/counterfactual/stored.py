"""An answer as plain numbers and text, and back: what a stored run or another program keeps of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fairgate.engines.counterfactual.answer import Answer, Refused, Threshold
from fairgate.engines.counterfactual.base_rates import BaseRates, Checked
from fairgate.engines.counterfactual.break_even import BreakEven, Crossing
from fairgate.engines.counterfactual.differences import Difference
from fairgate.engines.counterfactual.outcomes import Alive, Figure, Outcome
from fairgate.engines.counterfactual.scenario import from_dict
from fairgate.engines.counterfactual.study import Overload
from fairgate.engines.counterfactual.tornado import Swing

FIGURES = ("worth", "out_first", "serious_first", "out_early")
Plain = Mapping[str, Any]


def plain(found: Answer | Refused) -> dict[str, Any]:
    """What JSON can say; ``refused`` is there either way."""
    if isinstance(found, Refused):
        return {"refused": True, "scenario": found.scenario.to_dict(), "base_rates": asdict(found.base_rates)}
    return {"refused": False, **found.to_dict()}


def from_plain(kept: Plain) -> Answer | Refused:
    """The same answer again. Errors: those of `from_dict`, for what another version kept."""
    scenario, rates = from_dict(kept["scenario"]), _rates(kept["base_rates"])
    if kept["refused"]:
        return Refused(scenario, rates)
    same = ("years", "replicates", "sets", "seed", "override", "best", "second")
    return Answer(
        scenario=scenario,
        policies=tuple(kept["policies"]),
        base_rates=rates,
        threshold=_threshold(kept["threshold"]),
        outcomes=tuple(map(_outcome, kept["outcomes"])),
        differences=tuple(Difference(**one) for one in kept["differences"]),
        swings=tuple(Swing(**one) for one in kept["swings"]),
        flips=tuple(map(line, kept["flips"])),
        apart=kept.get("apart"),
        headline=tuple(Swing(**one) for one in kept.get("headline", ())),
        overloads=tuple(Overload(**one) for one in kept["overloads"]),
        **{name: kept[name] for name in same},
    )


def line(kept: Plain) -> BreakEven:
    """A break-even line, back from plain numbers."""
    columns = {name: tuple(kept[name]) for name in ("values", "differences", "errors")}
    crossings = tuple(Crossing(**one) for one in kept["crossings"])
    return BreakEven(**{**kept, **columns, "crossings": crossings})


def _rates(kept: Plain) -> BaseRates:
    return BaseRates(tuple(Checked(**one) for one in kept["checked"]))


def _threshold(kept: Plain) -> Threshold:
    return Threshold(**{**kept, "curves": tuple(map(line, kept["curves"]))})


def _outcome(kept: Plain) -> Outcome:
    made = dict(kept)
    made |= {name: Figure(**kept[name]) for name in FIGURES}
    serious = kept["serious_per_thousand"]
    made["serious_per_thousand"] = None if serious is None else Figure(**serious)
    made["alive"] = tuple(Alive(**one) for one in kept["alive"])
    return Outcome(**made)
