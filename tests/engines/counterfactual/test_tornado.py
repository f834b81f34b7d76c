"""What counts as certain is tried all the same; a bar says no more than chance allows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.engines.counterfactual import BY_NAME, PARAMETERS, Study, Swing, policies, policy, standard
from fairgate.engines.counterfactual.spreads import figure
from fairgate.engines.counterfactual.tornado import WIDEST, ends_of, tornado


def typed(**values):
    return ends_of(standard().with_values(**values))


def test_without_a_range_half_and_double_are_tried():
    assert typed(money__review=10)["money.review"] == (5, 20)
    assert typed(plant__reviewers=5)["plant.reviewers"] == (2, 10)  # people are whole
    low, high = typed(check__rework=0.7)["check.rework"]  # of a share the odds: it stays one
    assert low / (1 - low) == pytest.approx(0.7 / 0.3 / 2)
    assert high / (1 - high) == pytest.approx(2 * 0.7 / 0.3)
    assert typed(quality__drift=-0.02)["quality.drift"] == (-0.04, -0.01)


def test_what_can_hardly_be_halved_or_doubled_stays_in_its_limits():
    assert typed(check__share=1)["check.share"] == (0.5, 1)
    assert typed(outside__letter_months=80)["outside.letter_months"] == (40, 120)
    assert "quality.noise" not in typed(quality__noise=0)  # half of nothing is nothing
    assert typed(plant__reviewers=2)["plant.reviewers"][0] == 2  # one couldn't keep up: nothing to compare
    low, high = typed(quality__major=0.9, quality__critical=0.08)["quality.major"]
    assert low < 0.9 < high <= 0.92  # together at most 1


def test_with_a_range_its_ends_are_taken():
    ends = ends_of(standard())
    for name in ("money.price", "quality.flawed", "quality.drift"):
        belief = standard().belief(name)
        assert ends[name] == pytest.approx((belief.low, belief.high))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([it for it in PARAMETERS if it.scale == "share"]), st.floats(0.0, 1.0))
def test_ends_of_any_share_are_shares_around_it(parameter, value):
    if parameter.name in ("quality.major", "quality.critical") and value > 0.9:
        value = 0.9
    known = {it: {"value": 0.05} for it in ("quality.major", "quality.critical")}
    world = standard().changed({**known, parameter.name: {"value": value}})
    ends = ends_of(world)
    if parameter.name in ends:
        low, high = ends[parameter.name]
        assert 0 <= low <= value <= high <= 1
        world.changed({parameter.name: {"value": high}})  # and the scenario takes both
        world.changed({parameter.name: {"value": low}})


def test_a_typed_number_swings_and_is_marked():
    world = standard().with_values(money__review=10)
    made = tornado(
        Study(world, policies(["today", "nobody"]), 36), policy("today"), policy("nobody"), replicates=200
    )
    assert {it.parameter for it in made.swings} == set(ends_of(world))
    by_name = {it.parameter: it for it in made.swings}
    review = by_name["money.review"]
    assert review.tried
    assert not by_name["money.price"].tried
    # Three years of some 500 reviews a year, 15 thousand dearer each, discounted: today's checks are worth that much less.
    assert -15 * 1600 < review.at_high - review.at_low < -15 * 1000
    widths = [it.width for it in made.swings]
    assert widths == sorted(widths, reverse=True)
    assert len(widths) > WIDEST


@pytest.mark.parametrize(
    ("low", "high", "flips", "crosses"), [(-5, 5, True, False), (-5, 5, False, True), (2, 5, False, False)]
)
def test_a_bar_across_zero_turns_the_order_or_says_that_it_may_be_chance(low, high, flips, crosses):
    assert Swing("money.price", 1, 2, low, high, 3, flips).crosses is crosses


def test_where_chance_explains_all_scatter_the_range_is_that_of_chance():
    """50 sets of nothing but chance: the means shrink to one, but nobody knows it that well."""
    rng = np.random.default_rng(3)
    collapsed = 0
    for _ in range(40):
        held = rng.normal(10, 8, (50, 8))
        made = figure(held)
        assert made.low < made.middle < made.high
        assert made.high - made.low >= 1.9 * 1.645 * made.error or made.high == held.mean(axis=1).max()
        collapsed += made.high - made.low == pytest.approx(2 * 1.6448536 * made.error)
    assert collapsed > 10


def test_what_is_the_same_in_all_sets_stays_exact():
    made = figure(np.full((50, 8), 3.0))
    assert (made.low, made.middle, made.high) == (3, 3, 3)
    few = np.zeros((50, 8))
    few[3, 2] = 1.0
    made = figure(few)
    assert made.low >= 0  # a share is never below none


def test_every_parameter_of_the_examples_is_tried():
    assert set(ends_of(standard())) == set(BY_NAME)
