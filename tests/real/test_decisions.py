"""Travel declarations imported as decisions of ADMINISTRATION: outcomes, times and rejections equal counts made by plain loops
over the XML, without our readers."""

import gzip
import os
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from fairgate.gate import imports
from fairgate.gate.actions import imports as actions
from fairgate.gate.models import (
    Decision,
    DecisionImport,
    DecisionMapping,
    Preset,
    RequestKind,
    ServiceRequest,
    Tally,
)
from fairgate.organisation.models import Unit
from fairgate.shared.actor import System

pytestmark = [pytest.mark.real, pytest.mark.django_db]

BY = System("tests")
NAME = "bpic2020_DomesticDeclarations.xes.gz"
GATE = "ADMINISTRATION"


@pytest.fixture(scope="module")
def log() -> Path:
    if not (folder := os.environ.get("FAIRGATE_REAL_DATA")):
        pytest.skip("FAIRGATE_REAL_DATA names no folder with real data")
    return Path(folder) / NAME


@pytest.fixture(scope="module")
def plainly(log: Path) -> list[tuple[str, str, datetime, datetime]]:
    """(case, outcome, submitted, decided) of every decision by ADMINISTRATION."""
    found = []
    with gzip.open(log) as file:
        for _, trace in ElementTree.iterparse(file):
            if not trace.tag.endswith("trace"):
                continue
            case = next(a.get("value", "") for a in trace if a.get("key") == "concept:name")
            events = [{a.get("key"): a.get("value", "") for a in e} for e in trace if e.tag.endswith("event")]
            events.sort(key=lambda e: datetime.fromisoformat(e["time:timestamp"]))
            submitted = None
            for event in events:
                at = datetime.fromisoformat(event["time:timestamp"]).astimezone(UTC)
                if event["org:role"] != GATE and "SUBMITTED" in event["concept:name"]:
                    submitted = at
                if event["org:role"] == GATE:
                    assert submitted is not None
                    outcome = "refused" if "REJECTED" in event["concept:name"] else "approved"
                    found.append((case, outcome, submitted, at))
            trace.clear()
    return found


@pytest.fixture
def mapping() -> DecisionMapping:
    gate = Unit.objects.create(name="Administration")
    employee = Unit.objects.create(name="Employees")
    preset = Preset.objects.create(unit=gate, code="compliance", title="Travel", version="1")
    kind = RequestKind.objects.create(
        preset=preset, code="declaration", name="Declaration", outcomes=["approved", "refused", "returned"]
    )
    # "SAVED by EMPLOYEE" is work, too; handing in is what says so.
    options: dict[str, Any] = {
        "log": True, "zone": "UTC", "always": {"kind": kind.pk}, "submission": "SUBMITTED", "value_from": "(case)_Amount",
    }  # fmt: skip
    return actions.keep_mapping(
        by=BY,
        name="Travel",
        source="Travel",
        deciding_unit=gate.pk,
        columns={},
        values={"unit": {GATE: gate.pk, "EMPLOYEE": employee.pk}},
        options=options,
    )


def came(content: bytes, mapping: DecisionMapping) -> DecisionImport:
    coming = imports.open_file(by=BY, name=NAME, content=[content], mapping=mapping.pk)
    imports.read(by=BY, pk=coming.pk)()
    return DecisionImport.objects.get(pk=coming.pk)


def test_the_travel_declarations_come_in_as_they_were_decided(
    log: Path, plainly: list[tuple[str, str, datetime, datetime]], mapping: DecisionMapping
) -> None:
    coming = came(log.read_bytes(), mapping)
    assert coming.problems == []
    assert coming.findings["counts"]["new"] == len(plainly) == 8997
    imports.apply(by=BY, pk=coming.pk)
    ours = Counter(ServiceRequest.objects.values_list("outcome", flat=True))
    assert ours == Counter(outcome for _case, outcome, _submitted, _decided in plainly)
    assert ours["refused"] == 936
    rows = ServiceRequest.objects.values_list("item", "outcome", "submitted_at", "decided_at")
    assert sorted(rows) == sorted(plainly)
    waited = sum((decided - submitted for _c, _o, submitted, decided in plainly), timedelta())
    assert waited == sum((decided - submitted for _c, _o, submitted, decided in rows), timedelta())
    _every_resubmission_follows_its_refusal(plainly)
    assert sum(Tally.objects.values_list("decisions", flat=True)) == 8997
    assert sum(Tally.objects.values_list("without_slip", flat=True)) == 936
    _the_same_file_again_changes_nothing(log, mapping)
    _a_corrected_file_shows_what_changed(log, mapping)


def _every_resubmission_follows_its_refusal(plainly: list[tuple[str, str, datetime, datetime]]) -> None:
    refused: set[str] = set()
    expected = 0
    for case, outcome, _submitted, _decided in plainly:
        expected += case in refused
        (refused.add if outcome == "refused" else refused.discard)(case)
    following = ServiceRequest.objects.filter(follows__isnull=False).select_related("follows")
    assert len(following) == expected
    assert all(
        one.follows is not None and one.follows.outcome == "refused" and one.follows.item == one.item
        for one in following
    )


def _the_same_file_again_changes_nothing(log: Path, mapping: DecisionMapping) -> None:
    def records() -> list[Any]:
        return [
            list(model.objects.order_by("pk").values_list()) for model in (ServiceRequest, Decision, Tally)
        ]

    before = records()
    again = came(log.read_bytes(), mapping)
    assert {name: count for name, count in again.findings["counts"].items() if count} == {"unchanged": 8997}
    imports.apply(by=BY, pk=again.pk)
    assert records() == before


def _a_corrected_file_shows_what_changed(log: Path, mapping: DecisionMapping) -> None:
    """One rejection was written down as an approval."""
    text = gzip.decompress(log.read_bytes())
    corrected = text.replace(
        b"Declaration REJECTED by ADMINISTRATION", b"Declaration APPROVED by ADMINISTRATION", 1
    )
    coming = came(corrected, mapping)
    assert coming.findings["fields"]["outcome"] == 1
    told = [line for line in imports.lines_in(coming.findings["change_list"]) if line[2] == "outcome"]
    assert [line[3:] for line in told] == [["refused", "approved"]]
    imports.apply(by=BY, pk=coming.pk)
    assert ServiceRequest.objects.filter(outcome="refused").count() == 935
    assert Decision.objects.filter(replaces__isnull=False).count() == 1
    assert Decision.objects.count() == 8998
