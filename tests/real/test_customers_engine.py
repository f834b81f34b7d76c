"""The engine on real logs. Figures were counted from the files apart from the engine, too (see each test).

The files are read here by a few lines of their own, so that a fault of our readers hides none of the engine.
"""

import gzip
import os
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from fairgate.engines.customers import Answer, Counts, Events, assemble, count

pytestmark = pytest.mark.real

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    """One dictionary of attributes for each event, the number of its trace under ``case``."""
    folder = os.environ.get("FAIRGATE_REAL_DATA")
    if not folder:
        pytest.skip("FAIRGATE_REAL_DATA is not set: real logs are not read")
    rows: list[Row] = []
    case = 0
    with gzip.open(Path(folder) / name) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag.endswith("trace"):
                rows.extend(attributes(event, case) for event in element if event.tag.endswith("event"))
                case += 1
                element.clear()
    return rows


def attributes(event: ElementTree.Element, case: int) -> Row:
    return {a.get("key", ""): a.get("value", "") for a in event} | {"case": str(case)}


def events_of(rows: list[Row], unit: str, value: str = "", external: str = "") -> Events:
    def coded(key: str) -> tuple[np.ndarray, tuple[str, ...]]:
        names: dict[str, int] = {}
        found = [names.setdefault(row[key], len(names)) if key in row else -1 for row in rows]
        return np.array(found, dtype=np.int32), tuple(names)

    times = [
        datetime.fromisoformat(row["time:timestamp"]).astimezone(UTC).replace(tzinfo=None) for row in rows
    ]
    unit_codes, unit_names = coded(unit)
    activity, activity_names = coded("concept:name")
    external_codes, external_names = coded(external)
    return Events(
        case=np.array([int(row["case"]) for row in rows], dtype=np.int32),
        unit=unit_codes,
        activity=activity,
        time=np.array(times, dtype="datetime64[ms]"),
        unit_names=unit_names,
        activity_names=activity_names,
        value=np.array([float(row.get(value, "nan")) for row in rows]) if value else None,
        external=external_codes if external else None,
        external_names=external_names,
    )


@pytest.fixture(scope="module")
def domestic() -> list[Row]:
    return rows_of("bpic2020_DomesticDeclarations.xes.gz")


@pytest.fixture(scope="module")
def permit() -> list[Row]:
    return rows_of("bpic2020_PermitLog.xes.gz")


def counted(rows: list[Row], unit: str = "org:role") -> Counts:
    return count(assemble(events_of(rows, unit)))


def needs_us(answer: Answer) -> set[str]:
    return set(answer.readings.by_need.units)


def test_administration_is_the_authority_over_the_claimant_who_needs_its_release(domestic: list[Row]) -> None:
    counts = counted(domestic)
    answer = counts.answer("ADMINISTRATION")
    plainly = Counter(row["concept:name"] for row in domestic if row["org:role"] == "ADMINISTRATION")
    assert plainly == {
        "Declaration APPROVED by ADMINISTRATION": 8061,
        "Declaration REJECTED by ADMINISTRATION": 936,
    }
    [over] = answer.authority_over
    assert (over.unit, over.decisions, over.rejections) == ("EMPLOYEE", 8997, 936)
    assert over.rejection_rate == pytest.approx(0.104, abs=5e-4)
    employee = next(c for c in answer.internal_customers if c.unit == "EMPLOYEE")
    assert employee.by_release > 0.7
    assert employee.by_help == 0.0
    assert employee.under_our_authority
    assert {"BUDGET OWNER", "SUPERVISOR", "EMPLOYEE"} == needs_us(answer)
    assert all(c.by_help > 0.7 for c in answer.internal_customers if c.unit != "EMPLOYEE")


def test_the_claimant_taking_a_claim_back_is_no_decision(domestic: list[Row]) -> None:
    counts = counted(domestic)
    assert counts.answer("EMPLOYEE").decisions == 0
    assert counts.coverage.withdrawn == 1350  # each "Declaration REJECTED by EMPLOYEE"


def test_about_a_quarter_of_decisions_on_the_permit_logs_declarations_are_rejections(
    permit: list[Row],
) -> None:
    """Decisions by ADMINISTRATION in documents that are declarations: 4,689 approve, 1,446 reject."""
    answer = counted(permit).answer("ADMINISTRATION")
    [over] = answer.authority_over
    assert over.unit == "EMPLOYEE"
    declarations = next(part for part in over.by_process if part.process == "Declaration")
    assert (declarations.decisions, declarations.rejections) == (6135, 1446)
    assert declarations.rejection_rate == pytest.approx(0.24, abs=0.005)
    assert {"BUDGET OWNER", "SUPERVISOR", "EMPLOYEE"} <= needs_us(answer)


def test_the_group_empty_is_shown_as_coverage() -> None:
    counts = counted(rows_of("receipt.xes.gz"), "org:group")
    answer = counts.answer("Group 1")
    assert answer.coverage["events"] == 8577
    assert answer.coverage["placeholder_units"] == [{"unit": "EMPTY", "events": 1936}]
    assert "served_assumed" in {note.code for note in answer.notes}
    assert "EMPTY" not in needs_us(answer)


def test_values_and_external_customers_change_shares_and_not_decisions(permit: list[Row]) -> None:
    events = events_of(permit, "org:role", "(case)_RequestedBudget", "(case)_OrganizationalEntity")
    answer = count(assemble(events)).answer("ADMINISTRATION")
    assert (
        answer.authority_over[0].decisions
        == counted(permit).answer("ADMINISTRATION").authority_over[0].decisions
    )
    assert len(answer.external_customers) == 28
    assert sum(x.of_ours for x in answer.external_customers) == pytest.approx(1.0)


def test_counting_the_permit_log_takes_well_under_half_a_second(permit: list[Row]) -> None:
    events = events_of(permit, "org:role")
    taken = []
    for _ in range(3):
        begun = time.process_time()
        count(assemble(events)).answer("ADMINISTRATION")
        taken.append(time.process_time() - begun)
    assert min(taken) < 0.5
