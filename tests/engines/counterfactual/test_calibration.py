"""Calibration finds planted rates again, says what it can't, and its intervals cover."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta, gamma

from fairgate.engines.counterfactual import FROM_RECORDS, BadParameter, Study, from_dict, policy, standard
from fairgate.engines.counterfactual.calibration import (
    Records,
    calibrate,
    count_rate,
    delayed_rate,
    lead_times,
    share_of,
)
from fairgate.engines.counterfactual.calibration.hands_on import hands_on
from fairgate.engines.counterfactual.closed.queues import wait_mg1, wait_mmc

PLANTED = {
    "flawed": 0.08,
    "sensitivity": 0.75,
    "specificity": 0.97,
    "rework": 0.6,
    "lots": 45.0,
    "review_days": 0.9,
}


def recorded(seed: int, *, months: int = 48, second_looks: int = 900, complaint: float = 0.35) -> Records:
    """Records of a plant with the planted rates, drawn with numpy alone."""
    rng = np.random.default_rng(seed)
    n = int(rng.poisson(PLANTED["lots"] * months))
    flawed = rng.random(n) < PLANTED["flawed"]
    stopped = rng.random(n) < np.where(flawed, PLANTED["sensitivity"], 1 - PLANTED["specificity"])
    real = flawed & stopped
    passed = np.flatnonzero(~stopped)
    looked = rng.choice(passed, min(second_looks, len(passed)), replace=False)
    went = rng.uniform(0, 21 * months, n)
    escaped = np.flatnonzero(flawed & ~stopped & (rng.random(n) < complaint))
    delays = rng.exponential(60, len(escaped))
    ages = 21 * months - went
    told = delays < ages[escaped]
    sigma = np.sqrt(np.log1p(0.36))
    return Records(
        months=months,
        submitted=n,
        reviewed=n,
        stopped=int(stopped.sum()),
        judged=int(stopped.sum()),
        real=int(real.sum()),
        severity=rng.choice(3, int(real.sum()), p=[0.6, 0.33, 0.07]),
        reworked=int(rng.binomial(stopped.sum(), PLANTED["rework"])),
        second_looks=len(looked),
        second_looks_wrong=int(flawed[looked].sum()),
        ages=ages[passed],
        delays=delays[told],
        reviews=rng.lognormal(np.log(PLANTED["review_days"]) - sigma**2 / 2, sigma, 800),
    )


def inside(belief, planted: float) -> bool:
    return belief.low <= planted <= belief.high


# With second looks: lots handed in are taken for what the market asks for, all severities to be equally easy to see.
ESTIMATED = {"plant.lots_per_month", "check.sensitivity_major", "quality.major"}


def test_planted_rates_are_found_again():
    made = calibrate(standard(), recorded(3)).scenario
    for name, planted in (
        ("quality.flawed", PLANTED["flawed"]),
        ("check.sensitivity_major", PLANTED["sensitivity"]),
        ("check.specificity", PLANTED["specificity"]),
        ("check.rework", PLANTED["rework"]),
        ("plant.lots_per_month", PLANTED["lots"]),
        ("plant.review_days", PLANTED["review_days"]),
        ("plant.review_variation", 0.6),
        ("quality.major", 0.33),
    ):
        belief = made.belief(name)
        assert belief.kind == ("estimated" if name in ESTIMATED else "measured")
        wide = belief.high - belief.low
        assert belief.low - wide / 2 <= planted <= belief.high + wide / 2, (
            name
        )  # 90% intervals, eight of them
        assert wide < 0.7 * planted


def test_intervals_cover_nine_times_in_ten():
    names = {
        "quality.flawed": "flawed",
        "check.sensitivity_major": "sensitivity",
        "check.specificity": "specificity",
    }
    hits = dict.fromkeys(names, 0)
    for seed in range(60):
        made = calibrate(standard(), recorded(seed, second_looks=600)).scenario
        for name, planted in names.items():
            hits[name] += inside(made.belief(name), PLANTED[planted])
    assert all(45 <= count <= 60 for count in hits.values()), hits  # 54 expected, standard deviation 2.3


def test_without_second_looks_sensitivity_stays_published_and_that_is_said():
    told = calibrate(standard(), recorded(4, second_looks=0))
    assert "sensitivity" in told.not_identified
    with_looks = calibrate(standard(), recorded(4))
    assert "sensitivity" not in with_looks.not_identified
    assert "second_looks" in with_looks.not_identified
    wide = [one.scenario.belief("check.sensitivity_major") for one in (told, with_looks)]
    assert wide[0].high - wide[0].low > wide[1].high - wide[1].low


def test_measured_is_said_of_records_only_and_names_its_figures():
    records = recorded(4, second_looks=0)
    told = calibrate(standard(), records, author="A. Smith", date="2026-11-22")
    held = told.scenario
    for severity in ("minor", "major", "critical"):
        assert held.belief(f"check.sensitivity_{severity}") == standard().belief(
            f"check.sensitivity_{severity}"
        )
        assert f"check.sensitivity_{severity}" not in told.measured
    kinds = {name: held.belief(name).kind for name in told.measured}
    assert set(kinds.values()) == {"measured", "estimated"}
    assert {name for name, it in held.beliefs.items() if it.kind in FROM_RECORDS} == set(told.measured)
    # What rests on what reviews miss, which nobody measured here, and what is taken for something else.
    for name in ("quality.flawed", "quality.critical", "check.specificity", "plant.lots_per_month"):
        assert kinds[name] == "estimated"
    assert (kinds["check.rework"], kinds["plant.review_days"]) == ("measured", "measured")
    flawed = held.belief("quality.flawed")
    assert f"{records.stopped:,} of {records.reviewed:,} lots stopped" in flawed.source
    assert "what reviews miss was not measured" in flawed.source
    assert (flawed.author, flawed.date) == ("A. Smith", "2026-11-22")
    looked_again = calibrate(standard(), recorded(4)).scenario
    assert looked_again.belief("quality.flawed").kind == "measured"
    with_looks = looked_again.belief("check.sensitivity_major")
    assert "wrong at a second look" in with_looks.source


def test_no_default_is_called_measured():
    assert {belief.kind for belief in standard().beliefs.values()} == {"assumed", "published"}
    assert all(b.author and b.date for b in standard().beliefs.values() if b.kind == "assumed")


@pytest.mark.parametrize(("reviewers", "review", "a_day"), [(1, 0.6, 1.2), (4, 0.8, 4.5), (24, 2.0, 2.0)])
def test_a_review_is_what_makes_up_the_time_at_the_gate(reviewers, review, a_day):
    # Exponential reviews: Erlang C is exact. One reviewer: so is Pollaczek and Khinchine's formula, for any reviews.
    stay = review + wait_mmc(reviewers, a_day, review)
    assert hands_on(stay, reviewers=reviewers, a_day=a_day, variation=1.0) == pytest.approx(review, rel=1e-9)
    if reviewers == 1:
        stay = review + wait_mg1(a_day, review, 0.4)
        assert hands_on(stay, reviewers=1, a_day=a_day, variation=0.4) == pytest.approx(review, rel=1e-9)


def test_the_time_at_the_gate_gives_review_and_reviewers():
    rng = np.random.default_rng(8)
    sigma = np.sqrt(np.log1p(0.25))
    records = replace(
        recorded(3),
        reviews=np.empty(0),
        at_gate=rng.lognormal(np.log(3.0) - sigma**2 / 2, sigma, 900),
        waiting=np.full(5, 1.0),
        deciders=20,
    )
    told = calibrate(standard(), records)
    assert told.scenario["plant.reviewers"] == 20
    assert inside(told.scenario.belief("plant.review_days"), 3.0)  # with twenty, hardly any lot waits
    for name in ("plant.review_days", "plant.review_variation"):  # worked out: nobody timed one
        assert told.scenario.belief(name).kind == "estimated"
        assert "nobody timed a review" in told.scenario.belief(name).source
    assert told.scenario["plant.review_variation"] == pytest.approx(0.5, rel=0.1)
    assert "hands_on" in told.not_identified


def test_without_judged_catches_flawed_lots_stay_as_they_were():
    records = replace(
        recorded(3),
        judged=0,
        real=0,
        severity=np.empty(0, dtype=np.int64),
        second_looks=0,
        second_looks_wrong=0,
    )
    told = calibrate(standard(), records, use_complaints=True)
    assert told.scenario.belief("quality.flawed") == standard().belief("quality.flawed")
    assert "quality.flawed" not in told.measured


def test_what_catches_tell_together_stays_together():
    joint = calibrate(standard(), recorded(5, second_looks=100)).scenario.joint
    flawed, seen = joint["quality.flawed"], joint["check.sensitivity_major"]
    assert np.corrcoef(flawed, seen)[0, 1] < -0.8
    assert (flawed * seen).std() / (flawed * seen).mean() < 0.5 * flawed.std() / flawed.mean()


def test_complaints_set_their_share_when_asked():
    made = calibrate(standard(), recorded(6), use_complaints=True)
    assert "complaints" not in made.not_identified
    rate = sum(
        made.scenario["quality.flawed"] * share * made.scenario[f"outside.complaint_{severity}"]
        for severity, share in (("minor", 0.6), ("major", 0.33), ("critical", 0.07))
    )
    assert rate == pytest.approx(PLANTED["flawed"] * 0.35, rel=0.35)
    assert inside(made.scenario.belief("outside.complaint_months"), 60 / 21)


def test_a_calibrated_scenario_can_be_lived_through():
    made = calibrate(standard(), recorded(7)).scenario
    runs = Study(made, (policy("today"),), 24, 1).held_possible(40, 20)[:, 0]
    stopped = sum(runs[name] for name in ("stopped_minor", "stopped_major", "stopped_critical", "alarms"))
    planted = PLANTED["flawed"] * PLANTED["sensitivity"] + (1 - PLANTED["flawed"]) * (
        1 - PLANTED["specificity"]
    )
    assert stopped.sum() / runs["made"].sum() == pytest.approx(planted, rel=0.15)


def test_shares_and_rates_are_betas_and_gammas():
    assert share_of(3, 40).low == pytest.approx(beta.ppf(0.05, 3.5, 37.5))
    assert count_rate(3, 2.0).high == pytest.approx(gamma.ppf(0.95, 3.5) / 2)


def test_late_reports_are_not_taken_for_few():
    rng = np.random.default_rng(1)
    hits = naive = 0
    for _ in range(40):
        ages = rng.uniform(0, 200, 3000)
        reported = rng.random(3000) < 0.05
        delays = rng.exponential(120, 3000)
        known = reported & (delays < ages)
        found = delayed_rate(ages, delays[known])
        hits += found.rate.low <= 0.05 <= found.rate.high
        naive += count_rate(int(known.sum()), 3000).high >= 0.05
    assert hits >= 30
    assert naive <= 10


def test_lots_that_are_not_finished_count():
    rng = np.random.default_rng(2)
    hits = 0
    for _ in range(40):
        times, watched = rng.lognormal(2.0, 0.5, 300), rng.uniform(0, 20, 300)
        done = times < watched
        found = lead_times(times[done], watched[~done])
        exact = np.exp(2.0 + 0.125)
        hits += found.mean.low <= exact <= found.mean.high
        assert times[done].mean() < exact  # what leaving out the open ones would say
    assert hits >= 31


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"stopped": 5000}, "stopped: found 5000; expected a count from 0 to reviewed"),
        ({"months": 0.0}, "at least one of each"),
    ],
)
def test_records_that_contradict_themselves_are_refused(change, said):
    plain = {
        "months": 12.0,
        "submitted": 100,
        "reviewed": 100,
        "stopped": 10,
        "judged": 8,
        "real": 1,
        "reworked": 5,
    }
    with pytest.raises(BadParameter, match=said):
        Records(**{**plain, **change}, severity=np.array([1]))


SEVERITIES = ("minor", "major", "critical")


def caught(flawed: float, shares, seen, lots: int = 200_000) -> Records:
    """What reviews that see these parts of each severity catch, without any chance."""
    graded = [round(lots * flawed * share * part) for share, part in zip(shares, seen, strict=True)]
    severity = np.repeat([0, 1, 2], graded)
    n = len(severity)
    return Records(
        months=24, submitted=lots, reviewed=lots, stopped=n, judged=n, real=n, severity=severity, reworked=n
    )


@pytest.mark.parametrize("seen", [(0.3, 0.9, 0.9), (0.7, 0.8, 0.8), (0.9, 0.5, 0.2)])
def test_severities_that_are_hard_to_see_are_not_taken_for_rare(seen):
    planted = (0.62, 0.33, 0.05)
    known = {f"check.sensitivity_{it}": {"value": x} for it, x in zip(SEVERITIES, seen, strict=True)}
    made = calibrate(standard().changed(known), caught(0.05, planted, seen)).scenario
    assert made["quality.flawed"] == pytest.approx(0.05, rel=0.02)
    assert made["quality.major"] == pytest.approx(0.33, rel=0.02)
    assert made["quality.critical"] == pytest.approx(0.05, rel=0.05)


@pytest.mark.parametrize(("major", "critical"), [(3, 3), (30, 0), (0, 30), (29, 1), (200, 200), (0, 1)])
def test_what_is_calibrated_can_be_read_again(major, critical):
    n = major + critical
    severity = np.repeat([1, 2], [major, critical])
    records = Records(
        months=24, submitted=1000, reviewed=1000, stopped=n, judged=n, real=n, severity=severity, reworked=n
    )
    made = calibrate(standard(), records).scenario
    assert from_dict(made.to_dict()).values() == pytest.approx(made.values())


def test_complaints_go_with_the_rework_that_was_measured():
    """The more lots come back to be reviewed again, the more slip through in the end: not as the scenario says, as recorded."""
    records = recorded(6)
    seen = [
        calibrate(standard().changed({"check.rework": {"value": said}}), records, use_complaints=True)
        for said in (0.1, 0.99)
    ]
    one, other = (it.scenario["outside.complaint_major"] for it in seen)
    assert one == pytest.approx(other)


def test_that_every_lot_is_reviewed_is_not_measured():
    told = calibrate(standard(), recorded(4))
    assert "check.share" not in told.measured
    assert told.scenario.belief("check.share").kind == "assumed"
    assert "hold only lots that were reviewed" in told.scenario.belief("check.share").source
    assert "share" in told.not_identified
    known = standard().changed({"check.share": {"value": 0.8, "source": "the plan"}})
    assert calibrate(known, recorded(4)).scenario.belief("check.share") == known.belief("check.share")
    some = calibrate(standard(), replace(recorded(4), submitted=5000))
    assert some.scenario.belief("check.share").kind == "measured"
