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
        dropped = sum(rows.count(row) < 5 for row in rows) / 150
        losses[kind, band] = 1 - (entropy(kinds[kind]) + entropy(bands[band])) / bits + PRICE * dropped
    found = recode(given_, hierarchies={"kind": [coarser]})
    assert found.loss == pytest.approx(min(losses.values()))
    assert (found.levels["kind"], found.levels["seniority"]) == min(losses, key=lambda way: losses[way])


def test_answered_ballots_are_counted_and_a_team_is_never_coarsened() -> None:
    """Four refused ballots of team 1 are too few, however many were asked."""
    team, outcome = np.repeat([0, 0, 1, 1], (30, 10, 20, 4)), np.repeat([0, 1, 0, 1], (30, 10, 20, 4))
    found = recode(Answers({"team": team, "outcome": outcome}, {"a": np.zeros(64, np.int64)}))
    assert found.dropped == 4
    assert not found.kept[-4:].any()


def test_a_map_that_misses_a_code_is_refused() -> None:
    with pytest.raises(BadAnswers, match="kind: the coarser map 1"):
        recode(answers(1, 50), hierarchies={"kind": [np.array([0, 0])]})
