import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairgate.readers.choices import Choices
from fairgate.readers.csv_file import SEPARATORS, read_csv
from fairgate.readers.formats import read_table
from readers.making import refused, write, write_gz

ROWS = [
    ["Fall", "Tätigkeit", "Abteilung", "Datum", "Betrag"],
    ["A1", "Prüfung der Größe", "Qualität", "23.05.2026 14:05", "1,5"],
    ["A2", 'Freigabe "sofort"', "Überwachung; Straße", "24.05.2026 07:00", "2,25"],
    ["A3", "Rückgabe, schriftlich", "Qualität|Lager", "25.05.2026 09:30", "3"],
]
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 with byte order mark",
    "utf-16": "UTF-16 LE",
    "utf-16-le": "UTF-16-LE without mark",
    "utf-16-be": "UTF-16-BE without mark",
    "utf-32": "UTF-32",
    "cp1252": "cp1252",
}


def written(rows: list[list[str]], separator: str, terminator: str = "\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=terminator).writerows(rows)
    return text.getvalue()


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("terminator", ["\r\n", "\n", "\r"])
def test_every_encoding_and_separator_is_detected_and_shown(
    tmp_path: Path, encoding: str, separator: str, terminator: str
) -> None:
    path = write(tmp_path / "log.csv", written(ROWS, separator, terminator), encoding)
    table = read_table(path)
    assert list(table.columns) == ROWS[0]
    assert [list(row) for row in table.rows] == ROWS[1:]
    assert table.source.separator == SEPARATORS[separator]
    assert table.source.encoding == ENCODINGS[encoding]


def test_big_endian_utf_16_with_a_mark_is_detected(tmp_path: Path) -> None:
    content = b"\xfe\xff" + written(ROWS, "\t").encode("utf-16-be")
    table = read_csv(write(tmp_path / "log.csv", content))
    assert (table.source.encoding, table.rows[0][2]) == ("UTF-16 BE", "Qualität")


def test_a_packed_file_reads_like_a_plain_one(tmp_path: Path) -> None:
    packed = write_gz(tmp_path / "log.csv.gz", written(ROWS, ";").encode())
    assert [list(row) for row in read_table(packed).rows] == ROWS[1:]


def test_choices_win_over_what_is_detected(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "a,b;c\nä,1;2\n", "cp850")
    table = read_csv(path, Choices(separator=";", encoding="cp850"))
    assert table.columns == ("a,b", "c")
    assert table.rows == (("ä,1", "2"),)


@pytest.mark.parametrize(
    "choices", [Choices(encoding="klingon"), Choices(encoding="ascii"), Choices(separator="::")]
)
def test_impossible_choices_are_a_problem(tmp_path: Path, choices: Choices) -> None:
    refused(read_csv, write(tmp_path / "log.csv", "a;b\nä;1\n"), choices)


def test_excels_own_separator_line_is_understood(tmp_path: Path) -> None:
    table = read_csv(write(tmp_path / "log.csv", "sep=|\na|b,c\n1|2\n"))
    assert (table.columns, table.numbers) == (("a", "b,c"), (3,))


def test_a_title_above_the_header_and_blank_rows_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "Needs of the plant,,\n,,\nwho,what,from\n\nA,b,C\n,,\nD,e,F\n")
    table = read_csv(path)
    assert table.columns == ("who", "what", "from")
    assert table.numbers == (5, 7)
    assert "above the column names" in table.source.notes[0]


def test_a_cell_with_line_breaks_keeps_the_rows_numbered_by_line(tmp_path: Path) -> None:
    table = read_csv(write(tmp_path / "log.csv", 'a,b\n"x\ny",1\nz,2\n'))
    assert (table.rows, table.numbers) == ((("x\ny", "1"), ("z", "2")), (2, 4))


def test_rows_of_the_wrong_length_are_all_named(tmp_path: Path) -> None:
    error = refused(read_csv, write(tmp_path / "log.csv", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n"))
    assert [problem.row for problem in error.problems] == [3, 4]
    assert "2 cells" in error.problems[0].found


def test_repeated_names_are_a_problem_and_empty_ones_are_left_out(tmp_path: Path) -> None:
    error = refused(read_csv, write(tmp_path / "log.csv", "unit,b,Unit\n1,2,3\n"))
    assert "twice, in columns 1 and 3" in str(error)
    table = read_csv(write(tmp_path / "log.csv", ",b,c\n1,2,3\n"))
    assert table.columns == ("b", "c")
    assert "Column 1 has no name" in table.source.notes[0]


@pytest.mark.parametrize("length", [100_001, 1_000_000])
@pytest.mark.parametrize("quoted", [True, False])
def test_a_million_character_cell_is_refused_with_row_and_column(
    tmp_path: Path, length: int, quoted: bool
) -> None:
    cell = "x" * length
    cell = f'"{cell}"' if quoted else cell
    path = write(tmp_path / "log.csv", f'case,activity\nA,"one\ntwo"\nB,{cell}\n')
    (problem,) = refused(read_csv, path).problems
    assert (problem.row, problem.column) == (4, "activity")
    assert "characters" in problem.found


@pytest.mark.parametrize("content", ['a,b\n1,"2\n3,4\n', 'a,b\n1,"2"x\n3,4\n'])
def test_quotation_marks_that_do_not_fit_are_named_with_their_row(tmp_path: Path, content: str) -> None:
    (problem,) = refused(read_csv, write(tmp_path / "log.csv", content)).problems
    assert problem.row in {2, 3}
    assert "quotation mark" in problem.found


def test_a_nul_character_is_named_with_its_row(tmp_path: Path) -> None:
    (problem,) = refused(read_csv, write(tmp_path / "log.csv", "a,b\n1,2\n3,\x004\n")).problems
    assert (problem.row, problem.found) == (3, "a NUL character")


def test_progress_ends_at_one_and_can_cancel(tmp_path: Path) -> None:
    path = write(tmp_path / "log.csv", "a,b\n" + "1,2\n" * 20_000)
    seen: list[float] = []
    read_csv(path, on_progress=seen.append)
    assert seen == sorted(seen)
    assert 0.9 < seen[-1] <= 1.0

    class CancelledError(Exception):
        pass

    def cancel(done: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        read_csv(path, on_progress=cancel)


_CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=12)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from(list(SEPARATORS)),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], separator: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "log.csv"
    write(path, written([["case", "activity", "unit"], *rows], separator), encoding)
    table = read_csv(path, Choices(separator=separator))
    assert [list(row) for row in table.rows] == [row for row in rows if any(row)]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Qualität", "cp1252"),
        ("Größe der Straße – „ok“ 5 €", "cp1252"),
        ("Kvalitetssikring,Ærlig,Årsak,Øl på bordet", "cp1252"),
        ("Qualité,Libération du lot,déjà reçu", "cp1252"),
        ("Qualität,Prüfung der Größe", "cp850"),
        ("Kontrola jakości,Zatwierdzenie,Łódź,Żółty,Dział sprzedaży", "cp1250"),
        ("Отдел качества,Выпуск серии,Склад", "cp1251"),
        ("品質保証部門,ロットの承認,倉庫での保管", "shift_jis"),
        ("质量保证部门,批准放行,仓库", "gb18030"),
    ],
)
def test_old_encodings_are_told_by_their_letters_even_in_a_short_file(
    tmp_path: Path, text: str, encoding: str
) -> None:
    header = ",".join(f"column {letter}" for letter in "abcdefgh"[: text.count(",") + 2])
    table = read_csv(write(tmp_path / "a.csv", f"{header}\n{text},x\n", encoding))
    assert ",".join(map(str, table.rows[0])) == f"{text},x"
