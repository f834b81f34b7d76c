"""How many of a group answered: counts below five stay open, by every way of adding up that there is."""

from itertools import product

import numpy as np
import pytest

from fairgate.engines.disclosure import told_counts
from fairgate.engines.disclosure.answers import Ints
from fairgate.engines.disclosure.taking_part import Kept


def partition(of: Ints) -> np.ndarray:
    return np.array([of == code for code in range(int(of.max()) + 1)])


def still_possible(asked: Ints, groups: np.ndarray, told: list[int | None], kept: list[Kept]) -> Ints:
    """Every way in which people can have answered that fits what is told: counted out, without the engine [ways, c]."""
    every = np.array(list(product(*(range(int(n) + 1) for n in asked))))
    for inside, count in zip(groups, told, strict=True):
        if count is not None:
            every = every[every @ inside == count]
    for inside, count in kept:
        every = every[every @ inside >= count]
    return every


@pytest.mark.parametrize("seed", range(60))
def test_no_count_below_five_follows_from_what_is_told(seed: int) -> None:
    """Two ways of grouping the same people, counted out by hand; but for what the total and the tables tell by themselves."""
    generator = np.random.default_rng(seed)
    asked = generator.integers(1, 9, 6)
    answered = generator.binomial(asked, 0.6)
    one, other = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 2, 0, 1, 2])
    groups = np.vstack((np.ones((1, 6), bool), partition(one), partition(other)))
    kept = [(one == 0, int(answered[one == 0].sum()))] if seed % 2 and answered[one == 0].sum() >= 5 else []
    told = told_counts(asked, answered, groups, kept)
    counts = groups @ answered
    assert all(count in (None, real) for count, real in zip(told, counts, strict=True))
    assert all(count is None for count, real in zip(told, counts, strict=True) if real < 5)
    possible = still_possible(asked, groups, told, kept)
    alone = still_possible(asked, groups[:1], told[:1], kept)
    for inside, count in zip(groups, counts, strict=True):
        needed = min(2, asked[inside].sum(), np.ptp(alone @ inside)) if count < 5 else 0
        assert np.ptp(possible @ inside) >= needed


def test_the_smallest_that_helps_is_hidden_with_it() -> None:
    asked, answered = np.array([9, 12, 30, 40]), np.array([2, 8, 22, 31])
    groups = np.vstack((np.ones(4, bool), np.eye(4, dtype=bool)))
    assert told_counts(asked, answered, groups) == [63, None, None, 22, 31]


def test_without_it_a_count_of_two_is_a_subtraction() -> None:
    """The attack itself: what the total and the others tell."""
    asked, answered = np.array([9, 20, 25]), np.array([2, 15, 20])
    groups = np.vstack((np.ones(3, bool), np.eye(3, dtype=bool)))
    naive: list[int | None] = [37, None, 15, 20]
    assert set(still_possible(asked, groups, naive, []) @ groups[1]) == {2}
    told = told_counts(asked, answered, groups)
    assert np.ptp(still_possible(asked, groups, told, []) @ groups[1]) >= 2


def test_ballots_in_tables_are_known_too() -> None:
    """All of one class were kept, so that its number stands in a table: hiding its answers would help nobody."""
    asked, answered = np.array([4, 20, 25]), np.array([2, 15, 20])
    groups = np.vstack((np.ones(3, bool), np.eye(3, dtype=bool)))
    kept = [(groups[2], 15), (groups[3], 20)]
    told = told_counts(asked, answered, groups, kept)
    possible = still_possible(asked, groups, told, kept)
    assert told[0] == 37
    assert np.ptp(possible @ groups[1]) >= 2


def test_what_total_and_tables_tell_by_themselves_costs_no_other_figure() -> None:
    """All eight of one class answered and were kept: whatever is hidden, three of the others did."""
    asked, answered = np.array([8, 18]), np.array([8, 3])
    groups = np.vstack((np.ones(2, bool), np.eye(2, dtype=bool)))
    assert told_counts(asked, answered, groups, [(groups[1], 8)]) == [11, 8, None]
    assert told_counts(asked, answered, groups) == [11, None, None]


def test_with_fewer_than_five_altogether_nothing_is_told() -> None:
    asked, answered = np.array([9, 20]), np.array([2, 2])
    assert told_counts(asked, answered, np.vstack((np.ones(2, bool), np.eye(2, dtype=bool)))) == [None] * 3


def test_where_all_answered_well_everything_is_told() -> None:
    asked, answered = np.array([9, 20]), np.array([5, 12])
    assert told_counts(asked, answered, np.vstack((np.ones(2, bool), np.eye(2, dtype=bool)))) == [17, 5, 12]
