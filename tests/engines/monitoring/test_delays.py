"""Delays seen through a window: against likelihoods maximised by brute force, and planted distributions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar

from fairgate.engines.monitoring import BadDelays, corrected_rate, exponential, fit_delays, product_limit


def self_consistent(t, w, rounds=4000):
    """The nonparametric maximum likelihood of a right-truncated distribution, by Turnbull's self-consistency (1976): every
    seen item stands for the (1 − F(w))/F(w) that its window hid."""
    at = np.unique(t)
    f = np.full(len(at), 1 / len(at))
    for _ in range(rounds):
        seen = (at[None, :] <= w[:, None]) @ f
        hidden = (at[None, :] > w[:, None]) * f / seen[:, None]
        f = ((at[None, :] == t[:, None]) + hidden).sum(axis=0)
        f /= f.sum()
    return at, np.cumsum(f)


def seen(random, n, mean=60.0, span=360.0):
    """Delays that had time to show, of items passed evenly over ``span`` days."""
    windows = random.uniform(0, span, n)
    delays = np.ceil(random.exponential(mean, n))
    shown = delays <= windows
    return delays[shown], windows[shown]


@pytest.mark.parametrize("seed", range(5))
def test_the_product_limit_maximises_the_likelihood(seed):
    random = np.random.default_rng(seed)
    t, w = seen(random, 80)
    found = product_limit(t, w)
    kept = t <= found.horizon
    at, cumulative = self_consistent(t[kept], np.minimum(w[kept], found.horizon))
    assert found.share(at) == pytest.approx(cumulative, abs=2e-3)


def test_without_truncation_it_is_the_plain_distribution():
    t = np.array([1.0, 2, 2, 5, 9, 12])
    found = product_limit(t, np.full(6, 100.0))
    assert found.horizon == 100
    assert found.share(np.array([0.5, 1, 2, 4, 5, 11, 12, 99])) == pytest.approx(
        [0, 1 / 6, 3 / 6, 3 / 6, 4 / 6, 5 / 6, 1, 1]
    )


def test_without_truncation_its_variance_is_the_binomial_one():
    t = np.arange(1.0, 51)
    found = product_limit(t, np.full(50, 1000.0))
    for age, share in ((10.0, 0.2), (25.0, 0.5), (40.0, 0.8)):
        assert found.log_variance(np.array([age]), np.array([1.0])) == pytest.approx(
            (1 - share) / (50 * share)
        )


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=20, max_size=60))
@settings(max_examples=60, deadline=None)
def test_a_share_rises_from_zero_to_one(pairs):
    t = np.array([min(pair) for pair in pairs], float)
    w = np.array([max(pair) for pair in pairs], float)
    found = product_limit(t, w)
    if found is None:
        return
    shares = found.share(np.arange(-1.0, found.horizon + 1))
    assert (np.diff(shares) >= 0).all()
    assert shares[0] == 0
    assert shares[-1] == pytest.approx(1)
    assert found.within + found.later == len(t)
    assert found.log_variance(np.array([found.horizon, 5.0]), np.array([1.0, 2.0])) >= 0


@pytest.mark.parametrize("seed", range(5))
def test_the_exponential_maximises_its_likelihood(seed):
    t, w = seen(np.random.default_rng(seed), 25, mean=40)

    def unlikely(log_beta):
        beta = np.exp(log_beta)
        return -(np.log(beta) - beta * t - np.log(-np.expm1(-beta * w))).sum()

    beta = np.exp(minimize_scalar(unlikely, bounds=(-12, 2), method="bounded").x)
    found, ages = exponential(t, w), np.array([5.0, 30, 100])
    expected = np.expm1(-beta * ages) / np.expm1(-beta * found.horizon)
    assert found.share(ages) == pytest.approx(expected, rel=1e-3)


def test_late_delays_leave_the_exponential_uniform_rather_than_rising():
    found = exponential([90.0, 80, 95], [100.0, 100, 100])
    assert found.share(np.array([25.0, 50, 100])) == pytest.approx([0.25, 0.5, 1])


def test_its_variance_is_what_repetition_gives():
    random = np.random.default_rng(7)
    ages, weights = np.linspace(5, 360, 40), np.ones(40)
    found = [exponential(*seen(random, 60)) for _ in range(600)]
    logs = [np.log((weights * one.share(np.minimum(ages, one.horizon))).sum()) for one in found]
    claimed = np.mean([one.log_variance(ages, weights) for one in found])
    assert claimed == pytest.approx(np.var(logs), rel=0.35)


def test_few_are_fitted_by_a_shape_fewer_not_at_all():
    t, w = np.array([3.0, 20, 40, 8]), np.full(4, 90.0)
    assert fit_delays(t[:2], w[:2]) is None
    assert fit_delays(t, w).method == "exponential"
    assert fit_delays(np.tile(t, 6), np.tile(w, 6)).method == "product-limit"


def test_one_late_item_of_the_oldest_does_not_decide_all():
    """At the longest window only it is at risk: without a horizon everything sooner would get the share 0."""
    random = np.random.default_rng(3)
    t, w = seen(random, 80)
    found = product_limit(np.append(t, 359.0), np.append(w, 359.5))
    assert found.later == 1
    assert found.horizon < 359
    assert found.share(np.array([60.0]))[0] > 0.3


@pytest.mark.parametrize(
    ("t", "w", "item"),
    [([5, 9], [6, 8], 1), ([-1], [3], 0), ([float("nan")], [3], 0), ([1, 2], [3], None)],
)
def test_what_cannot_have_been_seen_is_refused(t, w, item):
    with pytest.raises(BadDelays) as refused:
        fit_delays(t, w)
    assert refused.value.item == item


def test_where_nothing_has_been_watched_for_a_day_there_is_nothing_to_fit():
    assert fit_delays([0, 0, 0], [0, 0, 0]) is None


@pytest.mark.filterwarnings("error")
def test_delays_of_a_moment_in_long_windows_are_fitted_without_overflow():
    found = fit_delays([0, 0, 0], [1e6, 2e6, 3e6])
    assert found.share(np.array([1.0])) == pytest.approx([1])


def test_a_hole_in_what_was_watched_is_not_taken_for_certainty():
    """The old ones showed after 200 days and more, the new ones were watched for 30: nobody was at risk between, and the
    product limit would give 30 days the share 0 with variance 0."""
    old, new = np.arange(200.0, 300, 10), np.arange(1.0, 16)
    t, w = np.append(old, new), np.append(np.full(10, 300.0), np.full(15, 30.0))
    assert product_limit(t, w) is None
    found = fit_delays(t, w)
    assert found.method == "exponential"
    assert found.share(np.array([30.0, 190.0])) == pytest.approx([0.1, 19 / 30])
    assert found.log_variance(np.array([15.0]), np.array([1.0])) > 0
    rate = corrected_rate(found.within, [1000, 1000], [20, 290], [30, 300], found)
    assert rate.value < 0.025


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_step_has_to_leave_enough_at_risk(left):
    """Of ten that showed soon, so many were watched as long as those that showed late."""
    t = np.append(np.arange(1.0, 11), np.arange(200.0, 215))
    w = np.append(np.repeat([300.0, 30.0], [left, 10 - left]), np.full(15, 300.0))
    assert (product_limit(t, w) is None) == (left < 3)
