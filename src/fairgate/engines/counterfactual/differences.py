"""Policies against each other, replicate by replicate.

Both read the same draws, so most of chance cancels. The variance factor says how much: [Var(a) + Var(b)] / Var(a - b), how
many times more replicates unpaired runs would need for the same error. It is large for neighbours and near 1 for
policies that lead to different worlds: there pairing buys nothing, and nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.policies import Policy
from fairgate.engines.counterfactual.spreads import Array, figure, share_above

Z975 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Difference:
    """``policy`` minus ``against``, paired: ``middle``, ``low``, ``high`` and ``error`` as in `spreads.Figure`; ``chance_low``
    to ``chance_high`` the 95% interval around ``middle`` that chance leaves; the variance factor of pairing (None where the two
    never differ); ``above``: in which share of the sets ``policy`` has more, ties halved."""

    policy: str
    against: str
    figure: str
    middle: float
    low: float
    high: float
    error: float
    chance_low: float
    chance_high: float
    factor: float | None
    above: float

    @property
    def is_certain(self) -> bool:
        """Chance alone doesn't explain it, and all that is held possible agrees on the sign."""
        return self.chance_low * self.chance_high > 0 and self.low * self.high > 0

    def mirrored(self) -> "Difference":
        """``against`` minus ``policy``."""
        return Difference(
            policy=self.against,
            against=self.policy,
            figure=self.figure,
            middle=-self.middle,
            low=-self.high,
            high=-self.low,
            error=self.error,
            chance_low=-self.chance_high,
            chance_high=-self.chance_low,
            factor=self.factor,
            above=1 - self.above,
        )


FIGURES = ("worth", "months", "out_first", "out_early", "serious")


def differences(
    policies: Sequence[Policy], chance: NDArray[np.void], held: NDArray[np.void]
) -> tuple[Difference, ...]:
    """Each policy against every one before it, those against the first first: ``held`` [sets, policies, replicates]. The variance
    factor is that of the scenario's values, ``chance`` [policies, replicates]."""
    found = []
    for before, against in enumerate(policies):
        for place, policy in enumerate(policies[before + 1 :], before + 1):
            for name in FIGURES:
                factor = variance_factor(_column(chance[place], name), _column(chance[before], name))
                apart = _column(held[:, place], name) - _column(held[:, before], name)
                found.append(_difference(policy.name, against.name, name, apart, factor))
    return tuple(found)


def variance_factor(a: Array, b: Array) -> float | None:
    apart = float((a - b).var(ddof=1))
    return float(a.var(ddof=1) + b.var(ddof=1)) / apart if apart > 0 else None


def _difference(policy: str, against: str, name: str, apart: Array, factor: float | None) -> Difference:
    it = figure(apart)
    left = Z975 * it.error
    return Difference(
        policy=policy,
        against=against,
        figure=name,
        middle=it.middle,
        low=it.low,
        high=it.high,
        error=it.error,
        chance_low=it.middle - left,
        chance_high=it.middle + left,
        factor=factor,
        above=share_above(apart),
    )


def _column(runs: NDArray[np.void], name: str) -> Array:
    """``serious``: seriously flawed lots that went out in all years together."""
    if name == "serious":
        return np.asarray(runs["escaped_major"] + runs["escaped_critical"])
    return np.asarray(runs[name])
