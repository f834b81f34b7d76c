"""The gradient is exact: differences of the objective say the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.engines.ordinal.arrangement import arrange
from fairgate.engines.ordinal.laplace import Laplace

STEP = 1e-4


def objective(factors, link, seed, levels=4, rows=200):
    rng = np.random.default_rng(seed)
    profiles, profile = np.unique(rng.normal(size=(rows, 2)).round(1), axis=0, return_inverse=True)
    return Laplace(
        arrange(
            levels,
            rng.integers(0, levels, rows).astype(np.int32),
            rng.integers(1, 4, rows).astype(np.float64),
            profile.astype(np.int32),
            profiles,
            [(rng.integers(0, size, rows).astype(np.int32), size) for size in factors],
        ),
        link,
        rng.random(len(factors)) < 0.5,
    )


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(2, 20), max_size=3),
    st.sampled_from(["logit", "probit"]),
    st.integers(0, 10**6),
    st.integers(2, 5),
)
def test_the_gradient_is_that_of_finite_differences(factors, link, seed, levels):
    laplace = objective(factors, link, seed, levels)
    rng = np.random.default_rng(seed + 1)
    thresholds = np.linspace(-1.2, 1.3, levels - 1) if levels > 2 else np.array([0.2])
    here = np.concatenate((thresholds, rng.normal(size=2) / 3, rng.normal(size=len(factors)) / 2 - 0.5))
    point = laplace.at(here, 1e-18)
    for j in range(len(here)):
        move = np.eye(len(here))[j] * STEP
        points = [laplace.at(here + k * move, 1e-18).objective for k in (-2, -1, 1, 2)]
        slope = (points[0] - 8 * points[1] + 8 * points[2] - points[3]) / (12 * STEP)
        assert point.gradient[j] == pytest.approx(slope, abs=1e-6 * max(1.0, np.abs(point.gradient).max()))


def test_modes_are_where_the_joint_likelihood_is_flat():
    laplace = objective([9, 5], "logit", 3)
    here = np.array([-1.0, 0.1, 1.2, 0.3, -0.2, -0.4, 0.1])
    point = laplace.at(here, 1e-18)
    laplace._place(here)
    assert np.abs(laplace._score(point.modes, with_value=True)[1]).max() < 1e-8


def test_the_factor_solves_and_inverts_the_curvature_it_was_made_of():
    laplace = objective([9, 5, 3], "probit", 4)
    point = laplace.at(np.array([-1.0, 0.1, 1.2, 0.3, -0.2, -0.4, 0.1, 0.3]), 1e-18)
    inverse = point.factor.solve(np.eye(laplace.arranged.size))
    assert np.allclose(inverse, inverse.T, atol=1e-12)
    groups, _, among = point.factor.inverse()
    assert np.allclose(np.diagonal(inverse), np.concatenate((groups, np.diagonal(among))), atol=1e-12)
    sign, log_determinant = np.linalg.slogdet(inverse)
    assert sign == 1
    assert point.factor.log_determinant == pytest.approx(-log_determinant)


def test_others_eliminated_one_by_one_give_what_a_dense_factor_gives():
    laplace = objective([700, 400, 5], "logit", 6, rows=900)
    arranged = laplace.arranged
    assert len(arranged.elimination.sequence) > 100
    assert len(arranged.elimination.core) > 5
    here = np.array([-1.0, 0.1, 1.2, 0.3, -0.2, -0.4, 0.1, 0.3])
    point = laplace.at(here, 1e-18)
    groups, meetings, among = point.factor.inverse()
    inverse = point.factor.solve(np.eye(arranged.size))
    assert np.allclose(inverse, inverse.T, atol=1e-12)
    assert np.allclose(np.diagonal(inverse), np.concatenate((groups, np.diagonal(among))), atol=1e-12)
    assert point.factor.log_determinant == pytest.approx(-np.linalg.slogdet(inverse)[1])
    of_group = np.repeat(np.arange(arranged.groups), np.diff(arranged.met_start))
    assert np.allclose(inverse[of_group, arranged.groups + arranged.met], meetings, atol=1e-12)
    drawn = point.factor.spread(np.eye(arranged.size))
    assert np.allclose(drawn @ drawn.T, inverse, atol=1e-12)
    for j in range(len(here)):
        move = np.eye(len(here))[j] * STEP
        points = [laplace.at(here + k * move, 1e-18).objective for k in (-1, 1)]
        assert point.gradient[j] == pytest.approx((points[1] - points[0]) / (2 * STEP), abs=2e-5)
