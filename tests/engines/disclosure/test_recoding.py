"""One recoding for all ballots of a period."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.engines.disclosure import Answers, recode
from fairgate.engines.disclosure.errors import BadAnswers
from fairgate.engines.disclosure.recoding import PRICE, entropy


def answers(seed: int, n: int) -> Answers:
    generator = np.random.default_rng(seed)
    names = {"team": 3, "outcome": 2, "kind": 6, "seniority": 3}
    return Answers(
        {name: generator.integers(0, among, n) for name, among in names.items()},
        {"a": generator.integers(-1, 5, n)},
    )


@given(seed=st.integers(0, 10_000), n=st.integers(0, 300), k=st.integers(2, 8))
@settings(max_examples=40, deadline=None)
def test_every_combination_left_is_shared_and_every_ballot_is_accounted_for(
    seed: int, n: int, k: int
) -> None:
    given_ = answers(seed, n)
    found = recode(given_, hierarchies={"kind": [np.array([0, 0, 1, 1, 2, 2])]}, k=k)
    assert found.answers.ballots + found.dropped == n
    assert (found.answers.combinations().ballots >= k).all()
    assert found.levels["team"] == found.levels["outcome"] == 0
    assert (found.answers.attributes["team"] == given_.attributes["team"][found.kept]).all()


def test_it_takes_the_way_that_loses_least_of_all_ways() -> None:
    given_, coarser = answers(5, 150), np.array([0, 0, 1, 1, 2, 2])
    kinds = {0: given_.attributes["kind"], 1: coarser[given_.attributes["kind"]], -1: np.zeros(150, np.int64)}
    bands = {0: given_.attributes["seniority"], -1: np.zeros(150, np.int64)}
    bits = entropy(kinds[0]) + entropy(bands[0])
    losses = {}
    for kind, band in product(kinds, bands):
        rows = list(
            zip(
                given_.attributes["team"], given_.attributes["outcome"], kinds[kind], bands[band], strict=True
            )
        )
        said = {row: {a for r, a in zip(rows, given_.items["a"], strict=True) if r == row} for row in rows}
        dropped = sum(rows.count(row) < 5 or len(said[row]) < 2 for row in rows) / 150
        losses[kind, band] = 1 - (entropy(kinds[kind]) + entropy(bands[band])) / bits + PRICE * dropped
    found = recode(given_, hierarchies={"kind": [coarser]})
    assert found.loss == pytest.approx(min(losses.values()))
    assert (found.levels["kind"], found.levels["seniority"]) == min(losses, key=lambda way: losses[way])


def test_answered_ballots_are_counted_and_a_team_is_never_coarsened() -> None:
    """Four refused ballots of team 1 are too few, however many were asked."""
    team, outcome = np.repeat([0, 0, 1, 1], (30, 10, 20, 4)), np.repeat([0, 1, 0, 1], (30, 10, 20, 4))
    found = recode(Answers({"team": team, "outcome": outcome}, {"a": np.arange(64) % 5}))
    assert found.dropped == 4
    assert not found.kept[-4:].any()


@given(seed=st.integers(0, 10_000), n=st.integers(0, 200), k=st.integers(2, 8), steps=st.integers(1, 3))
@settings(max_examples=80, deadline=None)
def test_every_combination_left_is_mixed_in_every_item(seed: int, n: int, k: int, steps: int) -> None:
    """Few steps, so that many groups agree. Counted out by hand; and nobody is dropped who needn't be at those levels."""
    generator = np.random.default_rng(seed)
    attributes = {"team": generator.integers(0, 4, n), "kind": generator.integers(0, 3, n)}
    items = {name: generator.integers(-1, steps - 1, n) for name in "ab"}
    given_ = Answers(attributes, items)
    found = recode(given_, k=k)
    levels = {
        name: codes if found.levels[name] == 0 else np.zeros(n, int) for name, codes in attributes.items()
    }
    cells: dict[tuple[int, ...], list[int]] = {}
    for at, cell in enumerate(zip(*(codes.tolist() for codes in levels.values()), strict=True)):
        cells.setdefault(cell, []).append(at)
    for inside in cells.values():
        good = len(inside) >= k and all(len({int(said[at]) for at in inside}) > 1 for said in items.values())
        assert all(found.kept[at] == good for at in inside)
    assert found.dropped == int((~found.kept).sum())


def test_who_all_said_the_same_are_merged_where_that_helps_and_dropped_where_not() -> None:
    """Twelve of team 0 all said 1: of kind 0 beside others of the team who didn't; then of all kinds."""
    team, kind = np.repeat([0, 0, 1], (12, 9, 20)), np.repeat([0, 1, 0], (12, 9, 20))
    said = np.array([0] * 12 + [1, 2, 3] * 3 + [0, 1, 2, 3] * 5)
    merged = recode(Answers({"team": team, "kind": kind}, {"a": said}))
    assert merged.dropped == 0
    assert merged.levels["kind"] == -1
    alike = np.where(team == 0, 0, said)
    gone = recode(Answers({"team": team, "kind": kind}, {"a": alike}))
    assert gone.kept.tolist() == (team == 1).tolist()


def test_that_all_could_not_judge_is_an_answer_like_any_other() -> None:
    six = {"team": np.zeros(6, int)}
    assert recode(Answers(six, {"a": np.full(6, -1)})).dropped == 6
    assert recode(Answers(six, {"a": np.array([2, 2, 2, 2, 2, -1])})).dropped == 0


def test_an_item_that_may_be_left_out_costs_no_ballot_and_does_not_say_where_it_was_the_same() -> None:
    team, outcome = np.repeat([0, 1, 2], 10), np.repeat([0, 0, 1], 10)
    said, agreement = np.arange(30) % 5, np.where(team == 0, 4, np.arange(30) % 3)
    found = recode(
        Answers({"team": team, "outcome": outcome}, {"a": said, "agreement": agreement}),
        may_be_left_out=["agreement"],
        together=["outcome"],
    )
    assert found.dropped == 0
    assert found.left_out["agreement"].tolist() == (outcome == 0).tolist()
    assert (found.answers.items["agreement"] == np.where(outcome == 0, -1, agreement)).all()
    assert found.to_dict()["left_out"] == ["agreement"]


def test_a_map_that_misses_a_code_is_refused() -> None:
    with pytest.raises(BadAnswers, match="kind: the coarser map 1"):
        recode(answers(1, 50), hierarchies={"kind": [np.array([0, 0])]})
