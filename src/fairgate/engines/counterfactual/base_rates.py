"""Does the scenario reproduce what was counted? If not, what it says about other policies is worth nothing.

Each observed count that no parameter was calibrated from is held against the counts that the long-run tier produces
under today's policy for as long a time, over chance and all that is held possible. Only businesses that are still there at
the end are: whoever counted was. It agrees if it lies in the predictive interval at 1 - 0.05/m, for m counts (Bonferroni), so a
good scenario fails one time in twenty at most. Few events pass anything; so the power is told: how likely the check would fail
if the truth were double, or half, what the scenario says (Poisson counts about each set's own mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

from fairgate.engines.counterfactual.errors import BadParameter
from fairgate.engines.counterfactual.policies import TODAY
from fairgate.engines.counterfactual.spreads import Array
from fairgate.engines.counterfactual.study import Study

COUNTED = {
    "complaints": ("complaints",),
    "stopped": ("stopped_minor", "stopped_major", "stopped_critical", "alarms"),
    "released": ("out",),
    "scrapped": ("scrapped",),
    "recalls": ("recalls_major", "recalls_critical"),
    "letters": ("letters",),
}
SETS, INNER = 400, 10


@dataclass(frozen=True, slots=True)
class Observed:
    """``count`` of something in the latest ``years``; ``used`` if a parameter was calibrated from it; ``source``: where it
    was counted."""

    what: str
    count: int
    years: float
    used: bool = False
    source: str = ""

    def __post_init__(self) -> None:
        if self.what not in COUNTED:
            raise BadParameter("observed", self.what, f"one of {', '.join(COUNTED)}")
        if not (isinstance(self.count, int) and 0 <= self.count < 10**9):
            raise BadParameter(f"observed {self.what}", self.count, "a whole number from 0 on")
        if not 1 / 12 <= self.years <= 50:
            raise BadParameter(f"observed {self.what}, years", self.years, "a number from 1/12 to 50")


@dataclass(frozen=True, slots=True)
class Checked:
    """``low`` to ``high`` is the predictive interval at ``level``; powers are shares between 0 and 1."""

    what: str
    count: int
    years: float
    expected: float
    low: int
    high: int
    level: float
    power_if_double: float
    power_if_half: float
    source: str = ""

    @property
    def agrees(self) -> bool:
        return self.low <= self.count <= self.high


@dataclass(frozen=True, slots=True)
class BaseRates:
    """Every count that was checked. Nothing checked means nothing shown: ``is_checked`` says so."""

    checked: tuple[Checked, ...]

    @property
    def is_checked(self) -> bool:
        return bool(self.checked)

    @property
    def agrees(self) -> bool:
        return all(one.agrees for one in self.checked)


def check_base_rates(study: Study, observed: Sequence[Observed]) -> BaseRates:
    """Counts with ``used`` are left out."""
    held_out = [one for one in observed if not one.used]
    level = 1 - 0.05 / max(len(held_out), 1)
    runs = {
        months: study.held_possible(SETS, INNER, policies=[TODAY], months=months)[:, 0]
        for months in {_months(one) for one in held_out}
    }
    return BaseRates(tuple(_check(runs[_months(one)], one, level) for one in held_out))


def _months(one: Observed) -> int:
    return max(1, round(one.years * 12))


def _check(runs: NDArray[np.void], one: Observed, level: float) -> Checked:
    counts = _counts(runs, one.what) * (one.years * 12 / _months(one))
    going = _still_there(runs)
    low, high = _interval(counts[going], level)
    some = going.any(axis=1)
    means = np.asarray(counts.sum(axis=1, where=going)[some] / going.sum(axis=1)[some])
    doubled, halved = (_outside(means * factor, low, high) for factor in (2.0, 0.5))
    return Checked(
        one.what, one.count, one.years, float(means.mean()), low, high, level, doubled, halved, one.source
    )


def _still_there(runs: NDArray[np.void]) -> NDArray[np.bool_]:
    """Whoever counted was in business all the while, so only such businesses are held against the count; all of them where
    none lasts, which then shows in the counts."""
    going = np.asarray(runs["end"] == 0)
    return going if going.any() else np.ones_like(going)


def _counts(runs: NDArray[np.void], what: str) -> Array:
    return np.asarray(sum(runs[name] for name in COUNTED[what]))


def _interval(counts: Array, level: float) -> tuple[int, int]:
    flat = np.sort(counts.ravel())
    tail = (1 - level) / 2
    low, high = np.quantile(flat, (tail, 1 - tail))
    return int(np.floor(low)), int(np.ceil(high))


def _outside(means: Array, low: int, high: int) -> float:
    return float(np.mean(poisson.cdf(low - 1, means) + poisson.sf(high, means)))
