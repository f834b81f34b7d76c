from pathlib import Path

import pytest

from fairgate.readers.flows import read_flows
from readers.making import refused, write


def test_flows_come_with_kinds_and_volumes(tmp_path: Path) -> None:
    rows = "Making;Quality;Decision;1.240\nQuality;Making;return;12,5\nQuality;Patients;customer;900\n"
    text = "From;To;Kind;Volume\n" + rows
    sheet = read_flows(write(tmp_path / "a.csv", text))
    assert sheet.measure == "volume"
    assert [(row.row, row.source, row.target, row.kind, row.volume) for row in sheet.rows] == [
        (2, "Making", "Quality", "decision", 1240.0),
        (3, "Quality", "Making", "return", 12.5),
        (4, "Quality", "Patients", "customer", 900.0),
    ]


@pytest.mark.parametrize("shares", [("0.9", "0.1"), ("90%", "10%"), ("90", "10")])
def test_shares_are_parts_of_one_however_they_are_written(tmp_path: Path, shares: tuple[str, str]) -> None:
    text = f"from,to,share\nA,B,{shares[0]}\nA,C,{shares[1]}\n"
    sheet = read_flows(write(tmp_path / "a.csv", text))
    assert sheet.measure == "share"
    assert [row.volume for row in sheet.rows] == pytest.approx([0.9, 0.1])
    assert {row.kind for row in sheet.rows} == {"work"}


def test_flows_without_numbers_are_flows(tmp_path: Path) -> None:
    sheet = read_flows(write(tmp_path / "a.csv", "von,nach\nA,B\nB,C\n"))
    assert (sheet.measure, sheet.rows[0].volume) == ("none", None)


def test_every_bad_cell_is_named(tmp_path: Path) -> None:
    rows = "A,B,work,1\nA,a,work,1\n,B,work,1\nA,C,magic,1\nA,D,work,-3\nA,B,work,1\nB,C,work,\n"
    text = "from,to,kind,volume\n" + rows
    error = refused(read_flows, write(tmp_path / "a.csv", text))
    assert {(problem.row, problem.column) for problem in error.problems} == {
        (3, "to"), (4, "from"), (5, "kind"), (6, "volume"), (7, ""), (8, "volume"),
    }  # fmt: skip


def test_shares_of_more_than_everything_are_refused(tmp_path: Path) -> None:
    text = "from,to,share\nA,B,0.9\nA,C,0.2\n"
    assert "add up to 1.1" in str(refused(read_flows, write(tmp_path / "a.csv", text)))


def test_scrap_need_not_go_anywhere_named(tmp_path: Path) -> None:
    sheet = read_flows(
        write(tmp_path / "a.csv", "from,to,kind,volume\nA,B,work,9\nA,,Ausschuss,1\nA,Bin,scrap,1\n")
    )
    assert [(row.target, row.kind) for row in sheet.rows] == [
        ("B", "work"),
        ("Scrap", "scrap"),
        ("Bin", "scrap"),
    ]
