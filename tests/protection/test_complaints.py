"""Complaints by form and by file, who learns who complained, and what is done about them."""

import io
import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from fairgate.gate import actions as gate
from fairgate.gate.models import ServiceRequest
from fairgate.gate.rules import Outcome, State
from fairgate.protection import actions, imports, queries
from fairgate.protection.models import Complaint, ComplaintImport
from fairgate.protection.rules import ImportState, Level
from fairgate.protection.views import showing
from fairgate.shared import clock

from .conftest import CAST, COMPLAINANT, PROGRAM, WAREHOUSE, recorded, row_of, signed_in

HEADER = "Complaint number,Product and strength,Lot,Who complained,What is wrong,Severity,Received on,Reply,External customer\n"
FILE = HEADER + (
    f"C-1,Tablets 5 mg,LOT-A,{COMPLAINANT},broken,critical,2026-03-31,,patients\n"
    "C-2,Tablets 5 mg,LOT-B,Otto Outsider,too soft,minor,2026-04-01,We are sorry.,\n"
)


def bring(plant, content, who="alice", name="complaints.csv", **choices):
    content = content.encode() if isinstance(content, str) else content
    return imports.open_file(by=plant.who(who), name=name, content=[content], choices=choices)


def test_anybody_who_works_here_may_report_and_twice_is_once(plant):
    row = row_of("LOT-1")
    for who in ("bob", "charlie", "dan"):
        actions.report(by=plant.who(who), row=row, token="same")
        actions.report(by=plant.who(who), row=row, token="same")
    assert Complaint.objects.count() == 3
    assert len(recorded("protection.complaint-reported")) == 3


@pytest.mark.parametrize("who", ["alice", "dora", "emil", "fay", "gil"])
def test_others_report_nothing(plant, who):
    with pytest.raises(PermissionDenied):
        plant.complaint("LOT-1", by=who)


@pytest.mark.parametrize(
    ("change", "column"),
    [({"product": ""}, "product"), ({"complainant": ""}, "complainant"), ({"days_ago": -2}, "received"),
     ({"nature": "x" * 5_001}, "nature"), ({"lot": "a\u202eb"}, "lot"), ({"external": "Nobody"}, "external"),
     ({"days_ago": 40_000}, "received")],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_saved(plant, change, column):
    with pytest.raises(actions.FaultyRows) as refused:
        actions.report(by=plant.who("bob"), row=row_of(**{"lot": "LOT-1"} | change), token="t")
    assert [fault.column for fault in refused.value.faults] == [column]
    assert not Complaint.objects.exists()


def all_pages(client, complaint):
    pages = [
        reverse("protection:complaints"),
        reverse("protection:complaints") + "?search=Unmistakable",
        reverse("protection:complaint", args=[complaint.pk]),
        reverse("protection:export-complaints", args=["csv"]),
        reverse("protection:protection"),
        reverse("protection:link", args=[complaint.pk]),
    ]
    return [client.get(page) for page in pages]


@pytest.mark.parametrize("who", CAST)
def test_who_complained_is_told_to_few(plant, who):
    complaint = plant.complaint(plant.decided(Outcome.APPROVED).request.item, by="charlie")
    answers = all_pages(signed_in(plant.people[who]), complaint)
    told = any(COMPLAINANT in answer.content.decode() for answer in answers)
    assert told == (who in {"bea", "bob", "kim", "dora", "emil"})
    assert queries.sees_complainants(plant.who(who)) == told


def test_a_search_for_who_complained_finds_nothing_for_those_not_told(plant):
    plant.complaint(plant.decided(Outcome.APPROVED).request.item)
    assert queries.complaints_for(plant.who("bob"), search="Unmistakable").count() == 1
    assert queries.complaints_for(plant.who("charlie"), search="Unmistakable").count() == 0


def test_units_read_complaints_about_their_own_lots(plant):
    theirs = plant.complaint(plant.decided(Outcome.APPROVED, unit=WAREHOUSE).request.item, by="bob")
    seen = {name for name in CAST if queries.complaints_for(plant.who(name)).filter(pk=theirs.pk).exists()}
    assert seen == {"alice", "bea", "bob", "dan", "dora", "emil", "kim"}
    with pytest.raises(Complaint.DoesNotExist):
        queries.complaint_for(plant.who("charlie"), theirs.pk)


def test_typing_a_lot_into_a_request_opens_no_complaint(plant):
    plant.decided(Outcome.APPROVED, item="LOT-M")
    theirs = plant.complaint("LOT-M", by="bob")
    dan, client = plant.who("dan"), signed_in(plant.people["dan"])
    asked = {
        "kind": plant.kinds["batch"].pk,
        "unit": plant.units[WAREHOUSE].pk,
        "asked": "oops",
        "item": "LOT-M",
    }
    gate.submit(by=dan, key="one", **asked)
    withdrawn = gate.submit(by=dan, key="two", **asked)
    gate.withdraw(by=dan, pk=withdrawn.pk, reason="a typing error")
    plant.decided(Outcome.REFUSED, item="LOT-M", unit=WAREHOUSE, days_ago=0)  # after the complaint came in
    ServiceRequest.objects.filter(pk=plant.decided(item="LOT-M", unit=WAREHOUSE).request_id).update(
        state=State.WITHDRAWN
    )
    assert client.get(reverse("protection:complaint", args=[theirs.pk])).status_code == 404
    assert not queries.complaints_for(dan).exists()
    assert queries.complaint_for(plant.who("charlie"), theirs.pk) == theirs


def test_a_complaint_linked_to_a_units_request_is_readable_there(plant):
    passed = plant.decided(Outcome.APPROVED, item="another spelling", unit=WAREHOUSE)
    theirs = plant.complaint("LOT-M", by="bob")
    actions.link(by=plant.who("bob"), complaint=theirs.pk, decision=passed.pk, reason="the same lot")
    assert queries.complaint_for(plant.who("dan"), theirs.pk) == theirs
    actions.unlink(by=plant.who("bea"), complaint=theirs.pk, decision=passed.pk, reason="not the same lot")
    assert not queries.complaints_for(plant.who("dan")).exists()


def test_whoever_only_asks_things_of_others_handles_no_complaint(plant):
    passed = plant.decided(Outcome.APPROVED)
    complaint = plant.complaint(passed.request.item)
    helper = plant.helper()
    assert not queries.handles(helper)
    assert not queries.sees_complainants(helper)
    assert not queries.complaints_for(helper).exists()
    with pytest.raises(PermissionDenied):
        imports.open_file(by=helper, name="complaints.csv", content=[FILE.encode()])
    own = actions.report(by=helper, row=row_of(passed.request.item), token="t")
    assert queries.complaint_for(helper, own.pk).complainant == ""
    for act in (
        lambda: actions.reply(by=helper, pk=own.pk, text="x"),
        lambda: actions.link(by=helper, complaint=own.pk, decision=passed.pk, reason="the same lot"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(Complaint.DoesNotExist):
        actions.link(by=helper, complaint=complaint.pk, decision=passed.pk, reason="the same lot")


def test_a_lot_nobody_knows_is_said(plant):
    complaint = plant.complaint("LOT-NOWHERE")
    for who in ("bob", "charlie"):
        page = (
            signed_in(plant.people[who])
            .get(reverse("protection:complaint", args=[complaint.pk]))
            .content.decode()
        )
        assert "No request here is about “LOT-NOWHERE”" in page
    assert not queries.complaint_page(plant.who("bob"), complaint.pk).lot_is_known


def test_reply_reference_and_why_it_is_not_investigated(plant):
    pk = plant.complaint("LOT-1").pk
    assert [it.what for it in queries.waiting_for(plant.who("bob"))] == [
        "A complaint about Tablets 5 mg, LOT-1, has no reply yet."
    ]
    actions.reply(by=plant.who("bob"), pk=pk, text="We are sorry.")
    actions.reply(by=plant.who("bea"), pk=pk, text="We are very sorry.")
    actions.not_investigated(by=plant.who("bob"), pk=pk, because="The pack was opened with a knife.")
    actions.refer(by=plant.who("bob"), pk=pk, reference="DEV-17")
    complaint = Complaint.objects.get(pk=pk)
    assert (complaint.reply, complaint.replied_by, complaint.not_investigated_by, complaint.reference) == (
        "We are very sorry.", "Bea", "Bob", "DEV-17",
    )  # fmt: skip
    assert json.loads(recorded("protection.complaint-replied")[1].old) == {"reply": "We are sorry."}
    assert queries.waiting_for(plant.who("bob")) == []
    with pytest.raises(actions.FaultyRows):
        actions.reply(by=plant.who("bob"), pk=pk, text="  ")


@pytest.mark.parametrize("who", ["alice", "charlie", "dora", "emil"])
def test_only_the_function_handles_complaints(plant, who):
    pk = plant.complaint(plant.decided(Outcome.APPROVED).request.item).pk
    for act in (
        lambda by: actions.reply(by=by, pk=pk, text="x"),
        lambda by: actions.not_investigated(by=by, pk=pk, because="x"),
        lambda by: actions.refer(by=by, pk=pk, reference="x"),
    ):
        with pytest.raises(PermissionDenied):
            act(plant.who(who))


def test_a_complaint_is_never_deleted(plant):
    with pytest.raises(TypeError):
        plant.complaint("LOT-1").delete()


def test_a_file_is_checked_then_saved_whole_and_again_changes_nothing(plant, patients):
    coming = bring(plant, FILE)
    assert (coming.state, coming.findings["new"], coming.findings["unknown_lots"]) == (
        ImportState.READY, 2, ["LOT-A", "LOT-B"],
    )  # fmt: skip
    assert not Complaint.objects.exists()
    imports.apply(by=plant.who("alice"), pk=coming.pk)
    first = Complaint.objects.get(key="C-1")
    assert (first.lot, first.severity, first.external_customer, first.complainant, first.row) == (
        "LOT-A", Level.CRITICAL, patients, COMPLAINANT, 2,
    )  # fmt: skip
    assert Complaint.objects.get(key="C-2").reply == "We are sorry."
    again = bring(plant, FILE)
    assert [again.findings[name] for name in ("new", "changed", "unchanged")] == [0, 0, 2]
    imports.apply(by=plant.who("alice"), pk=again.pk)
    assert Complaint.objects.count() == 2
    assert len(recorded("protection.complaints-imported")) == 1


def test_a_corrected_file_shows_what_changes_and_keeps_the_reply_given_here(plant, patients):
    imports.apply(by=plant.who("alice"), pk=bring(plant, FILE).pk)
    pk = Complaint.objects.get(key="C-1").pk
    actions.reply(by=plant.who("bob"), pk=pk, text="From here.")
    coming = bring(plant, FILE.replace("critical,2026-03-31,,", "major,2026-03-31,From there.,"))
    assert coming.findings["changes"] == [[2, "severity", "critical", "major"]]
    imports.apply(by=plant.who("alice"), pk=coming.pk)
    complaint = Complaint.objects.get(pk=pk)
    assert (complaint.severity, complaint.reply, complaint.complainant) == (
        "major",
        "From here.",
        COMPLAINANT,
    )


def test_every_problem_of_a_file_is_named_and_nothing_saved(plant):
    wrong = HEADER + (
        "C-1,Tablets,LOT-A,Ann,broken,terrible,2026-03-31,,\n"
        "C-2,Tablets,LOT-B,Ann,broken,minor,31st of May,,\n"
        "C-3,Tablets,,Ann,broken,minor,2026-03-31,,\n"
    )
    problems = bring(plant, wrong).problems
    assert len(problems) == 2
    assert (
        "complaints.csv, row 2, column “Severity”: found “terrible”; expected minor, major or critical."
        in problems[0]
    )
    assert "row 3, column “Received on”: found “31st of May”" in problems[1]
    fewer = wrong.replace("terrible", "major").replace("31st of May", "2026-05-31") + (
        "C-3,Tablets,LOT-C,Ann,broken,minor,2026-03-31,,Martians\n"
    )
    problems = bring(plant, fewer).problems
    assert problems == [
        "Row 4, Lot: nothing was given; something was expected.",
        "Row 5, Number in the other system: this says the same as row 4, or has its number; one of them is enough.",
    ]
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("who", [f"{COMPLAINANT} " * 9, f"{COMPLAINANT}\u202e"])
def test_problems_of_a_file_never_say_who_complained(plant, who):
    row = f"C-1,Tablets,LOT-A,{who},broken,major,2026-03-31,,\n"
    coming = bring(plant, HEADER + row, who="bob")
    (problem,) = coming.problems
    assert problem.startswith("Row 2, Who complained: what was found ")
    assert "expected" in problem
    page = signed_in(plant.people["alice"]).get(reverse("protection:import", args=[coming.pk]))
    assert COMPLAINANT.split()[0] not in page.content.decode()


def test_an_export_of_complaints_that_would_be_too_long_says_so(plant, monkeypatch):
    monkeypatch.setattr(showing, "MOST_ROWS", 2)
    for lot in ("LOT-1", "LOT-2", "LOT-3"):
        plant.complaint(lot)
    export = reverse("protection:export-complaints", args=["csv"])
    lines = signed_in(plant.people["emil"]).get(export).content.decode().splitlines()
    assert len(lines) == 5
    assert "Only the first 2 are here" in lines[-1]
    assert "LOT-3" in lines[1]


def test_a_table_without_the_columns_says_which(plant):
    (problem, *_) = bring(plant, "Product,Colour\nTablets,blue\n").problems
    assert "expected a column “Lot”" in problem
    assert bring(plant, b"\x00\x01nonsense").state == ImportState.FAULTY


def test_a_workbook_is_read_too_with_its_own_dates(plant):
    book = Workbook()
    book.active.append(["Batch", "Product", "Complainant", "Description", "Severity", "Date"])
    book.active.append(
        ["LOT-X", "Tablets", "Ann", "broken", "High", clock.now().replace(tzinfo=None) - timedelta(days=3)]
    )
    stream = io.BytesIO()
    book.save(stream)
    coming = bring(plant, stream.getvalue(), name="complaints.xlsx")
    assert coming.problems == []
    imports.apply(by=plant.who("bob"), pk=coming.pk)
    complaint = Complaint.objects.get()
    assert (complaint.lot, complaint.severity) == ("LOT-X", "critical")
    assert complaint.received == (clock.now() - timedelta(days=3)).date()


def test_an_import_is_applied_once_and_a_changed_file_not_at_all(plant, settings):
    coming = bring(plant, FILE.replace("patients", ""))
    imports.apply(by=plant.who("alice"), pk=coming.pk)
    with pytest.raises(actions.NotReady):
        imports.apply(by=plant.who("alice"), pk=coming.pk)
    other = bring(plant, FILE.replace("patients", "").replace("C-", "D-"))
    (settings.FILES / other.file_id[:2] / other.file_id[2:4] / other.file_id).write_bytes(b"something else")
    with pytest.raises(imports.FileChanged):
        imports.apply(by=plant.who("alice"), pk=other.pk)
    assert Complaint.objects.count() == 2
    assert ComplaintImport.objects.get(pk=other.pk).state == ImportState.READY


@pytest.mark.parametrize("who", ["charlie", "dan", "dora", "emil", "fay", "gil"])
def test_only_stewards_and_the_function_import(plant, who):
    with pytest.raises(PermissionDenied):
        bring(plant, FILE, who=who)
    coming = bring(plant, FILE.replace("patients", ""))
    with pytest.raises(ComplaintImport.DoesNotExist):
        imports.apply(by=plant.who(who), pk=coming.pk)


def test_the_template_is_read_back_as_it_was_filled_in(plant):
    answer = signed_in(plant.people["alice"]).get(reverse("protection:template"))
    book = load_workbook(io.BytesIO(answer.content))
    book.active.append(["Tablets 5 mg", "LOT-T", "Ann", "broken", "minor", "2026-03-31", "", "", "T-1"])
    stream = io.BytesIO()
    book.save(stream)
    coming = bring(plant, stream.getvalue(), name="filled in.xlsx")
    assert (coming.problems, coming.findings["new"]) == ([], 1)


def test_the_program_fills_a_demonstration(plant):
    added = actions.add(by=PROGRAM, rows=[row_of("LOT-1", row=1), row_of("LOT-2", row=2)])
    assert len(added.made) == 2
