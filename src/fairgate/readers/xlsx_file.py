"""XLSX workbooks: one sheet's values, with limits checked before anything is unpacked."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any
from warnings import catch_warnings, simplefilter

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.problems import Problems, ReadError, listed, quoted, refuse
from fairgate.readers.stream import OnProgress
from fairgate.readers.table import LONGEST_CELL, MOST_COLUMNS, Cell, Source, Table, assemble, header_at

MOST_UNPACKED = 400 << 20
MOST_PARTS = 5_000
# Repetitive sheets shrink 10 to 60 times.
MOST_RATIO = 200
FREE_BYTES = 8 << 20
_FIRST_ROWS = 30


def read_xlsx(path: Path, choices: Choices = NO_CHOICES, on_progress: OnProgress | None = None) -> Table:
    """The table on the chosen sheet, else on the first sheet with a row of column names.

    Formulas give the value last computed, merged cells count as empty but their first, dates stay dates.
    Errors: ReadError for damaged, encrypted and oversized workbooks and for cells over 100,000 characters.
    """
    _check_sizes(path)
    # Opened here: by name, openpyxl refuses what isn't called .xlsx, and kept files are called by their hash.
    with path.open("rb") as file:
        book = _opened(file, path)
        try:
            sheet = _chosen_sheet(book, choices.sheet, path)
            problems = Problems(path.name)
            raw, numbers = _rows(sheet, path, problems, on_progress)
            if not raw:
                refuse(path, f"an empty sheet {quoted(sheet.title)}", "a table with a row of column names")
            return assemble(
                raw, numbers, Source(path.name, "XLSX", sheet=sheet.title), problems, ragged=False
            )
        finally:
            book.close()


@contextmanager
def open_sheet(
    path: Path, choices: Choices = NO_CHOICES, on_progress: OnProgress | None = None
) -> Iterator[tuple[Iterator[tuple[int, list[Cell]]], Source]]:
    """The rows of the sheet `read_xlsx` would take, one after the other, for sheets larger than one wants to hold."""
    _check_sizes(path)
    with path.open("rb") as file:
        book = _opened(file, path)
        try:
            sheet = _chosen_sheet(book, choices.sheet, path)
            yield _told(_cells(sheet, path), on_progress), Source(path.name, "XLSX", sheet=sheet.title)
        finally:
            book.close()


def _told(
    rows: Iterator[tuple[int, list[Cell]]], on_progress: OnProgress | None
) -> Iterator[tuple[int, list[Cell]]]:
    for count, row in enumerate(rows):
        if on_progress is not None and not count % 2000:
            on_progress(1 - 1 / (1 + count / 20_000))  # the number of rows is known only at the end
        yield row


def _check_sizes(path: Path) -> None:
    with _guard(path), zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    if any(part.flag_bits & 1 for part in parts):
        refuse(
            path, "a workbook with a password", "a workbook anyone can open", "Save it without a password."
        )
    if unpacked > MOST_UNPACKED or len(parts) > MOST_PARTS:
        refuse(
            path,
            f"{unpacked >> 20:,} MiB of content in {len(parts):,} parts",
            f"at most {MOST_UNPACKED >> 20} MiB in {MOST_PARTS:,}",
            "Save the one sheet as CSV.",
        )
    if unpacked > FREE_BYTES and unpacked > MOST_RATIO * packed:
        refuse(
            path,
            f"a workbook that grows {unpacked // packed:,} times when unpacked",
            f"at most {MOST_RATIO} times",
            "Files made to overload a computer look like this; save the sheet as CSV if you trust it.",
        )


@contextmanager
def _guard(path: Path) -> Iterator[None]:
    """Whatever a damaged workbook makes openpyxl raise becomes a ReadError."""
    try:
        yield
    except ReadError:
        raise
    except Exception as error:  # noqa: BLE001 - openpyxl lets through whatever damage it trips over
        if _is_forbidden(error):
            refuse(
                path,
                "a workbook that declares entities or a document type",
                "a workbook as Excel or LibreOffice writes it",
                "Such declarations can overload a computer, so they are refused.",
            )
        refuse(
            path,
            f"a damaged workbook ({type(error).__name__})",
            "a workbook as Excel or LibreOffice writes it",
            "Open it there and save it again.",
        )


def _is_forbidden(error: BaseException | None) -> bool:
    """Whether a forbidden declaration is at the bottom of it: openpyxl wraps what its parser raises."""
    from defusedxml.common import DefusedXmlException

    while error is not None:
        if isinstance(error, DefusedXmlException):
            return True
        error = error.__cause__ or error.__context__
    return False


def _opened(file: IO[bytes], path: Path) -> Any:
    import openpyxl  # a slow import, needed for workbooks only

    if openpyxl.DEFUSEDXML is not True:
        raise RuntimeError("defusedxml is needed to read workbooks safely")
    # Damaged styles and unknown extensions only warn; the values are all we take.
    with _guard(path), catch_warnings():
        simplefilter("ignore")
        return openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _chosen_sheet(book: Any, chosen: str, path: Path) -> Any:
    with _guard(path):
        sheets = [sheet for sheet in book.worksheets if hasattr(sheet, "iter_rows")]
    names = [sheet.title for sheet in sheets]
    if chosen:
        for sheet in sheets:
            if sheet.title.casefold() == chosen.casefold():
                return sheet
        refuse(path, f"no sheet {quoted(chosen)}", f"one of its sheets: {listed(names)}")
    for sheet in sheets:
        first = [row for _, row in zip(range(_FIRST_ROWS), _cells(sheet, path), strict=False)]
        if header_at([row for _, row in first]) is not None:
            return sheet
    return refuse(
        path,
        f"no row of column names on any sheet ({listed(names)})",
        "a sheet whose first row names its columns",
    )


def _cells(sheet: Any, path: Path) -> Iterator[tuple[int, list[Cell]]]:
    """Row number and cells of each row that isn't blank, without the empty cells at its end."""
    with _guard(path):
        sheet.reset_dimensions()  # what a sheet says about its own size is often wrong
        rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    while True:
        with _guard(path), catch_warnings():
            simplefilter("ignore")
            number, values = next(rows, (0, ()))
        if not number:
            return
        cells = [_cell(value) for value in values]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield number, cells


def _rows(
    sheet: Any, path: Path, problems: Problems, on_progress: OnProgress | None
) -> tuple[list[list[Cell]], list[int]]:
    raw: list[list[Cell]] = []
    numbers: list[int] = []
    for number, cells in _cells(sheet, path):
        if len(cells) > MOST_COLUMNS:
            refuse(path, f"{len(cells):,} columns", f"at most {MOST_COLUMNS:,}", row=number)
        for i, cell in enumerate(cells):
            if isinstance(cell, str) and len(cell) > LONGEST_CELL:
                name = str(raw[0][i]) if raw and i < len(raw[0]) else f"number {i + 1}"
                problems.add(number, name, f"a cell of {len(cell):,} characters", f"at most {LONGEST_CELL:,}")
        raw.append(cells)
        numbers.append(number)
        if on_progress is not None and not len(raw) % 2000:
            on_progress(1 - 1 / (1 + len(raw) / 20_000))  # the number of rows is known only at the end
    if on_progress is not None:
        on_progress(1.0)
    return raw, numbers


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a workbook's dates have no zone
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, int):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)
