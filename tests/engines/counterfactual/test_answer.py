"""Halden Pharma's answer: threshold, ranking, refusal."""

import numpy as np
import pytest

from fairgate.engines.counterfactual import (
    Answer,
    CannotKeepUp,
    Observed,
    Refused,
    Study,
    ask,
    policies,
    standard,
)
from fairgate.engines.counterfactual.base_rates import check_base_rates
from fairgate.engines.counterfactual.outcomes import outcome

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
    assert by_name["nobody"].worth.mean < by_name["less:share=0.5"].worth.mean < by_name["today"].worth.mean
    assert by_name["nobody:licence=ends"].out_early.mean == 0
    assert by_name["nobody:licence=ends"].escaped_per_thousand is None


def test_flawed_product_goes_out_by_severity_and_faster(halden):
    by_name = {one.policy: one for one in halden.outcomes}
    for severity in ("minor", "major", "critical"):
        rates = [
            by_name[name].escaped_per_thousand[severity]
            for name in ("more:reviews=2", "today", "less:share=0.5", "nobody")
        ]
        assert rates == sorted(rates)
    assert by_name["nobody"].gate_days < by_name["today"].gate_days < by_name["more:reviews=2"].gate_days
    assert by_name["nobody"].out_first.mean > by_name["today"].out_first.mean * 0.98


def test_quality_costs_have_four_parts_and_move_against_each_other(halden):
    by_name = {one.policy: one.quality_cost_a_year for one in halden.outcomes}
    assert set(by_name["today"]) == {"prevention", "appraisal", "internal", "external"}
    assert by_name["nobody"]["appraisal"] == 0
    assert (
        by_name["nobody"]["external"] > by_name["today"]["external"] > by_name["more:reviews=2"]["external"]
    )


def test_survival_never_rises_and_stays_in_its_band(halden):
    for one in halden.outcomes:
        shares = [point.share for point in one.alive]
        assert shares == sorted(shares, reverse=True)
        assert all(0 <= point.low <= point.middle <= point.high <= 1 for point in one.alive)


def test_both_figures_are_kept_where_values_lie_outside_what_is_held_possible(halden):
    """Nothing is moved into its band: the share at the values, and the middle of the sets with its band, side by side."""
    for one in halden.outcomes:
        assert one.worth.low <= one.worth.middle <= one.worth.high
        if one.median_low is not None and one.median_high is not None:
            assert one.median_low <= one.median_high
    survived = outcome("x", *_one_sided(), 12).alive[-1]
    assert (survived.share, survived.low, survived.high, survived.middle) == (1.0, 0.0, 0.0, 0.0)


def _one_sided():
    """At the values all go on; in every set held possible all end."""
    runs = Study(standard(), policies(["today"]), 12, 1).by_chance(100)[0]
    chance, held = runs.copy(), np.stack([runs] * 20)
    chance["end"], chance["months"] = 0, 12
    held["end"], held["months"] = 1, 3
    return chance, held


def test_the_headline_has_its_own_assumptions(halden):
    assert {swing.parameter for swing in halden.headline} == set(standard().uncertain())
    widths = [swing.width for swing in halden.headline]
    assert widths == sorted(widths, reverse=True)


def test_what_chance_explains_is_no_order():
    found = ask(standard(), policies(["less:share=1"]), years=2, replicates=100)
    assert isinstance(found, Answer)
    assert found.apart is False


def test_something_flips_the_ranking_and_its_place_is_told(halden):
    assert any(swing.flips for swing in halden.swings)
    assert [swing.width for swing in halden.swings] == sorted((s.width for s in halden.swings), reverse=True)
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
