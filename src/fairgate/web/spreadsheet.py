"""Tables as files people open in a spreadsheet. Text stays text: a name beginning with "=" is no formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | Decimal | None
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# XML can't say these, escaped or not.
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Spreadsheets run a CSV cell that begins with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def xlsx(
    title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]], notes: Sequence[str] = ()
) -> bytes:
    """One sheet called ``title`` with a bold header that stays in sight; ``notes`` fill a second sheet."""
    book = Workbook(write_only=True)
    _fill(book.create_sheet(title[:31]), header, rows)
    if notes:
        sheet = book.create_sheet(gettext("Read me")[:31])
        sheet.column_dimensions["A"].width = 100
        for note in notes:
            sheet.append([_text(sheet, note, wrap=True)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Comma-separated UTF-8 with a byte order mark, which is what makes spreadsheets read accents right."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _fill(sheet: WriteOnlyWorksheet, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet.freeze_panes = "A2"
    for position, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = max(16, len(name) + 4)  # type: ignore[attr-defined]  # missing in its stubs
    sheet.append([_text(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_text(sheet, cell) if isinstance(cell, str) else cell for cell in row])


def _text(sheet: WriteOnlyWorksheet, value: str, *, bold: bool = False, wrap: bool = False) -> SheetCell:
    cell = WriteOnlyCell(sheet, value=_UNKEEPABLE.sub("", value))
    cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
