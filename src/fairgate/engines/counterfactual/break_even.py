"""Where two policies are worth the same, along any parameter.

All points of a curve and both policies read the same draws, so the difference in worth is a smooth line with little
noise. A first grid finds changes of sign, a second one inside each of them narrows it, a straight line gives the place.
Its 95% interval is that of chance: 1.96 standard errors of the difference over the slope of the line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.errors import BadParameter
from fairgate.engines.counterfactual.parameters import BY_NAME, Parameter
from fairgate.engines.counterfactual.policies import Policy
from fairgate.engines.counterfactual.scenario import Scenario
from fairgate.engines.counterfactual.spreads import Array
from fairgate.engines.counterfactual.study import Study

FIRST_POINTS, SECOND_POINTS = 13, 5
FARTHEST = 700.0  # exp() of more is no number
Shape = Literal["above", "below", "several", "more", "less", "tie"]
"""Worth more above one crossing, below one, on several stretches, at every value, at none; or nobody can tell at any."""


@dataclass(frozen=True, slots=True)
class Crossing:
    """``value`` where the two are worth the same, with its interval of chance. ``above``: the policy that is worth more
    beyond it."""

    value: float
    low: float
    high: float
    above: str


@dataclass(frozen=True, slots=True)
class BreakEven:
    """Along ``parameter``, from ``values[0]`` to ``values[-1]``: worth of ``policy`` minus that of ``against``, with standard
    errors. ``crossings`` is empty where one is worth more throughout: then ``throughout`` names it; or where chance hides any
    difference at every value: then nobody is named."""

    parameter: str
    policy: str
    against: str
    values: tuple[float, ...]
    differences: tuple[float, ...]
    errors: tuple[float, ...]
    crossings: tuple[Crossing, ...]
    throughout: str | None

    @property
    def shape(self) -> Shape:
        """What the line says of ``policy``."""
        if _is_tie(np.array(self.differences), np.array(self.errors)):
            return "tie"
        if not self.crossings:
            return "more" if self.throughout == self.policy else "less"
        if len(self.crossings) > 1:
            return "several"
        return "above" if self.crossings[0].above == self.policy else "below"


def break_even(
    study: Study,
    parameter: str,
    policy: Policy,
    against: Sequence[Policy],
    *,
    replicates: int,
    span: tuple[float, float] | None = None,
) -> tuple[BreakEven, ...]:
    """``policy`` against each of the others. Errors: UnknownParameter; BadParameter for a span outside the range."""
    study.scenario.belief(parameter)
    spec = BY_NAME[parameter]
    low, high = _span(study.scenario, spec, span)
    grid = _grid(spec, low, high, FIRST_POINTS)
    apart, errors = _apart(study, parameter, grid, policy, against, replicates)
    return tuple(
        _one(study, spec, grid, apart[:, place], errors[:, place], policy, other, replicates)
        for place, other in enumerate(against)
    )


def _one(
    study: Study,
    spec: Parameter,
    grid: Array,
    apart: Array,
    errors: Array,
    policy: Policy,
    other: Policy,
    replicates: int,
) -> BreakEven:
    shown = tuple(map(float, grid)), tuple(map(float, apart)), tuple(map(float, errors))
    if _is_tie(apart, errors):  # changes of sign would be those of chance
        return BreakEven(spec.name, policy.name, other.name, *shown, (), None)
    crossings = []
    for place in _turns(apart):
        near = slice(place, place + 2)
        found = _crossings(spec, grid[near], apart[near], errors[near], policy, other)
        inner = _grid(spec, grid[place], grid[place + 1], SECOND_POINTS)
        if len(inner) > 2:
            closer, closer_errors = _apart(study, spec.name, inner, policy, [other], 2 * replicates)
            # With more replicates the change may move just out of the cell: then the first look stands.
            found = _crossings(spec, inner, closer[:, 0], closer_errors[:, 0], policy, other) or found
        crossings += found
    throughout = None if crossings else (policy.name if apart.sum() > 0 else other.name)
    return BreakEven(spec.name, policy.name, other.name, *shown, tuple(crossings), throughout)


def _is_tie(apart: Array, errors: Array) -> bool:
    """Chance alone explains every difference; also where there is none."""
    return bool(np.all(np.abs(apart) <= 1.96 * errors))


def _turns(apart: Array) -> NDArray[np.intp]:
    """Places before a change of sign; nothing is above 0, and below it."""
    return np.flatnonzero((apart[1:] < 0) != (apart[:-1] < 0))


def _apart(
    study: Study, name: str, grid: Array, policy: Policy, against: Sequence[Policy], replicates: int
) -> tuple[Array, Array]:
    """Differences in worth and their errors, ``[points, others]``."""
    worth = study.at([{name: float(value)} for value in grid], replicates, [policy, *against])["worth"]
    apart = worth[:, :1] - worth[:, 1:]
    return apart.mean(axis=2), apart.std(axis=2, ddof=1) / math.sqrt(replicates)


def _crossings(
    spec: Parameter, grid: Array, apart: Array, errors: Array, policy: Policy, other: Policy
) -> list[Crossing]:
    found = []
    x = np.array([_to(spec, float(value)) for value in grid])
    for k in _turns(apart):
        slope = (apart[k + 1] - apart[k]) / (x[k + 1] - x[k])
        at = x[k] - apart[k] / slope
        wide = abs(1.96 * max(errors[k], errors[k + 1]) / slope)
        low, value, high = (_inside(spec, place) for place in (at - wide, at, at + wide))
        found.append(Crossing(value, low, high, policy.name if slope > 0 else other.name))
    return found


def _span(scenario: Scenario, spec: Parameter, span: tuple[float, float] | None) -> tuple[float, float]:
    """What was asked for, or far to both sides of the value: 30-fold odds or amounts, the whole range of others."""
    if span is None:
        value = scenario[spec.name]
        if spec.scale in ("real", "count") or value in (spec.least, spec.most):
            wide = max(10.0, 4 * value) if spec.scale == "count" else spec.most
            return spec.least, min(spec.most, wide)
        low, high = (_from(spec, _to(spec, value) + side * math.log(30)) for side in (-1, 1))
        return max(low, spec.least), min(high, spec.most)
    low, high = span
    if not spec.least <= low < high <= spec.most:
        raise BadParameter(spec.name, f"from {low:g} to {high:g}", f"a span inside {spec.range}")
    return low, high


def _grid(spec: Parameter, low: float, high: float, points: int) -> Array:
    if spec.scale == "count":
        return np.unique(np.round(np.linspace(low, high, points)))
    inside = np.array([_from(spec, x) for x in np.linspace(_to(spec, low), _to(spec, high), points)])
    inside[0], inside[-1] = low, high
    return np.asarray(np.clip(inside, spec.least, spec.most))


def _to(spec: Parameter, value: float) -> float:
    """The line parameters are spread over: log-odds, logarithms, or as they are; ends held a little inside."""
    if spec.scale == "share":
        held = min(max(value, 1e-6), 1 - 1e-6)
        return math.log(held / (1 - held))
    return math.log(max(value, 1e-9)) if spec.scale == "positive" else value


def _inside(spec: Parameter, x: float) -> float:
    """Where chance reaches beyond what the parameter may be, the end of its range."""
    return min(max(_from(spec, min(max(x, -FARTHEST), FARTHEST)), spec.least), spec.most)


def _from(spec: Parameter, x: float) -> float:
    if spec.scale == "share":
        return 1 / (1 + math.exp(-x))
    return math.exp(x) if spec.scale == "positive" else x
