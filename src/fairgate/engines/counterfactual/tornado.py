"""Which assumption the answer hangs on: one parameter at a time from its 5% to its 95% point, the rest at their values.

The answer is the ranking of two policies by worth; a parameter flips it if the difference changes sign on the way.
"""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.counterfactual.parameters import BY_NAME
from fairgate.engines.counterfactual.policies import Policy
from fairgate.engines.counterfactual.scenario import Z95, quantile
from fairgate.engines.counterfactual.study import Study


@dataclass(frozen=True, slots=True)
class Swing:
    """Worth of one policy minus that of the other with ``parameter`` at ``low`` and at ``high``; ``flips`` if those differ in
    sign by more than 1.96 standard errors each."""

    parameter: str
    low: float
    high: float
    at_low: float
    at_high: float
    error: float
    flips: bool

    @property
    def width(self) -> float:
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True, slots=True)
class Tornado:
    """Swings of the worth of ``policy`` minus that of ``against``, widest first."""

    policy: str
    against: str
    swings: tuple[Swing, ...]


def tornado(study: Study, policy: Policy, against: Policy, *, replicates: int) -> Tornado:
    """Without swings where nothing is uncertain."""
    names = study.scenario.uncertain()
    swings = _swings(study, names, policy, against, replicates) if names else ()
    return Tornado(policy.name, against.name, swings)


def _swings(
    study: Study, names: tuple[str, ...], policy: Policy, against: Policy, replicates: int
) -> tuple[Swing, ...]:
    ends = {name: _ends(study, name) for name in names}
    # The other end is kept in its range where two shares must stay below 1 together.
    overrides = [{name: value} for name in names for value in ends[name]]
    worth = study.at(overrides, replicates, [policy, against])["worth"]
    apart = worth[:, 0] - worth[:, 1]
    means, errors = apart.mean(axis=1), apart.std(axis=1, ddof=1) / np.sqrt(replicates)
    swings = []
    for place, name in enumerate(names):
        low, high = float(means[2 * place]), float(means[2 * place + 1])
        error = float(max(errors[2 * place], errors[2 * place + 1]))
        flips = low * high < 0 and min(abs(low), abs(high)) > 1.96 * error
        swings.append(Swing(name, *ends[name], low, high, error, flips))
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.parameter)))


def _ends(study: Study, name: str) -> tuple[float, float]:
    """5% and 95% points."""
    if name in study.scenario.joint:
        low, high = np.quantile(study.scenario.joint[name], (0.05, 0.95))
        return float(low), float(high)
    held = quantile(BY_NAME[name], study.scenario.belief(name), np.array([-Z95, Z95]))
    return float(held[0]), float(held[1])
