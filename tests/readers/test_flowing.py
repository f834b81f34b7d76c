"""Tables read row by row give what the whole table gives, and name what is wrong with a row."""

import gzip

import pytest

from fairgate.readers.flowing import open_rows
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problems, ReadError

GOOD = {
    "UTF-8": "key,b\n1,é\n2,ü\n".encode(),
    "with a mark": "\ufeffkey,b\n1,é\n".encode(),
    "cp1252": "key,b\n1,é\n2,für\n".encode("cp1252"),
    "UTF-16": "key;b\n1;é\n".encode("utf-16"),
    "Excel's own first line": b'sep=;\nkey;b\n1;"x\ny"\n2;z\n',
    "packed": gzip.compress("key,b\n1,é\n".encode()),
    "a title above": b"Export of today,\n\nkey,b\n1,x\n",
    "letters beyond ASCII late": ("key,b\n" + "1,x\n" * 400_000 + "2,für\n").encode("cp1252"),
}


@pytest.mark.parametrize("what", GOOD)
def test_row_by_row_is_what_the_whole_table_is(tmp_path, what):
    path = tmp_path / "t.csv"
    path.write_bytes(GOOD[what])
    whole = read_table(path)
    with open_rows(path) as found:
        rows = list(found.rows)
    assert found.columns == whole.columns
    assert [cells for _, cells in rows] == list(whole.rows)
    assert [number for number, _ in rows] == list(whole.numbers)
    assert found.source.encoding == whole.source.encoding


def test_a_row_of_another_length_is_told_and_left_out(tmp_path):
    path, problems = tmp_path / "t.csv", Problems("t.csv")
    path.write_bytes(b"key,b\n1,x\n2\n3,y,z\n4,w\n")
    with open_rows(path, problems=problems) as found:
        assert [cells[0] for _, cells in found.rows] == ["1", "4"]
    assert [problem.row for problem in problems.kept] == [3, 4]


def test_a_quote_never_closed_is_told(tmp_path):
    path, problems = tmp_path / "t.csv", Problems("t.csv")
    path.write_bytes(b'key,b\n1,"x\n2,y\n')
    with open_rows(path, problems=problems) as found:
        assert list(found.rows) == []
    assert "quotation marks" in problems.kept[0].found


@pytest.mark.parametrize("content", [b"key,key\n1,2\n", b"1,2\n3,4\n", b"key,b\n1,\x00\n", b"%PDF"])
def test_what_cannot_be_read_is_refused(tmp_path, content):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError), open_rows(path) as found:
        list(found.rows)
