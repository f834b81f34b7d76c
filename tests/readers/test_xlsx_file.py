import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.readers.choices import Choices
from fairgate.readers.formats import read_table
from fairgate.readers.xlsx_file import read_xlsx
from readers.making import refused, replace_part, write_xlsx

ROWS = [["who needs", "from whom", "volume"], ["Packaging", "Quality", 5.0], ["Lager", "Qualität", 2.5]]


def test_numbers_dates_and_texts_come_as_they_are(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["a", "b", "c"], [5.0, datetime.fromisoformat("2026-05-23T14:05:00"), " x "]]
    )
    table = read_table(path)
    assert table.rows == ((5, datetime.fromisoformat("2026-05-23T14:05:00"), "x"),)
    assert table.texts("a") == ["5"]
    assert (table.source.format, table.source.sheet) == ("XLSX", "Sheet1")


def test_the_first_sheet_with_a_header_is_taken_unless_one_is_chosen(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["Read me first"])
    for title, row in (("Needs", ["who", "what"]), ("Other", ["x", "y"])):
        sheet = book.create_sheet(title)
        sheet.append(row)
        sheet.append(["1 a", "2 b"])
    book.save(tmp_path / "a.xlsx")
    assert read_xlsx(tmp_path / "a.xlsx").columns == ("who", "what")
    assert read_xlsx(tmp_path / "a.xlsx", Choices(sheet="other")).columns == ("x", "y")
    assert "“Needs”" in str(refused(read_xlsx, tmp_path / "a.xlsx", Choices(sheet="Third")))


def test_blank_rows_merged_cells_and_short_rows_are_tolerated(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for number, row in {1: ["Title"], 4: ["a", "b", "c"], 7: ["x", "y", "z"], 8: [None, "q"]}.items():
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column, value)
    sheet.merge_cells("A7:A8")
    sheet.merge_cells("A1:C1")
    book.save(tmp_path / "a.xlsx")
    table = read_xlsx(tmp_path / "a.xlsx")
    assert (table.columns, table.rows, table.numbers) == (
        ("a", "b", "c"),
        (("x", "y", "z"), ("", "q", "")),
        (7, 8),
    )


def test_formulas_give_the_value_last_computed(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b"], ["x", "=1+1"]])
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<v />" in sheet or b"<v/>" in sheet
    computed = sheet.replace(b"<v />", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>")
    assert read_xlsx(replace_part(path, "xl/worksheets/sheet1.xml", computed)).rows == (("x", 2),)


def test_texts_kept_apart_from_the_sheet_as_excel_does_are_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b"], ["x", "SHARED"]])
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    with zipfile.ZipFile(path) as book:
        sheet, types = book.read("xl/worksheets/sheet1.xml"), book.read("[Content_Types].xml")
    inline = b't="inlineStr"><is><t>SHARED</t></is>'
    assert inline in sheet
    replace_part(path, "xl/worksheets/sheet1.xml", sheet.replace(inline, b't="s"><v>0</v>'))
    override = b'<Override PartName="/xl/sharedStrings.xml" ContentType="' + main + b'"/></Types>'
    replace_part(path, "[Content_Types].xml", types.replace(b"</Types>", override))
    namespace = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<sst xmlns="' + namespace + b'"><si><t>kept apart</t></si></sst>'
    assert read_xlsx(replace_part(path, "xl/sharedStrings.xml", strings)).rows == (("x", "kept apart"),)


def test_a_million_character_cell_is_refused_with_row_and_column(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["case", "activity"], ["A", "b"]])
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    long = sheet.replace(b"<t>b</t>", b"<t>" + b"b" * 10**6 + b"</t>")
    path = replace_part(path, "xl/worksheets/sheet1.xml", long)
    (problem,) = refused(read_xlsx, path).problems
    assert (problem.row, problem.column, problem.found) == (2, "activity", "a cell of 1,000,000 characters")


def test_a_workbook_that_explodes_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    path = replace_part(path, "xl/media/zeros.bin", b"\0" * (30 << 20))
    assert "times when unpacked" in str(refused(read_xlsx, path))


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    for part in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"):
        path = write_xlsx(tmp_path / "a.xlsx", ROWS)
        with zipfile.ZipFile(path) as book:
            xml = book.read(part)
        at = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        error = refused(read_xlsx, replace_part(path, part, xml[:at] + bomb + xml[at:]))
        assert "entities" in str(error), part


@pytest.mark.parametrize("rows", [[], [["only one cell"]], [[1, 2], [3, 4]]])
def test_a_workbook_without_a_header_is_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    assert "no row of column names" in str(refused(read_xlsx, write_xlsx(tmp_path / "a.xlsx", rows)))


def test_a_sheet_that_lies_about_its_size_is_read_all_the_same(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS)
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')
    assert lying != sheet
    assert len(read_xlsx(replace_part(path, "xl/worksheets/sheet1.xml", lying)).rows) == 2


_CELLS = st.one_of(
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=["Cc"]), max_size=10)
    .map(str.strip)
    .filter(lambda text: not text.startswith("=") and "_x" not in text),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9).map(lambda x: round(x, 3)).filter(lambda x: not x.is_integer()),
    st.datetimes(datetime.fromisoformat("1990-01-01"), datetime.fromisoformat("2090-01-01")).map(
        lambda d: d.replace(microsecond=0)
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[object]]
) -> None:
    path = write_xlsx(tmp_path_factory.mktemp("xlsx") / "a.xlsx", [["case", "activity", "unit"], *rows])
    table = read_xlsx(path)
    assert [list(row) for row in table.rows] == [row for row in rows if any(cell != "" for cell in row)]


def test_a_sheet_wider_than_anyone_needs_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [[f"column {i}" for i in range(1_001)]])
    assert "1,001 columns" in str(refused(read_xlsx, path))


def test_truth_values_and_times_of_day_are_words(tmp_path: Path) -> None:
    moment = datetime.fromisoformat("2026-01-01T07:30:00").time()
    path = write_xlsx(tmp_path / "a.xlsx", [["a", "b", "c"], [True, False, moment]])
    assert read_xlsx(path).rows == (("yes", "no", "07:30:00"),)


def test_a_workbook_kept_under_its_hash_is_read(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ROWS).rename(tmp_path / "5e1f00")
    assert read_table(path).columns == ("who needs", "from whom", "volume")
