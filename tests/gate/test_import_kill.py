"""A process killed in the middle of an import leaves each file wholly saved or not at all."""

import json

import pytest

from conftest import Installation
from fairgate.gate.models import Decision, DecisionImport, ServiceRequest
from fairgate.gate.rules import ImportState
from fairgate.ledger.models import Entry

from .arriving import mapping_of
from .conftest import make_cast, make_gate, make_plant
from .killing import moments, nursery
from .wholeness import the_chain_verifies, the_counts_are_right


@pytest.fixture
def ready(installation: Installation) -> Installation:
    plant = make_plant()
    make_gate(plant)
    make_cast(plant)
    mapping_of()
    return installation


def every_import_is_whole() -> None:
    """What is saved has its entry, with the counts of what is there; what isn't left no record."""
    said = {
        entry.subject_id: json.loads(entry.new)["counts"]
        for entry in Entry.objects.filter(action="gate.decisions-imported")
    }
    applied = {
        str(pk)
        for pk in DecisionImport.objects.filter(state=ImportState.APPLIED).values_list("pk", flat=True)
    }
    assert said.keys() == applied
    for coming in DecisionImport.objects.all():
        counts = said.get(str(coming.pk), {"new": 0, "changed": 0})
        assert ServiceRequest.objects.filter(arrival=coming).count() == counts["new"]
        assert Decision.objects.filter(arrival=coming).count() == counts["new"] + counts["changed"]
    for request in ServiceRequest.objects.all():
        last = request.decisions.last()
        assert last is not None
        assert (request.outcome, request.decided_at) == (last.outcome, last.decided_at)


@pytest.mark.parametrize("times", [20, pytest.param(200, marks=pytest.mark.long)])
def test_a_killed_import_is_saved_whole_or_not_at_all(ready: Installation, times: int) -> None:
    inside = 0
    with nursery(ready, "gate.kill_imports:applies") as child:
        for pause in moments(times, seed=times, most=0.4):
            inside += child.kill_after(pause).inside
            the_chain_verifies()
    every_import_is_whole()
    the_counts_are_right()
    assert inside >= times / 2, "too few kills fell inside an import to say anything"
    assert DecisionImport.objects.filter(state=ImportState.APPLIED).exists()
    assert DecisionImport.objects.exclude(state=ImportState.APPLIED).exists()
