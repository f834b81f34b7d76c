"""What a policy leads to, as frozen results. Money is in thousands; lots are lots; days are working days.

Every figure is the middle of what is held possible, with its band (see `spreads`): there is no second one for the values of
the scenario, which are no average and may lie outside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import SEVERITIES
from fairgate.engines.counterfactual.month_loop import DEMAND, INSOLVENT, LICENCE
from fairgate.engines.counterfactual.spreads import POINTS, Array, Figure, figure, ratio

COSTS = ("prevention", "appraisal", "internal", "external")
ENDS = {"insolvent": INSOLVENT, "licence": LICENCE, "demand": DEMAND}


@dataclass(frozen=True, slots=True)
class Alive:
    """The share of businesses still going after ``months``: as in `Figure`."""

    months: int
    middle: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One policy. Rates are None where no business lived a month. Middles of parts need not add up to that of the whole."""

    policy: str
    worth: Figure  # net present value of all months, closing included
    alive: tuple[Alive, ...]  # a point each half year
    # When half have ended, and the middle 90% of that; None: more than half go on to the end.
    median_months: int | None
    median_low: int | None
    median_high: int | None
    ends: Mapping[str, Figure]  # insolvent, licence, demand: shares
    out_first: Figure  # lots that went out in the first year
    serious_first: Figure  # of those, seriously flawed ones
    out_early: Figure  # lots that went out in the first five years, ended businesses counted as 0
    out_a_year: Figure | None  # lots, while in business; so are all that follow
    escaped_a_year: Mapping[str, Figure] | None  # flawed lots out, by severity
    escaped_per_thousand: Mapping[str, Figure] | None  # the same, of 1,000 lots out
    serious_per_thousand: Figure | None  # major and critical
    stopped_a_year: Figure | None  # flawed lots stopped
    alarms_a_year: Figure | None  # good lots stopped
    gate_days: Figure | None  # from submission to release, waiting and rework included
    complaints_a_year: Figure | None
    recalls_a_year: Figure | None
    letters_a_year: Figure | None
    quality_cost_a_year: Mapping[str, Figure] | None  # prevention, appraisal, internal and external failure
    quality_cost_together: Figure | None  # a year


def outcome(policy: str, held: NDArray[np.void], months: int) -> Outcome:
    """From outcomes over what is held possible ``[sets, replicates]``."""
    low, middle, high = (_median_at(held, point) for point in POINTS)
    return Outcome(
        policy=policy,
        worth=figure(held["worth"]),
        alive=_alive(held, months),
        median_months=middle,
        median_low=low,
        median_high=high,
        ends={name: figure((held["end"] == code).astype(np.float64)) for name, code in ENDS.items()},
        out_first=figure(held["out_first"]),
        serious_first=figure(held["serious_first"]),
        out_early=figure(held["out_early"]),
        **_rates(held),  # type: ignore[arg-type]  # figures, and figures by name: each under its own
    )


def ranking(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Best worth first."""
    return sorted(outcomes, key=lambda one: -one.worth.middle)


def _alive(held: NDArray[np.void], months: int) -> tuple[Alive, ...]:
    points = range(0, months + 1, 6)
    going = [figure(((held["end"] == 0) | (held["months"] > at)).astype(np.float64)) for at in points]
    # Chance is taken out of each point by itself; nobody comes back, so what it leaves of a rise is no rise.
    middle, low, high = (
        np.minimum.accumulate([getattr(one, name) for one in going]) for name in ("middle", "low", "high")
    )
    return tuple(
        Alive(at, float(m), float(a), float(b)) for at, m, a, b in zip(points, middle, low, high, strict=True)
    )


def _median_at(held: NDArray[np.void], point: float) -> int | None:
    """The median time to the end in the set at ``point`` of all, in order of it."""
    lived = np.where(held["end"] == 0, np.inf, held["months"])
    at = float(np.quantile(np.median(lived, axis=1), point, method="nearest"))
    return int(at) if np.isfinite(at) else None


def _rates(held: NDArray[np.void]) -> dict[str, object]:
    """Those of ended businesses while they were there; None where none lived a month or let anything out."""
    years, out = held["months"] / 12, held["out"]

    def a_year(*names: str) -> Figure | None:
        return ratio(_sum(held, names), years)

    def of_thousand(*names: str) -> Figure | None:
        return ratio(_sum(held, names), out, times=1000)

    escaped = {severity: f"escaped_{severity}" for severity in SEVERITIES}
    return {
        "out_a_year": a_year("out"),
        "escaped_a_year": _each({it: a_year(name) for it, name in escaped.items()}),
        "escaped_per_thousand": _each({it: of_thousand(name) for it, name in escaped.items()}),
        "serious_per_thousand": of_thousand("escaped_major", "escaped_critical"),
        "stopped_a_year": a_year(*(f"stopped_{severity}" for severity in SEVERITIES)),
        "alarms_a_year": a_year("alarms"),
        "gate_days": ratio(held["gate_days"], held["made"]),
        "complaints_a_year": a_year("complaints"),
        "recalls_a_year": a_year("recalls_major", "recalls_critical"),
        "letters_a_year": a_year("letters"),
        "quality_cost_a_year": _each({name: a_year(name) for name in COSTS}),
        "quality_cost_together": a_year(*COSTS),
    }


def _sum(held: NDArray[np.void], names: Sequence[str]) -> Array:
    return np.asarray(sum(held[name] for name in names))


def _each(found: dict[str, Figure | None]) -> dict[str, Figure] | None:
    """All of them or none: they share what they are divided by."""
    told = {name: one for name, one in found.items() if one is not None}
    return told or None
