"""What the sentences claim is what the figures say."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from fairgate.engines.monitoring import Proportion, exponential, kappa, proportion
from fairgate.protection.queries.escapes import EscapeFigures, _line, _Months
from fairgate.protection.wording import figures
from fairgate.shared.translations import ENGLISH

TODAY = date(2026, 11, 22)


@dataclass
class Quarter:
    start: date
    approved: Proportion


def drift(*quarters):
    rows = [Quarter(date(2026, month, 1), proportion(*share)) for month, share in quarters]
    return figures.drift(rows, ENGLISH, today=TODAY)


def test_a_difference_beyond_chance_is_said_although_the_two_intervals_overlap():
    first, last = proportion(48, 80), proportion(56, 70)
    assert first.high > last.low
    assert drift((1, (48, 80)), (4, (56, 70))).startswith(
        "More is approved than in the first quarter: 80%, from 60%."
    )
    assert drift((1, (56, 70)), (4, (48, 80))).startswith("Less is approved")


def test_where_it_may_not_have_moved_the_range_is_said_and_chance_is_not_called_the_cause():
    said = drift((1, (50, 80)), (4, (46, 70)))
    assert "may not have moved" in said
    assert "Between -12.0 and +18.1 points" in said
    assert "chance" not in said.lower()


def test_a_quarter_that_is_not_over_is_left_out():
    assert (
        drift((1, (48, 80)), (10, (80, 80)))
        == "Whether the share approved drifts shows once two quarters are over."
    )
    assert "from 60%" in drift((4, (48, 80)), (7, (56, 70)), (10, (0, 5)))


def test_kappa_without_an_interval_is_said_in_words():
    said = [
        figures._kappa(kappa(table), ENGLISH)
        for table in ([[9, 1], [0, 0]], [[9, 0], [0, 1]], [[9, 2], [1, 8]])
    ]
    assert "One of the two sides says the same of everything" in said[0]
    assert "kappa 1.00: they never differ" in said[1]
    assert "between 0.39 and 1.00" in said[2]


def escapes_of(delays, later):
    return SimpleNamespace(horizon=300.0, later=later, method=delays)


def test_what_is_beyond_the_horizon_is_not_said_to_be_unwatched_beside_what_showed_there():
    said = " ".join(figures._limits(SimpleNamespace(delays=escapes_of("product-limit", 2)), ENGLISH))
    assert "2 that showed later" in said
    assert "nothing has been watched" not in said


def test_what_is_still_to_come_has_its_interval():
    fitted = exponential([5.0, 20, 40, 8], [90.0, 90, 60, 30])
    line = _line("", [], _Months((1000,), (0,), (30,)), fitted)
    found = EscapeFigures(1000, 0, line.plain, line.corrected, fitted, (), ())
    more = found.still_to_come
    assert more.value == 0 < more.high
    said = figures.escapes(found, ENGLISH)[0]
    assert f"On average 0 more (between 0 and {more.high:.0f}) are to be expected" in said
