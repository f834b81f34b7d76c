"""Which assumption the answer hangs on: one parameter at a time from its 5% to its 95% point, the rest at their values.

The answer is the ranking of two policies by worth; a parameter flips it if the difference changes sign on the way. A number
without a range is no less doubtful for that: it is tried at half and at double (shares: half and double odds), and marked.
"""

from dataclasses import dataclass

import numpy as np

from fairgate.engines.counterfactual.errors import CannotKeepUp
from fairgate.engines.counterfactual.lots import check_steady
from fairgate.engines.counterfactual.parameters import BY_NAME
from fairgate.engines.counterfactual.policies import TODAY, Policy
from fairgate.engines.counterfactual.scenario import Z95, Scenario, quantile
from fairgate.engines.counterfactual.study import Study

Z975 = 1.959963984540054
SERIOUS = {"quality.major": "quality.critical", "quality.critical": "quality.major"}
LOOKS = (
    4  # a first look at every number takes one part in so many of the replicates; the widest get all of them
)
WIDEST = 20


@dataclass(frozen=True, slots=True)
class Swing:
    """Worth of one policy minus that of the other with ``parameter`` at ``low`` and at ``high``; ``flips`` if those differ in
    sign by more than 1.96 standard errors each. ``tried``: no range was given, so it is half and double."""

    parameter: str
    low: float
    high: float
    at_low: float
    at_high: float
    error: float
    flips: bool
    tried: bool = False

    @property
    def width(self) -> float:
        return abs(self.at_high - self.at_low)

    @property
    def crosses(self) -> bool:
        """The sign differs, but chance may have made that."""
        return self.at_low * self.at_high < 0 and not self.flips


@dataclass(frozen=True, slots=True)
class Tornado:
    """Swings of the worth of ``policy`` minus that of ``against``, widest first."""

    policy: str
    against: str
    swings: tuple[Swing, ...]


Ends = dict[str, tuple[float, float]]


def tornado(study: Study, policy: Policy, against: Policy, *, replicates: int) -> Tornado:
    """Every number that can be doubted: a first look at all, a close one at the widest."""
    ends = ends_of(study.scenario)
    first = _swings(study, ends, policy, against, max(100, replicates // LOOKS))
    close = {swing.parameter: ends[swing.parameter] for swing in first[:WIDEST]}
    looked = _swings(study, close, policy, against, replicates) if close else ()
    rest = first[WIDEST:]
    return Tornado(policy.name, against.name, tuple(sorted((*looked, *rest), key=_order)))


def ends_of(scenario: Scenario) -> Ends:
    """From where to where each number goes; those that can't move are left out."""
    ends = {name: _held(scenario, name) for name in scenario.uncertain()}
    ends |= {name: _tried(scenario, name) for name in scenario.certain()}
    within = {name: _within(scenario, name, low, high) for name, (low, high) in ends.items()}
    return {name: (low, high) for name, (low, high) in within.items() if low < high}


def _swings(study: Study, ends: Ends, policy: Policy, against: Policy, replicates: int) -> tuple[Swing, ...]:
    overrides = [{name: value} for name, both in ends.items() for value in both]
    if not overrides:
        return ()
    worth = study.at(overrides, replicates, [policy, against])["worth"]
    apart = worth[:, 0] - worth[:, 1]
    means, errors = apart.mean(axis=1), apart.std(axis=1, ddof=1) / np.sqrt(replicates)
    known = set(study.scenario.certain())
    swings = []
    for place, (name, both) in enumerate(ends.items()):
        low, high = float(means[2 * place]), float(means[2 * place + 1])
        error = float(max(errors[2 * place], errors[2 * place + 1]))
        flips = low * high < 0 and min(abs(low), abs(high)) > Z975 * error
        swings.append(Swing(name, *both, low, high, error, flips, name in known))
    return tuple(sorted(swings, key=_order))


def _order(swing: Swing) -> tuple[float, str]:
    return -swing.width, swing.parameter


def _held(scenario: Scenario, name: str) -> tuple[float, float]:
    """5% and 95% points."""
    if name in scenario.joint:
        low, high = np.quantile(scenario.joint[name], (0.05, 0.95))
        return float(low), float(high)
    held = quantile(BY_NAME[name], scenario.belief(name), np.array([-Z95, Z95]))
    return float(held[0]), float(held[1])


def _tried(scenario: Scenario, name: str) -> tuple[float, float]:
    """Half and double; of a share the odds, so that it stays one, and of the whole the half."""
    spec, value = BY_NAME[name], scenario[name]
    low, high = sorted((value / 2, value * 2))
    if spec.scale == "share" and value < 1:
        odds = value / (1 - value)
        low, high = odds / 2 / (1 + odds / 2), 2 * odds / (1 + 2 * odds)
    if spec.scale == "count":
        low = float(np.floor(low))
    low, high = max(low, spec.least), min(high, spec.most)
    return (low if _keeps_up(scenario, name, low) else value), (
        high if _keeps_up(scenario, name, high) else value
    )


def _keeps_up(scenario: Scenario, name: str, value: float) -> bool:
    """Whether reviewers do, under today's checks: else there is nothing to compare."""
    try:
        check_steady(_put(scenario, name, value), TODAY)
    except CannotKeepUp:
        return False
    return True


def _put(scenario: Scenario, name: str, value: float) -> Scenario:
    return scenario.changed({name: {"value": min(value, _room(scenario, name))}})


def _within(scenario: Scenario, name: str, low: float, high: float) -> tuple[float, float]:
    """Two shares stay below 1 together."""
    room = _room(scenario, name)
    return min(low, room), min(high, room)


def _room(scenario: Scenario, name: str) -> float:
    return 1 - scenario[SERIOUS[name]] if name in SERIOUS else BY_NAME[name].most
