"""Tests that cannot fail are worth nothing: simulators with one mistake each must fail the known answers."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numba
import numpy as np
import pytest

from engines.counterfactual.test_lots import close
from engines.counterfactual.worlds import a_coin, only_a_queue, perfect_looks
from fairgate.engines.counterfactual import Study, lot_loop, month_loop, months, policy, simulate
from fairgate.engines.counterfactual import lots as lots_module
from fairgate.engines.counterfactual.closed import queues, ruin


def mutant(original: ModuleType, right: str, wrong: str) -> ModuleType:
    """The module with one piece of its source replaced, compiled without being kept."""
    source = Path(original.__file__ or "").read_text()
    assert source.count(right) >= 1, f"the source no longer holds: {right}"
    made = ModuleType("mutant")
    made.__dict__["kernel"] = numba.njit(error_model="numpy")
    source = source.replace("import inlined, kernel", "import inlined", 1).replace(right, wrong, 1)
    exec(compile(source, "mutant", "exec"), made.__dict__)
    return made


def waits_are_erlangs() -> bool:
    runs = simulate(
        only_a_queue(0.8, 4),
        policy("today"),
        replicates_=30,
        days=6000,
        warm_up=600,
        review_law="exponential",
    )
    return close(runs.mean_wait, queues.wait_mmc(4, 2, 1.6))


def csp1_is_dodges() -> bool:
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
    return close(runs.ratio("looked", "submitted"), 0.4709311)


def half_are_seen() -> bool:
    """Sensitivity 1/2 and no rework: half of the flawed lots are scrapped."""
    sensitivities = {f"check__sensitivity_{severity}": 0.5 for severity in ("minor", "major", "critical")}
    world = perfect_looks(quality__flawed=0.4, check__rework=0, **sensitivities)
    return close(
        simulate(world, policy("today"), replicates_=20, days=4000).ratio("scrapped", "submitted"), 0.2
    )


def gamblers_end_as_fellers() -> bool:
    runs = Study(a_coin(0.6, 0), (policy("nobody"),), months=300, seed=3).by_chance(20_000)[0]
    exact = ruin.gamblers_ruin(0.6, 1)
    return bool(abs((runs["end"] == 1).mean() - exact) <= 4 * np.sqrt(exact * (1 - exact) / 20_000))


LOTS: list[tuple[str, str, Callable[[], bool]]] = [
    ("if free[q] < free[server]:", "if free[q] > free[server]:", waits_are_erlangs),  # the busiest reviewer
    ("wait += begun - come", "wait += done - come", waits_are_erlangs),  # the review counted as waiting
    ("begun = max(free[server], come)", "begun = come", waits_are_erlangs),  # nobody is ever busy
    (
        "0.0 if stops else passed_in_a_row + 1.0",
        "passed_in_a_row + 1.0",
        csp1_is_dodges,
    ),  # a bad lot forgiven
    ("passed_in_a_row < run else", "passed_in_a_row <= run else", csp1_is_dodges),  # one lot too many
    (
        "stops = share(words[3, lot])",
        "stops = share(words[1, lot])",
        half_are_seen,
    ),  # flaw and verdict share a draw
]
MONTHS = [
    ("elif cash < 0.0:", "elif cash <= 0.0:", gamblers_end_as_fellers),  # ruined too early
    ("fees += p.cost_recall_major", "fees += 0.0", gamblers_end_as_fellers),  # a flaw costs nothing
]


@pytest.mark.parametrize(
    ("right", "wrong", "holds"),
    [pytest.param(*one, marks=() if place in (0, 3) else pytest.mark.long) for place, one in enumerate(LOTS)],
)
def test_a_mistake_among_lots_is_caught(right, wrong, holds, monkeypatch):
    monkeypatch.setattr(lots_module, "replicates", mutant(lot_loop, right, wrong).replicates)
    assert not holds()


@pytest.mark.parametrize(
    ("right", "wrong", "holds"),
    [pytest.param(*one, marks=() if place == 0 else pytest.mark.long) for place, one in enumerate(MONTHS)],
)
def test_a_mistake_among_months_is_caught(right, wrong, holds, monkeypatch):
    monkeypatch.setattr(months, "lives", mutant(month_loop, right, wrong).lives)
    assert not holds()


@pytest.mark.parametrize("holds", [waits_are_erlangs, csp1_is_dodges, half_are_seen, gamblers_end_as_fellers])
def test_the_simulator_itself_passes_what_mutants_fail(holds):
    assert holds()
