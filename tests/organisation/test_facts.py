"""Facts come in as rows, all or none, whoever says them and however they are spelt."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.organisation import actions, queries
from fairgate.organisation.models import ExternalCustomer, Flow, Gate, Need, Process, Service, Unit
from fairgate.organisation.rules import (
    FactKind,
    Fault,
    FlowKind,
    FlowRow,
    GateRow,
    NeedKind,
    Origin,
    ProcessRow,
    ServiceRow,
    UnitRow,
    as_facts,
    faults_of,
)

from .conftest import NEEDS, PROGRAM, QUALITY, need, recorded


def test_a_need_brings_its_units_process_service_and_external_customer(db):
    added = actions.add(by=PROGRAM, rows=[need()], origin=Origin.TYPED)
    assert dict(added.new) == {"units": 2, "services": 1, "external customers": 1, "processes": 1, "needs": 1}
    assert (Unit.objects.count(), Service.objects.count(), Process.objects.count()) == (2, 1, 1)


def test_saying_the_same_again_changes_nothing_and_writes_nothing(plant):
    entries = len(recorded())
    added = actions.add(by=PROGRAM, rows=NEEDS, origin=Origin.IMPORTED)
    assert (added.total, added.unchanged) == (0, 3)
    assert len(recorded()) == entries


def test_names_are_the_same_whatever_their_spelling(plant):
    actions.add(by=PROGRAM, rows=[need("MANUFACTURING ", "Batch  Release", "quality")], origin=Origin.TYPED)
    assert Need.objects.count() == 3
    assert Unit.objects.count() == 3


def test_letters_beyond_ascii_are_the_same_in_both_cases(db):
    actions.add(by=PROGRAM, rows=[UnitRow(name="Öl"), UnitRow(name="Rußfilter")], origin=Origin.TYPED)
    again = actions.add(
        by=PROGRAM, rows=[UnitRow(name="öl"), UnitRow(name="RUSSFILTER")], origin=Origin.TYPED
    )
    assert again.total == 0


def test_one_faulty_row_keeps_all_rows_out(db):
    with pytest.raises(actions.FaultyRows) as refused:
        actions.add(
            by=PROGRAM, rows=[need(row=2), need("Warehouse", "x", "Warehouse", row=3)], origin=Origin.IMPORTED
        )
    assert [(fault.row, fault.column, fault.fault) for fault in refused.value.faults] == [
        (3, "supplier", Fault.ITSELF)
    ]
    assert not Unit.objects.exists()
    assert not recorded()


def test_every_fault_is_told_at_once():
    rows = [
        need("", row=2),
        need(volume="-1", row=3),
        need(what="x" * 201, row=4),
        need("A", "b", "C", row=5),
        need("a", "B", "c", row=6),
    ]
    found = [(fault.row, fault.column, fault.fault) for fault in faults_of(rows)]
    assert found == [
        (2, "customer", Fault.MISSING),
        (3, "volume", Fault.NEGATIVE),
        (4, "what", Fault.TOO_LONG),
        (6, "customer", Fault.TWICE),
    ]


def test_a_preview_says_what_saving_would_do_and_saves_nothing(db):
    preview = actions.preview(by=PROGRAM, rows=NEEDS, origin=Origin.IMPORTED)
    assert not Unit.objects.exists()
    assert not recorded()
    saved = actions.add(by=PROGRAM, rows=NEEDS, origin=Origin.IMPORTED)
    assert preview == saved


def test_a_volume_given_later_is_kept_and_recorded(plant):
    actions.add(by=PROGRAM, rows=[need(volume="12")], origin=Origin.IMPORTED)
    assert Need.objects.get(service__name="batch release").volume == Decimal(12)
    assert recorded("organisation.needs-added")[-1].new.find('"volume":"12"') > 0


@pytest.mark.parametrize(
    "row",
    [
        UnitRow(name="Laboratory", description="Tests."),
        ProcessRow(name="Creams", external="Pharmacies"),
        ServiceRow(unit=QUALITY, name="advice"),
        need("Sales", "answers", QUALITY, NeedKind.HELP, "4"),
        FlowRow(process="Tablets", external="Patients", source="Warehouse", kind=FlowKind.CUSTOMER),
        FlowRow(
            process="Tablets",
            external="Patients",
            source="Manufacturing",
            target=QUALITY,
            kind=FlowKind.DECISION,
        ),
        GateRow(
            unit=QUALITY, over="Manufacturing", process="Tablets", external="Patients", name="Batch release"
        ),
    ],
    ids=lambda row: type(row).__name__,
)
def test_what_is_saved_reads_back_as_the_row_it_was(plant, row):
    actions.add(by=PROGRAM, rows=[row], origin=Origin.TYPED)
    kind = next(kind for kind in FactKind if f"organisation.{kind}-added" == recorded()[-1].action)
    assert as_facts(row) in [as_facts(found) for found in queries.rows_for(PROGRAM, kind)]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (FlowRow(process="P", external="X", source="A", kind=FlowKind.WORK), Fault.MISSING),
        (FlowRow(process="P", external="X", source="A", target="A"), Fault.ITSELF),
        (FlowRow(process="P", external="X", source="A", target="B", kind=FlowKind.SCRAP), Fault.HAS_A_TARGET),
        (GateRow(unit="A", over="a", process="P", external="X"), Fault.ITSELF),
    ],
)
def test_flows_and_gates_that_make_no_sense_are_refused(row, fault):
    assert [found.fault for found in faults_of([row])] == [fault]


def test_a_changed_name_stays_the_same_unit(plant):
    actions.change(by=PROGRAM, pk=plant[QUALITY].pk, row=UnitRow(name="Quality Unit"), reason="renamed")
    assert Need.objects.filter(service__unit__name="Quality Unit").count() == 1
    entry = recorded("organisation.units-changed")[-1]
    assert (entry.old, entry.new) == (
        '{"description":"Releases batches.","name":"Quality"}',
        '{"name":"Quality Unit"}',
    )


def test_a_name_that_is_taken_is_refused_beside_its_field(plant):
    with pytest.raises(actions.FaultyRows) as refused:
        actions.change(by=PROGRAM, pk=plant[QUALITY].pk, row=UnitRow(name="Warehouse"))
    assert refused.value.faults[0].fault is Fault.TWICE
    assert Unit.objects.filter(name=QUALITY).exists()


def test_a_unit_that_others_rest_on_is_not_removed(plant):
    with pytest.raises(actions.InUse) as refused:
        actions.remove(by=PROGRAM, kind=FactKind.UNITS, pk=plant[QUALITY].pk, reason="closed")
    assert refused.value.by_what["needs"] == 1
    assert Unit.objects.filter(name=QUALITY).exists()


def test_a_removed_need_stays_readable_in_the_ledger(plant):
    found = Need.objects.get(service__name="batch release")
    actions.remove(by=PROGRAM, kind=FactKind.NEEDS, pk=found.pk, reason="typed by mistake")
    entry = recorded("organisation.needs-removed")[-1]
    assert '"what":"batch release"' in entry.old
    assert entry.reason == "typed by mistake"


@pytest.mark.parametrize("who", ["bob", "charlie", "dora", "emil", "fay", "gil"])
def test_only_stewards_change_and_remove(cast, plant, who):
    with pytest.raises(PermissionDenied):
        actions.change(by=cast[who], pk=plant[QUALITY].pk, row=UnitRow(name="X"))
    with pytest.raises(PermissionDenied):
        actions.remove(by=cast[who], kind=FactKind.UNITS, pk=plant[QUALITY].pk, reason="x")
    with pytest.raises(PermissionDenied):
        actions.choose_function(by=cast[who], name="X")


@pytest.mark.parametrize(
    ("who", "row", "allowed"),
    [
        ("alice", need("Sales", "answers"), True),
        ("charlie", need("Manufacturing", "quick answers", QUALITY, NeedKind.HELP), True),
        ("bob", need("Warehouse", "material status", QUALITY, NeedKind.HELP), True),
        ("charlie", need("Warehouse", "material status", QUALITY, NeedKind.HELP), False),  # not his unit
        ("charlie", UnitRow(name="Laboratory"), False),
        ("dora", need("Manufacturing", "advice"), False),
        ("emil", need("Manufacturing", "advice"), False),
        ("fay", need("Manufacturing", "advice"), False),
    ],
)
def test_people_add_needs_of_their_own_units(cast, who, row, allowed):
    if allowed:
        assert actions.add(by=cast[who], rows=[row], origin=Origin.TYPED).total
    else:
        with pytest.raises(PermissionDenied):
            actions.add(by=cast[who], rows=[row], origin=Origin.TYPED)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (need("Manufacturing", "advice", "Laboratory"), "supplier"),
        (need("Manufacturing", "advice", process="Creams"), "process"),
    ],
)
def test_a_name_nobody_knows_is_told_to_those_who_may_not_add_it(cast, row, column):
    with pytest.raises(actions.FaultyRows) as refused:
        actions.add(by=cast["charlie"], rows=[row], origin=Origin.TYPED)
    assert [(fault.column, fault.fault) for fault in refused.value.faults] == [(column, Fault.NOT_KNOWN)]
    assert Unit.objects.count() == 3


@pytest.mark.parametrize("volume", ["NaN", "Infinity", "-Infinity", "0", "1e12"])
def test_a_volume_is_a_number_the_database_can_hold(volume):
    assert [fault.fault for fault in faults_of([need(volume=volume)])] == [Fault.NEGATIVE]


def test_a_description_has_its_limit():
    assert [fault.fault for fault in faults_of([UnitRow(name="A", description="x" * 501)])] == [
        Fault.TOO_LONG
    ]


def test_somebody_disabled_adds_nothing(cast):
    cast["charlie"].is_active = False
    with pytest.raises(PermissionDenied):
        actions.add(by=cast["charlie"], rows=[need("Manufacturing", "advice")], origin=Origin.TYPED)


def test_what_a_process_serves_is_part_of_it(db):
    rows = [need(external="Patients"), need(external="Hospitals")]
    actions.add(by=PROGRAM, rows=rows, origin=Origin.TYPED)
    assert ExternalCustomer.objects.count() == Process.objects.count() == 2


def test_gates_and_flows_count_once(plant):
    rows = [
        GateRow(unit=QUALITY, over="Manufacturing", process="Tablets", external="Patients"),
        FlowRow(process="Tablets", external="Patients", source="Warehouse", kind=FlowKind.CUSTOMER),
    ]
    for row in rows * 2:
        actions.add(by=PROGRAM, rows=[row], origin=Origin.TYPED)
    assert (Gate.objects.count(), Flow.objects.count()) == (1, 1)
