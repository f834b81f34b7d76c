"""Known answers, played with 10^6 draws and more: within four standard errors."""

import numpy as np
import pytest

from fairgate.engines.counterfactual.closed import deming, ruin, sampling
from fairgate.engines.counterfactual.known import ruined, sample_lots


def within(found: float, exact: float, error: float, errors: float = 4.0) -> bool:
    return abs(found - exact) <= errors * error


@pytest.mark.parametrize(("n", "c", "p"), [(20, 1, 0.18), (80, 2, 0.0333), (68, 2, 0.0121313)])
def test_lots_are_accepted_as_often_as_the_operating_characteristic_says(n, c, p):
    lots = 1_000_000
    found = sample_lots(n, n, [p], [1.0], lots, seed=4).accepted(c).mean()
    exact = float(sampling.acceptance(n, c, p))
    assert within(found, exact, np.sqrt(exact * (1 - exact) / lots))


def test_a_sample_says_nothing_of_the_rest_while_quality_is_stable_and_much_when_it_is_not():
    stable = sample_lots(50, 500, [0.05], [1.0], 100_000, seed=1)
    assert abs(np.corrcoef(stable.sampled, stable.rest)[0, 1]) < 4 / np.sqrt(100_000)  # Mood 1943
    chaos = sample_lots(50, 500, [0.01, 0.15], [0.5, 0.5], 10_000, seed=1)
    assert np.corrcoef(chaos.sampled, chaos.rest)[0, 1] > 0.8


@pytest.mark.parametrize(("shares", "best"), [([0.02], "none"), ([0.08], "all"), ([0.01, 0.15], "plan")])
def test_all_or_none_wins_under_stable_quality_and_a_plan_under_chaos(shares, best):
    lot, n, c, look, wrong = 1000, 50, 2, 1.0, 20.0
    played = sample_lots(n, lot, shares, [1 / len(shares)] * len(shares), 20_000, seed=2)
    cost = played.cost_per_item(c, look, wrong)
    exact = float(deming.cost_of_plan(n, c, shares, lot, look, wrong).mean())
    assert within(cost.mean(), exact, cost.std() / np.sqrt(len(cost)))
    costs = {"plan": cost.mean(), "all": look, "none": float(np.mean(shares)) * wrong}
    assert min(costs, key=lambda name: costs[name]) == best


@pytest.mark.parametrize("capital", [0, 3])
def test_insurers_are_ruined_as_often_as_cramer_and_lundberg_say(capital):
    walks = 300_000
    exact = ruin.cramer_lundberg(0.3, 0.2, capital)
    assert within(
        ruined(0.3, 0.2, capital, walks, seed=8).mean(), exact, np.sqrt(exact * (1 - exact) / walks)
    )
