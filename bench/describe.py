"""A description with 100,000 units and 840,000 flows: visits, V and loss for one unit, against scipy's own
factorisation of the same I - Q (`splu` with its default ordering), in one run.

    python bench/describe.py [--links 0.002] [--rounds 3]

The network is process-like: 500 processes of 200 units each; work mostly goes a few units forward, about one
flow in eight goes back, a few in a thousand cross to another process, and one gate takes work from 400 units
everywhere. Links across are what makes any factorisation expensive (a random graph of this size fills
memory): with 0.005 `splu` alone takes 13 s. Units are numbered at random, so that the order of the file helps
nobody. An ordinary unit and the gate are asked about, each with nothing solved before; the worse of the two
counts. Answers are checked against the peer's factor.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import eye_array
from scipy.sparse.linalg import splu

from fairgate.engines.customers.chain import Chain
from fairgate.engines.customers.flows import Network, network
from fairgate.engines.customers.removal import rerouted, work_stops

UNITS, FLOWS = 100_000, 840_000
PROCESS, REACH, RETURNS = 200, 12, 0.12
GATE, GATE_TAKES_FROM = UNITS // 2, 400
PROMISED = 2.0


def make_network(links: float, seed: int = 7) -> Network:
    rng = np.random.default_rng(seed)
    source = rng.integers(0, UNITS, 3 * FLOWS)
    steps = rng.integers(1, REACH + 1, len(source))
    target = source + np.where(rng.random(len(source)) < RETURNS, -steps, steps)
    crossing = rng.random(len(source)) < links
    target[crossing] = rng.integers(0, UNITS, crossing.sum())
    gated = rng.choice(len(source), GATE_TAKES_FROM, replace=False)
    target[gated], crossing[gated] = GATE, True
    first = source // PROCESS * PROCESS
    served = ~crossing & (target >= first + PROCESS)
    target = np.where(served, UNITS, np.where(crossing, target, np.maximum(target, first)))
    _, place = np.unique(source * (UNITS + 1) + target, return_index=True)
    place = place[source[place] != target[place]]
    into_gate = target[place] == GATE
    place = np.append(place[into_gate], rng.permutation(place[~into_gate]))[:FLOWS]
    number = np.append(rng.permutation(UNITS), UNITS)
    return network(
        number[source[place]],
        number[target[place]],
        np.zeros(len(place), dtype=np.int8),
        rng.exponential(size=len(place)),
        units=tuple(f"unit {unit}" for unit in range(UNITS)),
        externals=("customer",),
        start=np.ones(UNITS),
    )


def ours(made: Chain, unit: int) -> tuple[np.ndarray, float, float]:
    chain = Chain(made.flow, made.served, made.start, made.volume)  # nothing solved yet
    return chain.visits, work_stops(chain, unit), rerouted(chain, np.array([unit]))


def check(made: Chain, unit: int, visits: np.ndarray, value: float) -> None:
    peer = splu((eye_array(UNITS, format="csr") - made.flow).tocsc())
    passing = peer.solve(made.start.toarray()[0] * made.volume[0], "T")
    row = peer.solve(np.eye(1, UNITS, unit)[0], "T")
    served = made.served.toarray()[:, 0]
    assert np.allclose(visits, passing, rtol=1e-9)
    assert np.isclose(value, passing[unit] / row[unit] * (row @ served) / (passing @ served), rtol=1e-9)


def processor_seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--links", type=float, default=0.002, help="share of flows that cross to any unit")
    arguments.add_argument("--rounds", type=int, default=3)
    chosen = arguments.parse_args()
    made = make_network(chosen.links)
    matrix = (eye_array(UNITS, format="csr") - made.chain.flow).tocsc()
    received_from = np.diff(matrix.indptr) - 1
    asked = {
        "an ordinary unit": int(np.flatnonzero(received_from == 8)[0]),
        "the gate": int(received_from.argmax()),
    }
    peers: list[float] = []
    mine: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(chosen.rounds):
        peers.append(processor_seconds(lambda: splu(matrix)))
        for name, unit in asked.items():
            mine[name].append(processor_seconds(lambda unit=unit: ours(made.chain, unit)))
    print(f"{UNITS:,} units, {made.flows:,} flows; splu alone {min(peers):.2f} s")
    for name, unit in asked.items():
        visits, value, lost = ours(made.chain, unit)
        check(made.chain, unit, visits, value)
        seconds = min(mine[name])
        print(
            f"{name} ({received_from[unit]} flows in): V {value:.6f}, lost if rerouted {lost:.6f}; "
            f"visits, V and loss {seconds:.2f} s, ratio {seconds / min(peers):.2f}"
        )
    worst = max(min(seconds) for seconds in mine.values()) / min(peers)
    print(f"ratio {worst:.2f} (promised: at most {PROMISED:g})")


if __name__ == "__main__":
    main()
