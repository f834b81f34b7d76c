"""Decisions of another system: checked first, looked at, then saved whole or not at all; the same again changes nothing."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from fairgate.gate import actions as gate
from fairgate.gate import imports, jobs
from fairgate.gate.actions import imports as actions
from fairgate.gate.actions import recount
from fairgate.gate.actions.tallies import counted
from fairgate.gate.imports.lists import lines_in
from fairgate.gate.models import (
    Decision,
    DecisionImport,
    DecisionMapping,
    RecordedPerson,
    RefusalSlip,
    ServiceRequest,
    Tally,
)
from fairgate.gate.queries import imports as queries
from fairgate.gate.rules import ImportState, Outcome, State
from fairgate.organisation.models import Unit
from fairgate.work.rules import Problem

from .arriving import COLUMNS, HEADER, OPTIONS, THREE, applied, came, lines, mapping_of, problems_of
from .conftest import PROGRAM, recorded

pytestmark = pytest.mark.usefixtures("gate")


def tallies_are_right():
    """Running counts equal a recount from the records."""
    kept = {
        (t.month, t.deciding_unit_id, t.unit_id, t.kind_id, t.outcome, t.promise, t.imported): (
            t.decisions,
            t.without_slip,
        )
        for t in Tally.objects.all()
        if t.decisions or t.without_slip
    }
    assert kept == {tuple(cell): tuple(change) for cell, change in counted().items()}


def everything():
    return [
        list(model.objects.order_by("pk").values_list())
        for model in (ServiceRequest, Decision, RecordedPerson, Tally)
    ]


def test_the_dry_run_counts_and_saves_nothing():
    coming = came(THREE, mapping_of())
    assert (coming.state, coming.problems) == (ImportState.READY, [])
    assert coming.findings["counts"]["new"] == 3
    assert not ServiceRequest.objects.exists()
    assert not RecordedPerson.objects.exists()


def test_applied_every_column_arrives_with_its_provenance(gate, plant):
    coming = came(THREE, mapping_of())
    done = imports.apply(by=PROGRAM, pk=coming.pk)
    assert done.counts == {"new": 3, "changed": 0, "unchanged": 0, "superseded": 0, "gone": 0}
    one = ServiceRequest.objects.get(key="D-1")
    assert (one.kind, one.unit, one.item, one.asked) == (gate["change"], plant["Manufacturing"], "L1", "L1")
    assert (one.outcome, one.state, one.value) == (Outcome.APPROVED, State.DECIDED, Decimal("12.5"))
    assert one.submitted_at == datetime(2026, 2, 1, 9, tzinfo=UTC)
    assert one.promised_by == datetime(2026, 2, 3, 23, 59, 59, 999999, tzinfo=UTC)
    assert (one.arrival, one.row, one.source) == (coming, 2, "QMS")
    two = ServiceRequest.objects.get(key="D-2")
    assert (two.outcome, two.row) == (Outcome.REFUSED, 3)
    assert (two.decisions.get().note, two.decisions.get().arrival) == ("too hot", coming)
    assert ServiceRequest.objects.get(key="D-3").follows == two
    assert {t.promise: t.decisions for t in Tally.objects.all()} == {"kept": 1, "missed": 1, "none": 1}
    assert sum(t.without_slip for t in Tally.objects.all()) == 1
    tallies_are_right()


def test_the_same_file_again_changes_nothing():
    mapping = mapping_of()
    applied(THREE, mapping)
    before = everything()
    again = came(THREE, mapping)
    assert {name: n for name, n in again.findings["counts"].items() if n} == {"unchanged": 3}
    assert imports.apply(by=PROGRAM, pk=again.pk).counts["unchanged"] == 3
    assert everything() == before


def test_a_corrected_file_shows_old_and_new_and_appends_a_decision_that_replaces():
    mapping = mapping_of()
    applied(THREE, mapping)
    corrected = THREE.replace("D-1,Change,MFG,approved", "D-1,Change,Warehouse,Rejected").replace(
        "12.5", "13"
    )
    coming = came(corrected, mapping)
    assert coming.findings["counts"]["changed"] == 1
    assert coming.findings["fields"] == {"unit": 1, "outcome": 1, "value": 1}
    assert sorted(lines_in(coming.findings["change_list"])) == [
        [2, "D-1", "outcome", "approved", "refused"],
        [2, "D-1", "unit", "Manufacturing", "Warehouse"],
        [2, "D-1", "value", "12.500", "13.000"],
    ]
    assert Decision.objects.count() == 3
    imports.apply(by=PROGRAM, pk=coming.pk)
    one = ServiceRequest.objects.get(key="D-1")
    first, second = one.decisions.all()
    assert (first.outcome, second.outcome, second.replaces) == (Outcome.APPROVED, Outcome.REFUSED, first)
    assert second.arrival == coming
    assert (one.outcome, one.unit.name, one.has_slip) == (Outcome.REFUSED, "Warehouse", False)
    tallies_are_right()
    entry = recorded("gate.decisions-imported")[-1]
    assert ["D-1", "outcome", "approved"] in json.loads(entry.old)["changed"]
    assert ["D-1", "outcome", "refused"] in json.loads(entry.new)["changed"]


def test_a_correction_of_the_request_alone_makes_no_decision():
    mapping = mapping_of()
    applied(THREE, mapping)
    applied(THREE.replace("12.5", "99"), mapping)
    assert Decision.objects.count() == 3
    assert ServiceRequest.objects.get(key="D-1").value == 99
    tallies_are_right()


def test_what_is_gone_from_the_file_is_counted_and_never_deleted():
    mapping = mapping_of()
    applied(THREE, mapping)
    shorter = "".join(THREE.splitlines(keepends=True)[:3])
    coming = came(shorter, mapping)
    assert coming.findings["counts"]["gone"] == 1
    imports.apply(by=PROGRAM, pk=coming.pk)
    assert ServiceRequest.objects.count() == 3


def test_one_entry_in_the_ledger_says_what_was_imported():
    coming = came(THREE, mapping_of())
    imports.apply(by=PROGRAM, pk=coming.pk)
    [entry] = recorded("gate.decisions-imported")
    said = json.loads(entry.new)
    assert said["sha256"] == coming.file_id
    assert (said["mapping"], said["mapping edition"], said["counts"]["new"]) == ("QMS", 1, 3)


def test_people_are_pseudonyms_that_stay_the_same_and_their_names_are_nowhere(settings):
    mapping = mapping_of()
    applied(THREE, mapping)
    people = list(RecordedPerson.objects.all())
    assert len(people) == 3
    assert all(p.name == "" and p.pseudonym.startswith("Person ") for p in people)
    ann = Decision.objects.get(request__key="D-1").decider
    assert Decision.objects.get(request__key="D-2").decider == ann
    coming = came(THREE.replace("Ann Smith", "ann  SMITH"), mapping)
    assert coming.findings["counts"].get("changed", 0) == 0
    other = came(THREE.replace("L1,Ann Smith", "L1,Zoe Zander"), mapping)
    assert "Zander" not in json.dumps(list(lines_in(other.findings["change_list"])))
    imports.apply(by=PROGRAM, pk=other.pk)
    assert all("Zander" not in e.new + e.old and "Smith" not in e.new + e.old for e in recorded())


def test_another_key_gives_other_pseudonyms(settings):
    from fairgate.gate.rules.pseudonyms import digest

    assert digest(b"one", "QMS", "Ann Smith") == digest(b"one", "QMS", "ANN SMITH ")
    assert digest(b"one", "QMS", "Ann Smith") != digest(b"two", "QMS", "Ann Smith")
    assert digest(b"one", "QMS", "Ann Smith") != digest(b"one", "ERP", "Ann Smith")


def test_an_installation_may_keep_names(settings):
    mapping = mapping_of()
    applied(THREE, mapping)
    settings.PEOPLE_NAMED = True
    applied(THREE.replace("12.5", "1").replace("L1,Ann Smith", "L1,Cleo King"), mapping)
    assert RecordedPerson.objects.get(name="Cleo King").pseudonym.startswith("Person ")


def test_a_person_is_mapped_to_an_account_by_a_steward_only(cast):
    applied(THREE, mapping_of())
    person = RecordedPerson.objects.first()
    with pytest.raises(PermissionDenied):
        actions.map_person(by=cast["bob"], pk=person.pk, account=cast["rita"].pk)
    actions.map_person(by=cast["alice"], pk=person.pk, account=cast["rita"].pk)
    assert RecordedPerson.objects.get(pk=person.pk).account == cast["rita"]
    actions.map_person(by=cast["alice"], pk=person.pk, account=None)
    assert len(recorded("gate.recorded-person-mapped")) == 2


GOOD = "D-9,Change,MFG,approved,2026-02-02 10:00,2026-02-01 09:00,L1,Ann,Joe,,,,"
BAD = {
    "an outcome nobody knows": (GOOD.replace("approved", "perhaps"), "Decision", "perhaps"),
    "an outcome its kind doesn't allow": (
        GOOD.replace("Change", "Batch").replace("approved", "conditions"),
        "Decision",
        "conditions",
    ),
    "a kind nobody knows": (GOOD.replace("Change", "Deviation"), "Type", "Deviation"),
    "a unit that doesn't exist": (GOOD.replace("MFG", "Moon base"), "Department", "Moon base"),
    "the deciding unit itself": (GOOD.replace("MFG", "Quality"), "Department", "Quality"),
    "a decision before its request": (
        GOOD.replace("2026-02-02 10:00", "2026-01-31 10:00"),
        "Decided on",
        "2026-01-31 10:00, before its request of 2026-02-01 09:00",
    ),
    "a decision still to come": (GOOD.replace("2026-02-02 10:00", "2126-02-02 10:00"), "Decided on", "2126"),
    "no date at all": (GOOD.replace("2026-02-02 10:00", "soon"), "Decided on", "soon"),
    "a date that isn't one": (
        GOOD.replace("2026-02-02 10:00", "2026-02-30 10:00"),
        "Decided on",
        "2026-02-30",
    ),
    "no submission": (GOOD.replace("2026-02-01 09:00", ""), "Submitted on", "nothing"),
    "no unit": (GOOD.replace("MFG", ""), "Department", "nothing"),
    "no outcome but a date": (GOOD.replace("approved", ""), "Decision", "nothing"),
    "no key": (GOOD.replace("D-9", ""), "Record", "nothing"),
    "an endless key": (GOOD.replace("D-9", "D" * 201), "Record", "201 characters"),
    "an amount that is none": (GOOD[:-2] + ",much,", "Amount", "much"),
    "an amount below zero": (GOOD[:-2] + ",-3,", "Amount", "-3"),
    "an amount no database keeps": (GOOD[:-2] + ",1e40,", "Amount", "1e40"),
    "a request that follows nobody": (GOOD + "D-404", "Follows", "D-404"),
    "a request that follows itself": (GOOD + "D-9", "Follows", "D-9"),
    "a zone in one row only": (
        GOOD.replace("2026-02-02 10:00", "2026-02-02T10:00Z"),
        "Decided on",
        "with a zone",
    ),
    "signs nobody sees": (GOOD.replace("L1", "L\u202e1"), "Lot", "U+202E"),
    "a cell too many": (GOOD + ",x", "", "14 cells"),
    "an endless name": (GOOD.replace("Ann", "A" * 300), "Approver", "300 characters"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_row_is_told_with_file_row_and_column_and_nothing_is_saved(what):
    row, column, found = BAD[what]
    coming = came(THREE + row + "\n", mapping_of())
    assert coming.state == ImportState.FAULTY
    [told] = problems_of(coming)
    assert (told[0], told[1]) == (5, column)
    assert found in told[2]
    assert len(told[3]) > 5
    assert coming.problems[0].startswith("decisions.csv, row 5")
    with pytest.raises(actions.NotReady):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_every_problem_is_listed_not_only_the_first():
    rows = [f"K-{n},Change,MFG,approved,soon,later,,,,,,," for n in range(700)]
    coming = came(lines(rows), mapping_of())
    assert coming.findings["problem_count"] == 1400
    assert len(problems_of(coming)) == 1400


def test_a_key_that_is_in_the_file_twice_is_told_with_both_rows():
    coming = came(THREE + GOOD.replace("D-9", "D-1") + "\n", mapping_of())
    [told] = problems_of(coming)
    assert told[:2] == [5, "Record"]
    assert "row 2" in told[2]


def test_one_bad_row_in_a_hundred_thousand_is_found():
    rows = [f"K-{n},Change,MFG,approved,2026-02-02 10:00,2026-02-01 09:00,,,,,,," for n in range(100_000)]
    rows[77_777] = rows[77_777].replace("2026-02-02", "2026-22-02")
    coming = came(lines(rows), mapping_of())
    [told] = problems_of(coming)
    assert told[:2] == [77_779, "Decided on"]
    assert coming.findings["counts"]["new"] == 99_999


def test_rows_without_a_decision_are_left_out_and_counted():
    coming = came(THREE + "D-5,Change,MFG,,,2026-02-05 09:00,L9,,,,,,\n", mapping_of())
    assert coming.state == ImportState.READY
    assert coming.findings["counts"]["undecided"] == 1
    assert coming.findings["counts"]["new"] == 3


def test_a_word_can_mean_that_a_row_is_none_of_ours():
    unit = {"MFG": Unit.objects.get(name="Manufacturing").pk, "Moon": "-"}
    mapping = mapping_of(values={"outcome": {"Rejected": "refused", "Draft": "-"}, "unit": unit})
    coming = came(
        THREE + GOOD.replace("approved", "draft") + "\n" + GOOD.replace("MFG", "Moon") + "\n", mapping
    )
    assert coming.problems == []
    assert coming.findings["counts"]["left_out"] == 2


def test_dates_without_a_zone_are_read_in_the_mappings_zone():
    mapping = mapping_of(options={**OPTIONS, "zone": "Europe/Berlin"})
    applied(THREE, mapping)
    assert ServiceRequest.objects.get(key="D-1").submitted_at == datetime(2026, 2, 1, 8, tzinfo=UTC)


def test_a_day_without_a_clock_lies_where_the_other_time_allows():
    row = GOOD.replace("2026-02-02 10:00", "2026-02-01")
    mapping = mapping_of()
    applied(lines([row]), mapping)
    request = ServiceRequest.objects.get()
    assert request.decided_at == request.submitted_at
    earlier = came(lines([row.replace("2026-02-01,", "2026-01-31,", 1)]), mapping)
    assert earlier.state == ImportState.FAULTY


@pytest.mark.parametrize(("order", "month"), [("dmy", 4), ("mdy", 3)])
def test_the_order_of_day_and_month_is_the_mappings_whatever_one_file_shows(order, month):
    row = GOOD.replace("2026-02-02 10:00", "03/04/2026 10:00").replace("2026-02-01 09:00", "02/03/2026 09:00")
    applied(lines([row]), mapping_of(options={**OPTIONS, "date_format": order}))
    assert ServiceRequest.objects.get().decided_at.month == month


def test_a_column_that_isnt_mapped_says_nothing():
    mapping = mapping_of()
    applied(THREE, mapping)
    fewer = {name: column for name, column in COLUMNS.items() if name not in ("note", "decider")}
    smaller = mapping_of(columns=fewer, pk=mapping.pk)
    coming = came(THREE.replace("too hot", "").replace("Ann Smith", "Somebody Else"), smaller)
    assert coming.findings["counts"].get("changed", 0) == 0
    imports.apply(
        by=PROGRAM, pk=came(THREE.replace("D-1,Change,MFG,approved", "D-1,Change,MFG,Rejected"), smaller).pk
    )
    assert ServiceRequest.objects.get(key="D-1").decisions.last().decider is not None


def test_a_file_that_changes_before_it_is_saved_is_refused():
    from fairgate.files import queries as kept

    coming = came(THREE, mapping_of())
    path = kept.path_of(coming.file_id)
    path.chmod(0o600)
    path.write_text(THREE.replace("approved", "Rejected"))
    with pytest.raises(imports.FileChanged):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_a_file_that_changes_while_it_is_read_is_refused(monkeypatch):
    from fairgate.files import queries as kept
    from fairgate.gate.imports.reading import Spool

    coming = came(THREE, mapping_of())
    path = kept.path_of(coming.file_id)
    path.chmod(0o600)
    usual = Spool.put

    def put(self, chunk):
        usual(self, chunk)
        path.write_text(THREE.replace("L1", "L9"))

    monkeypatch.setattr(Spool, "put", put)
    with pytest.raises(imports.FileChanged):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_a_mapping_changed_since_the_dry_run_asks_for_another():
    mapping = mapping_of()
    coming = came(THREE, mapping)
    mapping_of(pk=mapping.pk, options={**OPTIONS, "zone": "Europe/Berlin"})
    with pytest.raises(actions.StaleMapping):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_a_kind_that_went_since_the_dry_run_refuses_all(gate):
    coming = came(THREE, mapping_of())
    gate["change"].is_offered = False
    gate["change"].save()
    with pytest.raises(imports.Faulty):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_a_double_click_saves_once():
    coming = came(THREE, mapping_of())
    imports.apply(by=PROGRAM, pk=coming.pk)
    with pytest.raises(actions.NotReady):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert ServiceRequest.objects.count() == 3


def test_editions_of_a_mapping_count_and_the_same_again_makes_none():
    mapping = mapping_of()
    assert mapping_of(pk=mapping.pk).edition == 1
    assert mapping_of(pk=mapping.pk, source="ERP").edition == 2
    with pytest.raises(actions.StaleMapping):
        mapping_of(pk=mapping.pk, edition=1, source="SAP")
    with pytest.raises(actions.NameTaken):
        mapping_of(name="qms")


def test_a_decision_made_here_since_is_never_undone_by_the_same_file(cast, time):
    """A second look overturned what the other system still says."""
    from fairgate.gate import actions as gate_actions
    from fairgate.gate.rules import LookResult

    mapping = mapping_of()
    applied(THREE, mapping)
    two = ServiceRequest.objects.get(key="D-2")
    time.at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    gate_actions.ask_second_look(by=cast["charlie"], pk=two.pk, why="The probe was broken.")
    gate_actions.look_again(
        by=cast["rita"], pk=two.pk, result=LookResult.OVERTURNED, reasons="It was.", outcome=Outcome.APPROVED
    )
    again = came(THREE, mapping)
    assert again.findings["counts"].get("changed", 0) == 0
    details = came(THREE.replace("too hot", "much too hot"), mapping)
    assert details.findings["counts"]["superseded"] == 1
    imports.apply(by=PROGRAM, pk=details.pk)
    two.refresh_from_db()
    assert two.outcome == Outcome.APPROVED
    tallies_are_right()


def test_a_slip_stays_with_a_decision_whose_details_are_corrected(cast, time):
    from fairgate.gate import actions as gate_actions

    from .conftest import slip

    mapping = mapping_of()
    applied(THREE, mapping)
    two = ServiceRequest.objects.get(key="D-2")
    time.at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    gate_actions.write_slip(by=cast["bob"], pk=two.pk, slip=slip())
    applied(THREE.replace("too hot", "far too hot"), mapping)
    two.refresh_from_db()
    assert two.has_slip
    assert RefusalSlip.objects.filter(decision=two.decisions.last()).count() == 1
    applied(THREE.replace("Rejected", "held"), mapping)
    two.refresh_from_db()
    assert (two.has_slip, two.state) == (False, State.HELD)
    tallies_are_right()
    assert recount(by=PROGRAM) == 0


def test_stewards_and_leads_of_the_deciding_unit_import_auditors_look_nobody_else(cast):
    mapping = mapping_of()
    coming = came(THREE, mapping)
    for who in cast:
        may_bring = who in ("alice", "bob")
        sees = queries.imports_for(cast[who]).exists()
        assert sees == (may_bring or who == "dora"), who
        if may_bring:
            continue
        refusals = (PermissionDenied, DecisionImport.DoesNotExist, DecisionMapping.DoesNotExist)
        for act in (
            lambda who=who: imports.open_file(
                by=cast[who], name="x.csv", content=[b"a,b\n"], mapping=mapping.pk
            ),
            lambda who=who: imports.apply(by=cast[who], pk=coming.pk),
            lambda who=who: imports.discard(by=cast[who], pk=coming.pk),
            lambda who=who: actions.start_applying(by=cast[who], pk=coming.pk, done_at="/"),
            lambda who=who: actions.keep_mapping(
                by=cast[who],
                name="M",
                source="S",
                deciding_unit=mapping.deciding_unit_id,
                columns={},
                values={},
                options={},
            ),
        ):
            with pytest.raises(refusals):
                act()
    assert not ServiceRequest.objects.exists()
    imports.apply(by=cast["bob"], pk=coming.pk)
    assert ServiceRequest.objects.count() == 3


def test_discarded_it_leaves_nothing():
    coming = came(THREE, mapping_of())
    assert imports.discard(by=PROGRAM, pk=coming.pk).state == ImportState.DISCARDED
    with pytest.raises(actions.NotReady):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert not ServiceRequest.objects.exists()


def test_reading_a_discarded_import_leaves_it_discarded():
    mapping = mapping_of()
    coming = imports.open_file(by=PROGRAM, name="x.csv", content=[THREE.encode()], mapping=mapping.pk)
    save = imports.read(by=PROGRAM, pk=coming.pk)
    imports.discard(by=PROGRAM, pk=coming.pk)
    save()
    assert DecisionImport.objects.get().state == ImportState.DISCARDED


def test_a_workbook_brings_the_same(tmp_path):
    from .workbooks import xlsx

    mapping = mapping_of()
    rows = [line.split(",") for line in THREE.splitlines()]
    applied(THREE, mapping)
    coming = came(xlsx(rows), mapping, "decisions.xlsx")
    assert {name: n for name, n in coming.findings["counts"].items() if n} == {"unchanged": 3}


def test_a_workbooks_own_dates_are_dates(tmp_path):
    from .workbooks import xlsx

    rows = [line.split(",") for line in lines([GOOD]).splitlines()]
    rows[1][4], rows[1][5] = (datetime.fromisoformat(at) for at in ("2026-02-02 10:00", "2026-02-01 09:00"))
    applied(xlsx(rows), mapping_of(), "decisions.xlsx")
    assert ServiceRequest.objects.get().decided_at - ServiceRequest.objects.get().submitted_at == timedelta(
        days=1, hours=1
    )


def test_two_units_cannot_share_a_key_of_one_source(plant, gate):
    mapping = mapping_of()
    applied(THREE, mapping)
    ServiceRequest.objects.filter(key="D-1").update(deciding_unit=plant["Warehouse"])
    coming = came(THREE, mapping)
    assert coming.state == ImportState.FAULTY
    assert problems_of(coming)[0][:2] == [2, "Record"]


def test_a_header_alone_brings_nothing():
    assert came(HEADER, mapping_of()).findings["counts"].get("new", 0) == 0


def test_what_an_older_file_would_undo_is_not_saved_after_a_newer_one():
    mapping = mapping_of()
    applied(THREE, mapping)
    monday = came(THREE.replace("too hot", "too warm"), mapping, "monday.csv")
    tuesday = came(THREE.replace("too hot", "far too hot"), mapping, "tuesday.csv")
    imports.apply(by=PROGRAM, pk=tuesday.pk)
    before = everything()
    with pytest.raises(actions.StaleFindings):
        imports.apply(by=PROGRAM, pk=monday.pk)
    assert everything() == before
    assert DecisionImport.objects.get(pk=monday.pk).state == ImportState.READY
    actions.read_with(by=PROGRAM, pk=monday.pk, mapping=mapping.pk)
    imports.read(by=PROGRAM, pk=monday.pk)()  # a person sees now what it would undo
    imports.apply(by=PROGRAM, pk=monday.pk)
    assert list(Decision.objects.order_by("pk").values_list("note", flat=True))[-1] == "too warm"


def test_what_would_be_something_else_than_the_dry_run_showed_is_not_saved(cast, time):
    mapping = mapping_of()
    applied(THREE, mapping)
    request = ServiceRequest.objects.get(key="D-2")
    coming = came(THREE.replace("too hot", "too warm"), mapping)
    gate.ask_second_look(by=cast["charlie"], pk=request.pk, why="Please.")
    gate.look_again(by=cast["rita"], pk=request.pk, result="overturned", reasons="Yes.", outcome="approved")
    with pytest.raises(actions.StaleFindings):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert ServiceRequest.objects.get(key="D-2").outcome == Outcome.APPROVED


def test_a_job_that_would_save_something_else_says_so_in_words():
    mapping = mapping_of()
    old, new = came(THREE, mapping, "old.csv"), came(THREE, mapping, "new.csv")
    imports.apply(by=PROGRAM, pk=new.pk)
    told = {"pk": str(old.pk), "by_id": PROGRAM.actor_id, "by_name": PROGRAM.actor_name}
    save = jobs.apply_decisions(lambda *_: None, **told)
    with pytest.raises(Problem, match="changed since the dry run"):
        save()


def test_no_names_of_people_stay_with_an_import_among_the_examples():
    coming = imports.open_file(by=PROGRAM, name="d.csv", content=[THREE.encode()])
    said = json.dumps(coming.findings)
    assert "Ann Smith" not in said
    assert "Joe Doe" not in said
    assert list(coming.findings["proposal"]["examples"]["Lot"]) == ["L1", "L2"]


def test_examples_are_forgotten_once_the_columns_were_said():
    named = THREE.replace("Approver", "Signature")  # nothing tells that this column names people
    coming = imports.open_file(by=PROGRAM, name="d.csv", content=[named.encode()])
    assert "Ann Smith" in json.dumps(coming.findings)
    mapping = mapping_of(columns={**COLUMNS, "decider": "Signature"})
    actions.read_with(by=PROGRAM, pk=coming.pk, mapping=mapping.pk)
    imports.read(by=PROGRAM, pk=coming.pk)()
    kept = DecisionImport.objects.get(pk=coming.pk)
    assert kept.state == ImportState.READY
    assert "Ann Smith" not in json.dumps(kept.findings)


@pytest.mark.parametrize("source", ["fairgate", " FairGate "])
def test_no_other_system_has_the_name_of_what_is_submitted_here(source):
    with pytest.raises(actions.SourceReserved):
        mapping_of(source=source)


def test_a_row_follows_no_request_that_another_gate_decides(plant):
    applied(THREE, mapping_of())
    ServiceRequest.objects.filter(key="D-2").update(deciding_unit=plant["Warehouse"], unit=plant["Quality"])
    row = "X-1,Change,MFG,approved,2026-02-02 10:00,2026-02-01 09:00,L1,,,,,,D-2"
    ((number, column, found, _expected),) = problems_of(came(lines([row]), mapping_of(name="Other")))
    assert (number, column, found) == (2, "Follows", "“D-2”")


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff"])
def test_a_sign_that_no_spreadsheet_can_hold_is_a_problem(sign):
    coming = came(THREE.replace("too hot", f"too{sign}hot"), mapping_of())
    assert [line[:2] for line in problems_of(coming)] == [[3, "Comment"]]
