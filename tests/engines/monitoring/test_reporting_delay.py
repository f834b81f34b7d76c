"""A planted rate of escapes is found again although many haven't had time to show; the uncorrected rate misses it."""

import numpy as np
import pytest

from fairgate.engines.monitoring import (
    BadDelays,
    corrected_rate,
    difference,
    exponential,
    fit_delays,
    plain_rate,
    product_limit,
    proportion,
    still_to_show,
)

MONTHS = 24
DAYS = 30.0
YOUNGEST = np.arange(MONTHS) * DAYS
PASSED = np.full(MONTHS, 400)


def plant(random, rate, mean=90.0, passed=PASSED):
    """One installation: what was passed in 24 months, and the escapes heard of by today. ``rate`` [months] or one."""
    numbers = random.poisson(np.broadcast_to(rate, MONTHS) * passed)
    windows = np.concatenate([random.uniform(y, y + DAYS, n) for y, n in zip(YOUNGEST, numbers, strict=True)])
    delays = random.exponential(mean, len(windows))
    shown = delays <= windows
    return delays[shown], windows[shown]


def estimated(delays, windows, passed=PASSED, fit=fit_delays):
    fitted = fit(delays, windows)
    return fitted, corrected_rate(fitted.within, passed, YOUNGEST, YOUNGEST + DAYS, fitted)


def within_horizon(rate, horizon, mean=90.0):
    """The planted rate of what shows within the horizon, which is all that can be known."""
    return rate * -np.expm1(-horizon / mean)


@pytest.mark.parametrize(("rate", "fit"), [(0.02, fit_delays), (0.003, exponential)], ids=["many", "few"])
def test_a_planted_rate_is_recovered_and_the_uncorrected_one_is_not(rate, fit):
    random = np.random.default_rng(20261122)
    ratios, plain, covered = [], [], []
    for _ in range(400):
        delays, windows = plant(random, rate)
        if len(delays) < 5:
            continue
        fitted, found = estimated(delays, windows, fit=fit)
        truth = within_horizon(rate, fitted.horizon)
        ratios.append(np.log(found.value / truth))
        plain.append(np.log(plain_rate(len(delays), PASSED.sum()).value / truth))
        covered.append(found.low <= truth <= found.high)
    runs = len(ratios)
    small_counts = 0.5 * rate**-1 / PASSED.sum()  # E ln N is below ln E N by about 1/2N
    assert abs(np.mean(ratios)) < 4 * np.std(ratios) / np.sqrt(runs) + 2 * small_counts
    assert np.mean(plain) < -10 * np.std(plain) / np.sqrt(runs)
    assert abs(np.mean(covered) - 0.95) < 4 * np.sqrt(0.95 * 0.05 / runs)


def test_a_rate_that_drifted_is_not_taken_for_a_short_delay():
    """Twice as bad lately: the delays seen are even shorter, and conditioning on the window keeps them apart."""
    random = np.random.default_rng(5)
    rate = np.where(np.arange(MONTHS) < 8, 0.04, 0.02)  # the youngest eight months
    shares, errors = [], []
    for _ in range(150):
        fitted, found = estimated(*plant(random, rate))
        shares.append(fitted.share(np.array([90.0]))[0] / (-np.expm1(-1) / -np.expm1(-fitted.horizon / 90)))
        weights = fitted.share(YOUNGEST + DAYS / 2)
        truth = within_horizon((rate * weights).sum() / weights.sum(), fitted.horizon)
        errors.append(np.log(found.value / truth))
    assert np.mean(shares) == pytest.approx(1, abs=0.03)
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(150) + 0.01


def test_where_all_had_time_the_correction_does_nothing():
    delays, windows = np.arange(1.0, 31), np.full(30, 1000.0)
    fitted = fit_delays(delays, windows)
    found = corrected_rate(30, [1000], [900], [1000], fitted)
    assert found.value == pytest.approx(0.03)
    assert found.low == pytest.approx(plain_rate(30, 1000).low)
    assert found.high == pytest.approx(plain_rate(30, 1000).high)


def test_the_limits_of_a_count_are_garwoods():
    """His table: 10 seen, 4.795 to 18.390; none seen, up to 3.689."""
    found = plain_rate(10, 1.0)
    assert (found.low, found.high) == pytest.approx((4.795, 18.390), abs=5e-4)
    assert plain_rate(0, 1.0).high == pytest.approx(3.689, abs=5e-4)
    assert plain_rate(0, 0) is None


def test_nothing_that_could_have_shown_gives_no_rate():
    fitted = exponential([3.0, 5, 20], [50.0, 60, 70])
    assert corrected_rate(3, [0], [0], [30], fitted) is None


@pytest.mark.parametrize(("passed", "young", "old"), [([-1], [0], [1]), ([1], [5], [1]), ([1, 2], [0], [1])])
def test_months_that_make_no_sense_are_refused(passed, young, old):
    fitted = exponential([3.0, 5, 20], [50.0, 60, 70])
    with pytest.raises(BadDelays):
        corrected_rate(1, passed, young, old, fitted)


def test_a_share_has_wilsons_interval():
    """Newcombe 1998 (Statistics in Medicine 17:857), table I: 81 of 263 and 15 of 148."""
    assert (proportion(81, 263).low, proportion(81, 263).high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (proportion(15, 148).low, proportion(15, 148).high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert (proportion(0, 20).low, proportion(0, 0)) == (0.0, None)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_of_shares_has_newcombes_interval(one, other, low, high):
    """Newcombe 1998 (Statistics in Medicine 17:873), table II, method 10."""
    found = difference(proportion(*one), proportion(*other))
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)
    back = difference(proportion(*other), proportion(*one))
    assert (back.value, back.low, back.high) == pytest.approx((-found.value, -found.high, -found.low))


@pytest.mark.parametrize("days", [30, 60, 360])
def test_a_months_exposure_is_the_sum_of_its_days(days):
    """Every day one passed; F rises in steps of a day. Day by day, against months of 30 days."""
    random = np.random.default_rng(days)
    t = np.floor(random.exponential(20, 400))
    fitted = product_limit(t, np.full(400, 400.0))
    young = np.arange(0, days, 30)
    found = corrected_rate(1, np.full(len(young), 30), young, young + 30, fitted)
    assert found.exposure == pytest.approx(fitted.share(np.arange(days)).sum(), rel=1e-9)


def test_what_is_still_to_come_is_recovered_and_its_interval_covers():
    """What shows within the horizon of all that was passed, less what has shown."""
    random = np.random.default_rng(11)
    errors, covered = [], []
    for _ in range(300):
        fitted, found = estimated(*plant(random, 0.02))
        missing = within_horizon(0.02, fitted.horizon) * (PASSED.sum() - _exposed(fitted.horizon))
        more = still_to_show(found, PASSED.sum())
        errors.append(np.log(more.value / missing))
        covered.append(more.low <= missing <= more.high)
    assert abs(np.mean(errors)) < 4 * np.std(errors) / np.sqrt(300) + 0.05
    assert abs(np.mean(covered) - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 300)


def _exposed(horizon, mean=90.0):
    """Σ n F(a)/F(τ) of the planted delays."""
    ages = np.minimum(np.arange(MONTHS * DAYS) + 0.5, horizon)
    return (PASSED[0] / DAYS * np.expm1(-ages / mean) / np.expm1(-horizon / mean)).sum()


def test_where_all_had_time_nothing_is_still_to_come():
    fitted = fit_delays(np.arange(1.0, 31), np.full(30, 1000.0))
    found = corrected_rate(30, [1000], [900], [1000], fitted)
    assert still_to_show(found, 1000).high == 0


def test_with_none_seen_some_may_still_come():
    found = corrected_rate(0, [1000], [0], [30], exponential([3.0, 5, 20], [50.0, 60, 70]))
    more = still_to_show(found, 1000)
    assert (more.value, more.low) == (0, 0)
    assert more.high > 3.689 * (1000 / found.exposure - 1)
