"""How long lots wait for a reviewer, by load: lot-exact runs that the long-run tier interpolates.

For each policy lots are simulated at a grid of loads ρ (hours of review per hour that reviewers have; the flow of lots is
scaled). Kept is G(ρ) = wait · (1 - ρ) / mean review time, which is smooth and stays finite as ρ → 1 (Kingman 1961:
waits grow as 1/(1 - ρ)). So a wait at any load is G(ρ) · review time / (1 - ρ). The grid carries what formulas don't:
several reviewers, lognormal reviews, lots that come back, rules that look in bursts.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.acting import acting
from fairgate.engines.counterfactual.lots import review_load, simulate
from fairgate.engines.counterfactual.parameters import BY_NAME, DAYS_A_MONTH
from fairgate.engines.counterfactual.policies import Policy
from fairgate.engines.counterfactual.scenario import Scenario

GRID = np.linspace(0.0, 0.95, 9)  # equal steps, so that a kernel finds its place by one multiplication
REVIEWS = 120_000  # for each point: standard error of a wait about 1% at load .7, 4% at .95


@dataclass(frozen=True, eq=False)
class Waits:
    """``smooth`` is G on `GRID`; zero where the policy looks at nothing."""

    smooth: NDArray[np.float64]

    def wait(self, load: float, review_days: float) -> float:
        """Working days before a review begins, at a load below 1."""
        return float(np.interp(load, GRID, self.smooth)) * review_days / (1 - load)


def waits(scenario: Scenario, policy: Policy, *, seed: int, reviews: int = REVIEWS) -> Waits:
    """One lot-exact run at each load of the grid."""
    values = {name: np.array([value]) for name, value in scenario.values().items()}
    acts = acting(policy, values)
    per_lot, load = (float(array[0]) for array in review_load(values, acts))
    smooth = np.zeros(len(GRID))
    if per_lot * float(acts.effort[0]) < 1e-9:
        return Waits(smooth)
    review = scenario["plant.review_days"] * float(acts.effort[0])
    for place, target in enumerate(GRID[1:], 1):
        speed = scenario["plant.lots_per_month"] * target / load
        wait = _wait(scenario, policy, speed, per_lot, seed, reviews)
        smooth[place] = wait * (1 - target) / review
    smooth[0] = max(0.0, 2 * smooth[1] - smooth[2]) if scenario["plant.reviewers"] == 1 else 0.0
    return Waits(smooth)


def _wait(scenario: Scenario, policy: Policy, speed: float, per_lot: float, seed: int, reviews: int) -> float:
    speed = min(speed, BY_NAME["plant.lots_per_month"].most)
    days = reviews / per_lot / speed * DAYS_A_MONTH
    runs = 12
    faster = scenario.changed({"plant.lots_per_month": {"value": speed}})
    made = simulate(
        faster,
        policy,
        seed=seed,
        replicates_=runs,
        days=days / runs,
        warm_up=days / runs / 5,
        must_be_steady=False,
    )
    return made.mean_wait[0]
