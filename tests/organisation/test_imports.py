"""Files in: checked first, looked at, then saved whole or not at all."""

import gzip
import io
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook

from fairgate.organisation import actions, imports, queries
from fairgate.organisation.models import CountedLog, Import, Need, Unit
from fairgate.organisation.rules import ImportState
from fairgate.work.rules import Cancelled

from .conftest import LOG, MANUFACTURING, PROGRAM, QUALITY, WAREHOUSE, recorded

NEEDS = "who needs,what,from whom,process,external customer,kind,volume\n"
TWO = (
    NEEDS
    + "Sales,answers,Quality,Tablets,Patients,help,\nPackaging,release of lots,Quality,Tablets,Patients,release,\n"
)


def opened(content, name="file.csv", **more):
    content = content.encode() if isinstance(content, str) else content
    return imports.open_file(by=PROGRAM, name=name, content=[content], **more)


def counted(content, name="log.csv", **more):
    coming = opened(content, name, **more)
    imports.count(pk=coming.pk)()
    return Import.objects.get(pk=coming.pk)


def test_a_table_of_needs_is_recognised_and_nothing_is_saved_yet(plant):
    coming = opened(TWO)
    assert (coming.kind, coming.state) == ("needs", ImportState.READY)
    assert coming.findings["new"] == {"units": 2, "services": 2, "needs": 2}
    assert Need.objects.count() == 3


def test_applied_it_is_saved_once_however_often_somebody_clicks(plant):
    coming = opened(TWO)
    assert imports.apply(by=PROGRAM, pk=coming.pk).state == ImportState.APPLIED
    with pytest.raises(actions.NotReady):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert Need.objects.count() == 5
    assert len(recorded("organisation.needs-added")) == 2


def test_the_same_file_again_changes_nothing(plant):
    imports.apply(by=PROGRAM, pk=opened(TWO).pk)
    again = opened(TWO)
    assert again.findings["new"] == {}
    assert again.findings["unchanged"] == 2


def test_problems_name_row_and_column_and_nothing_is_saved(plant):
    coming = opened(
        NEEDS + "Sales,answers,Sales,Tablets,Patients,help,\n,advice,Quality,Tablets,Patients,nothing,\n"
    )
    assert coming.state == ImportState.FAULTY
    assert any("row 3" in problem and "nothing" in problem for problem in coming.problems)
    assert len(coming.problems) >= 2
    assert all("file.csv" in problem for problem in coming.problems)
    with pytest.raises(actions.NotReady):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert Need.objects.count() == 3


GATES = """Who decides,On whose work,Process,External customer,Name of the gate
Quality,Manufacturing,Tablets,Patients,Release
"""
FLOWS = """Process,External customer,From,To,Kind,Volume
Tablets,Patients,Manufacturing,Quality,decision,12
Tablets,Patients,Warehouse,,customer,10
"""
CREAMS = "Process,External customer\nCreams,Pharmacies\n"


@pytest.mark.parametrize(
    ("content", "kind", "new"),
    [
        ("Unit,What it does\nLaboratory,Tests.\n", "units", {"units": 1}),
        (CREAMS, "processes", {"processes": 1, "external customers": 1}),
        ("Unit,Service\nQuality,advice\n", "services", {"services": 1}),
        (GATES, "gates", {"gates": 1}),
        (FLOWS, "flows", {"flows": 2}),
    ],
)
def test_every_kind_of_fact_comes_in_as_a_table(plant, content, kind, new):
    coming = opened(content)
    assert coming.problems == []
    assert (coming.kind, coming.findings["new"]) == (kind, new)
    imports.apply(by=PROGRAM, pk=coming.pk)
    assert queries.counts_by_kind(PROGRAM)[kind] > 0


def test_a_flow_with_an_unknown_kind_is_told(plant):
    coming = opened(
        "Process,External customer,From,To,Kind\nTablets,Patients,Manufacturing,Quality,teleported\n",
        kind="flows",
    )
    assert coming.state == ImportState.FAULTY
    assert "teleported" in coming.problems[0]
    assert "row 2" in coming.problems[0]


def test_flows_that_go_round_for_ever_are_refused(plant):
    rows = "Process,External customer,From,To,Kind\nTablets,Patients,Start,A,work\n"
    endless = (
        rows + "Tablets,Patients,A,B,work\nTablets,Patients,B,A,work\nTablets,Patients,Warehouse,,customer\n"
    )
    coming = opened(endless, kind="flows")
    assert coming.state == ImportState.FAULTY
    assert "A" in coming.problems[0]
    assert "never reaches" in coming.problems[0]


def test_a_flows_file_in_which_nobody_is_served_is_refused(plant):
    coming = opened(
        "Process,External customer,From,To,Kind\nToys,Children,A,B,work\nToys,Children,B,A,work\n",
        kind="flows",
    )
    assert coming.state == ImportState.FAULTY
    assert coming.problems[0].startswith("file.csv: ")


def test_the_sample_flows_say_which_columns_the_web_needs(plant):
    from pathlib import Path

    content = (Path(__file__).parents[2] / "examples" / "flows.csv").read_bytes()
    coming = opened(content, "flows.csv")
    assert coming.kind == "flows"
    assert "Process: nothing was given" in coming.problems[0]


def test_two_spellings_of_a_unit_in_a_log_are_one(plant):
    coming = counted(LOG.replace("2,Make,Manufacturing", "2,Make,MANUFACTURING"))
    assert coming.findings["units"] == [MANUFACTURING, QUALITY, WAREHOUSE]
    imports.apply(by=PROGRAM, pk=coming.pk)
    answer = queries.portrait_for(PROGRAM, plant[QUALITY].pk).counted[0].answer
    assert {it.unit: it.dependence for it in answer.internal_customers}[MANUFACTURING] == 1.0


def test_what_was_looked_at_is_what_is_saved(plant):
    from fairgate.files import queries as kept

    coming = opened(TWO)
    path = kept.path_of(coming.file_id)
    path.chmod(0o600)
    path.write_text(TWO.replace("Sales", "Marketing"))
    with pytest.raises(imports.FileChanged):
        imports.apply(by=PROGRAM, pk=coming.pk)
    assert Need.objects.count() == 3
    assert Import.objects.get().state == ImportState.READY


def test_the_dry_run_names_the_units_it_would_add(plant):
    assert opened(TWO).findings["made"]["units"] == ["Sales", "Packaging"]


def test_a_log_says_in_the_ledger_what_it_brought_and_what_it_retired(plant):
    for content in (LOG, LOG.replace("Warehouse", "Stores")):
        imports.apply(by=PROGRAM, pk=counted(content).pk)
    entry = recorded("organisation.log-counted")[-1]
    assert '"new units":["Stores"]' in entry.new
    assert f'"retired":["{CountedLog.objects.order_by("id")[0].pk}"]' in entry.new


def test_our_own_exports_and_templates_come_back_in(cast, plant):
    from .conftest import signed_in

    client = signed_in(cast["alice"])
    for kind in ("units", "processes", "services", "needs"):
        for form in ("xlsx", "csv"):
            content = client.get(f"/organisation/{kind}/table.{form}").content
            coming = imports.open_file(by=PROGRAM, name=f"{kind}.{form}", content=[content])
            assert coming.problems == []
            assert (coming.kind, coming.findings["new"]) == (kind, {})


def test_a_log_is_counted_then_applied(plant):
    coming = counted(LOG)
    assert (coming.kind, coming.state) == ("events", ImportState.READY)
    assert coming.findings["events"] == 10
    assert not CountedLog.objects.exists()
    imports.apply(by=PROGRAM, pk=coming.pk)
    log = CountedLog.objects.get()
    assert {row.unit.name for row in log.units.all()} == {QUALITY, MANUFACTURING, WAREHOUSE}
    assert Import.objects.get().counts is None  # kept once


def test_a_newer_log_of_the_same_name_retires_the_older(plant):
    for content in (LOG, LOG + "4,Make,Manufacturing,2026-02-01 08:00,Patients\n"):
        imports.apply(by=PROGRAM, pk=counted(content).pk)
    assert [log.is_current for log in CountedLog.objects.order_by("id")] == [False, True]
    assert len(queries.logs_for(PROGRAM)) == 1


def test_a_renamed_unit_keeps_its_figures(plant):
    from fairgate.organisation.rules import UnitRow

    imports.apply(by=PROGRAM, pk=counted(LOG).pk)
    actions.change(by=PROGRAM, pk=plant[QUALITY].pk, row=UnitRow(name="Quality Unit"))
    portrait = queries.portrait_for(PROGRAM, plant[QUALITY].pk)
    assert portrait.counted[0].answer.decisions == 4


def test_counting_a_discarded_import_leaves_it_discarded(plant):
    coming = opened(LOG)
    save = imports.count(pk=coming.pk)
    imports.discard(by=PROGRAM, pk=coming.pk)
    save()
    assert Import.objects.get().state == ImportState.DISCARDED


def test_counting_reports_how_far_it_is_and_can_be_stopped(plant):
    told = []

    def progress(done, note=""):
        told.append(done)
        if len(told) > 1:
            raise Cancelled

    coming = opened(LOG)
    with pytest.raises(Cancelled):
        imports.count(pk=coming.pk, progress=progress)
    assert told == sorted(told)
    assert Import.objects.get().state == ImportState.COUNTING


def test_only_stewards_bring_files(cast):
    for name in ("bob", "charlie", "dora", "emil", "fay", "gil"):
        with pytest.raises(PermissionDenied):
            imports.open_file(by=cast[name], name="x.csv", content=[TWO.encode()])
    assert not Import.objects.exists()


def test_others_do_not_even_see_that_an_import_is_there(cast, plant):
    coming = opened(TWO)
    with pytest.raises(Import.DoesNotExist):
        queries.import_for(cast["bob"], coming.pk)
    with pytest.raises(Import.DoesNotExist):
        queries.import_for(cast["alice"], uuid4())


def xlsx(rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    b'<log><trace><string key="concept:name" value="&b;"/></trace></log>'
)
BAD = {
    "truncated gz": (gzip.compress(LOG.encode() * 50)[:200], "log.csv.gz"),
    "XML bomb": (BOMB, "log.xes"),
    "wrong columns": (b"colour,taste\nred,sweet\n", "fruit.csv"),
    "no timestamps": (LOG.replace("2026", "soon ").encode(), "log.csv"),
    "no column of time": (b"case,activity,unit\n1,Make,Quality\n", "log.csv"),
    "one unit only": (b"case,activity,unit,time\n1,Make,Quality,2026-01-01\n1,Ship,Quality,2026-01-02\n", "log.csv"),
    "million-character cell": (LOG.encode() + b"4," + b"x" * 1_000_000 + b",Quality,2026-01-01 08:00,Patients\n", "log.csv"),
    "an empty file": (b"", "empty.csv"),
    "only a header": (NEEDS.encode(), "needs.csv"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "needs.xlsx"),
    "volumes in some rows": ((NEEDS + "Sales,a,Quality,T,P,help,3\nPackaging,b,Quality,T,P,help,\n").encode(), "needs.csv"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_bad_files_get_a_clear_message_and_save_nothing(plant, what):
    content, name = BAD[what]
    coming = opened(content, name)
    if coming.state == ImportState.COUNTING:
        imports.count(pk=coming.pk)()
        coming.refresh_from_db()
    assert coming.state == ImportState.FAULTY
    assert name in coming.problems[0]
    assert all(len(problem) < 1000 and "Traceback" not in problem for problem in coming.problems)
    assert Unit.objects.count() == 3
    assert not CountedLog.objects.exists()


def test_a_file_in_utf_16_is_read(plant):
    assert opened(TWO.encode("utf-16"), "needs.csv").state == ImportState.READY


def test_a_pattern_that_cannot_be_read_is_told(plant):
    coming = counted(LOG, choices={"approve": "(("})
    assert coming.state == ImportState.FAULTY
    assert "((" in coming.problems[0]


def test_pasted_cells_need_no_header():
    from fairgate.organisation.imports.tables import with_header
    from fairgate.organisation.rules import FactKind

    pasted = "Sales\tanswers\tQuality\tTablets\tPatients"
    assert (
        with_header(pasted, FactKind.NEEDS)
        .splitlines()[0]
        .startswith("Who needs it\tWhat they need\tFrom whom")
    )
    assert with_header("Who needs\tFrom whom\nSales\tQuality", None).splitlines()[0] == "Who needs\tFrom whom"


def test_a_workbook_comes_in_like_a_csv_file(plant):
    rows = [line.split(",") for line in TWO.splitlines()]
    assert opened(xlsx(rows), "needs.xlsx").findings["new"] == opened(TWO).findings["new"]


def test_a_name_like_a_formula_stays_text(plant):
    from fairgate.web import spreadsheet

    assert spreadsheet.csv_text(["a"], [["=1+1"]]).decode("utf-8-sig").splitlines()[1] == "'=1+1"
