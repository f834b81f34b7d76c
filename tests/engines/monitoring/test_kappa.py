"""Kappa against what is printed: the papers' own examples, and a SAS listing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.engines.monitoring import BadTable, against_the_rest, kappa, specific

# Fleiss, Cohen & Everitt 1969: 200 patients, psychosis, neurosis, other.
FCE = 200 * np.array([[0.53, 0.05, 0.02], [0.11, 0.14, 0.05], [0.01, 0.06, 0.03]])
FCE_WEIGHTS = np.array([[1, 0, 0.4444], [0, 1, 0.6667], [0.4444, 0.6667, 1]])
# Cohen 1968, table 1: 200 patients, with how grave each disagreement is.
COHEN = 200 * np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
GRAVE = np.array([[0, 1, 3], [1, 0, 6], [3, 6, 0]])
# A printout of SAS's FREQ, kept by statsmodels' tests.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


def test_the_example_of_fleiss_cohen_and_everitt_with_weights():
    found = kappa(FCE, weights=FCE_WEIGHTS)
    assert found.observed == pytest.approx(0.787, abs=5e-4)
    assert found.expected == pytest.approx(0.567, abs=5e-4)
    assert found.kappa == pytest.approx(0.508, abs=1e-3)
    assert found.standard_error**2 == pytest.approx(0.003248, abs=1e-6)
    assert found.standard_error_by_chance**2 == pytest.approx(0.004269, abs=2e-6)


def test_the_example_of_fleiss_cohen_and_everitt_without_weights():
    found = kappa(FCE)
    assert (found.observed, found.expected) == pytest.approx((0.70, 0.475))
    assert found.kappa == pytest.approx(0.429, abs=5e-4)


def test_weights_that_are_not_symmetric_by_the_delta_method():
    """The variance of any smooth figure of a multinomial table, from its slopes taken by small steps."""
    weights = np.array([[1, 0.5, 0.44], [0.9, 1, 0.56], [0.75, 0.66, 1]])
    p, step, slopes = FCE / 200, 1e-6, np.zeros((3, 3))
    for cell in np.ndindex(3, 3):
        up, down = p.copy(), p.copy()
        up[cell] += step
        down[cell] -= step
        slopes[cell] = (_value(up, weights) - _value(down, weights)) / (2 * step)
    variance = ((p * slopes**2).sum() - (p * slopes).sum() ** 2) / 200
    found = kappa(FCE, weights=weights)
    assert found.kappa == pytest.approx(0.4453478, abs=1e-7)  # as Accord's tests have it
    assert found.standard_error**2 == pytest.approx(variance, rel=1e-6)


def _value(p, weights):
    """Kappa of shares that needn't add up to one."""
    total = p.sum()
    agree = (weights * p).sum() / total
    chance = (weights * np.outer(p.sum(axis=1), p.sum(axis=0))).sum() / total**2
    return (agree - chance) / (1 - chance)


def test_cohens_example_of_1968():
    assert kappa(COHEN).kappa == pytest.approx(0.492, abs=5e-4)
    assert kappa(COHEN, weights=1 - GRAVE / 6).kappa == pytest.approx(0.348, abs=5e-4)
    assert kappa(COHEN).standard_error == pytest.approx(0.051, abs=5e-4)


def test_a_listing_of_sas():
    found = kappa(SAS)
    assert (found.kappa, found.standard_error, found.low, found.high) == pytest.approx(
        (0.4842, 0.1380, 0.2137, 0.7547), abs=5e-5
    )
    assert found.standard_error_by_chance == pytest.approx(0.1484, abs=5e-5)


def test_a_weighted_listing_of_sas():
    distance = np.abs(np.subtract.outer(np.arange(3), np.arange(3)))
    found = kappa(SAS, weights=1 - distance / 2)
    assert (found.kappa, found.standard_error, found.standard_error_by_chance) == pytest.approx(
        (0.4701, 0.1457, 0.1426), abs=5e-5
    )


@pytest.mark.parametrize(
    ("table", "value", "by_chance"),
    [([[40, 9], [6, 45]], 0.70, 0.50), ([[80, 10], [5, 5]], 0.32, 0.78)],
)
def test_the_paradox_of_feinstein_and_cicchetti(table, value, by_chance):
    """The same agreement, 0.85, and kappas far apart (their tables, 1990)."""
    found = kappa(table)
    assert found.observed == pytest.approx(0.85)
    assert found.kappa == pytest.approx(value, abs=5e-3)
    assert found.expected == pytest.approx(by_chance, abs=5e-3)


def test_positive_and_negative_agreement_tell_the_two_apart():
    assert specific([[40, 9], [6, 45]]).positive == pytest.approx(80 / 95)
    assert specific([[40, 9], [6, 45]]).negative == pytest.approx(90 / 105)
    assert specific([[80, 10], [5, 5]]).positive == pytest.approx(160 / 175)
    assert specific([[80, 10], [5, 5]]).negative == pytest.approx(10 / 25)


def test_nothing_can_be_told_where_both_put_all_in_one_place():
    found = kappa([[7, 0], [0, 0]])
    assert (found.observed, found.kappa, found.standard_error, found.low) == (1.0, None, None, None)
    assert specific([[7, 0], [0, 0]]).negative is None


@pytest.mark.parametrize("table", [[[9, 1], [0, 0]], [[9, 0], [1, 0]], [[5, 5], [0, 0]], [[0, 0], [3, 6]]])
def test_nothing_can_be_told_where_one_judge_used_one_place_only(table):
    found = kappa(table)
    assert (found.kappa, found.standard_error, found.low, found.high) == (None,) * 4


@pytest.mark.parametrize("table", [[[9, 0], [0, 1]], [[5, 0, 0], [0, 7, 0], [0, 0, 11]]])
def test_full_agreement_has_no_interval(table):
    """Its standard error is 0, which says nothing of the next ten."""
    found = kappa(table)
    assert (found.kappa, found.low, found.high) == (pytest.approx(1), None, None)
    assert found.standard_error == pytest.approx(0, abs=1e-7)


def test_something_against_nothing():
    table = np.arange(25).reshape(5, 5)
    fourfold = against_the_rest(table, [0, 1, 2, 3])
    assert fourfold.sum() == table.sum()
    assert fourfold[1, 1] == table[4, 4]
    assert fourfold[0, 1] == table[:4, 4].sum()


@pytest.mark.parametrize(
    "table", [[[1]], [[1, 2, 3], [4, 5, 6]], [[0, 0], [0, 0]], [[1, -1], [0, 2]], [[1, np.nan], [0, 2]]]
)
def test_what_is_no_table_of_agreement_is_refused(table):
    with pytest.raises(BadTable):
        kappa(table)


@given(st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=4, max_size=4))
def test_it_does_not_matter_who_is_called_first_nor_how_categories_are_ordered(rows):
    table = np.array(rows) + np.eye(4)
    order = [2, 0, 3, 1]
    value, error = kappa(table).kappa, kappa(table).standard_error
    for other in (table.T, table[np.ix_(order, order)]):
        assert (kappa(other).kappa, kappa(other).standard_error) == pytest.approx((value, error), abs=1e-9)
    assert -1 <= value <= 1


def test_the_interval_covers_as_often_as_it_says():
    """2,000 draws of 150 items with a known kappa: within 4 Monte Carlo errors of 95%, allowing what 150 items cost."""
    random = np.random.default_rng(20261122)
    p = np.array([[0.40, 0.08, 0.02], [0.06, 0.20, 0.04], [0.02, 0.03, 0.15]])
    truth = kappa(p * 1e6).kappa
    draws = random.multinomial(150, p.ravel(), size=2000).reshape(-1, 3, 3)
    found = [kappa(draw) for draw in draws]
    covered = np.mean([one.low <= truth <= one.high for one in found])
    assert abs(covered - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 2000) + 0.01
    spread = np.std([one.kappa for one in found])
    assert np.mean([one.standard_error for one in found]) == pytest.approx(spread, rel=0.06)
