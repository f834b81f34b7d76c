"""Cutting a case into process documents."""

import numpy as np
import pytest

from engines.customers.logs import Event, as_events, case, counted
from fairgate.engines.customers import Cases, assemble
from fairgate.engines.customers.documents import document_named_by
from fairgate.engines.customers.passes import merged, read_passes


@pytest.mark.parametrize(
    ("activity", "document"),
    [
        ("Declaration FINAL_APPROVED by SUPERVISOR", "Declaration"),
        ("Request For Payment SUBMITTED by EMPLOYEE", "Request For Payment"),
        ("Start trip", ""),
        ("Payment Handled", ""),
        ("SUBMITTED by EMPLOYEE", ""),
        ("GOODS RECEIVED", ""),
        ("T11 Create document X request unlicensed", ""),
        ("ER Registration", ""),
    ],
)
def test_the_words_before_a_status_in_capitals_name_the_document(activity: str, document: str) -> None:
    assert document_named_by(activity) == document


def spread(cases: Cases) -> dict[tuple[int, str], list[str]]:
    """The activities of each (case, process)."""
    return {
        (int(cases.case[i]), cases.processes[cases.process[i]]): [
            f"{cases.units[cases.unit[act]]}{cases.kind[act]}"
            for act in range(cases.starts[i], cases.starts[i + 1])
        ]
        for i in range(len(cases.case))
    }


def test_unnamed_activities_belong_to_the_document_named_before_them_else_next() -> None:
    events = case(
        "trip",
        "A: Start trip",
        "B: Permit SUBMITTED by B",
        "C: Permit APPROVED by C",
        "D: Pay",
        "E: Declaration SUBMITTED by E",
        "F: Pay",
    )
    found = spread(assemble(as_events([*events, *case("other", "A: Pay")]), process="travel"))
    assert found == {
        (0, "Permit"): ["A0", "B0", "C1", "D0"],
        (0, "Declaration"): ["E0", "F0"],
        (1, "travel"): ["A0"],
    }


def with_documents(*rows: tuple[str, str, str, str | None]) -> list[Event]:
    return [Event(c, u, a, k, document=d) for k, (c, u, a, d) in enumerate(rows)]


def test_a_document_column_of_recurring_texts_names_processes() -> None:
    events = with_documents(
        ("1", "A", "make", "Batch"), ("1", "B", "make", None), ("1", "A", "make", "Label"),
        ("2", "A", "make", "Batch"), ("3", "A", "make", "Label"),
    )  # fmt: skip
    found = spread(assemble(as_events(events)))
    assert found == {
        (0, "Batch"): ["A0", "B0"],
        (0, "Label"): ["A0"],
        (1, "Batch"): ["A0"],
        (2, "Label"): ["A0"],
    }


def test_a_document_column_of_numbers_identifies_documents_and_activities_name_their_process() -> None:
    events = with_documents(
        ("1", "A", "Claim SENT by A", "c1"), ("1", "B", "pay", "c1"), ("1", "A", "Claim SENT by A", "c2"),
        ("2", "A", "look", "c3"),
    )  # fmt: skip
    cases = assemble(as_events(events), process="other")
    assert [cases.processes[code] for code in cases.process] == ["Claim", "Claim", "other"]
    assert np.diff(cases.starts).tolist() == [2, 1, 1]


def test_events_are_ordered_by_time_and_ties_keep_the_order_of_the_file() -> None:
    events = [Event("1", "B", "make", 5), Event("1", "A", "make", 2), Event("1", "C", "make", 5)]
    cases = assemble(as_events(events))
    assert [cases.units[unit] for unit in cases.unit] == ["A", "B", "C"]
    assert cases.ties == 1


def test_an_approval_that_comes_twice_in_one_pass_looks_merged() -> None:
    twice = case("1", "A: make", "Q: approve", "A: make", "Q: approve")
    again = case("2", "A: make", "Q: approve", "Q: reject", "A: make", "Q: approve")
    other = case("3", "A: make", "Q: approve", "R: approve")
    cases = assemble(as_events([*twice, *again, *other]))
    assert merged(cases, read_passes(cases)).tolist() == [True, False, False]
    assert counted([*twice, *again, *other]).coverage.merged == 1


def test_value_is_the_last_one_written_and_the_external_customer_may_come_from_the_case() -> None:
    events = [
        Event("1", "A", "Permit SUBMITTED by A", 1, 5.0, "Anna"),
        Event("1", "A", "Claim SUBMITTED by A", 2, 7.0),
        Event("1", "B", "Claim APPROVED by B", 3, None),
    ]
    cases = assemble(as_events(events))
    assert cases.value.tolist() == [5.0, 7.0]
    assert [cases.externals[x] for x in cases.external] == ["Anna", "Anna"]
