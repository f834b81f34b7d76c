"""Policies against the first one, replicate by replicate.

Both read the same draws, so most of chance cancels. The variance factor says how much: [Var(a) + Var(b)] / Var(a - b), how
many times more replicates unpaired runs would need for the same error. It is large for neighbours and near 1 for
policies that lead to different worlds: there pairing buys nothing, and nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.outcomes import Array, band, share_above
from fairgate.engines.counterfactual.policies import Policy

Z975 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Difference:
    """``policy`` minus ``against``: mean, paired 95% interval of chance, the middle 90% of what is held possible, the variance
    factor (None where the two never differ). ``above``: in which share of the sets held possible ``policy`` has more, ties
    halved; None in answers from before that was counted."""

    policy: str
    against: str
    figure: str
    mean: float
    error: float
    chance_low: float
    chance_high: float
    low: float
    high: float
    factor: float | None
    above: float | None = None

    @property
    def is_certain(self) -> bool:
        """Chance alone doesn't explain it, and all that is held possible agrees on the sign."""
        return self.chance_low * self.chance_high > 0 and self.low * self.high > 0


FIGURES = ("worth", "months", "out_first", "out_early", "serious")


def differences(
    policies: Sequence[Policy], chance: NDArray[np.void], held: NDArray[np.void]
) -> tuple[Difference, ...]:
    """Each policy against the first. ``chance`` [policies, replicates], ``held`` [sets, policies, replicates]."""
    found = []
    for place, policy in enumerate(policies[1:], 1):
        for name in FIGURES:
            a, b = _column(chance[place], name), _column(chance[0], name)
            over = _column(held[:, place], name) - _column(held[:, 0], name)
            found.append(_difference(policy.name, policies[0].name, name, a, b, over))
    return tuple(found)


def variance_factor(a: Array, b: Array) -> float | None:
    apart = float((a - b).var(ddof=1))
    return float(a.var(ddof=1) + b.var(ddof=1)) / apart if apart > 0 else None


def _difference(policy: str, against: str, name: str, a: Array, b: Array, held: Array) -> Difference:
    mean = float((a - b).mean())
    error = float((a - b).std(ddof=1) / np.sqrt(len(a)))
    low, high = band(held)
    return Difference(
        policy,
        against,
        name,
        mean,
        error,
        mean - Z975 * error,
        mean + Z975 * error,
        low,
        high,
        variance_factor(a, b),
        share_above(held),
    )


def _column(runs: NDArray[np.void], name: str) -> Array:
    """``serious``: seriously flawed lots that went out in all years together."""
    if name == "serious":
        return np.asarray(runs["escaped_major"] + runs["escaped_critical"])
    return np.asarray(runs[name])
