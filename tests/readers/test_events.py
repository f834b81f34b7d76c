from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from fairgate.readers.choices import Choices
from fairgate.readers.events import EventLog, read_events
from readers.making import SMALL, event, refused, write, write_gz, write_xlsx, xes

CSV = """case;activity;department;role;date;amount;customer
B1;make;North;maker;05.01.2026 08:00;1,5;
B1;release;Quality;judge;05.01.2026 09:00;1,5;Patients
B2;make;South;maker;06.01.2026 08:00;2;
"""


def as_rows(log: EventLog) -> list[tuple[str, ...]]:
    columns = [log.case, log.activity, log.unit]
    return list(zip(*(column.texts() for column in columns), log.time.astype(str).tolist(), strict=True))


def test_a_table_and_a_log_of_the_same_events_give_the_same(tmp_path: Path) -> None:
    from_xes = read_events(write(tmp_path / "a.xes", xes(SMALL)))
    lines = ["case,activity,unit,time"]
    for trace, events in SMALL:
        for each in events:
            cells = (each["concept:name"], each["org:group"], each["time:timestamp"])
            lines.append(",".join((trace["concept:name"], *cells)))
    from_csv = read_events(write(tmp_path / "a.csv", "\n".join(lines)))
    assert as_rows(from_xes) == as_rows(from_csv)
    assert as_rows(from_xes)[2] == ("case 2", "make", "Making", "2026-07-05T06:00:00.000000")
    assert from_xes.zoned
    assert from_csv.zoned


def test_a_german_table_is_understood_and_what_was_detected_is_shown(tmp_path: Path) -> None:
    log = read_events(write(tmp_path / "a.csv", CSV))
    assert log.source.columns == {
        "case": "case", "activity": "activity", "time": "date", "unit": "department", "value": "amount",
        "external": "customer",
    }  # fmt: skip
    assert (log.source.separator, log.source.date_format) == ("semicolon", "dd.mm.yyyy hh:mm")
    assert log.value is not None
    assert log.value.tolist() == [1.5, 1.5, 2.0]
    assert log.external is not None
    assert log.external.texts() == ["", "Patients", ""]
    assert log.rows.tolist() == [2, 3, 4]
    assert not log.zoned
    assert "Times name no zone and are kept as they are written." in log.source.notes
    assert log.attributes == ("case", "activity", "department", "role", "date", "amount", "customer")


def test_a_workbook_with_real_dates_and_numbers_is_read(tmp_path: Path) -> None:
    rows = [
        ["Case ID", "Step", "Team", "Date", "Lots"],
        [101, "make", "North", datetime.fromisoformat("2026-01-05T08:00:00"), 3],
        [101, "release", "Quality", datetime.fromisoformat("2026-01-05T09:30:00"), 2.5],
    ]
    log = read_events(write_xlsx(tmp_path / "a.xlsx", rows))
    assert as_rows(log)[1] == ("101", "release", "Quality", "2026-01-05T09:30:00.000000")
    assert log.value is not None
    assert log.value.tolist() == [3.0, 2.5]
    assert log.source.date_format == "the workbook's own dates"


def test_a_traces_attribute_serves_for_all_its_events(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xes", xes(SMALL))
    log = read_events(path, Choices(unit_from="department", value_from="AMOUNT", external_from="customer"))
    assert log.unit.texts() == ["North", "North", "South", "South", "South"]
    assert log.value is not None
    assert log.value.tolist() == [12.5, 12.5, 7.0, 7.0, 7.0]
    assert log.external is not None
    assert log.external.texts() == ["", "Patients", "", "", ""]


def test_an_events_own_attribute_wins_over_its_traces(tmp_path: Path) -> None:
    trace = {"concept:name": "c", "document": "from the trace"}
    log = read_events(
        write(
            tmp_path / "a.xes",
            xes(
                [(trace, [event("a", "A", "2026-01-01"), event("b", "B", "2026-01-02", document="its own")])]
            ),
        ),
        Choices(document_from="document"),
    )
    assert log.document is not None
    assert log.document.texts() == ["from the trace", "its own"]


def unit_of(tmp_path: Path, *rows: tuple[str, str, str]) -> str:
    events = [
        {
            "concept:name": "a",
            "time:timestamp": "2026-01-01",
            "org:group": g,
            "org:role": r,
            "org:resource": p,
        }
        for g, r, p in rows
    ]
    return read_events(write(tmp_path / "a.xes", xes([({"concept:name": "c"}, events)]))).source.columns[
        "unit"
    ]


def test_the_unit_is_the_first_attribute_that_tells_events_apart(tmp_path: Path) -> None:
    assert unit_of(tmp_path, ("G1", "R1", "P1"), ("G2", "R2", "P2")) == "org:group"
    assert unit_of(tmp_path, ("G1", "R1", "P1"), ("G1", "R2", "P2")) == "org:role"
    assert unit_of(tmp_path, ("G1", "R1", "P1"), ("G1", "R1", "P2")) == "org:resource"
    assert unit_of(tmp_path, ("G1", "R1", "P1"), ("G1", "R1", "P1")) == "org:group"


def test_a_unit_that_begins_to_differ_late_in_a_long_log_is_found_in_one_pass(tmp_path: Path) -> None:
    same = [event("a", "One", "2026-01-01T10:00:00Z", **{"org:role": f"role {i % 3}"}) for i in range(4)]
    late = [event("a", "Two", "2026-01-01T10:00:00Z", **{"org:role": "role 0"})]
    traces = [({"concept:name": f"c{i}"}, same) for i in range(3000)] + [({"concept:name": "last"}, late)]
    path = write(tmp_path / "a.xes", xes(traces))
    assert path.stat().st_size > 1 << 20
    assert read_events(path).source.columns["unit"] == "org:group"


def test_the_tables_unit_is_the_first_column_that_tells_rows_apart(tmp_path: Path) -> None:
    log = read_events(write(tmp_path / "a.csv", CSV.replace("South", "North").replace("Quality", "North")))
    assert log.source.columns["unit"] == "role"


def test_a_column_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    error = refused(read_events, write(tmp_path / "a.csv", CSV), Choices(unit_from="departement", case="nr"))
    assert len(error.problems) == 2
    assert "“department”" in error.problems[0].expected
    assert "Did you mean “department”?" in str(error)
    error = refused(read_events, write(tmp_path / "a.xes", xes(SMALL)), Choices(unit_from="org:grup"))
    assert "“org:group”" in error.problems[0].expected


def test_an_attribute_that_only_comes_late_can_be_chosen(tmp_path: Path) -> None:
    traces = [*SMALL * 2000, ({"concept:name": "x"}, [event("a", "A", "2026-01-01T10:00:00Z", late="L")])]
    log = read_events(write(tmp_path / "a.xes", xes(traces)), Choices(external_from="late"))
    assert log.external is not None
    assert log.external.names == ("L",)


@pytest.mark.parametrize(
    "text",
    [
        CSV.replace(";date", ";remark"),
        CSV.replace("05.01.2026 08:00", "").replace("05.01.2026 09:00", "").replace("06.01.2026 08:00", ""),
        CSV.replace("05.01.2026", "soon").replace("06.01.2026", "later"),
        xes(SMALL).replace("time:timestamp", "time:other"),
        xes([(SMALL[0][0], [{"concept:name": "a", "org:group": "A", "time:timestamp": "?"}])]),
        xes([(SMALL[0][0], [{"concept:name": "a", "org:group": "A", "time:timestamp": ""}])]),
    ],
)
def test_no_timestamps_are_said_to_be_missing(tmp_path: Path, text: str) -> None:
    assert "no timestamps" in str(refused(read_events, write(tmp_path / "a", text)))


def test_every_bad_cell_is_named_with_row_and_column(tmp_path: Path) -> None:
    text = (
        CSV + "B3;;North;maker;31.02.2026 08:00;-1;\n;make;No\x1bth;maker;07.01.2026 08:00;much;" + "x" * 201
    )
    error = refused(read_events, write(tmp_path / "a.csv", text))
    assert {(problem.row, problem.column) for problem in error.problems} == {
        (5, "activity"), (5, "date"), (5, "amount"),
        (6, "case"), (6, "department"), (6, "amount"), (6, "customer"),
    }  # fmt: skip


def test_times_with_and_without_zone_can_not_be_mixed(tmp_path: Path) -> None:
    events = [event("a", "A", "2026-01-01T10:00:00Z"), event("b", "B", "2026-01-01T10:00:00")]
    error = refused(read_events, write(tmp_path / "a.xes", xes([({"concept:name": "c"}, events)])))
    (problem,) = error.problems
    assert (problem.row, problem.place, problem.column) == (2, "event", "time:timestamp")
    assert "without a zone" in problem.found


def test_words_for_no_amount_are_counted_not_refused(tmp_path: Path) -> None:
    log = read_events(write(tmp_path / "a.csv", CSV.replace(";2;", ";UNKNOWN;")))
    assert log.value is not None
    assert np.isnan(log.value).tolist() == [False, False, True]
    assert any("1 of 3 events give no amount" in note for note in log.source.notes)


def test_nameless_traces_are_numbered_and_namesakes_are_one_case(tmp_path: Path) -> None:
    events = [event("a", "A", "2026-01-01T10:00:00Z"), event("b", "B", "2026-01-02T10:00:00Z")]
    traces = [
        ({}, events),
        ({"concept:name": "x"}, events),
        ({"concept:name": "x"}, events),
        ({"concept:name": "y"}, []),
    ]
    log = read_events(write(tmp_path / "a.xes", xes(traces)))
    assert log.case.names == ("trace 1", "x")
    assert log.case.codes.tolist() == [0, 0, 1, 1, 1, 1]
    notes = " ".join(log.source.notes)
    assert "1 traces without a name" in notes
    assert "1 traces without events" in notes
    assert "those of one name are one case" in notes


def test_several_lifecycle_steps_are_pointed_out(tmp_path: Path) -> None:
    events = [
        event("a", u, "2026-01-01", **{"lifecycle:transition": s})
        for u, s in (("A", "start"), ("B", "complete"))
    ]
    log = read_events(write(tmp_path / "a.xes", xes([({"concept:name": "c"}, events)])))
    assert any("“complete” and “start”" in note for note in log.source.notes)


@pytest.mark.parametrize("text", [xes([]), xes([({"concept:name": "c"}, [])])])
def test_a_log_without_events_is_refused(tmp_path: Path, text: str) -> None:
    assert "no event" in str(refused(read_events, write(tmp_path / "a.xes", text)))


def test_a_log_without_any_unit_says_what_was_looked_for(tmp_path: Path) -> None:
    events = [{"concept:name": "a", "time:timestamp": "2026-01-01", "place": "x"}]
    error = refused(read_events, write(tmp_path / "a.xes", xes([({"concept:name": "c"}, events)])))
    assert "no attribute for the unit" in str(error)
    assert "“place”" in str(error)


def test_a_packed_log_reads_like_a_plain_one_and_says_so(tmp_path: Path) -> None:
    plain = read_events(write(tmp_path / "a.xes", xes(SMALL)))
    packed = read_events(write_gz(tmp_path / "a.xes.gz", xes(SMALL).encode()))
    assert as_rows(plain) == as_rows(packed)
    assert (plain.source.format, packed.source.format) == ("XES", "XES, gz")


def test_ambiguous_dates_are_said_and_can_be_settled(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "case,activity,unit,date\nA,b,C,01/02/2026\nA,b,D,03/04/2026\n")
    assert any("day first is assumed" in note for note in read_events(path).source.notes)
    settled = read_events(path, Choices(date_format="mm/dd/yyyy"))
    assert settled.time.astype("M8[D]").astype(str).tolist() == ["2026-01-02", "2026-03-04"]
    assert not any("assumed" in note for note in settled.source.notes)


def test_a_dash_means_none_and_a_column_of_words_is_not_taken_for_amounts(tmp_path: Path) -> None:
    log = read_events(write(tmp_path / "a.csv", CSV), Choices(value_from="-", external_from="-"))
    assert log.value is None
    assert log.external is None
    words = CSV.replace("1,5", "small").replace(";2;", ";large;")
    log = read_events(write(tmp_path / "a.csv", words))
    assert log.value is None
    assert "“amount” holds few numbers and is not taken as the value." in log.source.notes
    error = refused(read_events, write(tmp_path / "a.csv", words), Choices(value_from="amount"))
    assert "choose “-” for the value" in str(error)
    read_events(write(tmp_path / "a.xes", xes(SMALL)), Choices(value_from="-"))
