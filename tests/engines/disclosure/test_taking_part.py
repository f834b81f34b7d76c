"""How many of a group answered: counts below five stay open, by every way of adding up that there is, and by the rule itself."""

from collections import defaultdict
from itertools import product

import numpy as np
import pytest

from fairgate.engines.disclosure import taking_part as module
from fairgate.engines.disclosure import told_rungs

K = 5


def split(*of: int) -> np.ndarray:
    """One group for each number from 0."""
    return np.array([np.array(of) == code for code in range(max(of) + 1)])


def page(asked, truth, ladders, kept=()):
    """What anybody reads: the number of all, and the numbers of the rungs that are told."""
    rungs = told_rungs(asked, truth, ladders, kept, k=K)
    if rungs is None:
        return None
    told = (
        None if at is None else (at, tuple((ladder[at] @ truth).tolist()))
        for at, ladder in zip(rungs, ladders, strict=True)
    )
    return (int(truth.sum()), *told)


@pytest.fixture(autouse=True)
def _solved_once(monkeypatch) -> None:
    """Truths share pages: what the engine's program finds about a page is the same for all of them."""
    solve, known = module._Attacker._end, {}

    def end(self, page, short, group, sign):
        told = tuple((inside.tobytes(), *(inside @ answered).tolist()) for inside, answered in page.told)
        asked = (self.asked.tobytes(), *((inside.tobytes(), n) for inside, n in self.kept))
        at = (asked, told, tuple(one.tobytes() for one in short), group.tobytes(), sign)
        if at not in known:
            known[at] = solve(self, page, short, group, sign)
        return known[at]

    monkeypatch.setattr(module._Attacker, "_end", end)


WORLDS = {
    "outcomes, and whether they approve": ([5, 2, 6, 1], [[np.eye(4, dtype=bool), split(0, 0, 1, 1)]], []),
    "three outcomes": ([7, 5, 6], [[np.eye(3, dtype=bool), split(0, 1, 1)]], []),
    "kinds beside outcomes": ([5, 2, 3, 5], [[split(0, 0, 1, 1)], [split(0, 1, 0, 1)]], []),
    "ballots in tables": (
        [7, 6, 3],
        [[np.eye(3, dtype=bool), split(0, 1, 1)]],
        [(np.array([True, False, False]), 5)],
    ),
}


def given_away(asked, ladders, kept):
    """Every truth there is, its page, and for each page all truths that lead to it: counted out, without the engine's program.
    Groups with fewer than five answers that a page tells exactly, but for what the number of all and of ballots in tables tell by
    themselves, and for groups of whom all answered; and how many pages tell something."""
    every = [np.array(truth) for truth in product(*(range(n + 1) for n in asked))]
    every = [truth for truth in every if all(truth @ inside >= n for inside, n in kept)]
    by_page, by_total = defaultdict(list), defaultdict(list)
    for truth in every:
        by_page[page(np.array(asked), truth, ladders, kept)].append(truth)
        by_total[truth.sum()].append(truth)
    groups = [group for ladder in ladders for rung in ladder for group in rung]
    found = []
    for told, truths in by_page.items():
        alone = truths if told is None else by_total[told[0]]
        for group in groups:
            values = {int(group @ truth) for truth in truths}
            known = len(values) == 1 and values != {int(group @ np.array(asked))}
            if known and min(values) < K and len({int(group @ truth) for truth in alone}) > 1:
                found.append((told, group.tolist(), values))
    return found, sum(1 for told in by_page if told and any(one is not None for one in told[1:]))


@pytest.mark.parametrize("name", WORLDS)
def test_no_count_below_five_follows_from_a_page_and_the_rule(name: str) -> None:
    found, telling = given_away(*WORLDS[name])
    assert telling > 0
    assert found == []


def test_a_rule_that_only_looks_at_sizes_is_caught(monkeypatch) -> None:
    """It doesn't ask whether its page gives a group away."""
    monkeypatch.setattr(module._Attacker, "stays_open", lambda self, page: True)
    assert any(given_away(*world)[0] for world in WORLDS.values())


def test_the_attack_itself_knowing_the_rule() -> None:
    """Seven were asked about conditions and 21 were refused, 24 of them answered: were only what is below five hidden with its
    neighbour, 4 and 20 would be the one truth behind both being hidden where the first is known to be at least four."""
    asked, fine = np.array([7, 21, 60]), np.eye(3, dtype=bool)
    kept = [(fine[0], 4)]
    hidden = page(asked, np.array([4, 20, 45]), [[fine]], kept)
    assert page(asked, np.array([5, 19, 45]), [[fine]], kept)[0] == hidden[0]
    truths = [
        truth
        for truth in (
            np.array([a, b, 69 - a - b]) for a in range(4, 8) for b in range(22) if 0 <= 69 - a - b <= 60
        )
        if page(asked, truth, [[fine]], kept) == hidden
    ]
    assert len({int(truth[0]) for truth in truths}) > 1


def test_a_coarser_rung_is_told_where_one_group_is_too_small() -> None:
    asked, truth = np.array([80, 12, 30, 25]), np.array([50, 3, 20, 15])
    assert told_rungs(asked, truth, [[np.eye(4, dtype=bool), split(0, 0, 1, 1)]]) == [1]


def test_with_fewer_than_five_altogether_nothing_is_told() -> None:
    assert told_rungs(np.array([9, 20]), np.array([2, 2]), [[np.eye(2, dtype=bool)]]) is None


def test_where_all_answered_well_everything_is_told() -> None:
    assert told_rungs(np.array([9, 20]), np.array([5, 12]), [[np.eye(2, dtype=bool)]]) == [0]
