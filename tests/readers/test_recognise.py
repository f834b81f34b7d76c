from pathlib import Path

import pytest

from fairgate.readers.choices import Choices
from fairgate.readers.columns import SYNONYMS, assign, plain
from fairgate.readers.events import EventLog
from fairgate.readers.flows import FlowsSheet
from fairgate.readers.needs import NeedsSheet
from fairgate.readers.recognise import read, recognise
from readers.making import SMALL, refused, write, xes

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Case ID,Activity,Timestamp,Resource", "events"),
        ("case:concept:name,concept:name,time:timestamp,org:group", "events"),
        ("Fall;Tätigkeit;Zeitstempel;Abteilung", "events"),
        ("case,activity,customer,supplier", "events"),
        ("Who needs it?,What,From whom,For which external customer", "needs"),
        ("Unit,Supplier,Service,Help or release", "needs"),
        ("Wer braucht;Was;Von wem;Externer Kunde", "needs"),
        ("from,to,share", "flows"),
        ("Von;Nach;Menge (pro Jahr)", "flows"),
    ],
)
def test_tables_are_recognised_by_their_columns(tmp_path: Path, header: str, kind: str) -> None:
    separator = ";" if ";" in header else ","
    row = separator.join(f"x{i}" for i in range(header.count(separator) + 1))
    assert recognise(write(tmp_path / "a", f"{header}\n{row}\n")) == kind


def test_a_log_in_xes_is_one_of_events(tmp_path: Path) -> None:
    assert recognise(write(tmp_path / "a", xes(SMALL))) == "events"


def test_chosen_columns_make_any_table_an_event_log(tmp_path: Path) -> None:
    path = write(tmp_path / "a", "nr,tat,wann,wo\n1,x,2026-01-01,A\n1,y,2026-01-02,B\n")
    choices = Choices(case="nr", activity="tat", time="wann", unit_from="wo")
    assert recognise(path, choices) == "events"
    log = read(path, choices)
    assert isinstance(log, EventLog)
    assert log.unit.names == ("A", "B")


def test_a_table_of_something_else_is_told_what_each_kind_would_need(tmp_path: Path) -> None:
    error = refused(recognise, write(tmp_path / "a", "name,age\nx,3\n"))
    assert "“name” and “age”" in str(error)
    for words in (
        "an event log (missing:",
        "a table of needs (missing:",
        "a table of flows (missing:",
        "“from whom”",
    ):
        assert words in str(error)


def test_the_examples_are_what_they_say() -> None:
    batches, needs, flows = (read(EXAMPLES / f"{name}.csv") for name in ("batches", "needs", "flows"))
    assert isinstance(batches, EventLog)
    assert batches.case.distinct == 60
    assert {"Manufacturing", "Quality Assurance", "Warehouse"} <= set(batches.unit.names)
    assert batches.external is not None
    assert set(batches.external.names) == {"Patients", "Wholesalers"}
    assert batches.value is not None
    assert isinstance(needs, NeedsSheet)
    assert len(needs.rows) == 10
    assert sum(row.kind == "release" for row in needs.rows) >= 2
    assert isinstance(flows, FlowsSheet)
    assert flows.measure == "share"


def test_names_of_columns_are_compared_without_case_spaces_and_brackets() -> None:
    assert plain("Case ID") == plain("case_id") == plain("CASE-ID (plant)") == "caseid"
    assert plain("Tätigkeit") == plain("TAETIGKEIT")
    assert plain("(all)") == "all"


def test_each_column_plays_one_part_only() -> None:
    parts = assign(("customer", "from", "external customer", "type"), "needs")
    assert parts == {
        "customer": "customer",
        "supplier": "from",
        "external": "external customer",
        "kind": "type",
    }


def test_every_synonym_is_written_the_way_it_is_compared() -> None:
    for kind, parts in SYNONYMS.items():
        for part, words in parts.items():
            assert all(word == plain(word) for word in words.split()), (kind, part)
            assert len(set(words.split())) == len(words.split()), (kind, part)


def test_an_upload_kept_under_its_hash_is_called_by_its_name(tmp_path: Path) -> None:
    good, bad = write(tmp_path / "5e1f", "von,nach\nA,B\n"), write(tmp_path / "77aa", "von,nach\nA,A\n")
    assert read(good, name="Flüsse.csv").source.file == "Flüsse.csv"
    error = refused(read, bad, name="Flüsse.csv")
    assert str(error).startswith("Flüsse.csv, row 2")
