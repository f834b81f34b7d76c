"""What is refused, and in which words."""

import re
from typing import Any

import numpy as np
import pytest

from engines.customers.logs import Event, as_events, case, counted
from fairgate.engines.customers import (
    BadEvents,
    BadRows,
    EndlessCycle,
    Events,
    NoCustomer,
    NoEvents,
    OneUnit,
    SharesAboveOne,
    UnknownUnit,
    declare,
    describe,
)


def test_no_events() -> None:
    with pytest.raises(NoEvents, match="no events"):
        as_events([])


def test_one_unit_only() -> None:
    with pytest.raises(OneUnit, match="only QA is named"):
        counted(case("1", "QA: make", "MISSING: make"))


def test_an_unknown_unit_with_the_names_that_look_alike() -> None:
    counts = counted(case("1", "ADMINISTRATION: make", "EMPLOYEE: make"))
    with pytest.raises(
        UnknownUnit, match=r"No unit is called Administraton. Did you mean ADMINISTRATION\?"
    ) as refused:
        counts.answer("Administraton")
    assert refused.value.near == ("ADMINISTRATION",)


def test_a_placeholder_is_not_a_unit_to_ask_about() -> None:
    with pytest.raises(UnknownUnit):
        counted(case("1", "A: make", "B: make", "MISSING: make")).answer("MISSING")


def bad(**changes: Any) -> None:
    two = as_events([Event("1", "A", "make", 0, 1.0), Event("1", "B", "make", 1, 1.0)])
    columns = {name: getattr(two, name) for name in Events.__dataclass_fields__}
    Events(**(columns | changes))


@pytest.mark.parametrize(
    ("changes", "sentence", "event"),
    [
        ({"value": np.array([1.0, -2.0])}, "Event 1 has an amount below 0 or without end.", 1),
        ({"value": np.array([np.inf, 1.0])}, "Event 0 has an amount below 0 or without end.", 0),
        ({"time": np.array(["2020", "NaT"], dtype="datetime64[s]")}, "Event 1 has no time.", 1),
        ({"case": np.array([0, -1], dtype=np.int32)}, "Event 1 belongs to no case.", 1),
        ({"activity": np.array([-1, 0], dtype=np.int32)}, "Event 0 has no activity.", 0),
        ({"unit": np.array([0, 9], dtype=np.int32)}, "Event 1 has a code without a name.", 1),
        ({"unit": np.array([0], dtype=np.int32)}, "There are 2 cases but 1 entries in unit.", None),
        ({"unit_names": ("A", "A")}, "A unit's name is given twice.", None),
    ],
)
def test_columns_that_can_not_be_meant(changes: dict[str, Any], sentence: str, event: int | None) -> None:
    with pytest.raises(BadEvents, match=re.escape(sentence)) as refused:
        bad(**changes)
    assert refused.value.event == event


def test_a_missing_amount_is_no_error() -> None:
    bad(value=np.array([np.nan, 1.0]))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "Q", "p", "x", "help"), "Row 2 doesn't say who needs something."),
        (("A", " ", "p", "x", "help"), "Row 2 doesn't say from whom it is needed."),
        (("A", "A", "p", "x", "help"), "In row 2 a unit needs something from itself."),
        (("A", "Q", "p", "x", "advice"), "Row 2 is neither a need for help nor for release."),
    ],
)
def test_needs_that_can_not_be_meant(row: tuple[str, ...], sentence: str) -> None:
    good = ("B", "Q", "p", "x", "help")
    customer, supplier, process, external, kind = zip(good, row, strict=True)
    with pytest.raises(BadRows, match=re.escape(sentence)) as refused:
        declare(customer=customer, supplier=supplier, process=process, external=external, kind=kind)
    assert refused.value.rows == (1,)


def test_an_empty_table_of_needs() -> None:
    with pytest.raises(BadRows, match="empty"):
        declare(customer=[], supplier=[], process=[], external=[], kind=[])


def flows(*rows: tuple[str, str], **more: Any) -> None:
    source, target = zip(*rows, strict=True)
    describe(**({"source": source, "target": target, "customers": ["X"]} | more))


def test_a_cycle_that_never_ends_at_a_customer() -> None:
    with pytest.raises(EndlessCycle, match="B, C goes round") as refused:
        flows(("A", "B"), ("A", "X"), ("B", "C"), ("C", "B"))
    assert refused.value.units == ("B", "C")


def test_a_negative_flow() -> None:
    with pytest.raises(BadRows, match="Row 2 has a flow below 0") as refused:
        flows(("A", "B"), ("B", "X"), volume=[1.0, -1.0])
    assert refused.value.rows == (1,)


def test_shares_above_one() -> None:
    with pytest.raises(SharesAboveOne, match=r"leave A add up to 1.2"):
        flows(("A", "B"), ("A", "X"), ("B", "X"), share=[0.7, 0.5, 1.0])


@pytest.mark.parametrize(
    ("rows", "more", "sentence"),
    [
        ([("A", "B"), ("B", "C")], {}, "Nothing flows to X."),
        ([("A", "B"), ("B", "X")], {"customers": []}, "No external customer is named."),
        (
            [("A", "B"), ("B", "lost"), ("C", "X")],
            {"start": {"A": 1.0}},
            "No external customer can be reached",
        ),
        ([("A", "B"), ("B", "A"), ("B", "X")], {}, "it isn't known where it starts"),
        ([("A", "B"), ("B", "X")], {"start": {"Z": 1.0}}, "said to start at Z"),
    ],
)
def test_flows_that_reach_no_customer(
    rows: list[tuple[str, str]], more: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(NoCustomer, match=sentence):
        flows(*rows, **more)


def test_an_external_customer_that_passes_work_on() -> None:
    with pytest.raises(BadRows, match="In row 2 an external customer passes work on"):
        flows(("A", "X"), ("X", "A"))


def test_one_unit_in_a_description() -> None:
    with pytest.raises(OneUnit, match="only A is named"):
        flows(("A", "X"))
