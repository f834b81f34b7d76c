"""The lot-exact tier: lots come, are made, wait for reviewers, are passed, reworked or scrapped, escape, are complained of.

Lots start as a Poisson stream, take lognormal time to make, and meet the policy in the order they are submitted.
Reviewers share one queue, first come first served. A policy that counts good lots in a row does so in that
order too. Time is in working days. Rates per lot are the same at any speed; waits are what this tier is for.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import SEVERITIES, Acting, Values, acting, flawed_way, good_way
from fairgate.engines.counterfactual.draws import key_of
from fairgate.engines.counterfactual.errors import CannotKeepUp, TooMuch
from fairgate.engines.counterfactual.laws import lognormal
from fairgate.engines.counterfactual.lot_loop import COUNTS, Counted, Numbers, replicates
from fairgate.engines.counterfactual.parameters import DAYS_A_MONTH
from fairgate.engines.counterfactual.policies import Policy
from fairgate.engines.counterfactual.scenario import Scenario

MOST_LOTS = 4_000_000  # in one replicate: 300 MB
STEADY = 0.999  # load up to which a typical wait is worth computing


@dataclass(frozen=True, eq=False)
class LotRuns:
    """``counts`` has one record for each replicate; ``days`` is the time counted in each.

    Fields of ``counts`` are those of `lot_loop.COUNTS`: numbers of lots, but ``wait``, ``busy`` and ``lead``,
    which are sums of working days (before a review begins; in review; from start to release).
    """

    counts: NDArray[np.void]
    days: float

    def total(self, name: str) -> float:
        return float(self.counts[name].sum())

    def ratio(self, above: str, below: str) -> tuple[float, float]:
        """Σ above / Σ below over replicates, and its standard error (ratio estimator, Cochran 1977, 6.4)."""
        a, b = self.counts[above], self.counts[below]
        if not b.sum():
            return 0.0, 0.0
        ratio = float(a.sum() / b.sum())
        residual = a - ratio * b
        n = len(a)
        return ratio, float(math.sqrt((residual**2).sum() / max(n - 1, 1) / n) / b.mean())

    @property
    def mean_wait(self) -> tuple[float, float]:
        """Working days before a review begins, and the standard error."""
        return self.ratio("wait", "reviews")

    def to_dict(self) -> dict[str, float]:
        return {name: self.total(name) for name in COUNTS}


def simulate(
    scenario: Scenario,
    policy: Policy,
    *,
    seed: int = 1,
    replicates_: int = 20,
    days: float = 2500,
    warm_up: float = 250,
    first: int = 0,
    review_law: Literal["lognormal", "exponential"] = "lognormal",
    must_be_steady: bool = True,
) -> LotRuns:
    """Replicates first, …, each over ``days`` working days after ``warm_up`` days that are not counted.

    Errors: CannotKeepUp where more review work comes than reviewers can do; TooMuch.
    """
    values = {name: np.array([value]) for name, value in scenario.values().items()}
    acts = acting(policy, values)
    if must_be_steady:
        check_steady(scenario, policy)
    until = warm_up + days
    expected = float(values["plant.lots_per_month"][0]) / DAYS_A_MONTH * until
    lots = int(expected + 8 * math.sqrt(expected) + 40)
    if lots > MOST_LOTS:
        raise TooMuch(
            f"{lots:,} lots in one replicate; at most {MOST_LOTS:,} fit. Simulate fewer days.", "days"
        )
    numbers = np.recarray(1, dtype=Numbers)
    numbers[0] = _numbers(values, acts, review_law == "exponential")
    out = np.recarray(replicates_, dtype=Counted)
    out.view(np.float64)[:] = 0.0
    replicates(numbers[0], first, *key_of(seed), lots, warm_up, until, out)
    if out["overflow"].any():
        raise TooMuch("More lots were started than there was room for.", "plant.lots_per_month")
    return LotRuns(out, days)


def review_load(values: Values, acts: Acting) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Reviews per submitted lot, and hours of review per hour that reviewers have, where quality hasn't slipped."""
    reviews = reviews_per_lot(values, acts)
    hours = (
        values["plant.lots_per_month"] / DAYS_A_MONTH * reviews * values["plant.review_days"] * acts.effort
    )
    return reviews, hours / values["plant.reviewers"]


def reviews_per_lot(values: Values, acts: Acting) -> NDArray[np.float64]:
    """First looks and those after rework."""
    rework, mended, flawed = values["check.rework"], values["check.mended"], values["quality.flawed"]
    shares = severity_shares(values)
    good = good_way(acts.alarm, rework)
    bad = [flawed_way(catch, rework, mended, good) for catch in acts.catch]
    stopped = flawed * (shares * acts.catch).sum(axis=0) + (1 - flawed) * acts.alarm
    often = np.where(acts.run > 0, share_looked_at_each(acts, stopped), 1.0)
    by_severity = sum(s * look * way.reviews for s, look, way in zip(shares, acts.look, bad, strict=True))
    return np.asarray(often * (flawed * by_severity + (1 - flawed) * acts.look_good * good.reviews))


def share_looked_at_each(acts: Acting, stopped: NDArray[np.float64]) -> NDArray[np.float64]:
    """AFI of the policy's rule (see `closed.continuous`), where a look stops a lot with chance ``stopped``."""
    return np.asarray(acts.often / (acts.often + (1 - acts.often) * (1 - stopped) ** acts.run))


def severity_shares(values: Values) -> NDArray[np.float64]:
    """Of flawed lots: minor, major, critical. ``float64[3, sets]``"""
    major, critical = values["quality.major"], values["quality.critical"]
    return np.stack([np.maximum(1 - major - critical, 0.0), major, critical])


def check_steady(scenario: Scenario, policy: Policy) -> None:
    """Errors: CannotKeepUp."""
    values = {name: np.array([value]) for name, value in scenario.values().items()}
    _, load = review_load(values, acting(policy, values))
    if float(load[0]) >= STEADY:
        reviewers = int(scenario["plant.reviewers"])
        needed = math.floor(float(load[0]) * reviewers / STEADY) + 1
        raise CannotKeepUp(policy.name, float(load[0]), reviewers, needed)


def _numbers(values: Mapping[str, NDArray[np.float64]], acts: Acting, exponential: bool) -> tuple[float, ...]:
    """In the order of `lot_loop.NUMBERS`."""
    v = {name: float(value[0]) for name, value in values.items()}
    review = v["plant.review_days"] * float(acts.effort[0])
    made: list[float] = [
        v["plant.lots_per_month"] / DAYS_A_MONTH,
        *lognormal(v["plant.production_days"], v["plant.production_variation"]),
        review,
        *lognormal(review, v["plant.review_variation"]),
        float(exponential),
        v["plant.reviewers"],
        v["quality.flawed"],
        v["quality.major"],
        v["quality.critical"],
        *(float(look[0]) for look in acts.look),
        float(acts.look_good[0]),
        float(acts.run[0]),
        float(acts.often[0]),
        *(float(catch[0]) for catch in acts.catch),
        float(acts.alarm[0]),
        v["check.rework"],
        v["check.rework_days"],
        v["check.mended"],
        *(v[f"outside.complaint_{severity}"] for severity in SEVERITIES),
        v["outside.complaint_months"] * DAYS_A_MONTH,
    ]
    return tuple(made)
