"""An answer as plain numbers and text, and back: what a stored run or another program keeps of it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fairgate.engines.counterfactual.answer import ANSWERS, Answer, Refused, Threshold
from fairgate.engines.counterfactual.base_rates import BaseRates, Checked
from fairgate.engines.counterfactual.break_even import BreakEven, Crossing
from fairgate.engines.counterfactual.differences import Difference
from fairgate.engines.counterfactual.errors import OldAnswer
from fairgate.engines.counterfactual.outcomes import Alive, Outcome
from fairgate.engines.counterfactual.scenario import from_dict
from fairgate.engines.counterfactual.spreads import Figure
from fairgate.engines.counterfactual.study import Overload
from fairgate.engines.counterfactual.tornado import Swing, Tornado

Plain = Mapping[str, Any]


def plain(found: Answer | Refused) -> dict[str, Any]:
    """What JSON can say; ``refused`` is there either way."""
    if isinstance(found, Refused):
        told = {"scenario": found.scenario.to_dict(), "base_rates": asdict(found.base_rates)}
        return {"answer": ANSWERS, "refused": True, **told}
    return {"answer": ANSWERS, "refused": False, **found.to_dict()}


def from_plain(kept: Plain) -> Answer | Refused:
    """The same answer again. Errors: OldAnswer, and those of `from_dict`, for what another version kept."""
    if kept.get("answer") != ANSWERS:
        raise OldAnswer(kept.get("answer", "none"), ANSWERS)
    scenario, rates = from_dict(kept["scenario"]), _rates(kept["base_rates"])
    if kept["refused"]:
        return Refused(scenario, rates)
    same = ("years", "replicates", "sets", "seed", "override", "best", "second", "apart")
    return Answer(
        scenario=scenario,
        policies=tuple(kept["policies"]),
        base_rates=rates,
        threshold=_threshold(kept["threshold"]),
        outcomes=tuple(map(_outcome, kept["outcomes"])),
        differences=tuple(Difference(**one) for one in kept["differences"]),
        tornados=tuple(map(_tornado, kept["tornados"])),
        flips=tuple(map(line, kept["flips"])),
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


def _tornado(kept: Plain) -> Tornado:
    return Tornado(**{**kept, "swings": tuple(Swing(**one) for one in kept["swings"])})


def _outcome(kept: Plain) -> Outcome:
    made = {name: _figures(value) for name, value in kept.items()}
    made["alive"] = tuple(Alive(**one) for one in kept["alive"])
    return Outcome(**made)


def _figures(kept: Any) -> Any:
    """A figure, or several by name; whatever else it is, it stays."""
    if not isinstance(kept, Mapping):
        return kept
    if kept.keys() == set(Figure.__dataclass_fields__):
        return Figure(**kept)
    return {name: _figures(value) for name, value in kept.items()}
