"""The fair score on organisations whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from engines.ordinal.planted import GOOD, LEVELS, Plan, organisation, redrawn
from fairgate.engines.ordinal import Category, NothingToCompare, UnknownName
from fairgate.engines.ordinal.fair import CUTOFFS, Cutoffs, Decisions, mix_of, score
from fairgate.engines.ordinal.fair.sensitivity import e_value
from fairgate.engines.ordinal.fair.standardise import averaged_chance

FEW_DRAWS = Cutoffs(draws=400)
SMALL = Plan(teams=20, requesters=200, decisions=3_000)


def recovered(plan, seed, cutoffs=CUTOFFS):
    """Rank correlation with truth, correlation of what is left with the approval rate, coverage; raw rank."""
    made = organisation(plan, seed)
    scores = score(made.decisions(), cutoffs=cutoffs)
    scored = np.array([one.fair is not None for one in scores.teams])
    fair = np.array([one.fair for one in scores.teams if one.fair is not None])
    low, high = np.array([one.interval for one in scores.teams if one.interval]).T
    truth, rate = made.truth()[scored], made.approval_rate[scored]
    left = fair - np.polyval(np.polyfit(truth, fair, 1), truth)
    raw = np.array([one.raw for one in scores.teams])[scored]
    return (
        spearmanr(fair, truth)[0],
        np.corrcoef(left, rate)[0, 1],
        np.mean((low <= truth) & (truth <= high)),
        spearmanr(raw, truth)[0],
    )


@pytest.mark.long
def test_planted_truth_is_found_over_two_hundred_organisations():
    rank, left, coverage, raw = np.mean([recovered(Plan(), seed) for seed in range(200)], axis=0)
    assert rank >= 0.89
    assert abs(left) <= 0.05
    assert 0.87 <= coverage <= 0.93
    assert raw < 0.8


def test_planted_truth_is_found_in_a_few_organisations():
    rank, left, coverage, raw = np.mean([recovered(Plan(), seed, FEW_DRAWS) for seed in range(8)], axis=0)
    assert rank >= 0.86
    assert abs(left) <= 0.12
    assert 0.84 <= coverage <= 0.96
    assert rank > raw + 0.05


def approving_more(plan, organisations, *, by_outcome, cutoffs=FEW_DRAWS):
    """Team 0 refuses nothing from now on, or (plan with effects by outcome) half of what it did; the mix stays as it was and
    ratings are drawn again. Changes of its fair and its raw score, one for each organisation."""
    changes = []
    for seed in range(organisations):
        made = organisation(plan, seed)
        team = seed % plan.teams
        mix = mix_of(made.decisions())
        rng = np.random.default_rng(10_000 + seed)
        spared = (made.team == team) & (rng.random(len(made.team)) < 0.5)
        given_in = np.where(spared, 0, made.refused).astype(np.int32)
        before, after = (
            score(
                redrawn(made, refused, rng).decisions(), mix=mix, by_outcome=by_outcome, cutoffs=cutoffs
            ).teams[team]
            for refused in (made.refused, given_in)
        )
        changes.append((after.fair - before.fair, after.raw - before.raw))
    return np.array(changes)


def in_errors(changes):
    """Mean change in Monte Carlo errors."""
    return changes.mean(axis=0) / (changes.std(axis=0, ddof=1) / np.sqrt(len(changes)))


EVERYBODY = replace(SMALL, everybody_answers=True)


def test_giving_in_raises_the_raw_score_and_not_the_fair_one():
    fair, raw = in_errors(approving_more(EVERYBODY, 16, by_outcome=False))
    assert abs(fair) < 4
    assert raw > 4


@pytest.mark.long
@pytest.mark.parametrize("by_outcome", [False, True])
def test_giving_in_does_not_raise_the_fair_score_over_many_organisations(by_outcome):
    plan = EVERYBODY if not by_outcome else replace(EVERYBODY, bias_by_team=0.5)
    fair, raw = in_errors(approving_more(plan, 160, by_outcome=by_outcome))
    assert abs(fair) < 4
    assert raw > 4


def test_teams_with_ways_of_their_own_with_refusals_gain_nothing_on_average_by_giving_in():
    plan = replace(EVERYBODY, bias_by_team=0.5)
    fair, raw = in_errors(approving_more(plan, 16, by_outcome=True))
    assert abs(fair) < 4
    assert raw > 2


def test_the_approval_effect_is_what_the_raw_score_gains():
    made = organisation(EVERYBODY, 3)
    told = score(made.decisions(), cutoffs=FEW_DRAWS).teams[0]
    rng = np.random.default_rng(1)
    everything = np.where(made.team == 0, 0, made.refused).astype(np.int32)
    gains = [
        score_raw(redrawn(made, everything, rng)) - score_raw(redrawn(made, made.refused, rng))
        for _ in range(60)
    ]
    assert told.approval_effect == pytest.approx(np.mean(gains), abs=6)
    assert told.approval_effect > 5


def score_raw(made):
    return 100 * np.mean(made.rating[made.team == 0] >= GOOD)


def test_a_team_without_refusals_is_borrowed():
    made = organisation(SMALL, 4)
    spared = np.where(made.team == 5, 0, made.refused).astype(np.int32)
    scores = score(redrawn(made, spared, np.random.default_rng(2)).decisions(), cutoffs=FEW_DRAWS)
    told = scores.team("team 005")
    assert told.borrowed
    assert told.refusal is None
    assert told.fair is not None
    assert "borrowed from the other teams" in told.note
    assert told.note.startswith("Fewer than 5 ballots on decisions that didn't approve were kept")
    assert not scores.team("team 006").borrowed
    widths = {one.team: one.interval[1] - one.interval[0] for one in scores.teams if one.interval}
    assert widths["team 005"] > 0


def test_shuffled_decisions_and_another_run_give_the_same_scores():
    decisions = organisation(SMALL, 6).decisions()
    rows = np.random.default_rng(3).permutation(decisions.rows)

    def of(column):
        return Category(column.name, column.codes[rows], column.names)

    shuffled = replace(
        decisions,
        rating=decisions.rating[rows],
        team=of(decisions.team),
        outcome=of(decisions.outcome),
        cases=tuple(map(of, decisions.cases)),
        rater=of(decisions.rater),
    )
    first, second, third = (score(d, cutoffs=FEW_DRAWS) for d in (decisions, decisions, shuffled))
    assert first.to_dict() == second.to_dict()
    for one, other in zip(first.teams, third.teams, strict=True):
        assert one.fair == pytest.approx(other.fair, abs=1e-4)


def few(teams=3, each=12, items=0, seed=0):
    rng = np.random.default_rng(seed)
    n = teams * each
    team = np.repeat(np.arange(teams), each).astype(np.int32)
    return Decisions(
        rating=rng.integers(0, 5, n).astype(np.int32),
        levels=LEVELS,
        good=GOOD,
        team=Category("team", team, tuple("ABCDEFGHIJ"[:teams])),
        outcome=Category("outcome", (np.arange(n) % 2).astype(np.int32), ("approved", "refused")),
        approving=("approved",),
    )


def test_few_ballots_give_no_score_and_say_why_and_what_to_do_instead():
    for one in score(few()).teams:
        assert one.fair is None
        assert one.note.startswith("12 ballots; a fair score needs 20.")
        assert "conversations tell more" in one.note


def test_one_team_is_compared_with_nothing():
    (one,) = score(few(teams=1, each=100)).teams
    assert one.fair is None
    assert one.note.startswith("One team: there is nothing to compare it with.")


def test_few_teams_are_said_to_be_penalised():
    scores = score(few(teams=3, each=80))
    assert any("kept from zero by a penalty" in told for told in scores.warnings)
    assert scores.fit.deviation("team").sd > 0
    assert any("Every row has a rating" in told for told in scores.warnings)


def test_low_support_gives_no_score():
    decisions = few(teams=10, each=60)
    kind = np.where(decisions.team.codes == 0, 0, np.arange(600) % 4).astype(np.int32)
    told = score(replace(decisions, cases=(Category("kind", kind, tuple("wxyz")),)), cutoffs=FEW_DRAWS)
    assert told.team("A").fair is None
    assert "80 are needed" in told.team("A").note
    assert told.team("B").support == pytest.approx(0.95)


def test_items_count_equally_and_a_ballot_once():
    rng = np.random.default_rng(8)
    ballots, items = 600, 4
    ballot = np.repeat(np.arange(ballots), items)
    team, refused = ballot % 10, (ballot // 10) % 3 == 0
    eta = 0.5 * rng.normal(size=10)[team] - 1.2 * refused + rng.normal(size=ballots)[ballot]
    eta = eta + np.array([0.5, 0.0, -0.5, 0.2])[np.tile(np.arange(items), ballots)]
    rating = ((eta + rng.logistic(size=len(eta)))[:, None] > np.array([-2.6, -1.3, 0.0, 1.7])).sum(axis=1)
    rating[rng.random(ballots)[ballot] < 0.3] = -1
    decisions = Decisions(
        rating=rating.astype(np.int32),
        levels=LEVELS,
        good=GOOD,
        team=Category("team", team.astype(np.int32), tuple("ABCDEFGHIJ")),
        outcome=Category("outcome", refused.astype(np.int32), ("approved", "refused")),
        approving=("approved",),
        item=Category("item", np.tile(np.arange(items), ballots).astype(np.int32), tuple("wxyz")),
        ballot=Category("ballot", ballot.astype(np.int32), tuple(map(str, range(ballots)))),
    )
    scores = score(decisions, cutoffs=FEW_DRAWS)
    assert sum(one.decisions for one in scores.teams) == ballots
    assert sum(one.ballots for one in scores.teams) == len(np.unique(ballot[rating >= 0]))
    assert {one.factor for one in scores.fit.random} == {"team", "team:outcome", "ballot"}
    assert scores.fit.deviation("ballot").sd == pytest.approx(1.0, abs=0.3)
    (effect,) = scores.outcome_effect
    assert effect.interval[0] < -1.2 < effect.interval[1]
    assert sum(scores.mix.shares) == pytest.approx(1.0)


def test_refusals_are_sentences():
    decisions = few()
    with pytest.raises(UnknownName, match="No outcome is called granted"):
        score(replace(decisions, approving=("granted",)))
    with pytest.raises(NothingToCompare, match="good levels"):
        score(replace(decisions, good=0))


def test_the_integral_over_raters_is_that_of_many_draws():
    z = np.random.default_rng(5).normal(size=2_000_000)
    for link, curve in (("logit", lambda x: 1 / (1 + np.exp(-x))),):
        for x, s in ((0.3, 0.8), (-2.0, 1.7)):
            assert averaged_chance(np.array([x]), s, link)[0] == pytest.approx(
                curve(x + s * z).mean(), abs=1e-3
            )
    assert averaged_chance(np.array([0.7]), 0.0, "probit")[0] == pytest.approx(0.758036, abs=1e-6)


def test_the_e_value_is_the_published_one():
    """VanderWeele & Ding 2017: RR 3.9 gives 7.26."""
    assert e_value(3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1 / 3.9) == pytest.approx(7.26, abs=0.005)
    assert e_value(1.0) == 1.0


def test_sensitivity_says_its_sentences():
    told = score(organisation(SMALL, 9).decisions(), cutoffs=FEW_DRAWS).sensitivity
    assert told.e_value > 1
    assert "times as likely" in told.e_value_sentence or "chance alone" in told.e_value_sentence
    assert 0 < told.r_indicator <= 1
    assert 0.3 < told.response_rate < 0.5
    assert told.tipping_point is None or told.tipping_point < 0
