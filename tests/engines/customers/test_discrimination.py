"""The discrimination index against enumeration, known answers, and shuffled logs."""

import random
import time
from collections import Counter
from itertools import islice, permutations
from math import log, sqrt

import numpy as np
import pytest

from engines.customers.logs import Event, counted
from fairgate.engines.customers import discriminate
from fairgate.engines.customers.discrimination import Discrimination
from fairgate.engines.customers.shuffles import shuffled_pairs, shuffled_tables

Pairs = list[tuple[int, int]]


def of(pairs: Pairs, times: int = 1) -> Discrimination:
    source, target = np.array(pairs).T
    return discriminate(source, target, np.full(len(pairs), times))


def mutual_information(pairs: Pairs) -> float:
    n = len(pairs)
    both, first, second = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    return sum(c / n * log(c * n / (first[a] * second[b])) for (a, b), c in both.items())


def every_shuffle(pairs: Pairs) -> list[float]:
    """The mutual information of every assignment in which nobody hands over to themselves."""
    source, target = zip(*pairs, strict=True)
    shuffles = (list(zip(source, again, strict=True)) for again in permutations(target))
    return [mutual_information(pairs) for pairs in shuffles if all(a != b for a, b in pairs)]


SMALL: list[Pairs] = [
    [(0, 1), (0, 1), (0, 2), (1, 2), (1, 0), (2, 0), (2, 3), (3, 1)],
    [
        (0, 1),
        (0, 1),
        (0, 1),
        (1, 2),
        (1, 2),
        (2, 0),
        (2, 0),
    ],  # three units: only cycles lead from one to another
    [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (0, 2), (0, 3), (0, 4)],
]


@pytest.mark.parametrize("pairs", SMALL)
def test_both_samplers_draw_every_assignment_with_equal_chance(pairs: Pairs) -> None:
    expected = np.array(every_shuffle(pairs))
    source, target = np.array(pairs).T
    units = int(max(source.max(), target.max())) + 1
    table = np.zeros((units, units), dtype=np.int64)
    np.add.at(table, (source, target), 1)
    tables = islice(shuffled_tables(table, np.random.default_rng(1), tables=100, settle=40, apart=5), 100)
    from_tables = [
        mutual_information([pair for pair in zip(*np.nonzero(t), strict=True) for _ in range(t[pair])])
        for drawn in tables
        for t in drawn
    ]
    one_by_one = islice(shuffled_pairs(source, target, np.random.default_rng(2), settle=50, apart=5), 6000)
    from_pairs = [mutual_information(list(zip(source, now, strict=True))) for now in one_by_one]
    for drawn_values in (from_tables, from_pairs):
        error = expected.std() / sqrt(len(drawn_values))
        assert np.mean(drawn_values) == pytest.approx(expected.mean(), abs=6 * error)
        assert np.std(drawn_values) == pytest.approx(expected.std(), rel=0.06)


def test_index_null_and_z_agree_with_enumeration() -> None:
    pairs = SMALL[0]
    shuffles = np.array(every_shuffle(pairs))
    found = of(pairs)
    customers = Counter(b for _, b in pairs)
    entropy = -sum(c / len(pairs) * log(c / len(pairs)) for c in customers.values())
    assert found.index is not None
    assert found.z is not None
    spread = shuffles.std()
    assert found.null_mean == pytest.approx(shuffles.mean(), abs=0.5 * spread)
    assert found.null_sd == pytest.approx(spread, rel=0.35)
    expected = (mutual_information(pairs) - shuffles.mean()) / (entropy - shuffles.mean())
    assert found.index == pytest.approx(expected, abs=0.25)


@pytest.mark.parametrize("units", [3, 4, 5, 8, 30])
def test_a_chain_gives_exactly_one(units: int) -> None:
    assert of([(unit, unit + 1) for unit in range(units - 1)], times=50).index == 1.0


def test_everyone_serving_everyone_gives_about_nothing() -> None:
    found = of([(a, b) for a in range(8) for b in range(8) if a != b], times=50)
    assert found.index == pytest.approx(0.0, abs=0.01)


def test_one_customer_for_all_can_not_be_told_apart() -> None:
    assert of([(0, 2), (1, 2)], times=5).index is None


def test_one_supplier_for_all_tells_nothing() -> None:
    found = of([(0, 1), (0, 2)], times=5)
    assert (found.index, found.z) == (0.0, None)


def test_over_200_shuffles_of_a_logs_units_the_mean_z_is_zero() -> None:
    rng = random.Random(20)
    units = [rng.choices(["A", "B", "C", "D", "E"], [5, 4, 3, 2, 1])[0] for _ in range(600)]
    found = []
    for _ in range(200):
        rng.shuffle(units)
        events = [Event(str(k // 6), unit, "make", k) for k, unit in enumerate(units)]
        z = counted(events).discrimination.z
        assert z is not None
        found.append(z)
    assert abs(np.mean(found)) < 4 * np.std(found) / sqrt(200)
    assert 0.8 < np.std(found) < 1.25


def test_names_do_not_matter_to_the_last_digit_even_among_look_alikes() -> None:
    rng = np.random.default_rng(3)
    ring = [
        (a, (a + step) % 12) for a in range(12) for step in (1, 2, 5)
    ]  # every unit looks like every other
    ragged = [(int(a), int(b)) for a, b in rng.integers(0, 9, (200, 2)) if a != b]
    for pairs in (ring, ragged):
        for _ in range(5):
            names = rng.permutation(40)
            other = [(int(names[a]), int(names[b])) for a, b in rng.permutation(pairs)]
            assert of(other) == of(pairs)


def test_50000_handovers_of_8_units_take_less_than_half_a_processor_second() -> None:
    rng = np.random.default_rng(4)
    table = rng.integers(0, 1785, (8, 8)) * (1 - np.eye(8, dtype=np.int64))
    source, target = np.nonzero(table)
    discriminate(source, target, table[source, target])
    begun = time.process_time()
    discriminate(source, target, table[source, target])
    assert time.process_time() - begun < 0.5
