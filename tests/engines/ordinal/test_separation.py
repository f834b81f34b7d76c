"""Outcomes and kinds that part the ratings: figures stay finite, near what counting by hand gives, and say that they lean."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from engines.ordinal.planted import GOOD, LEVELS, Plan, organisation
from fairgate.engines.ordinal import Category, Measure, Ratings, fit, prior
from fairgate.engines.ordinal.fair import Cutoffs, Decisions, score
from fairgate.engines.ordinal.fitting import _laplace
from fairgate.engines.ordinal.preparing import prepare

DRAWS = Cutoffs(draws=400)
TEAMS, EACH = 8, 45


def table(rate, *, levels=("no", "yes"), good=1, seed=0, kinds=5):
    """Decisions of eight teams; ``rate(rng, outcome, kind)`` gives ratings."""
    rng = np.random.default_rng(seed)
    n = TEAMS * EACH
    outcome, kind = rng.choice(3, n, p=[0.7, 0.15, 0.15]), rng.integers(0, kinds, n)
    rating = np.where(rng.random(n) < 0.25, -1, rate(rng, outcome, kind)).astype(np.int32)
    return Decisions(
        rating=rating,
        levels=levels,
        good=good,
        team=Category("team", np.repeat(np.arange(TEAMS), EACH).astype(np.int32), tuple("ABCDEFGH")),
        outcome=Category("outcome", outcome.astype(np.int32), ("approved", "refused", "returned")),
        approving=("approved",),
        cases=(Category("kind", kind.astype(np.int32), tuple("vwxyz")),),
    )


def refusals_all_lowest(rng, outcome, kind):
    """Cut so that approvals get every level, returns lower ones, refusals the lowest only."""
    latent = rng.logistic(size=len(outcome)) + np.array([1.2, -9.0, -0.8])[outcome]
    rating = (latent[:, None] > np.array([-2.0, -1.0, 0.0, 1.2])).sum(axis=1)
    return np.where(outcome == 1, 0, rating)


def one_kind_all_bad(rng, outcome, kind):
    return (kind != 4).astype(int)


def approvals_all_good(rng, outcome, kind):
    return np.where(outcome == 0, 1, rng.random(len(outcome)) < 0.9)


def good_share(decisions, rows):
    answered = rows & decisions.answered
    return 100 * np.mean(decisions.rating[answered] >= decisions.good)


@pytest.mark.parametrize("seed", range(3))
def test_refusals_that_all_got_the_lowest_rating_have_a_refusal_score_near_0(seed):
    decisions = table(refusals_all_lowest, levels=LEVELS, good=GOOD, seed=seed)
    only = replace(
        decisions,
        outcome=Category("outcome", np.minimum(decisions.outcome.codes, 1), ("approved", "refused")),
    )
    rating = np.where((only.outcome.codes == 1) & only.answered, 0, only.rating).astype(np.int32)
    only = replace(only, rating=rating)
    approved = only.outcome.codes == 0
    for t, one in enumerate(score(only, cutoffs=DRAWS).teams):
        if one.refusal is not None:
            assert one.refusal < 3
            assert one.refusal_interval[1] < 8
        share = np.mean(~approved[only.team.codes == t])
        assert one.approval_effect == pytest.approx(share * good_share(only, approved), abs=4)
        low, high = one.approval_effect_interval
        assert low < one.approval_effect < high < low + 25
        assert "lean on an assumption" in one.note


@pytest.mark.parametrize("seed", range(3))
def test_a_kind_that_is_always_bad_takes_its_share_and_no_more(seed):
    decisions = table(one_kind_all_bad, seed=seed)
    kind, refused = decisions.cases[0].codes, decisions.outcome.codes != 0
    scores = score(decisions, cutoffs=DRAWS)
    for one in scores.teams:
        assert one.fair == pytest.approx(100 * np.mean(kind != 4), abs=2)
        assert one.refusal is None or one.refusal == pytest.approx(100 * np.mean(kind[refused] != 4), abs=4)
        assert abs(one.approval_effect) < 1.5
    assert any("“z” (kind)" in told and "lean on an assumption" in told for told in scores.warnings)


@pytest.mark.parametrize("seed", range(3))
def test_where_approvals_are_always_good_the_approval_effect_has_the_right_sign_and_size(seed):
    decisions = table(approvals_all_good, seed=seed)
    approved = decisions.outcome.codes == 0
    scores = score(decisions, cutoffs=DRAWS)
    for t, one in enumerate(scores.teams):
        share = np.mean(~approved[decisions.team.codes == t])
        by_hand = share * (100 - good_share(decisions, ~approved))
        assert one.approval_effect > 0
        assert one.approval_effect == pytest.approx(by_hand, abs=3)
    assert all(effect.leans and effect.estimate < 0 for effect in scores.outcome_effect)


def figures(decisions):
    return np.array([
        (one.fair, one.approval_effect, np.nan if one.refusal is None else one.refusal)
        for one in score(decisions, cutoffs=DRAWS).teams
    ])  # fmt: skip


@pytest.mark.parametrize("level", [1, 3, 4])
def test_figures_move_little_when_one_rating_ends_the_separation(level):
    decisions = table(refusals_all_lowest, levels=LEVELS, good=GOOD)
    row = np.flatnonzero((decisions.outcome.codes == 1) & decisions.answered)[0]
    changed = decisions.rating.copy()
    changed[row] = level
    moved = np.nanmax(np.abs(figures(replace(decisions, rating=changed)) - figures(decisions)))
    assert moved < 100 * 3 / 35  # of about 35 refused answers, what three would move


def test_which_kind_is_named_first_makes_no_difference():
    decisions = table(one_kind_all_bad)
    kind = decisions.cases[0]
    turned = Category("kind", ((kind.codes + 1) % 5).astype(np.int32), tuple("zvwxy"))
    assert np.nanmax(np.abs(figures(decisions) - figures(replace(decisions, cases=(turned,))))) < 0.7


def test_without_separation_the_prior_moves_nothing(monkeypatch):
    decisions = organisation(Plan(teams=20, requesters=200, decisions=3_000), 6).decisions()
    with_prior = score(decisions, cutoffs=DRAWS)
    monkeypatch.setattr(prior, "APART", 1e6)
    without = score(decisions, cutoffs=DRAWS)
    for one, other in zip(with_prior.teams, without.teams, strict=True):
        assert one.fair == pytest.approx(other.fair, abs=0.15)
        assert one.refusal == pytest.approx(other.refusal, abs=0.3)
        assert "lean" not in one.note
    assert not any(effect.leans for effect in with_prior.outcome_effect)


def separated():
    rng = np.random.default_rng(4)
    codes, values = rng.integers(0, 3, 90).astype(np.int32), rng.normal(size=90)
    rating = np.where(codes == 2, 0, rng.random(90) < 0.6).astype(np.int32)
    return codes, values, rating


@pytest.mark.parametrize("link", ["logit", "probit"])
def test_the_penalised_fit_is_the_maximum_that_a_general_search_finds(link):
    from scipy.stats import logistic, norm

    codes, values, rating = separated()
    law, apart = (logistic, 2.5) if link == "logit" else (norm, 2.5 / 1.7)

    def loss(p):
        effects = np.array([0.0, p[1], p[2]])
        chance = law.logcdf(np.where(rating == 1, 1, -1) * (effects[codes] + p[3] * values - p[0]))
        law_of_effects = np.sum((effects - effects.mean()) ** 2) / (apart**2 / 2)
        return -chance.sum() + 0.5 * (law_of_effects + (p[3] * 2 * values.std() / apart) ** 2)

    best = minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-7}).x
    terms = (Category("c", codes, tuple("abc")), Measure("x", values))
    found = fit(Ratings(rating, ("0", "1"), terms), link, weak_prior=True)
    told = [found.thresholds[0].estimate, *(one.estimate for one in found.fixed)]
    assert told == pytest.approx(best, abs=2e-4)
    assert all(one.standard_error < 2.5 for one in found.fixed)


def test_the_plain_fit_keeps_its_estimates_and_warns():
    codes, _, rating = separated()
    found = fit(Ratings(rating, ("0", "1"), (Category("c", codes, tuple("abc")),)))
    assert found.coefficient("cc").estimate < -12
    assert any("no finite estimate" in told for told in found.warnings)


def test_no_figure_leaves_the_scale():
    everything_good = table(lambda rng, outcome, kind: np.where(outcome == 1, 0, 1))
    for one in score(everything_good, cutoffs=DRAWS).teams:
        for value in (one.raw, one.fair, one.refusal, *one.interval, *(one.refusal_interval or ())):
            assert value is None or 0 <= value <= 100
        assert one.support <= 1


def test_who_is_best_is_said_with_those_that_cannot_be_told_apart():
    noise = score(table(lambda rng, outcome, kind: rng.integers(0, 2, len(outcome))), cutoffs=DRAWS)
    assert len(noise.alike) == 7
    decisions = table(lambda rng, outcome, kind: (rng.random(len(outcome)) < 0.5).astype(int))
    better = np.where((decisions.team.codes == 3) & decisions.answered, 1, decisions.rating).astype(np.int32)
    clear = score(replace(decisions, rating=better), cutoffs=DRAWS)
    assert (clear.best, clear.alike) == ("D", ())


def test_teams_that_are_all_good_or_all_bad_stay_apart():
    decisions = table(one_kind_all_bad)
    rating = np.where(decisions.answered, decisions.team.codes < 4, -1).astype(np.int32)
    scores = score(replace(decisions, rating=rating), cutoffs=DRAWS).teams
    assert all(one.interval[0] > 50 for one in scores[:4])
    assert all(one.interval[1] < 50 for one in scores[4:])


def test_the_gradient_with_the_prior_is_that_of_finite_differences():
    decisions = organisation(
        Plan(teams=6, requesters=30, decisions=200, everybody_answers=True), 1
    ).decisions()
    table_of = prepare(
        Ratings(
            decisions.rating, LEVELS, (decisions.outcome, *decisions.cases), (decisions.team, decisions.rater)
        )
    )
    law = prior.weak(table_of.coded, (decisions.outcome, *decisions.cases), "logit")
    laplace = _laplace(table_of, "logit", (0, 1), np.zeros(2, np.bool_), law)
    begin = np.array([-2.0, -1.0, 0.3, 1.4, *np.full(laplace.arranged.columns, 0.7), -0.4, 0.3])
    told = laplace.at(begin, 1e-14).gradient
    for j, step in enumerate(np.eye(laplace.size) * 1e-5):
        ahead, behind = (laplace.at(begin + sign * step, 1e-14).objective for sign in (1, -1))
        assert told[j] == pytest.approx((ahead - behind) / 2e-5, abs=1e-5)
