"""Which decision somebody is asked about: the probabilities that are documented are those that are drawn."""

from collections import Counter
from datetime import date, timedelta
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairgate.voice.rules.picking import AT_ONCE, chosen, probabilities, ticket

FIRST = date(2026, 7, 1)
CATCH_UP = date(2026, 9, 17)
AFTER = date(2026, 9, 20)


def drawn(nights: list[list[float]], number: int) -> Counter[int]:
    """Which decision is chosen, over many people with the same decisions."""
    found: Counter[int] = Counter()
    for person in range(number):
        place, told = 0, []
        for day, weights in enumerate(nights):
            tickets = []
            for weight in weights:
                tickets.append(ticket("key", "period", str(person), str(place), weight))
                place += 1
            told.append((FIRST + timedelta(days=day), tickets))
        found[chosen(told, catches_up_on=CATCH_UP, today=AFTER)] += 1
    return found


@pytest.mark.parametrize(
    "nights",
    [
        [[1.0], [1.0], [1.0]],
        [[1.0], [3.0], [1.0], [1.0]],
        [[1.0, 3.0], [1.0], [3.0, 3.0, 1.0]],
        [[3.0]],
    ],
)
def test_the_documented_probabilities_are_those_that_are_drawn(nights: list[list[float]]) -> None:
    number = 20_000
    found = drawn(nights, number)
    expected = [one for night in probabilities(nights) for one in night]
    for place, probability in enumerate(expected):
        error = sqrt(probability * (1 - probability) / number)
        assert abs(found[place] / number - probability) <= 4.5 * error + 1e-9


@given(st.lists(st.lists(st.sampled_from([1.0, 3.0, 7.5]), min_size=1, max_size=4), min_size=1, max_size=8))
def test_everybody_with_a_decision_is_asked_once(nights: list[list[float]]) -> None:
    assert sum(map(sum, probabilities(nights))) == pytest.approx(1.0)


def test_of_two_on_one_night_a_non_approval_is_three_times_as_likely() -> None:
    ((approval, refusal),) = probabilities([[1.0, 3.0]])
    assert refusal == pytest.approx(3 * approval)


def test_what_is_chosen_does_not_depend_on_how_often_it_is_asked_for() -> None:
    for person in range(300):
        told = [
            (FIRST + timedelta(days=7 * day), [ticket("key", "period", str(person), str(day), 1.0)])
            for day in range(10)
        ]
        last, asked_on = chosen(told, catches_up_on=CATCH_UP, today=AFTER), None
        for night in range((AFTER - FIRST).days + 1):
            today = FIRST + timedelta(days=night)
            so_far = [pair for pair in told if pair[0] < today]
            now = chosen(so_far, catches_up_on=CATCH_UP, today=today)
            if asked_on is None and now is not None:
                asked_on = now
        assert asked_on == last


def test_a_ticket_is_exponential_and_nobody_without_the_key_knows_it() -> None:
    drawn = sorted(ticket("key", "p", str(number), "d", 3.0) for number in range(20_000))
    mean = sum(drawn) / len(drawn)
    assert mean == pytest.approx(1 / 3, rel=0.03)
    below = sum(one < AT_ONCE for one in drawn) / len(drawn)
    assert below == pytest.approx(1 - 0.75**3, abs=0.02)
    assert ticket("key", "p", "1", "d", 1.0) != ticket("other", "p", "1", "d", 1.0)


def test_nobody_without_a_decision_is_chosen() -> None:
    assert chosen([], catches_up_on=CATCH_UP, today=AFTER) is None


def test_whoever_has_a_first_decision_late_is_asked_about_it() -> None:
    late = [(CATCH_UP + timedelta(days=1), [9.0, 5.0]), (CATCH_UP + timedelta(days=2), [0.1])]
    assert chosen(late, catches_up_on=CATCH_UP, today=AFTER) == 1
