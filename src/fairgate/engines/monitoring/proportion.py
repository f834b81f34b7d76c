"""A share with its interval: Wilson (1927, *JASA* 22:209), which keeps within 0 and 1 and holds with few.

(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) / (1 + z²/n)

Two shares differ where the interval of their difference leaves out 0. It is Newcombe's (1998, *Statistics in Medicine*
17:873, method 10), from the two Wilson intervals l to u:

d − √((p₁ − l₁)² + (u₂ − p₂)²)  to  d + √((u₁ − p₁)² + (p₂ − l₂)²),  d = p₁ − p₂
"""

from dataclasses import dataclass
from math import hypot, sqrt

from scipy.special import ndtri

from fairgate.engines.monitoring.errors import MonitoringError


@dataclass(frozen=True, slots=True)
class Proportion:
    count: int
    of: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """One share less another, from −1 to 1."""

    value: float
    low: float
    high: float


def proportion(count: int, of: int, *, level: float = 0.95) -> Proportion | None:
    """``count`` of ``of`` with its interval at ``level``; None of nothing. Raises `MonitoringError`."""
    if not 0 <= count <= of:
        raise MonitoringError(f"Found {count} of {of}; expected at least 0 and at most all.")
    if not of:
        return None
    z, p = float(ndtri((1 + level) / 2)), count / of
    middle, stretch = p + z * z / (2 * of), 1 + z * z / of
    reach = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return Proportion(
        count, of, p, max(0.0, (middle - reach) / stretch), min(1.0, (middle + reach) / stretch)
    )


def difference(one: Proportion, other: Proportion) -> Difference:
    """``one`` less ``other``, which are independent, with its interval at the level of theirs."""
    value = one.value - other.value
    low = value - hypot(one.value - one.low, other.high - other.value)
    high = value + hypot(one.high - one.value, other.value - other.low)
    return Difference(value, max(-1.0, low), min(1.0, high))
