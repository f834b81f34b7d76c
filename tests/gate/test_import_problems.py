"""What is wrong with a file of decisions is told once, in plain words, and no date is ever guessed."""

import gzip

import pytest
from django.urls import reverse

from fairgate.gate import imports
from fairgate.gate.models import DecisionImport, ServiceRequest
from fairgate.gate.rules import ImportState
from fairgate.organisation.models import Unit

from .arriving import OPTIONS, THREE, applied, came, lines, mapping_of, problems_of
from .conftest import PROGRAM, QUALITY, signed_in

pytestmark = pytest.mark.usefixtures("gate")

GOOD = "D-9,Change,MFG,approved,2026-04-04 10:00,2026-04-03 09:00,L1,Ann,Joe,,,,"


def dated(decided, submitted):
    return GOOD.replace("2026-04-04 10:00", decided).replace("2026-04-03 09:00", submitted)


@pytest.mark.parametrize(
    ("stated", "decided", "expected"),
    [
        ("ymd", "03/04/2026", "2026-11-22"),
        ("ymd", "03.04.2026 10:00", "2026-11-22"),
        ("", "03.04.2026", "2026-11-22"),
        ("dmy", "2026-04-03", "22.11.2026"),
        ("dmy", "20260403", "22.11.2026"),
        ("mdy", "2026-04-03", "11/22/2026"),
        ("mdy", "03.04.2026", "11/22/2026"),
    ],
)
def test_dates_in_another_order_than_the_mapping_says_are_a_problem_in_every_row(stated, decided, expected):
    rows = [dated(decided, decided).replace("D-9", f"D-{at}") for at in (1, 2)]
    coming = came(lines(rows), mapping_of(options={**OPTIONS, "date_format": stated}))
    assert coming.state == ImportState.FAULTY
    told = problems_of(coming)
    assert sorted((row, column) for row, column, *_ in told) == [
        (2, "Decided on"),
        (2, "Submitted on"),
        (3, "Decided on"),
        (3, "Submitted on"),
    ]
    assert all(found == f"“{decided}”" and expected in wanted for _row, _column, found, wanted in told)


def test_a_date_is_read_the_same_whatever_the_other_rows_of_its_file_show():
    """One row in the mapping's order among many in another is read, and each of the others told."""
    rows = [dated("03/04/2026", "03/04/2026").replace("D-9", f"D-{at}") for at in range(5)]
    coming = came(lines([*rows, GOOD]), mapping_of())
    assert len(problems_of(coming)) == 10
    assert coming.findings["counts"]["new"] == 1


def test_an_unknown_word_is_one_problem_that_says_how_often_and_where_first():
    bad = "K-X,Change,MFG,approved,soon,2026-02-01 09:00,,,,,,,"
    rows = [f"K-{n},Change,Nowhere,perhaps,2026-02-02 10:00,2026-02-01 09:00,,,,,,," for n in range(700)]
    coming = came(lines([*rows, bad]), mapping_of())
    first, *words = problems_of(coming)
    assert first[:3] == [702, "Decided on", "“soon”"], "what drowned before comes first"
    assert sorted(line[:2] for line in words) == [[2, "Decision"], [2, "Department"]]
    assert all("700 rows (2, 3, 4 first)" in line[2] for line in words)
    assert coming.findings["unknown"] == {"unit": [["Nowhere", 700]], "outcome": [["perhaps", 700]]}


def test_more_unknown_words_than_anybody_would_answer_are_summed_up():
    rows = [f"K-{n},Change,U{n},approved,2026-02-02 10:00,2026-02-01 09:00,,,,,,," for n in range(700)]
    told = problems_of(came(lines(rows), mapping_of()))
    assert len(told) == 501
    assert "200 rows" in told[-1][2]


def test_an_outcome_its_kind_doesnt_allow_is_one_problem_for_kind_and_outcome():
    rows = [
        f"K-{n},Batch,MFG,{outcome},2026-02-02 10:00,2026-02-01 09:00,,,,,,,"
        for n, outcome in enumerate(["conditions", "approved", "conditions", "approved with conditions"] * 50)
    ]
    [told] = problems_of(came(lines(rows), mapping_of()))
    assert told[:2] == [2, "Decision"]
    assert "“conditions” for “Batch" in told[2]
    assert "150 rows (2, 4, 5 first)" in told[2]


def test_the_page_lists_unknown_words_once_and_problems_apart(cast):
    rows = [f"K-{n},Change,MFG,perhaps,2026-02-02 10:00,2026-02-01 09:00,,,,,,," for n in range(120)]
    client = signed_in(cast["bob"])
    words_only = came(lines(rows), mapping_of())
    page = client.get(reverse("gate:import", args=[words_only.pk])).content.decode()
    assert page.count("“perhaps”") == 1
    assert "Say what they mean" in page
    assert "problem</h2>" not in page
    assert "There is a problem" not in page
    both = came(lines([*rows, dated("soon", "2026-02-01")]), words_only.mapping)
    page = client.get(reverse("gate:import", args=[both.pk])).content.decode()
    assert "1 problem</h2>" in page
    assert page.count("“perhaps”") == 1
    assert "say what its words mean" in page


def test_another_file_than_its_mapping_reads_is_told_by_its_columns(cast):
    coming = came("Customer,Product,Price\nA,B,1\n", mapping_of())
    [told] = problems_of(coming)
    for name in ("Record", "Type", "Department", "Decision", "Decided on", "Submitted on"):
        assert f"“{name}”" in told[2]
    assert "“Lot”" not in told[2]
    for name in ("Customer", "Product", "Price"):
        assert f"“{name}”" in told[3]
    page = signed_in(cast["bob"]).get(reverse("gate:import", args=[coming.pk])).content.decode()
    assert "what its words mean" not in page
    assert "0 rows" not in page


def test_an_optional_column_that_is_missing_is_a_note_and_changes_nothing_here():
    mapping = mapping_of()
    applied(THREE, mapping)
    coming = came(THREE.replace("Comment", "Remarks"), mapping)
    assert coming.state == ImportState.READY
    assert {name: n for name, n in coming.findings["counts"].items() if n} == {"unchanged": 3}
    assert "“Comment”" in " ".join(coming.findings["source"]["notes"])
    imports.apply(by=PROGRAM, pk=coming.pk)
    assert ServiceRequest.objects.get(key="D-2").decisions.get().note == "too hot"


def test_a_record_number_that_is_there_twice_is_told_in_plain_words():
    [told] = problems_of(came(lines([GOOD, GOOD]), mapping_of()))
    assert told == [
        3,
        "Record",
        "the same record number as in row 2",
        "a record number of its own in every row",
    ]


def test_a_correction_says_which_file_and_row_it_came_from(cast):
    mapping = mapping_of()
    applied(THREE, mapping, "g1.csv")
    applied(THREE.replace("too hot", "much too hot"), mapping, "g2.csv")
    again = THREE.splitlines(keepends=True)
    applied(again[0] + again[2].replace("too hot", "cold"), mapping, "g3.csv")
    two = ServiceRequest.objects.get(key="D-2")
    page = signed_in(cast["bob"]).get(reverse("gate:request", args=[two.pk])).content.decode()
    assert "Came with the file “g1.csv” from QMS, row 3." in page
    assert page.count("Corrected by the file “g2.csv”, row 3, on ") == 1
    assert page.count("Corrected by the file “g3.csv”, row 2, on ") == 1
    assert "Corrected by the file “g1.csv”" not in page


GERMAN = """Vorgangsnr;Art;Abteilung;Entscheidung;Entschieden;Eingereicht;Betrag
D-1;Change;Manufacturing;approved;04.04.2026 10:00;03.04.2026 09:00;1.000,50
"""


def columns_form(cast, content, name="export.csv"):
    coming = imports.open_file(by=cast["bob"], name=name, content=[content.encode()])
    answer = signed_in(cast["bob"]).get(reverse("gate:import-columns", args=[coming.pk]))
    return answer.context["form"], answer.content.decode()


def test_a_german_file_is_proposed_as_it_is_written(cast):
    form, _page = columns_form(cast, GERMAN)
    initial = {name: field.initial for name, field in form.fields.items()}
    assert (initial["column_submitted_at"], initial["column_decided_at"]) == ("Eingereicht", "Entschieden")
    assert (initial["column_key"], initial["column_value"]) == ("Vorgangsnr", "Betrag")
    assert (initial["date_format"], initial["decimal"]) == ("dmy", ",")


def test_the_order_of_dates_is_proposed_from_the_content_where_no_name_tells(cast):
    for written, order in (
        ("03.04.2026", "dmy"),
        ("03/04/2026", ""),
        ("03/24/2026", "mdy"),
        ("2026-04-03", "ymd"),
    ):
        form, _page = columns_form(cast, f"A;B;C\n1;{written};x\n2;{written};y\n")
        assert form.fields["date_format"].initial == order, written
    form, _page = columns_form(cast, "A;B\n1;x\n")
    assert form.fields["date_format"].initial == ""


def test_columns_the_file_doesnt_seem_to_have_are_asked_last_and_folded_up(cast):
    form, page = columns_form(cast, GERMAN)
    before, folded = page.split("<details>", 1)
    assert "More columns" in folded
    assert 'name="column_note"' in folded
    assert 'name="column_value"' in before
    assert 'name="column_decided_at"' in before
    assert 'name="zone"' in before
    assert {field.name for field in form.visible_fields()} == {
        field.name for field in (*form.asked_first(), *form.asked_last())
    }


LOG = """case,activity,time,unit
1,Declaration SUBMITTED,2026-01-01T08:00:00Z,EMPLOYEE
1,Declaration APPROVED by ADMINISTRATION,2026-01-02T08:00:00Z,{other}
1,Declaration FINAL_APPROVED by SUPERVISOR,2026-01-03T08:00:00Z,SUPERVISOR
2,Declaration SUBMITTED,2026-01-01T08:00:00Z,EMPLOYEE
2,Declaration corrected,2026-01-01T09:00:00Z,EMPLOYEE
2,Declaration corrected,2026-01-01T10:00:00Z,EMPLOYEE
2,Declaration REJECTED by SUPERVISOR,2026-01-02T08:00:00Z,SUPERVISOR
"""


def test_the_unit_that_decided_is_proposed_by_its_name_or_else_by_its_decisions(cast):
    form, _page = columns_form(cast, LOG.format(other=QUALITY))
    assert form.fields["gate"].initial == QUALITY
    assert form.fields["deciding_unit"].initial == Unit.objects.get(name=QUALITY).pk
    form, _page = columns_form(cast, LOG.format(other="ADMINISTRATION"))
    assert form.fields["gate"].initial == "SUPERVISOR", "most decisions, though EMPLOYEE has most events"


XES = """<?xml version="1.0"?><log><trace><string key="concept:name" value="1"/>
<event><string key="concept:name" value="SUBMITTED"/><string key="org:role" value="EMPLOYEE"/>
<date key="time:timestamp" value="2026-01-01T08:00:00Z"/></event>
<event><string key="concept:name" value="APPROVED"/><string key="org:role" value="SUPERVISOR"/>
<date key="time:timestamp" value="2026-01-02T08:00:00Z"/></event>
</trace></log>"""


@pytest.mark.parametrize("packed", [False, True])
def test_how_dates_are_written_is_not_asked_of_xes_which_says_it_itself(cast, packed):
    content = gzip.compress(XES.encode()) if packed else XES.encode()
    coming = imports.open_file(by=cast["bob"], name="log.xes", content=[content])
    form = signed_in(cast["bob"]).get(reverse("gate:import-columns", args=[coming.pk])).context["form"]
    assert "date_format" not in form.fields
    assert form.fields["gate"].initial == "SUPERVISOR"


def test_only_what_the_chosen_unit_decided_is_counted_and_the_mapping_says_so(cast, gate):
    from .test_import_pages import done, posted_file

    client = signed_in(cast["bob"])
    log = LOG.format(other=QUALITY).replace("EMPLOYEE", "Manufacturing")
    began = client.post(reverse("gate:new-import"), {"file": posted_file(log, "log.csv")})
    form = client.get(began["Location"]).context["form"]
    answers = {name: field.initial for name, field in form.fields.items() if field.initial}
    answers |= {
        "name": "Log",
        "source": "Log",
        "deciding_unit": Unit.objects.get(name=QUALITY).pk,
        "gate": "SUPERVISOR",
        "always_kind": gate["change"].pk,
        "reject": "rejected|denied",
    }
    reading = client.post(began["Location"], answers)
    assert reading["Location"].startswith("/work/"), reading.context["form"].errors
    done("gate.read_decisions")
    coming = DecisionImport.objects.get()
    assert coming.problems == []
    assert coming.findings["counts"]["new"] == 2
    page = client.get(reverse("gate:mapping", args=[coming.mapping_id])).content.decode()
    assert "“SUPERVISOR”" in page
    assert f"“{gate['change'].name}”" in page
    assert "Activities that refuse: “rejected|denied”." in page
    assert "Activities that approve: recognised by usual words." in page


def test_a_log_whose_dates_are_written_in_another_order_than_its_mapping_says_is_refused(gate):
    options = {"log": True, "always": {"kind": gate["change"].pk}, "gate": "SUPERVISOR", "date_format": "ymd"}
    log = LOG.format(other="X").replace("EMPLOYEE", "Manufacturing")
    assert came(log, mapping_of(columns={}, options=options)).problems == []
    for at in range(1, 4):
        log = log.replace(f"2026-01-0{at}T", f"0{at}/02/2026 ")
    coming = came(log, mapping_of(columns={}, options=options, name="Other", source="Other"))
    [told] = problems_of(coming)
    assert told[1] == "time"
    assert "2026-11-22" in told[3]


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.000,50", "1000.5"),
        ("1,000.50", "1000.5"),
        ("1000.5", "1000.5"),
        ("1000,5", "1000.5"),
        ("€ 12", "12"),
    ],
)
def test_an_amount_may_be_typed_as_files_write_it(typed, amount):
    from decimal import Decimal

    from fairgate.gate.forms.amounts import AmountField

    assert AmountField(max_digits=18, decimal_places=3).clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["much", "1.2.3", "1,00,000.5x", "nan", "inf", "1e400"])
def test_what_is_no_amount_is_refused_with_an_example_beside_the_field(typed):
    from django.core.exceptions import ValidationError

    from fairgate.gate.forms.amounts import AmountField

    field = AmountField(max_digits=18, decimal_places=3)
    assert "1.000,50" in str(field.help_text)
    with pytest.raises(ValidationError):
        field.clean(typed)
