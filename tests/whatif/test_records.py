"""What records tell is measured, with the figures it comes from; what they don't tell is not."""

from datetime import timedelta

import numpy as np
import pytest

from fairgate.engines.counterfactual import BadParameter, Refused, from_plain
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Outcome
from fairgate.protection.rules import WouldHave
from fairgate.shared.translations import ENGLISH
from fairgate.whatif import actions, queries
from fairgate.whatif.dataset import WORKING, counted, kept, records_of
from fairgate.whatif.models import ScenarioEdition
from fairgate.whatif.wording import records as wording

from .conftest import PROGRAM


def told(plant, **more):
    window = plant.window(**more)
    return counted(queries.lots_in(plant.unit, window), window)


def test_first_reviews_stops_and_what_comes_back_are_counted(plant):
    found = told(plant.two_years()).records
    # 240 lots and the four that escaped; what came back is not new.
    assert (found.submitted, found.reviewed, found.stopped, found.reworked) == (244, 244, 40, 30)
    assert (found.judged, found.real) == (12, 10)
    assert np.bincount(found.severity).tolist() == [6, 3, 1]
    assert found.months == pytest.approx(720 / (365.25 / 12), abs=0.3)
    assert found.reworks == pytest.approx(np.full(30, 4 * WORKING))
    assert found.at_gate == pytest.approx(np.full(244, WORKING))
    assert found.deciders == 1


def test_what_the_sides_differ_on_counts_for_neither(plant):
    assert told(plant.two_years()).split == 1


def test_of_two_severities_the_milder_counts(plant):
    first, *_ = plant.lots(12)
    plant.judged(first, WouldHave.HARM, WouldHave.RECALL)
    assert told(plant).records.severity.tolist() == [1]


def test_an_overturned_refusal_was_a_stop_and_nothing_was_wrong(plant):
    for one in plant.lots(12):
        plant.judged(one, WouldHave.REWORK, WouldHave.REWORK)
    before = told(plant).records
    plant.overturned(days_ago=5)
    after = told(plant).records
    assert (after.stopped, after.judged, after.real) == (before.stopped + 1, before.judged + 1, before.real)


def test_overturned_refusals_count_only_as_far_as_other_stops_are_judged(plant):
    """Half of the others are judged and all of those were real; of six stops, two were overturned: four of six are real."""
    stops = plant.lots(24)
    for one in stops[::2]:
        plant.judged(one, WouldHave.REWORK, WouldHave.REWORK)
    for _ in range(2):
        plant.overturned(days_ago=5)
    found = told(plant).records
    assert (found.stopped, found.judged, found.real) == (6, 3, 2)


def test_stops_that_set_nothing_check_the_scenario(plant):
    plant.lots(24)
    used = {one.what: one.used for one in told(plant).observed}
    assert used == {"complaints": False, "released": True, "stopped": False}
    plant.judged(plant.stops[0], WouldHave.REWORK, WouldHave.REWORK)
    assert {one.what: one.used for one in told(plant).observed}["stopped"]


def test_nothing_stopped_in_many_lots_contradicts_one_in_twenty_flawed(plant):
    plant.lots(240, every=1000)
    result = plant.ran(plant.known(window=plant.window()))
    assert isinstance(from_plain(result.answer), Refused)
    assert "stopped" in [one["what"] for one in result.answer["base_rates"]["checked"]]


def test_that_every_lot_is_reviewed_is_assumed_and_why_is_said(plant):
    plant.two_years()
    edition = plant.scenario(window=plant.window()).editions.get()
    held = queries.held_in(edition).belief("check.share")
    assert (held.value, held.kind) == (1.0, "assumed")
    assert "hold only lots that were reviewed" in held.source
    assert "share" in edition.open_codes


def test_nobody_calls_a_number_measured_by_hand(plant):
    mine = {"money.price": {"value": 120.0, "kind": "measured", "source": "the books"}}
    with pytest.raises(BadParameter, match="measured is only said by a calibration"):
        plant.scenario(entries=mine)
    scenario = plant.scenario()
    with pytest.raises(BadParameter, match="measured is only said by a calibration"):
        actions.change_scenario(by=PROGRAM, pk=scenario.pk, seen=1, entries=mine)


def test_what_waits_is_censored_and_what_was_taken_back_is_not_there(plant):
    plant.lots(12)
    open_, taken = (plant.decided(Outcome.HELD, days_ago=4).request for _ in range(2))
    ServiceRequest.objects.filter(pk=taken.pk).update(withdrawn_at=taken.submitted_at, outcome="")
    found = told(plant)
    assert len(found.records.waiting) == 1
    assert found.records.submitted == 12
    assert open_.outcome == Outcome.HELD


def test_only_the_kinds_units_and_months_chosen_count(plant):
    plant.lots(12)
    plant.decided(Outcome.APPROVED, kind="change")
    plant.decided(Outcome.APPROVED, unit="Warehouse")
    assert told(plant).records.submitted == 13
    assert told(plant, unit=plant.units["Manufacturing"].pk).records.submitted == 12
    plant.decided(Outcome.APPROVED, days_ago=400)
    assert told(plant, months=12).records.submitted == 13
    assert queries.lots_in(plant.unit, plant.window(kinds=(0,))) is None


def test_complaints_soon_after_records_begin_are_about_lots_from_before(plant):
    plant.lots(240)
    plant.escaped(delay=60, age=700)  # heard of two months after the first lot
    plant.escaped(delay=60, age=300)
    complaints = {one.what: one for one in told(plant).observed}["complaints"]
    assert complaints.count == 1
    assert complaints.years == pytest.approx((720 - 183) / 365.25, abs=0.02)
    assert not complaints.used
    used = {one.what: one for one in told(plant, use_complaints=True).observed}["complaints"]
    assert used.used


def test_records_are_kept_as_they_were(plant):
    found = told(plant.two_years()).records
    again = records_of(kept(found))
    assert (again.stopped, again.real, again.months) == (found.stopped, found.real, found.months)
    for name in ("ages", "delays", "reworks", "at_gate", "waiting"):
        assert np.sort(getattr(again, name)) == pytest.approx(np.sort(getattr(found, name)), abs=0.006)


def test_measured_is_said_of_records_and_names_its_figures(plant):
    plant.two_years()
    scenario = plant.scenario(window=plant.window())
    held = queries.held_in(scenario.editions.get())
    flawed = held.belief("quality.flawed")
    assert flawed.kind == "estimated"  # from catches, and from what reviews miss, which nobody measured
    assert "40 of 244 lots stopped at their first review, 10 of 12 stopped lots" in flawed.source
    assert flawed.author == "Bob"
    assert held.belief("check.rework").source.endswith("30 of 40 stopped lots sent back")
    assert held.belief("check.rework").kind == "measured"
    taken_for = [held.belief(name) for name in ("plant.lots_per_month", "plant.reviewers", "quality.major")]
    assert {belief.kind for belief in taken_for} == {"estimated"}
    # Nothing recorded tells how much a review sees: that stays as it was, and is said to be open.
    assert held.belief("check.sensitivity_major").kind == "assumed"
    assert "from published figures of what people miss" in held.belief("check.sensitivity_major").source
    assert "sensitivity" in scenario.editions.get().open_codes
    assert held.belief("money.price").kind == "assumed"


def test_without_records_nothing_is_measured(plant):
    held = queries.held_in(plant.scenario().editions.get())
    assert {"assumed", "published"} == {belief.kind for belief in held.beliefs.values()}


def test_records_without_a_decision_are_refused_and_nothing_is_kept(plant):
    with pytest.raises(actions.NoRecords):
        plant.scenario(window=plant.window())
    assert not ScenarioEdition.objects.exists()


def test_counting_again_follows_what_was_decided_since(plant):
    plant.two_years()
    scenario = plant.scenario(window=plant.window())
    before = queries.held_in(scenario.editions.get())["quality.flawed"]
    for _ in range(30):
        plant.decided(Outcome.REFUSED, days_ago=2)
    edition = actions.calibrate_scenario(by=PROGRAM, pk=scenario.pk, seen=1, window=plant.window())
    assert edition.number == 2
    assert queries.held_in(edition)["quality.flawed"] > before
    assert timedelta(0) <= edition.at - scenario.made_at


def test_what_was_handed_in_again_as_another_kind_is_warned_of(plant):
    stops = plant.lots(24)
    again = plant.decided(Outcome.APPROVED, kind="change")
    ServiceRequest.objects.filter(pk=again.request_id).update(follows=stops[0].request)
    scenario = plant.scenario(window=plant.window())
    doubts = wording.doubts(scenario.editions.get().records, ENGLISH)
    assert len(doubts) == 1
    assert "1 requests belong together with others of kinds that were not counted (Change)" in doubts[0]
    both = tuple(kind.pk for kind in plant.kinds.values())
    edition = actions.calibrate_scenario(by=PROGRAM, pk=scenario.pk, seen=1, window=plant.window(kinds=both))
    assert wording.doubts(edition.records, ENGLISH) == []


def test_more_lots_out_than_in_is_warned_of(plant):
    """Only the kind by which lots come back was chosen: each follows one that was not counted."""
    stops = plant.lots(24)
    plant.decided(Outcome.APPROVED, kind="change")
    for stopped in stops:
        again = plant.decided(Outcome.APPROVED, kind="change")
        ServiceRequest.objects.filter(pk=again.request_id).update(follows=stopped.request)
    window = plant.window(kinds=(plant.kinds["change"].pk,))
    doubts = wording.doubts(plant.scenario(window=window).editions.get().records, ENGLISH)
    assert "4 requests belong together with others of kinds that were not counted (Batch)" in doubts[0]
    assert "More lots went out (5) than came in (1)" in doubts[1]


def test_how_long_a_review_takes_is_estimated_as_nobody_timed_one(plant):
    plant.lots(24)
    for lot in ServiceRequest.objects.all()[:6]:
        ServiceRequest.objects.filter(pk=lot.pk).update(submitted_at=lot.submitted_at - timedelta(days=1))
    held = queries.held_in(plant.scenario(window=plant.window()).editions.get())
    belief = held.belief("plant.review_days")
    assert belief.kind == "estimated"
    assert "nobody timed a review: worked out from time at the gate" in belief.source
