"""What must change nothing: names, order, counting, ways of saying the same model."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from fairgate.engines.ordinal import Category, Interaction, Measure, Ratings, fit


def made(rows=600, seed=5, levels=4):
    rng = np.random.default_rng(seed)
    a, b = rng.integers(0, 30, rows), rng.integers(0, 9, rows)
    x, kind = rng.normal(size=rows).round(1), rng.integers(0, 3, rows)
    eta = 0.8 * rng.normal(size=30)[a] + 0.6 * rng.normal(size=9)[b] + 0.7 * x - 0.5 * kind
    latent = eta + rng.logistic(size=rows)
    rating = (latent[:, None] > np.linspace(-1.5, 1.5, levels - 1)).sum(axis=1)
    return Ratings(
        rating.astype(np.int32),
        tuple("abcdefg"[:levels]),
        (Measure("x", x), Category("kind", kind.astype(np.int32), ("low", "mid", "top"))),
        (
            Category("A", a.astype(np.int32), tuple(f"a{i:02d}" for i in range(30))),
            Category("B", b.astype(np.int32), tuple(f"b{i}" for i in range(9))),
        ),
    )


def taken(ratings, rows, weight=None):
    """The given rows of every column."""

    def of(column):
        if isinstance(column, Measure):
            return Measure(column.name, column.values[rows])
        return Category(column.name, column.codes[rows], column.names)

    return replace(
        ratings,
        rating=ratings.rating[rows],
        fixed=tuple(map(of, ratings.fixed)),
        random=tuple(map(of, ratings.random)),
        weight=weight,
    )


def figures(found):
    told = [found.log_likelihood, *(one.estimate for one in (*found.thresholds, *found.fixed))]
    return [*told, *(one.standard_error for one in found.fixed), *(one.sd for one in found.random)]


def assert_same(one, other, rel=1e-5):
    assert figures(one) == pytest.approx(figures(other), rel=rel, abs=1e-6)


def test_shuffled_rows_change_nothing():
    ratings = made()
    rows = np.random.default_rng(1).permutation(ratings.rows)
    assert_same(fit(taken(ratings, rows)), fit(ratings))


def test_relabelled_levels_of_a_random_factor_change_nothing():
    ratings = made()
    first, second = ratings.random
    order = np.random.default_rng(2).permutation(30)
    renamed = Category("A", order[first.codes].astype(np.int32), tuple(f"z{i}" for i in range(30)))
    assert_same(fit(replace(ratings, random=(renamed, second))), fit(ratings))
    assert_same(
        fit(replace(ratings, random=(second, first))), replace(fit(ratings), random=fit(ratings).random[::-1])
    )


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_equal_rows_merged_into_weights_change_nothing(link):
    ratings = made()
    times = np.random.default_rng(3).integers(1, 4, ratings.rows)
    repeated = fit(taken(ratings, np.repeat(np.arange(ratings.rows), times)), link)
    weighted = fit(replace(ratings, weight=times.astype(float)), link)
    assert_same(repeated, weighted)
    assert repeated.n == weighted.n == times.sum()


def test_rows_with_weight_zero_or_something_missing_are_left_out_and_told():
    ratings = made()
    rating = ratings.rating.copy()
    rating[:50] = -1
    found = fit(replace(ratings, rating=rating))
    assert_same(found, fit(taken(ratings, np.arange(50, ratings.rows))))
    assert found.warnings[0] == "50 of 600 ratings have something missing: left out."


def test_nested_is_crossed_with_unique_labels():
    ratings = made(900)
    outer = ratings.random[1]
    inner = Category("class", (ratings.random[0].codes % 4).astype(np.int32), ("1", "2", "3", "4"))
    unique = Category(
        "B:class",
        (outer.codes * 4 + inner.codes).astype(np.int32),
        tuple(f"{b}-{c}" for b in outer.names for c in inner.names),
    )
    nested = replace(ratings, random=(outer, outer.crossed(inner)))
    assert_same(fit(nested), fit(replace(ratings, random=(outer, unique))))


def test_a_measure_in_other_units_changes_its_effect_by_the_unit_alone():
    ratings = made()
    x, kind = ratings.fixed
    far = fit(replace(ratings, fixed=(Measure("x", 1000 * x.values + 2016), kind)))
    near = fit(ratings)
    assert far.log_likelihood == pytest.approx(near.log_likelihood, abs=1e-6)
    assert far.coefficient("x").estimate * 1000 == pytest.approx(near.coefficient("x").estimate, rel=1e-5)
    assert far.coefficient("x").standard_error * 1000 == pytest.approx(
        near.coefficient("x").standard_error, rel=1e-4
    )


def test_two_levels_are_logistic_regression():
    ratings = replace(made(levels=2), random=())
    found = fit(ratings)
    x, kind = ratings.fixed
    matrix = np.column_stack((np.ones(600), x.values, kind.codes == 1, kind.codes == 2))
    y = ratings.rating

    def minus(beta):
        eta = matrix @ beta
        return -(y * log_expit(eta) + (1 - y) * log_expit(-eta)).sum(), matrix.T @ (expit(eta) - y)

    peer = minimize(minus, np.zeros(4), jac=True, method="BFGS", options={"gtol": 1e-9})
    assert found.log_likelihood == pytest.approx(-peer.fun, abs=1e-8)
    assert -found.thresholds[0].estimate == pytest.approx(peer.x[0], abs=1e-5)
    assert [one.estimate for one in found.fixed] == pytest.approx(peer.x[1:], abs=1e-5)
    curved = matrix.T @ (matrix * (expit(matrix @ peer.x) * expit(-matrix @ peer.x))[:, None])
    errors = np.sqrt(np.diagonal(np.linalg.inv(curved)))
    assert [one.standard_error for one in found.fixed] == pytest.approx(errors[1:], rel=1e-4)


def test_an_interaction_gives_each_pair_its_own_mean():
    ratings = made(2000)
    kind = ratings.fixed[1]
    half = Category("half", (np.arange(2000) % 2).astype(np.int32), ("a", "b"))
    both = fit(replace(ratings, fixed=(kind, half, Interaction(kind, half)), random=()))
    pair = Category("pair", kind.codes * 2 + half.codes, tuple("123456"))
    one = fit(replace(ratings, fixed=(pair,), random=()))
    assert both.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-7)
    assert len(both.fixed) == len(one.fixed) == 5
