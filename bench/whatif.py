"""How fast the counterfactual simulates: lots per CPU second beside SimPy, what draws alone allow, years of business, pairing.

    python bench/whatif.py            everything, in one run
    python bench/whatif.py --rounds 5 --only lots,months,pairing,workers

Best of some rounds, in CPU seconds of one core; the first call, which compiles, is left out.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from fairgate.engines.counterfactual import Here, Study, policies, policy, simulate, standard
from fairgate.engines.counterfactual.differences import variance_factor
from fairgate.engines.counterfactual.draws import key_of
from fairgate.engines.counterfactual.lot_loop import Numbers, draw
from fairgate.engines.counterfactual.lots import _numbers, acting
from fairgate.engines.counterfactual.month_loop import Outcomes, lives

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from engines.counterfactual.test_simpy import play

TODAY = policy("today")
PROMISED, AIM, LONG_RUN_SECONDS, NEIGHBOURS = 150.0, 250.0, 2.0, 5.0


def processor_seconds(work: Callable[[], object], rounds: int) -> float:
    work()
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
    return best


def lots(rounds: int) -> None:
    world = standard().with_values(plant__lots_per_month=84, quality__flawed=0.05)
    ours = simulate(world, TODAY, replicates_=400, days=2500, warm_up=0)
    count = ours.total("started")
    fast = count / processor_seconds(
        lambda: simulate(world, TODAY, replicates_=400, days=2500, warm_up=0), rounds
    )
    begun = time.process_time()
    theirs = sum(play(world, 1.0, 2500, 0, seed)["submitted"] for seed in range(4))
    simpy = theirs / (time.process_time() - begun)
    values = {name: np.array([value]) for name, value in world.values().items()}
    numbers = np.recarray(1, dtype=Numbers)
    numbers[0] = _numbers(values, acting(TODAY, values), False)
    room = 10_000
    words, times, scratch = np.empty((8, room), np.uint32), np.empty((3, room)), np.empty(room)

    def only_draws() -> None:
        for replicate in range(200):
            draw(numbers[0], np.uint64(replicate), *key_of(1), words, times, scratch)

    bound = 200 * room / processor_seconds(only_draws, rounds)
    print(f"lot-exact: {fast / 1e6:.1f} million lots per CPU second; SimPy {simpy:,.0f}")
    print(f"ratio {fast / simpy:.0f} (promised: at least {PROMISED:.0f}, aim {AIM:.0f})")
    print(f"draws alone: {bound / 1e6:.1f} million; the simulation reaches {fast / bound:.0%} of that bound")


def months(rounds: int) -> None:
    study = Study(standard(), policies(["today", "less", "exception", "nobody"]), 180, 1)
    terms = study._terms(_central(study), study.policies)
    out = np.recarray((4, 20_000), dtype=Outcomes)
    seconds = processor_seconds(lambda: lives(terms[0], 0, *key_of(1), 180, out), rounds)
    lived = float(out["months"].sum())
    print(
        f"long run: 4 policies x 20,000 businesses x 15 years in {seconds:.2f} CPU seconds (promised: {LONG_RUN_SECONDS:g})"
    )
    print(
        f"          {1e9 * seconds / lived:.0f} ns a month; {lived / 12 / seconds / 1e6:.2f} million years a second"
    )


def _central(study: Study) -> dict[str, np.ndarray]:
    return {name: np.array([value]) for name, value in study.scenario.values().items()}


def pairing(rounds: int) -> None:
    names = [f"check.sensitivity_{severity}" for severity in ("minor", "major", "critical")]
    worlds = {value: standard().changed({name: {"value": value} for name in names}) for value in (0.85, 0.87)}
    runs = {value: Study(world, (TODAY,), 180, 3).by_chance(20_000)[0] for value, world in worlds.items()}
    for field in ("worth", "months", "escaped_major", "out_early"):
        factor = variance_factor(runs[0.85][field], runs[0.87][field])
        wanted = f" (promised for worth: at least {NEIGHBOURS:g})" if field == "worth" else ""
        print(
            f"pairing, sensitivity .85 against .87, {field}: variance factor {factor or float('inf'):.1f}{wanted}"
        )
    chosen = policies(["today", "less", "exception", "more:reviews=2", "nobody"])
    every = Study(standard(), chosen, 180, 3).by_chance(20_000)
    for place, other in enumerate(chosen[1:], 1):
        print(
            f"pairing, {other.name} against today, worth: {variance_factor(every[place]['worth'], every[0]['worth']):.1f}"
        )


def workers(rounds: int) -> None:
    made = {}
    for count in (1, 2, 4):
        study = Study(standard(), policies(["today", "nobody"]), 180, 1, Here(count))
        begun = time.perf_counter()
        made[count] = study.by_chance(40_000).tobytes()
        print(f"{count} workers: {time.perf_counter() - begun:.2f} s of wall time")
    print("identical bytes" if len(set(made.values())) == 1 else "DIFFERENT BYTES")


PARTS = {"lots": lots, "months": months, "pairing": pairing, "workers": workers}


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--only", default=",".join(PARTS))
    chosen = arguments.parse_args()
    for name in chosen.only.split(","):
        PARTS[name](chosen.rounds)


if __name__ == "__main__":
    main()
