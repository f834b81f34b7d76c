"""The lot-exact tier against queueing theory, Dodge, Perry, and the geometric series of `acting`."""

import numpy as np
import pytest

from engines.counterfactual.worlds import only_a_queue, perfect_looks
from fairgate.engines.counterfactual import CannotKeepUp, TooMuch, acting, policy, simulate, standard
from fairgate.engines.counterfactual.closed import continuous, queues, sampling

TODAY = policy("today")


def close(found: tuple[float, float], exact: float) -> bool:
    """Within four standard errors, and those small enough to say something."""
    return abs(found[0] - exact) <= 4 * found[1] < 0.2 * exact


@pytest.mark.parametrize(("reviewers", "load"), [(1, 0.7), (4, 0.8)])
def test_exponential_reviews_wait_as_erlang_says(reviewers, load):
    runs = simulate(
        only_a_queue(load, reviewers),
        TODAY,
        replicates_=60,
        days=12_000,
        warm_up=1200,
        review_law="exponential",
        seed=3,
    )
    assert runs.total("reviews") > 1_000_000
    assert close(runs.mean_wait, queues.wait_mmc(reviewers, 2, load * reviewers / 2))


def test_lognormal_reviews_wait_as_pollaczek_and_khinchine_say():
    runs = simulate(only_a_queue(0.7, 1), TODAY, replicates_=60, days=12_000, warm_up=1200, seed=5)
    assert close(runs.mean_wait, queues.wait_mg1(2, 0.35, 1))  # the anchor's 2.33333 reviews
    assert queues.wait_mg1(2, 0.35, 1) / 0.35 == pytest.approx(2.33333, abs=5e-6)


def test_csp1_looks_at_as_many_lots_as_dodge_says():
    # 24 million lots: an i of 54 instead of 53 moves the share by .010, four standard errors are .005
    world = perfect_looks(
        quality__flawed=0.0385,
        plant__reviewers=1,
        plant__review_days=0.001,
        plant__lots_per_month=420,
        check__rework=1,
        check__mended=1,
    )
    runs = simulate(world, policy("csp1:i=53,f=0.1"), replicates_=60, days=20_000, seed=2)
    assert runs.total("submitted") > 4_000_000
    assert close(runs.ratio("looked", "submitted"), 0.4709311)
    escaped = sum(runs.total(f"escaped_{s}") for s in ("minor", "major", "critical"))
    assert escaped / runs.total("submitted") == pytest.approx(
        float(continuous.outgoing(53, 0.1, 0.0385)), rel=0.02
    )


def test_skip_lot_accepts_as_often_as_perry_says():
    world = perfect_looks(
        quality__flawed=1,
        quality__flawed_items=0.015,
        check__rework=0,
        plant__reviewers=20,
        plant__lots_per_month=420,
    )
    runs = simulate(world, policy("skip:n=80,c=2,i=8,f=0.25"), replicates_=30, days=4000, seed=2)
    accepted = float(sampling.acceptance(80, 2, 0.015))
    stopped, error = runs.ratio("scrapped", "submitted")
    # `scrapped` are counted when the review ends, `submitted` when it is asked for: the same but at the edges.
    assert close((1 - stopped, error), float(continuous.skip_lot_acceptance(8, 0.25, accepted)))
    assert close(runs.ratio("looked", "submitted"), float(continuous.share_looked_at(8, 0.25, 1 - accepted)))


@pytest.mark.parametrize(
    "name", ["today", "less:share=0.3", "exception", "single:n=200,c=3", "more:reviews=2", "nobody"]
)
def test_lots_come_to_the_ends_that_geometric_series_predict(name):
    world = standard().with_values(
        quality__flawed=0.3, check__mended=0.4, check__specificity=0.9, plant__reviewers=30, check__rework=0.6
    )
    runs = simulate(world, policy(name), replicates_=40, days=4000, warm_up=100, seed=9)
    values = {key: np.array([value]) for key, value in world.values().items()}
    acts = acting.acting(policy(name), values)
    good = acting.good_way(acts.alarm, values["check.rework"])
    scrapped = 0.7 * acts.look_good[0] * good.scrapped[0]
    reworks = 0.7 * acts.look_good[0] * good.reworks[0]
    for k, (severity, share) in enumerate(zip(acting.SEVERITIES, (0.62, 0.33, 0.05), strict=True)):
        way = acting.flawed_way(acts.catch[k], values["check.rework"], values["check.mended"], good)
        look = acts.look[k, 0]
        escapes = 0.3 * share * (1 - look + look * way.escapes[0])
        found, error = runs.ratio(f"escaped_{severity}", "submitted")
        assert abs(found - escapes) <= 4 * error + 1e-12
        scrapped += 0.3 * share * look * way.scrapped[0]
        reworks += 0.3 * share * look * way.reworks[0]
    for field, exact in (("scrapped", scrapped), ("reworks", reworks)):
        found, error = runs.ratio(field, "submitted")
        assert abs(found - exact) <= 4 * error + 1e-4


def test_a_lot_reads_the_same_draws_whatever_the_policy_and_wherever_it_is_cut():
    whole = simulate(standard(), TODAY, replicates_=6, days=300, seed=7).counts
    parts = [simulate(standard(), TODAY, replicates_=2, days=300, seed=7, first=k).counts for k in (0, 2, 4)]
    assert whole.tobytes() == np.concatenate(parts).tobytes()
    other = simulate(standard(), policy("less"), replicates_=6, days=300, seed=7).counts
    assert whole["submitted"].tolist() == other["submitted"].tolist()
    assert (other["released"] >= whole["released"]).all()


def test_more_checking_takes_longer():
    leads = [
        simulate(standard(), policy(name), replicates_=10).ratio("lead", "released")[0]
        for name in ("nobody", "today", "more")
    ]
    assert leads == sorted(leads)
    assert leads[0] < leads[1] - 0.5 < leads[2] - 1.5


def test_a_queue_that_only_grows_is_explained_and_not_simulated():
    with pytest.raises(
        CannotKeepUp, match=r"1\.6\d hours of review arrive.*2 reviewers.*at least 4"
    ) as caught:
        simulate(standard().with_values(plant__reviewers=2, plant__review_days=1.6), TODAY)
    assert caught.value.parameter == "plant.reviewers"


def test_more_lots_than_fit_are_refused():
    with pytest.raises(TooMuch, match="Simulate fewer days"):
        simulate(
            standard().with_values(
                plant__lots_per_month=100_000, plant__reviewers=1000, plant__review_days=0.1
            ),
            TODAY,
            days=1e4,
        )
