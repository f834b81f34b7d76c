import gzip
import io
import zipfile
from pathlib import Path

import pytest

from fairgate.readers.detect import Detected, detect
from readers.making import SMALL, refused, write, write_gz, write_xlsx, xes


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


def test_a_file_is_what_its_bytes_say_whatever_it_is_called(tmp_path: Path) -> None:
    assert detect(write(tmp_path / "a.xlsx", "a,b\n1,2")) == Detected("csv", packed=False)
    assert detect(write(tmp_path / "a.csv", xes(SMALL))) == Detected("xes", packed=False)
    assert detect(write(tmp_path / "b.csv", xes(SMALL), "utf-16")) == Detected("xes", packed=False)
    assert detect(write_gz(tmp_path / "a.xes", b"a,b\n1,2")) == Detected("csv", packed=True)
    assert detect(write_gz(tmp_path / "a", xes(SMALL).encode())) == Detected("xes", packed=True)
    assert detect(write_xlsx(tmp_path / "a.txt", [["a", "b"]])) == Detected("xlsx", packed=False)
    assert detect(write(tmp_path / "c.csv", "<5 days,b\n1,2")) == Detected("csv", packed=False)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \n\n\t", "empty"),
        (gzip.compress(b""), "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"PAR1xxxx", "Parquet comes later"),
        (zipped("a.txt"), "holds no workbook"),
        (zipped("content.xml", "mimetype"), "OpenDocument"),
        (zipped("word/document.xml"), "Word"),
        (zipped("xl/workbook.bin"), "xlsb"),
        (zipped("a.txt")[:40], "damaged"),
        (gzip.compress(zipped("xl/workbook.xml")), "packed once more"),
        (b"<!doctype html><html><body>Sign in</body></html>", "web page"),
        (b'<?xml version="1.0"?><definitions xmlns="bpmn"/>', "BPMN comes later"),
        (gzip.compress(b"a,b\n1,2\n")[:10] + b"\xff" * 20, "damaged"),
    ],
)
def test_other_files_are_refused_by_what_they_are(tmp_path: Path, content: bytes, word: str) -> None:
    assert word in str(refused(detect, write(tmp_path / "a.csv", content)))


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    assert "No such file" in str(refused(detect, tmp_path / "none.csv"))
    assert "directory" in str(refused(detect, tmp_path))
