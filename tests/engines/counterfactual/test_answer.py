"""Halden Pharma's answer: threshold, ranking, refusal."""

import numpy as np
import pytest

from fairgate.engines.counterfactual import (
    BY_NAME,
    Answer,
    CannotKeepUp,
    Observed,
    Refused,
    Study,
    ask,
    plain,
    policies,
    standard,
)
from fairgate.engines.counterfactual.base_rates import check_base_rates
from fairgate.engines.counterfactual.outcomes import outcome
from fairgate.engines.counterfactual.spreads import figure

SMALL = {"replicates": 1200, "seed": 2}
COUNTED = (Observed("stopped", 58, 2, used=True), Observed("complaints", 4, 2), Observed("released", 989, 2))


@pytest.fixture(scope="module")
def halden() -> Answer:
    found = ask(standard(), years=10, observed=COUNTED, **SMALL)
    assert isinstance(found, Answer)
    return found


def test_the_threshold_is_found_and_halden_is_above_it(halden):
    value, low, high = halden.threshold.per_thousand("nobody")
    assert 0.3 < low < value < high < 10
    assert halden.threshold.records_low > high
    less = halden.threshold.per_thousand("less:share=0.5")
    assert less is not None
    assert (
        less[0] > value
    )  # it takes more flawed lots to make half the checks too few than to make none too few


def test_the_policies_compared_are_less_by_exception_more_and_nobody_in_two_readings(halden):
    assert halden.policies == (
        "today",
        "less:share=0.5",
        "exception",
        "more:reviews=2",
        "nobody",
        "nobody:licence=ends",
    )
    by_name = {one.policy: one for one in halden.outcomes}
    assert (
        by_name["nobody"].worth.middle
        < by_name["less:share=0.5"].worth.middle
        < by_name["today"].worth.middle
    )
    assert by_name["nobody:licence=ends"].out_early.middle == 0
    assert by_name["nobody:licence=ends"].escaped_per_thousand is None


def test_flawed_product_goes_out_by_severity_and_faster(halden):
    by_name = {one.policy: one for one in halden.outcomes}
    for severity in ("minor", "major", "critical"):
        rates = [
            by_name[name].escaped_per_thousand[severity].middle
            for name in ("more:reviews=2", "today", "less:share=0.5", "nobody")
        ]
        assert rates == sorted(rates)
    days = [by_name[name].gate_days.middle for name in ("nobody", "today", "more:reviews=2")]
    assert days == sorted(days)
    assert by_name["nobody"].out_first.middle > by_name["today"].out_first.middle * 0.98


def test_quality_costs_have_four_parts_and_move_against_each_other(halden):
    told = {one.policy: one.quality_cost_a_year for one in halden.outcomes if one.quality_cost_a_year}
    by_name = {name: {part: it.middle for part, it in parts.items()} for name, parts in told.items()}
    assert set(by_name["today"]) == {"prevention", "appraisal", "internal", "external"}
    assert by_name["nobody"]["appraisal"] == 0
    assert (
        by_name["nobody"]["external"] > by_name["today"]["external"] > by_name["more:reviews=2"]["external"]
    )


def test_survival_never_rises_and_stays_in_its_band(halden):
    for one in halden.outcomes:
        shares = [point.middle for point in one.alive]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= point.low <= point.middle <= point.high <= 1 for point in one.alive)


def figures_in(held):
    """Every figure, wherever it stands in what is kept."""
    if isinstance(held, dict):
        if {"middle", "low", "high"} <= held.keys():
            yield held
        held = held.values()
    if not isinstance(held, (str, bytes)) and hasattr(held, "__iter__"):
        for one in held:
            yield from figures_in(one)


def test_no_figure_lies_outside_its_own_band(halden):
    found = list(figures_in(plain(halden)))
    assert len(found) > 100
    assert all(one["low"] <= one["middle"] <= one["high"] for one in found)
    for one in halden.differences:
        assert one.chance_low <= one.middle <= one.chance_high
    for one in halden.outcomes:
        if one.median_low is not None and one.median_months is not None and one.median_high is not None:
            assert one.median_low <= one.median_months <= one.median_high


def test_figures_are_of_the_sets_held_possible_and_not_of_the_values():
    """At the values all go on; in every set held possible all end. What is told is what is held possible."""
    runs = Study(standard(), policies(["today"]), 12, 1).by_chance(100)[0]
    held = np.stack([runs] * 20)
    held["end"], held["months"] = 1, 3
    found = outcome("x", held, 12)
    survived = found.alive[-1]
    assert (survived.middle, survived.low, survived.high) == (0.0, 0.0, 0.0)
    assert (found.median_low, found.median_months, found.median_high) == (3, 3, 3)
    assert found.ends["insolvent"].middle == 1


def test_what_follows_from_known_numbers_is_what_the_sums_say():
    """Without uncertainty every figure is the plain average or ratio of all runs together."""
    known = {name: {"value": belief.value} for name, belief in standard().beliefs.items()}
    study = Study(standard().changed(known), policies(["today"]), 24, 1)
    held = study.held_possible(20, 40)[:, 0]
    found = outcome("today", held, 24)
    assert found.worth.middle == pytest.approx(held["worth"].mean(), abs=4 * found.worth.error)
    rate = held["complaints"].sum() / held["months"].sum() * 12
    assert found.complaints_a_year.middle == pytest.approx(rate, abs=4 * found.complaints_a_year.error)
    parts = sum(it.middle for it in found.quality_cost_a_year.values())
    assert found.quality_cost_together.middle == pytest.approx(parts, rel=0.1)


def test_the_error_of_a_middle_is_what_other_seeds_scatter_by():
    """Of 300 middles of 100 sets, each a normal number and chance on it."""
    rng = np.random.default_rng(5)
    made = [figure(rng.normal(10, 3, (100, 1)) + rng.normal(0, 8, (100, 20))) for _ in range(300)]
    scatter = np.std([one.middle for one in made])
    assert np.mean([one.error for one in made]) == pytest.approx(scatter, rel=0.15)
    # Chance is taken out of the band: 10 ± 1.645 · 3.
    assert np.mean([one.low for one in made]) == pytest.approx(10 - 1.645 * 3, abs=0.35)
    assert np.mean([one.high for one in made]) == pytest.approx(10 + 1.645 * 3, abs=0.35)


def test_the_headline_has_its_own_assumptions_and_the_two_worth_most_theirs(halden):
    first = halden.tornados[0]
    assert (first.policy, first.against) == ("today", "nobody")
    assert {swing.parameter for swing in first.swings} == set(BY_NAME)
    assert {swing.parameter for swing in first.swings if swing.tried} == set(standard().certain())
    for one in halden.tornados:
        widths = [swing.width for swing in one.swings]
        assert widths == sorted(widths, reverse=True)
    last = halden.tornados[-1]
    assert (last.policy, last.against) == (halden.best, halden.second)


def test_where_the_headline_is_about_the_two_worth_most_it_stands_once():
    found = ask(standard(), policies(["nobody"]), years=3, replicates=200)
    assert isinstance(found, Answer)
    names = [{one.policy, one.against} for one in found.tornados]
    assert names == [{"today", "nobody"}]


def test_differences_are_of_every_pair_and_turn_round(halden):
    there = halden.against("exception", "less:share=0.5")
    back = halden.against("less:share=0.5", "exception")
    assert [one.figure for one in there] == ["worth", "months", "out_first", "out_early", "serious"]
    for a, b in zip(there, back, strict=True):
        assert (a.middle, a.low, a.chance_high) == (-b.middle, -b.high, -b.chance_low)
        assert a.above == pytest.approx(1 - b.above)
    assert halden.against("today", "today") == ()


def test_what_chance_explains_is_no_order():
    found = ask(standard(), policies(["less:share=1"]), years=2, replicates=100)
    assert isinstance(found, Answer)
    assert found.apart is False


def test_something_flips_the_ranking_and_its_place_is_told(halden):
    assert any(swing.flips for swing in halden.tornados[-1].swings)
    for line in halden.flips:
        assert line.values[0] <= line.crossings[0].value <= line.values[-1]


def test_base_rates_agree_and_their_power_is_told(halden):
    assert halden.base_rates.agrees
    complaints = next(one for one in halden.base_rates.checked if one.what == "complaints")
    assert complaints.power_if_double < 0.5  # few events pass nearly anything
    assert "stopped" not in [one.what for one in halden.base_rates.checked]  # it was used
    assert halden.override == ""


def test_under_very_low_defect_rates_less_checking_wins():
    world = standard().with_values(quality__flawed=0.0003)
    found = ask(world, policies(["less", "nobody"]), years=10, **SMALL)
    assert isinstance(found, Answer)
    assert found.best == "nobody"
    assert found.threshold.records_high < found.threshold.per_thousand("nobody")[1]


def test_a_wrong_scenario_is_refused_with_the_figures_that_disagree():
    found = ask(
        standard(), years=5, observed=[Observed("complaints", 60, 2), Observed("released", 989, 2)], **SMALL
    )
    assert isinstance(found, Refused)
    wrong = [one for one in found.base_rates.checked if not one.agrees]
    assert [(one.what, one.count) for one in wrong] == [("complaints", 60)]
    assert wrong[0].high < 60


def test_a_refusal_can_be_overridden_with_a_reason_that_is_kept():
    wrong = [Observed("complaints", 60, 2)]
    found = ask(
        standard(), policies(["nobody"]), years=2, observed=wrong, override="one batch of leaflets", **SMALL
    )
    assert isinstance(found, Answer)
    assert found.override == "one batch of leaflets"


def test_a_plant_that_cannot_keep_up_today_is_explained():
    with pytest.raises(CannotKeepUp, match="Under the policy today the reviewers can't keep up"):
        ask(standard().with_values(plant__reviewers=1), **SMALL)


def test_the_same_seed_gives_the_same_answer(halden):
    again = ask(standard(), years=10, observed=COUNTED, **SMALL)
    assert isinstance(again, Answer)
    assert again.to_dict() == halden.to_dict()


def test_counts_are_held_against_businesses_that_are_still_there():
    """With cash for a few months nearly all end; whoever has counted two years of releases is one of the others."""
    poor = standard().with_values(money__cash=1500, quality__flawed=0.05)
    study = Study(poor, policies(["today"]), 24, 1)
    runs = study.held_possible(400, 10)[:, 0]
    gone = float((runs["end"] != 0).mean())
    assert 0.05 < gone < 0.98
    checked = check_base_rates(study, [Observed("released", 980, 2)]).checked[0]
    assert checked.low >= np.quantile(runs["out"][runs["end"] == 0], 0.02)
    assert np.quantile(runs["out"], 0.02) < checked.low
