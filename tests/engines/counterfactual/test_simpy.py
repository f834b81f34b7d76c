"""The lot-exact tier beside an independent simulation in SimPy: own draws, own code, the same model."""

import math
import random

import numpy as np
import pytest
import simpy

from fairgate.engines.counterfactual import Scenario, policy, simulate, standard
from fairgate.engines.counterfactual.laws import lognormal


def play(world: Scenario, share: float, days: float, warm_up: float, seed: int) -> dict[str, float]:
    """One replicate; ``share`` of lots is looked at, at random."""
    r, env = random.Random(seed), simpy.Environment()
    reviewers = simpy.Resource(env, int(world["plant.reviewers"]))
    make, review = (
        lognormal(world[f"plant.{name}_days"], world[f"plant.{name}_variation"])
        for name in ("production", "review")
    )
    severities = ("minor", "major", "critical")
    cut = (world["quality.critical"], world["quality.critical"] + world["quality.major"])
    seen = dict.fromkeys(
        ("submitted", "reviews", "wait", "reworks", "scrapped", "released", "escaped", "complaints", "lead"),
        0.0,
    )

    def count(name: str, amount: float = 1.0) -> None:
        if env.now >= warm_up:
            seen[name] += amount

    def lot():
        begun, flaw = env.now, None
        if r.random() < world["quality.flawed"]:
            u = r.random()
            flaw = severities[2 if u < cut[0] else 1 if u < cut[1] else 0]
        yield env.timeout(r.lognormvariate(*make))
        count("submitted")
        look = r.random() < share
        while look:
            came = env.now
            with reviewers.request() as turn:
                yield turn
                if came >= warm_up:
                    seen["reviews"] += 1
                    seen["wait"] += env.now - came
                yield env.timeout(r.lognormvariate(*review))
            stop = world[f"check.sensitivity_{flaw}"] if flaw else 1 - world["check.specificity"]
            if r.random() >= stop:
                break
            if r.random() >= world["check.rework"]:
                count("scrapped")
                return
            count("reworks")
            yield env.timeout(r.expovariate(1 / world["check.rework_days"]))
            if flaw and r.random() < world["check.mended"]:
                flaw = None
        count("released")
        count("lead", env.now - begun)
        if flaw:
            count("escaped")
            if r.random() < world[f"outside.complaint_{flaw}"]:
                yield env.timeout(r.expovariate(1 / (21 * world["outside.complaint_months"])))
                count("complaints")

    def source():
        while True:
            yield env.timeout(r.expovariate(world["plant.lots_per_month"] / 21))
            env.process(lot())

    env.process(source())
    env.run(until=warm_up + days)
    return seen


RATIOS = (
    ("wait", "reviews"), ("reworks", "submitted"), ("scrapped", "submitted"), ("escaped", "submitted"),
    ("complaints", "submitted"), ("lead", "released"), ("reviews", "submitted"),
)  # fmt: skip


def ratio(rows: list[dict[str, float]], above: str, below: str) -> tuple[float, float]:
    a, b = (np.array([row[name] for row in rows]) for name in (above, below))
    found = a.sum() / b.sum()
    return found, math.sqrt(((a - found * b) ** 2).sum() / (len(a) - 1) / len(a)) / b.mean()


def agree(world: Scenario, name: str, share: float, replicates: int, days: float) -> None:
    theirs = [play(world, share, days, 100, seed) for seed in range(replicates)]
    ours = simulate(world, policy(name), replicates_=10 * replicates, days=days, warm_up=100, seed=6).counts
    rows = [{field: float(row[field]) for field in ours.dtype.names} for row in ours]
    for row in rows:
        row["escaped"] = sum(row[f"escaped_{severity}"] for severity in ("minor", "major", "critical"))
    for above, below in RATIOS:
        (a, error_a), (b, error_b) = ratio(theirs, above, below), ratio(rows, above, below)
        assert abs(a - b) <= 4 * math.hypot(error_a, error_b), (above, below, a, b)


BUSY = standard().with_values(
    plant__review_days=1.5,
    quality__flawed=0.15,
    check__mended=0.6,
    check__specificity=0.93,
    outside__complaint_months=2,
)


@pytest.mark.parametrize(("name", "share"), [("today", 1.0), ("less:share=0.4", 0.4)])
def test_waits_escapes_and_rework_are_simpys(name, share):
    agree(BUSY, name, share, replicates=24, days=2000)


@pytest.mark.long
@pytest.mark.parametrize(("name", "share"), [("today", 1.0), ("less:share=0.7", 0.7)])
def test_waits_escapes_and_rework_are_simpys_with_a_million_lots(name, share):
    agree(BUSY, name, share, replicates=100, days=5000)
