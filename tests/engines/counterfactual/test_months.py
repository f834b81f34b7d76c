"""The long-run tier: its counts against scipy, ruin against Feller, its rates against the lot-exact tier."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import binom, kstest, poisson

from engines.counterfactual.worlds import SENSITIVITIES, a_coin, only_a_queue
from fairgate.engines.counterfactual import (
    COMPARED,
    Here,
    Study,
    month_loop,
    policies,
    policy,
    simulate,
    standard,
)
from fairgate.engines.counterfactual.closed import queues, ruin
from fairgate.engines.counterfactual.differences import variance_factor
from fairgate.engines.counterfactual.spreads import between

TODAY, NOBODY = policy("today"), policy("nobody")


@settings(deadline=None, max_examples=300)
@given(st.integers(0, 6000), st.floats(1e-6, 1 - 1e-6), st.floats(1e-6, 1 - 1e-6))
@example(1417, 0.999999, 1e-6)
def test_binomial_numbers_are_quantiles(n, p, u):
    k = month_loop.binomial(n, p, u)
    assert binom.cdf(k, n, p) >= u - 1e-9
    assert k == 0 or binom.cdf(k - 1, n, p) <= u + 1e-9


@settings(deadline=None, max_examples=200)
@given(st.floats(1e-6, 5000), st.floats(1e-6, 1 - 1e-6))
def test_poisson_numbers_are_quantiles(mean, u):
    k = month_loop.poisson(mean, u)
    assert poisson.cdf(k, mean) >= u - 1e-9
    assert k == 0 or poisson.cdf(k - 1, mean) <= u + 1e-9


def test_clocks_are_exponential():
    words = np.random.default_rng(1).integers(0, 2**32, 20_000, dtype=np.uint32)
    out = np.empty(20_000)
    month_loop._clock(words, out, np.empty(20_000))
    assert kstest(out, "expon").pvalue > 1e-4


@pytest.mark.parametrize(("win", "purse"), [(0.6, 0), (0.55, 2)])
def test_a_gambler_is_ruined_as_often_as_feller_says(win, purse):
    replicates = 40_000
    runs = Study(a_coin(win, purse), (NOBODY,), months=600, seed=3).by_chance(replicates)[0]
    exact = ruin.gamblers_ruin(win, purse + 1)
    ruined = (runs["end"] == month_loop.INSOLVENT).mean()
    assert abs(ruined - exact) <= 4 * np.sqrt(exact * (1 - exact) / replicates)
    assert set(np.unique(runs["end"])) <= {month_loop.SURVIVED, month_loop.INSOLVENT}


@pytest.mark.parametrize(
    "name", ["today", "less:share=0.3", "exception", "single:n=200,c=3", "csp1:i=20,f=0.2"]
)
def test_both_tiers_let_out_the_same(name):
    world = standard().with_values(quality__drift=0, quality__noise=0, quality__flawed=0.1, check__mended=0.5)
    month = Study(world, (policy(name),), months=12, seed=4).by_chance(4000)[0]
    lots = simulate(world, policy(name), replicates_=40, days=6000, seed=4)
    for field in ("escaped_minor", "escaped_major", "alarms"):
        long_run = month[field].sum() / month["made"].sum()
        exact, error = lots.ratio(field, "submitted")
        # At the gate at the start and at the end waits a little: the months' lots differ from those made by a per cent.
        assert long_run == pytest.approx(
            exact, abs=4 * error + 0.03 * exact + 4 * np.sqrt(exact / month["made"].sum())
        )


def test_waits_between_the_tiers_are_those_of_queueing_theory():
    study = Study(only_a_queue(0.8, 1), (TODAY,), seed=2)
    for load in (0.3, 0.6, 0.8, 0.9):
        exact = queues.wait_mg1(load, 1, 1)
        assert study.waits["today"].wait(load, 1.0) == pytest.approx(exact, rel=0.08)


def test_more_checking_slows_what_goes_out_and_less_frees_what_waits():
    world = standard().with_values(quality__flawed=0.001, demand__patience=0.01)
    order = policies(["more:reviews=2", "today", "less", "nobody"])
    runs = Study(world, order, months=24, seed=1).by_chance(2000)
    days = runs["gate_days"].sum(axis=1) / runs["made"].sum(axis=1)
    assert days.tolist() == sorted(days, reverse=True)
    out = runs["out_first"].mean(axis=1)
    assert out.tolist() == sorted(out)
    assert out[3] > out[0] * 1.01


def test_too_few_reviewers_bound_what_goes_out():
    world = standard().with_values(demand__patience=0)
    study = Study(world, policies(["today", "more:reviews=4"]), months=60, seed=1)
    (over,) = study.overloads
    assert over.needed > over.reviewers == 4
    runs = study.by_chance(500)
    able = 4 * 21 / (0.8 * 4) * 60  # lots that reviewers can do
    assert runs[1]["out"].mean() < able < runs[0]["out"].mean()


def test_a_licence_that_ends_ends_the_business_at_once():
    runs = Study(standard(), policies(["nobody:licence=ends"]), seed=1).by_chance(50)[0]
    assert (runs["months"] == 0).all()
    assert (runs["end"] == month_loop.LICENCE).all()
    assert (runs["worth"] == -5000).all()


def test_any_number_of_workers_gives_the_same_bytes():
    made = [
        Study(standard(), COMPARED, 60, 5, Here(workers)).by_chance(2500).tobytes() for workers in (1, 2, 4)
    ]
    assert made[0] == made[1] == made[2]
    held = [
        Study(standard(), COMPARED, 24, 5, Here(workers)).held_possible(30, 40).tobytes()
        for workers in (1, 3)
    ]
    assert held[0] == held[1]


def test_a_policy_lives_the_same_lives_whoever_is_compared_with_it():
    alone = Study(standard(), (TODAY,), 60, 5).by_chance(300)[0]
    among = Study(standard(), COMPARED, 60, 5).by_chance(300)[0]
    assert alone.tobytes() == among.tobytes()


def test_pairing_makes_neighbours_five_times_as_precise_and_distant_worlds_no_more():
    near = [standard().with_values(**dict.fromkeys(SENSITIVITIES, value)) for value in (0.85, 0.87)]
    a, b = (Study(world, (TODAY,), 180, 3).by_chance(4000)[0] for world in near)
    for field in ("worth", "escaped_major"):
        assert variance_factor(a[field], b[field]) >= 5
    nobody = Study(near[0], (NOBODY,), 180, 3).by_chance(4000)[0]
    assert variance_factor(a["worth"], nobody["worth"]) < 5


def test_chance_and_uncertainty_are_kept_apart():
    known = standard().changed({name: {"value": value} for name, value in standard().values().items()})
    held = Study(known, (TODAY,), 60, 2).held_possible(60, 40)[:, 0]
    spread = held["worth"].mean(axis=1).var(ddof=1)
    assert between(held["worth"]) < 0.5 * spread  # nothing is uncertain: chance explains the scatter of means
    unsure = Study(standard(), (TODAY,), 60, 2).held_possible(60, 40)[:, 0]
    assert between(unsure["worth"]) > 10 * between(held["worth"])
