"""Descriptions: the toy chain of DESIGN, and random networks against a distribution pushed along."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.engines.customers import Description, describe, removal
from fairgate.engines.customers.chain import Chain


def toy(*, back: str = "work") -> Description:
    flows = [
        ("S", "P", 1.0, "work"),
        ("P", "L", 0.6, "work"),
        ("P", "Q", 0.4, "work"),
        ("L", "Q", 1.0, "work"),
        ("Q", "H", 0.8, "work"),
        ("Q", "P", 0.1, back),
        ("Q", "scrap", 0.1, "work"),
        ("H", "X", 1.0, "work"),
    ]
    source, target, share, kind = zip(*flows, strict=True)
    return describe(source=source, target=target, share=share, kind=kind, customers=["X"])


@pytest.mark.parametrize("back", ["work", "return"])
def test_the_toy_chain_gives_its_known_answers(back: str) -> None:
    made = toy(back=back)
    assert made.visits() == pytest.approx(
        {"S": 1, "P": 1 / 0.9, "L": 0.6 / 0.9, "Q": 1 / 0.9, "H": 0.8 / 0.9}
    )
    assert made.chain.received[0] == pytest.approx(0.8889, abs=5e-5)
    answers = {answer.unit: answer for answer in made.answers()}
    assert answers["L"].external_customers[0].share == pytest.approx(0.625)
    assert {unit for unit, answer in answers.items() if "X" in answer.indispensable_to} == {
        "S",
        "P",
        "Q",
        "H",
    }
    assert answers["L"].loss_if_absent.work_stops == pytest.approx(0.625)
    assert answers["L"].loss_if_absent.rerouted == pytest.approx(0, abs=1e-12)
    assert answers["P"].indispensable_to == ("X", "H", "L", "Q")
    assert [note.code for note in answers["L"].notes if note.code == "dead_ends"]


def test_the_plant_as_flows_has_manufacturing_by_release_and_under_authority() -> None:
    answer = describe(
        source=["MFG", "QA", "Warehouse"],
        target=["QA", "Warehouse", "patient"],
        kind=["decision", "work", "work"],
        customers=["patient"],
    ).answer("QA")
    customers = {c.unit: c for c in answer.internal_customers}
    assert (customers["MFG"].by_release, customers["MFG"].by_help) == (pytest.approx(1.0), 0.0)
    assert customers["MFG"].under_our_authority
    assert customers["Warehouse"].by_help == pytest.approx(1.0)
    assert answer.customer_of == ()
    assert answer.kind == "assumed"


UNITS = ["A", "B", "C", "D"]
Flow = tuple[str, str, float, str]


@st.composite
def networks(draw: st.DrawFn) -> list[Flow]:
    """Work enters at A; every unit leaks to a dead end, so nothing goes round for ever."""
    flows = [("A", "X", 1.0, "work")]
    for a in UNITS:
        flows.append((a, "lost", draw(st.integers(1, 3)) / 2, "work"))
        for b in [*UNITS[1:], "X"]:
            volume = draw(st.integers(0, 4))
            if volume and a != b:
                kind = draw(st.sampled_from(["work", "decision", "return"])) if b != "X" else "work"
                flows.append((a, b, float(volume), kind))
    return flows


def described(flows: list[Flow]) -> Description:
    source, target, volume, kind = zip(*flows, strict=True)
    return describe(source=source, target=target, volume=volume, kind=kind, customers=["X"], start={"A": 2.0})


def pushed(flows: list[Flow], update: Callable[[Any, str, str, str], Any], start: Any) -> dict[Any, float]:
    """The distribution of a memory that ``update`` keeps along each path, over paths that are served."""
    out: dict[str, float] = defaultdict(float)
    for a, _, volume, _ in flows:
        out[a] += volume
    under_way, served = {("A", start): 1.0}, defaultdict(float)
    for _ in range(3000):
        following: dict[Any, float] = defaultdict(float)
        for (at, memory), chance in under_way.items():
            for a, b, volume, kind in flows:
                if a == at and b != "lost":
                    then = update(memory, a, b, kind)
                    amount = chance * volume / out[a]
                    if b == "X":
                        served[then] += amount
                    else:
                        following[b, then] += amount
        under_way = following
        if sum(under_way.values()) < 1e-12:
            break
    return served


@settings(max_examples=60, deadline=None)
@given(networks(), st.permutations(UNITS))
def test_dependence_is_what_happens_on_the_final_pass_of_served_work(
    flows: list[Flow], order: list[str]
) -> None:
    u, w = order[:2]
    made = described(flows)
    if not {u, w} <= set(made.network.units):
        return

    # Memory: u came, w came, w came after u, u came after w; forgotten when a return begins a new pass.
    def seen(memory: tuple[bool, bool, bool, bool], at: str) -> tuple[bool, bool, bool, bool]:
        mine, theirs, help_, release = memory
        return (
            mine or at == u,
            theirs or at == w,
            help_ or (mine and at == w),
            release or (theirs and at == u),
        )

    empty = (False, False, False, False)

    def update(memory: Any, _: str, b: str, kind: str) -> Any:
        return seen(empty if kind == "return" else memory, b)

    served = pushed(flows, update, seen(empty, "A"))
    worth = sum(chance for memory, chance in served.items() if memory[1])
    if worth < 1e-9:
        return
    helped = sum(chance for memory, chance in served.items() if memory[1] and memory[2]) / worth
    released = sum(chance for memory, chance in served.items() if memory[1] and memory[3]) / worth
    gate = any(b == u and kind == "decision" for _, b, _, kind in flows)
    both = sum(c for m, c in served.items() if m[1] and (m[2] or (gate and m[3]))) / worth
    either, help_, release = (
        float(share[made.network.units.index(w)]) for share in made.dependence(made.network.units.index(u))
    )
    assert help_ == pytest.approx(helped, abs=1e-8)
    assert release == pytest.approx(released if gate else 0.0, abs=1e-8)
    assert either == pytest.approx(both, abs=1e-8)


@settings(max_examples=60, deadline=None)
@given(networks(), st.sampled_from(UNITS[1:]))
def test_what_passes_a_unit_and_what_is_lost_without_it(flows: list[Flow], u: str) -> None:
    made = described(flows)
    if u not in made.network.units:
        return
    served = pushed(flows, lambda passed, _, b, __: passed or b == u, False)
    answer = made.answer(u)
    assert answer.loss_if_absent.work_stops == pytest.approx(served[True] / sum(served.values()), abs=1e-9)
    without = pushed([flow for flow in flows if u not in flow[:2]], lambda m, *_: m, None)
    expected = 1 - without[None] / sum(served.values())
    assert answer.loss_if_absent.rerouted == pytest.approx(expected, abs=1e-9)


def random_chain(seed: int, n: int = 60) -> Chain:
    rng = np.random.default_rng(seed)
    source = rng.integers(0, n, 6 * n)
    target = np.minimum(source + rng.integers(-4, 9, 6 * n), n)
    target = np.where(target < 0, n, target)
    names = [f"u{k}" for k in range(n)] + ["X"]
    made = describe(
        source=[names[a] for a in source],
        target=[names[b] for b in target],
        volume=rng.exponential(size=len(source)),
        customers=["X"],
        start={names[source[0]]: 1.0, names[source[1]]: 2.0},
    )
    return made.chain


@pytest.mark.parametrize("seed", range(4))
def test_large_and_small_removals_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = random_chain(seed)
    removed = np.array([7, 20, 21, 22])
    small = removal.rerouted(chain, removed)
    monkeypatch.setattr(removal, "COLUMNS_AT_MOST", 0)
    assert removal.rerouted(chain, removed) == pytest.approx(small, abs=1e-10)
    monkeypatch.setattr(removal, "gmres", lambda *_, **__: (None, 1))
    assert removal.rerouted(chain, removed) == pytest.approx(small, abs=1e-10)


def test_a_removal_that_leaves_work_going_round_for_ever_loses_it() -> None:
    made = describe(source=["A", "B", "B", "C"], target=["B", "A", "C", "X"], customers=["X"], start={"A": 1})
    assert made.answer("C").loss_if_absent.rerouted == pytest.approx(1.0)
    either = describe(
        source=["S", "S", "A", "B", "B", "C"], target=["A", "X", "B", "A", "C", "X"], customers=["X"]
    )
    assert either.answer("C").loss_if_absent.rerouted == pytest.approx(0.5)
