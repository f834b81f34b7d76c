from pathlib import Path

import pytest

from fairgate.readers.needs import read_needs
from readers.making import refused, write, write_xlsx

HEAD = "who needs,what,from whom,process,external customer,kind,volume\n"


def test_needs_come_with_their_rows_and_volumes(tmp_path: Path) -> None:
    text = (
        HEAD
        + "Packaging,release,Quality,Tablets,Patients,Release,240\n"
        + "Stores,lots,Packaging,Tablets,Patients,help,1.5\n"
    )
    sheet = read_needs(write(tmp_path / "a.csv", text))
    first, second = sheet.rows
    assert (first.row, first.customer, first.what, first.supplier) == (2, "Packaging", "release", "Quality")
    assert (first.process, first.external, first.kind, first.volume) == (
        "Tablets",
        "Patients",
        "release",
        240.0,
    )
    assert (second.kind, second.volume) == ("help", 1.5)


def test_a_german_sheet_with_decimal_commas_is_understood(tmp_path: Path) -> None:
    text = (
        "Wer braucht;Was;Von wem;Prozess;Externer Kunde;Art;Menge\n"
        "Verpackung;Freigabe;Qualität;Tabletten;Patienten;Freigabe;1.240,5\n"
        "Lager;Ware;Verpackung;Tabletten;Patienten;Hilfe;12,25\n"
    )
    sheet = read_needs(write(tmp_path / "a.csv", text, "cp1252"))
    assert [(row.supplier, row.kind, row.volume) for row in sheet.rows] == [
        ("Qualität", "release", 1240.5),
        ("Verpackung", "help", 12.25),
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("release", "release"), ("Approval", "release"), ("sign-off", "release"), ("FREIGABE", "release"),
     ("help", "help"), ("Hilfe", "help"), ("Unterstützung", "help")],
)  # fmt: skip
def test_kinds_are_taken_in_the_words_people_use(tmp_path: Path, word: str, kind: str) -> None:
    sheet = read_needs(write(tmp_path / "a.csv", HEAD + f"A,x,B,P,X,{word},\n"))
    assert (sheet.rows[0].kind, sheet.rows[0].volume) == (kind, None)


def test_a_workbook_reads_like_a_csv_file(tmp_path: Path) -> None:
    rows = [HEAD.strip().split(","), ["A", "x", "B", "P", "X", "help", 240.0]]
    book = read_needs(write_xlsx(tmp_path / "a.xlsx", rows))
    text = read_needs(write(tmp_path / "a.csv", HEAD + "A,x,B,P,X,help,240\n"))
    assert book.rows == text.rows


def test_every_bad_cell_is_named_before_anything_is_taken(tmp_path: Path) -> None:
    text = HEAD + "".join(
        [
            "A,x,B,P,X,help,1\n",
            ",x,B,P,X,help,1\n",
            "A,y,,P,,help,1\n",
            "A,x,B,P,X,blessing,1\n",
            "A,z,B,P,X,help,-1\n",
            "A,w,B,P,X,help,lots\n",
            "A,v,a,P,X,help,1\n",
            "a,X,b,p,x,HELP,2\n",
            "A,u,B\x07,P,X,help,1\n",
            f"{'n' * 201},t,B,P,X,help,1\n",
        ]
    )
    error = refused(read_needs, write(tmp_path / "a.csv", text))
    assert [(problem.row, problem.column) for problem in error.problems] == [
        (5, "kind"), (6, "volume"), (7, "volume"), (3, "who needs"), (11, "who needs"), (4, "from whom"),
        (10, "from whom"), (4, "external customer"), (8, "from whom"), (9, ""),
    ]  # fmt: skip
    assert "the same need as in row 2" in str(error)
    assert "another unit than the one that needs" in str(error)


def test_volumes_in_some_rows_only_are_refused_with_the_rows_named(tmp_path: Path) -> None:
    text = HEAD + "A,x,B,P,X,help,1\nC,x,B,P,X,help,\nD,x,B,P,X,help,\n"
    (problem,) = refused(read_needs, write(tmp_path / "a.csv", text)).problems
    assert "no number in 2 of 3 rows (row 3, 4)" in problem.found


def test_columns_that_are_missing_altogether_are_empty_and_it_is_said(tmp_path: Path) -> None:
    sheet = read_needs(write(tmp_path / "a.csv", "customer,supplier\nA,B\n"))
    assert (sheet.rows[0].process, sheet.rows[0].external, sheet.rows[0].kind) == ("", "", "help")
    assert "every need is taken as help" in sheet.source.notes[0]


def test_a_sheet_without_a_column_for_the_supplier_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "who,what\nA,x\n")
    assert "no column for “from whom”" in str(refused(read_needs, path))


def test_names_written_in_several_ways_are_pointed_out(tmp_path: Path) -> None:
    sheet = read_needs(write(tmp_path / "a.csv", HEAD + "A,x,QA,P,X,help,\nB,x,qa,P,X,help,\n"))
    assert "“QA” and “qa” look alike: are they one?" in sheet.source.notes


@pytest.mark.parametrize("text", [HEAD, "a,b\n1 x,2 y\n"])
def test_a_sheet_without_rows_or_columns_of_needs_is_refused(tmp_path: Path, text: str) -> None:
    refused(read_needs, write(tmp_path / "a.csv", text))
