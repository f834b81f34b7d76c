"""What a file is, by its first bytes and never by its name."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from fairgate.readers.problems import refuse
from fairgate.readers.stream import GZIP_MAGIC, first_bytes, unpacked_start

Format = Literal["csv", "xlsx", "xes"]

READABLE = "a table (CSV, XLSX) or an event log (XES, CSV, XLSX; XES and CSV also as .gz)"
TABLE = "a table (CSV or XLSX; CSV also as .gz)"
COUNTABLE = "a table (CSV, Parquet or XLSX; CSV also as .gz)"

_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Excel file (.xls) or a workbook with a password",
        "Open it in Excel and save it as .xlsx without a password.",
    ),
    (b"%PDF", "a PDF", "Export the table behind it as CSV or XLSX."),
    (b"PAR1", "a Parquet file", "Reading Parquet comes later; export it as CSV."),
    (b"SQLite format 3\0", "a SQLite database", "Export the table as CSV."),
    (b"BZh", "a bzip2 file", "Unpack it, or pack it with gzip."),
    (b"\xfd7zXZ\0", "an xz file", "Unpack it, or pack it with gzip."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "Unpack it first."),
    (b"Rar!", "a RAR archive", "Unpack it first."),
    (b"(\xb5/\xfd", "a zstd file", "Unpack it, or pack it with gzip."),
    (b"\x89PNG", "a picture", ""),
    (b"\xff\xd8\xff", "a picture", ""),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Detected:
    format: Format
    packed: bool


def detect(path: Path, expected: str = READABLE) -> Detected:
    """What `path` holds. `expected` says in errors what is read here.

    Errors: ReadError for a missing or empty file and for kinds that aren't read, saying what to do instead.
    """
    start = first_bytes(path, 65536)
    packed = start.startswith(GZIP_MAGIC)
    if packed:
        start = unpacked_start(path)
    if not start.strip(b"\x00\x09\x0a\x0d\x20\xef\xbb\xbf\xff\xfe"):
        refuse(path, "an empty file", expected)
    _refuse_known(path, start, expected)
    if start.startswith(_ZIP):
        return _zip(path, packed, expected)
    if _looks_like_xml(start):
        return Detected(_xml(path, start, expected), packed)
    return Detected("csv", packed)


def _refuse_known(path: Path, start: bytes, expected: str) -> None:
    for magic, found, hint in _REFUSED:
        if start.startswith(magic):
            refuse(path, found, expected, hint)


def _zip(path: Path, packed: bool, expected: str) -> Detected:
    if packed:
        refuse(path, "a workbook or archive packed once more with gzip", expected, "Unpack it first.")
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        refuse(
            path, "a damaged or incomplete workbook", "a complete .xlsx file", "Copy or download it again."
        )
    if "xl/workbook.xml" not in names:
        found, hint = _zip_kind(names)
        refuse(path, found, expected, hint)
    return Detected("xlsx", packed=False)


def _zip_kind(names: set[str]) -> tuple[str, str]:
    if "xl/workbook.bin" in names:
        return "a binary Excel workbook (.xlsb)", "Save it as .xlsx."
    if "content.xml" in names:
        return "an OpenDocument file", "Save the sheet as .xlsx or CSV."
    if "word/document.xml" in names:
        return "a Word document", "Copy the table into a spreadsheet and save it as .xlsx."
    return "a zip archive that holds no workbook", "Unpack it first."


def _looks_like_xml(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0?\0", b"\0<\0?")):
        return True
    for bom in _BOMS:
        start = start.removeprefix(bom)
    # A CSV cell may begin with "<5": XML goes on with a name, a question mark or an exclamation mark.
    return re.match(rb"\s*<[?!A-Za-z_]", start) is not None


def _xml(path: Path, start: bytes, expected: str) -> Format:
    text = start.replace(b"\0", b"")
    root = re.search(rb"<([A-Za-z_][\w.:-]*)", text)
    name = root.group(1).decode().rsplit(":", 1)[-1].lower() if root else ""
    if name in {"html", "body"} or b"<!doctype html" in text[:1000].lower():
        refuse(path, "a web page", expected, "Perhaps a sign-in page was saved instead of the file.")
    if name in {"definitions"}:
        refuse(path, "a BPMN drawing", expected, "Reading lanes from BPMN comes later.")
    return "xes"
