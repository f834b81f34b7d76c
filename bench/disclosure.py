"""Protecting and auditing 2,000 cells: 10 seconds for two-way tables, 60 for three-way (issue 5).

    python bench/disclosure.py [--items 8]

A cell is a group and an item. Two-way: teams × outcome with both margins and the total; three-way: team × outcome ×
seniority with all its margins. *Easy*: large groups, nothing to hide; *hard*: small groups, many hidden. Everything is made
up, seeded; a warm-up compiles the moves first. Printed: what was told, what hidden, seconds of processor and clock, and
how long three million additions take beside it: on a busy machine that doubles, and all else with it.
"""

import argparse
import time
from itertools import combinations

import numpy as np

from fairgate.engines.disclosure import Answers, Table, audit, protect, recode


def ballots(n: int, teams: int, items: int) -> Answers:
    generator = np.random.default_rng(5)
    team = generator.choice(teams, n, p=generator.dirichlet(np.full(teams, 4.0)))
    refused = (generator.random(n) < 0.3).astype(np.int64)
    attributes = {"team": team, "outcome": refused, "seniority": generator.integers(0, 3, n)}
    manner = generator.normal(2.9, 0.5, teams)[team] - 0.7 * refused
    rated = {}
    for item in range(items):
        step = np.clip(np.rint(generator.normal(manner, 1.1)), 0, 4).astype(np.int64)
        rated[f"item {item + 1}"] = np.where(generator.random(n) < 0.08, -1, step)
    return Answers(attributes, rated, team * 8 + generator.integers(0, 6, n))


def crossed(by: tuple[str, ...], items: tuple[str, ...]) -> list[Table]:
    """The cross of ``by`` and all its margins."""
    ways = [way for size in range(len(by) + 1) for way in combinations(by, size)]
    return [
        Table(" × ".join(way) or "all", way, items, 10 if {"seniority", "outcome"} <= set(way) else 5)
        for way in ways
    ]


def measure(name: str, n: int, teams: int, items: int, by: tuple[str, ...]) -> None:
    answers = ballots(n, teams, items)
    start = time.perf_counter()
    period = recode(answers)
    recoded = time.perf_counter() - start
    tables = crossed(by, tuple(answers.items))
    clock, processor = time.perf_counter(), time.process_time()
    published = protect(period.answers, tables)
    protected = time.perf_counter() - clock, time.process_time() - processor
    clock, processor = time.perf_counter(), time.process_time()
    audited = audit(period.answers, [published])
    audit_took = time.perf_counter() - clock, time.process_time() - processor
    cells, hidden = sum(published.of.values()), sum(published.hidden.values())
    print(
        f"{name}: {cells} cells of {n} ballots ({period.dropped} dropped, recoded in {recoded:.2f} s), {hidden} hidden, "
        f"{audited.failed} failed. Processor: protect {protected[1]:.1f} + audit once more {audit_took[1]:.1f} = "
        f"{protected[1] + audit_took[1]:.1f} s (clock {protected[0] + audit_took[0]:.1f}; yardstick {yardstick():.2f})",
        flush=True,
    )


def yardstick() -> float:
    start, total = time.process_time(), 0
    for number in range(3_000_000):
        total += number
    return time.process_time() - start


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=8)
    asked = parser.parse_args()
    small = ballots(400, 4, 1)
    protect(recode(small).answers, crossed(("team",), ("item 1",)))
    two, three = ("team", "outcome"), ("team", "outcome", "seniority")
    twos, threes = 2_000 // asked.items // 3, 2_000 // asked.items // 12
    measure("two-way, easy", 20_000, twos, asked.items, two)
    measure("two-way, hard", 6_000, twos, asked.items, two)
    measure("two-way, harder", 3_000, twos, asked.items, two)
    measure("three-way, easy", 20_000, threes, asked.items, three)
    measure("three-way, hard", 3_000, threes, asked.items, three)
    measure("100,000 ballots, two-way", 100_000, twos, asked.items, two)
