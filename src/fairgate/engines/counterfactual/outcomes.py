"""What a policy leads to, as frozen results. Money is in thousands; lots are lots; days are working days.

Two spreads, never mixed: ``error`` is the standard error left by chance in the simulation (more replicates shrink it);
``low`` and ``high`` bound the middle 90% of what we hold possible (only knowledge shrinks it). The latter come from a
nested design: sets of values outside, replicates inside. Means of sets scatter more than expectations do, because
each still carries chance: Var(E) = Var(means of sets) - mean Var(within) / R (Sun, Apley & Staum 2011, *Efficient
nested simulation for estimating the variance of a conditional expectation*); the scatter is shrunk to that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import SEVERITIES
from fairgate.engines.counterfactual.month_loop import DEMAND, INSOLVENT, LICENCE

Array = NDArray[np.float64]
COSTS = ("prevention", "appraisal", "internal", "external")
BAND = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Figure:
    """``mean`` with every parameter at its value, ``error`` its standard error; ``low`` and ``high`` as above, ``middle`` the
    median of the same sets (None in answers from before it was kept). ``mean`` may lie outside: values are no average."""

    mean: float
    error: float
    low: float
    high: float
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Alive:
    """The share of businesses still going after ``months``: with every parameter at its value, and as in `Figure`."""

    months: int
    share: float
    low: float
    high: float
    middle: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """One policy. Rates are None where no business lived a month."""

    policy: str
    worth: Figure  # net present value of all months, closing included
    alive: tuple[Alive, ...]  # a point each half year
    median_months: int | None  # None: more than half go on to the end
    ends: Mapping[str, float]  # insolvent, licence, demand: shares
    out_first: Figure  # lots that went out in the first year
    serious_first: Figure  # of those, seriously flawed ones
    out_early: Figure  # lots that went out in the first five years, ended businesses counted as 0
    out_a_year: float | None  # lots, while in business; so are all that follow
    escaped_a_year: Mapping[str, float] | None  # flawed lots out, by severity
    escaped_per_thousand: Mapping[str, float] | None  # the same, of 1,000 lots out
    serious_per_thousand: Figure | None  # major and critical
    stopped_a_year: float | None  # flawed lots stopped
    alarms_a_year: float | None  # good lots stopped
    gate_days: float | None  # from submission to release, waiting and rework included
    complaints_a_year: float | None
    recalls_a_year: float | None
    letters_a_year: float | None
    quality_cost_a_year: Mapping[str, float] | None  # prevention, appraisal, internal and external failure
    # The middle 90%, over what is held possible, of the median; None: more than half go on to the end.
    median_low: int | None = None
    median_high: int | None = None


def outcome(policy: str, chance: NDArray[np.void], held: NDArray[np.void], months: int) -> Outcome:
    """From outcomes by chance ``[replicates]`` and over what is held possible ``[sets, replicates]``."""
    years = float(chance["months"].sum()) / 12
    out = float(chance["out"].sum())
    rates = _rates(chance, years, out) if years > 0 and out > 0 else dict.fromkeys(_RATES)
    return Outcome(
        policy=policy,
        worth=figure(chance["worth"], held["worth"]),
        alive=tuple(_alive(chance["months"], chance["end"], held, at) for at in range(0, months + 1, 6)),
        median_months=_median(chance),
        median_low=_median_at(held, BAND[0]),
        median_high=_median_at(held, BAND[1]),
        ends={
            name: float((chance["end"] == code).mean())
            for name, code in (("insolvent", INSOLVENT), ("licence", LICENCE), ("demand", DEMAND))
        },
        out_first=figure(chance["out_first"], held["out_first"]),
        serious_first=figure(chance["serious_first"], held["serious_first"]),
        out_early=figure(chance["out_early"], held["out_early"]),
        serious_per_thousand=_serious(chance, held) if years > 0 and out > 0 else None,
        **rates,
    )


def figure(chance: Array, held: Array) -> Figure:
    """Of a quantity that every business has: ``chance`` [replicates], ``held`` [sets, replicates]."""
    low, middle, high = _points(held)
    error = float(chance.std(ddof=1) / np.sqrt(len(chance)))
    return Figure(float(chance.mean()), error, low, high, middle)


def band(held: Array) -> tuple[float, float]:
    """The middle 90% of expectations over sets, with the chance in each set's mean taken out."""
    low, _middle, high = _points(held)
    return low, high


def _points(held: Array) -> tuple[float, float, float]:
    """5% point, median and 95% point."""
    means = held.mean(axis=1)
    scatter = _shrunk(means, held.var(axis=1, ddof=1).mean() / held.shape[1])
    low, middle, high = np.quantile(scatter, (BAND[0], 0.5, BAND[1]))
    return float(low), float(middle), float(high)


def share_above(apart: Array) -> float:
    """In which share of the sets a difference is expected to be above 0, the chance in each set's mean taken out; ties halved."""
    means = _shrunk(apart.mean(axis=1), apart.var(axis=1, ddof=1).mean() / apart.shape[1])
    return float((means > 0).mean() + (means == 0).mean() / 2)


def between(held: Array) -> float:
    """Var(E): the variance of expectations over sets; 0 where chance alone explains the scatter."""
    return max(0.0, float(held.mean(axis=1).var(ddof=1) - held.var(axis=1, ddof=1).mean() / held.shape[1]))


def _shrunk(means: Array, noise: float) -> Array:
    scatter = float(means.var(ddof=1))
    factor = np.sqrt(max(0.0, scatter - noise) / scatter) if scatter > 0 else 0.0
    return np.asarray(means.mean() + factor * (means - means.mean()))


def _alive(lived: Array, end: Array, held: NDArray[np.void], at: int) -> Alive:
    going = ((held["end"] == 0) | (held["months"] > at)).astype(np.float64)
    low, middle, high = (min(max(x, 0.0), 1.0) for x in _points(going))
    share = float(((end == 0) | (lived > at)).mean())
    return Alive(at, share, low, high, middle)


def _median(chance: NDArray[np.void]) -> int | None:
    ended = chance["end"] != 0
    return int(np.sort(chance["months"][ended])[(len(chance) - 1) // 2]) if ended.mean() > 0.5 else None


def _median_at(held: NDArray[np.void], point: float) -> int | None:
    """The median time to the end in the set at ``point`` of all, in order of it."""
    lived = np.where(held["end"] == 0, np.inf, held["months"])
    at = float(np.quantile(np.median(lived, axis=1), point, method="nearest"))
    return int(at) if np.isfinite(at) else None


_RATES = (
    "out_a_year", "escaped_a_year", "escaped_per_thousand", "stopped_a_year", "alarms_a_year", "gate_days",
    "complaints_a_year", "recalls_a_year", "letters_a_year", "quality_cost_a_year",
)  # fmt: skip


def _rates(chance: NDArray[np.void], years: float, out: float) -> dict[str, object]:
    total = {name: float(chance[name].sum()) for name in chance.dtype.names or ()}
    escaped = {severity: total[f"escaped_{severity}"] for severity in SEVERITIES}
    return {
        "out_a_year": out / years,
        "escaped_a_year": {name: lots / years for name, lots in escaped.items()},
        "escaped_per_thousand": {name: 1000 * lots / out for name, lots in escaped.items()},
        "stopped_a_year": sum(total[f"stopped_{severity}"] for severity in SEVERITIES) / years,
        "alarms_a_year": total["alarms"] / years,
        "gate_days": total["gate_days"] / max(total["made"], 1.0),
        "complaints_a_year": total["complaints"] / years,
        "recalls_a_year": (total["recalls_major"] + total["recalls_critical"]) / years,
        "letters_a_year": total["letters"] / years,
        "quality_cost_a_year": {name: total[name] / years for name in COSTS},
    }


def _serious(chance: NDArray[np.void], held: NDArray[np.void]) -> Figure:
    """A ratio of sums: its error from the ratio estimator; its band from the sets' own ratios."""
    escaped, out = _serious_lots(chance), chance["out"]
    ratio = float(escaped.sum() / out.sum())
    residual = escaped - ratio * out
    error = float(np.sqrt((residual**2).sum() / (len(out) - 1) / len(out)) / out.mean())
    each, made = _serious_lots(held), held["out"]
    sets = each.sum(axis=1) / np.maximum(made.sum(axis=1), 1.0)
    noise = ((each - sets[:, None] * made) ** 2).sum(axis=1) / (made.shape[1] - 1) / made.shape[1]
    noise /= np.maximum(made.mean(axis=1), 1.0) ** 2
    shrunk = _shrunk(sets, float(noise.mean()))
    low, high = np.quantile(shrunk, BAND)
    return Figure(
        1000 * ratio, 1000 * error, 1000 * float(low), 1000 * float(high), 1000 * float(np.median(shrunk))
    )


def _serious_lots(runs: NDArray[np.void]) -> Array:
    return np.asarray(runs["escaped_major"] + runs["escaped_critical"])


def ranking(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Best worth first."""
    return sorted(outcomes, key=lambda one: -one.worth.mean)
