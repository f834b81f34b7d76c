"""Closed forms against published tables, scipy and forty-digit arithmetic."""

import math

import mpmath
import numpy as np
import pytest
from scipy.stats import binom

from fairgate.engines.counterfactual import curve, policy
from fairgate.engines.counterfactual.closed import continuous, deming, queues, ruin, sampling

NIST_P = [k / 100 for k in range(1, 15)]
NIST_ATI = [70, 253, 753, 1584, 2655, 3836, 5007, 6083, 7012, 7779, 8388, 8854, 9201, 9453]
CODE_J = [
    (99, 0.55),
    (95, 1.03),
    (90, 1.385),
    (75, 2.163),
    (50, 3.329),
    (25, 4.842),
    (10, 6.516),
    (5, 7.661),
    (1, 10.095),
]


def test_acceptance_is_that_of_sas():
    assert float(sampling.acceptance(20, 1, 0.18)) == pytest.approx(0.1018322793, abs=5e-11)


def test_two_points_of_the_plan_68_2_are_those_of_tp105():
    assert sampling.share_wrong_at(68, 2, 0.95) == pytest.approx(0.0121313, abs=5e-8)
    assert sampling.share_wrong_at(68, 2, 0.05) == pytest.approx(0.0897036, abs=5e-8)


@pytest.mark.parametrize(("accepted", "percent"), CODE_J)
def test_code_letter_j_of_iso_2859(accepted, percent):
    assert 100 * sampling.share_wrong_at(80, 2, accepted / 100) == pytest.approx(
        percent, abs=5.1e-4
    )  # as printed


def test_inspection_and_worst_outgoing_quality_of_the_nist_handbook():
    ours = sampling.inspected(52, 3, NIST_P, 10_000)
    assert np.abs(np.round(ours) - NIST_ATI).max() <= 1  # the table rounded the acceptance first
    worst, at = sampling.worst_outgoing(52, 3, 10_000)
    assert worst == pytest.approx(0.03719, abs=5e-6)
    assert at == pytest.approx(0.0559, abs=5e-5)
    assert float(sampling.acceptance(52, 3, 0.03)) == pytest.approx(0.93, abs=5e-3)


@pytest.mark.parametrize(("n", "c"), [(1, 0), (20, 1), (80, 2), (500, 21), (5, 5)])
def test_acceptance_equals_scipys_binomial_and_forty_digits(n, c):
    p = np.linspace(0.0, 1.0, 41)
    assert np.allclose(sampling.acceptance(n, c, p), binom.cdf(c, n, p), rtol=0, atol=1e-12)
    with mpmath.workdps(40):
        exact = mpmath.fsum(
            mpmath.binomial(n, d) * mpmath.mpf("0.03") ** d * mpmath.mpf("0.97") ** (n - d)
            for d in range(c + 1)
        )
        assert float(sampling.acceptance(n, c, 0.03)) == pytest.approx(float(exact), rel=1e-9)


@pytest.mark.parametrize(
    ("i", "f", "percent"),
    [(59, 1 / 3, 0.775), (113, 1 / 7, 0.789), (30, 1 / 7, 2.903), (53, 0.1, 2.037), (31, 1 / 7, 2.813)],
)
def test_worst_outgoing_quality_of_csp1(i, f, percent):
    worst, at = continuous.worst_outgoing(i, f)
    assert 100 * worst == pytest.approx(percent, abs=5.1e-4)
    assert float(continuous.outgoing(i, f, at)) == pytest.approx(worst)


def test_csp1_is_dodges_formula():
    p, i, f = 0.0385, 53, 0.1
    q = 1 - p
    u, v = (1 - q**i) / (p * q**i), 1 / (f * p)
    assert float(continuous.share_looked_at(i, f, p)) == pytest.approx((u + f * v) / (u + v), rel=1e-9)
    assert float(continuous.share_looked_at(i, f, p)) == pytest.approx(0.47093, abs=5e-6)
    assert float(continuous.accepted_unseen(i, f, p)) == pytest.approx(v / (u + v), rel=1e-9)
    assert float(continuous.outgoing(i, f, p)) == pytest.approx(0.020369, abs=5e-7)


def test_skip_lot_is_perrys_formula_and_stops_skipping_when_everything_is_stopped():
    chance = 0.9
    with mpmath.workdps(40):
        run = mpmath.mpf("0.9") ** 8
        exact = (mpmath.mpf("0.25") * mpmath.mpf("0.9") + mpmath.mpf("0.75") * run) / (
            mpmath.mpf("0.25") + mpmath.mpf("0.75") * run
        )
        assert float(continuous.skip_lot_acceptance(8, 0.25, chance)) == pytest.approx(float(exact), rel=1e-9)
    assert continuous.skip_lot_acceptance(8, 0.25, [0.0, 1.0]).tolist() == [0.0, 1.0]


def test_all_or_none_and_why_it_fails_under_unstable_quality():
    k1, k2 = 1.0, 20.0
    for p, all_, none, plan in ((0.02, 1, 0.4, 0.4745), (0.05, 1, 1.0, 0.9997), (0.08, 1, 1.6, 1.129)):
        assert float(deming.cost_of_share(1, p, k1, k2)) == pytest.approx(all_)
        assert float(deming.cost_of_share(0, p, k1, k2)) == pytest.approx(none)
        cost = float(deming.cost_of_plan(50, 2, p, 1000, k1, k2))
        assert cost == pytest.approx(plan, abs=2e-3)  # the anchor was simulated
        assert cost >= min(all_, none) - 1e-12  # no plan beats the better of the two
    assert [deming.cheapest_share(p, k1, k2) for p in (0.02, 0.05, 0.08)] == [0.0, None, 1.0]
    chaos = deming.cost_of_plan(50, 2, [0.01, 0.15], 1000, k1, k2).mean()
    assert chaos == pytest.approx(0.6375, abs=2e-3)
    assert chaos < 1 < deming.cost_of_share(0, [0.01, 0.15], k1, k2).mean()


@pytest.mark.parametrize(("servers", "offered"), [(1, 0.7), (4, 2.8), (20, 18.5), (200, 190.0)])
def test_erlang_c_in_forty_digits(servers, offered):
    with mpmath.workdps(60):
        a, c = mpmath.mpf(str(offered)), servers
        tail = a**c / mpmath.factorial(c) * c / (c - a)
        exact = tail / (mpmath.fsum(a**k / mpmath.factorial(k) for k in range(c)) + tail)
        assert queues.erlang_c(servers, offered) == pytest.approx(float(exact), rel=1e-9)


def test_waits_of_one_server():
    assert queues.wait_mg1(0.7, 1, 1) == pytest.approx(2.33333, abs=5e-6)
    assert queues.wait_mmc(1, 0.7, 1) == pytest.approx(queues.wait_mg1(0.7, 1, 1), rel=1e-12)
    assert queues.wait_mg1(0.7, 1, 0) == pytest.approx(queues.wait_mg1(0.7, 1, 1) / 2)


def test_ruin():
    assert [round(ruin.cramer_lundberg(0.3, 0.2, u), 5) for u in range(4)] == [
        0.76923,
        0.73453,
        0.7014,
        0.66977,
    ]
    assert ruin.gamblers_ruin(0.6, 1) == pytest.approx(2 / 3, rel=1e-12)
    assert ruin.gamblers_ruin(0.5, 3, 10) == pytest.approx(0.7)
    assert ruin.gamblers_ruin(0.4, 2, 1e4) == pytest.approx(1.0)
    q = 0.55 / 0.45
    assert ruin.gamblers_ruin(0.45, 2, 9) == pytest.approx((q**2 - q**9) / (1 - q**9), rel=1e-9)


def test_a_curve_puts_them_together():
    found = curve(policy("single:n=80,c=2"), [0.01, 0.02], 1000)
    assert [point.acceptance for point in found.points] == pytest.approx(
        binom.cdf(2, 80, [0.01, 0.02]).tolist()
    )
    assert [point.inspected_per_lot for point in found.points] == pytest.approx([122.829, 278.335], abs=1e-3)
    assert found.worst_outgoing is not None
    assert all(point.outgoing <= found.worst_outgoing for point in found.points)
    assert math.isclose(curve(policy("all"), [0.3], 10).points[0].inspected_share, 1.0)
