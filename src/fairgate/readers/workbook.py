"""What a workbook holds besides the sheet that is read: for those who keep it as it came and must know what is in it."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.detect import detect
from fairgate.readers.problems import ReadError
from fairgate.readers.xlsx_file import open_sheet

SHEET = re.compile(rb"<sheet\b[^>]*?\bname=\"([^\"]*)\"")
COMMENTS = re.compile(r"xl/(threadedComments/|comments|persons/)", re.IGNORECASE)
HEADER_WITHIN = 30  # rows


def is_workbook(path: Path) -> bool:
    return detect(path).format == "xlsx"


def has_comments(path: Path) -> bool:
    """Cell comments and notes, which carry their writer's name besides."""
    with zipfile.ZipFile(path) as archive:
        return any(COMMENTS.match(name) for name in archive.namelist())


def other_sheets(
    path: Path, choices: Choices = NO_CHOICES
) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Name and rows (number, texts) of every sheet, hidden ones too, read one after the other. Errors: ReadError."""
    with zipfile.ZipFile(path) as archive:
        names = [
            unescape(name.decode("utf-8", "replace"))
            for name in SHEET.findall(archive.read("xl/workbook.xml"))
        ]
    for name in names:
        try:
            with open_sheet(path, replace(choices, sheet=name)) as (rows, _):
                yield name, ((number, [str(cell) for cell in cells]) for number, cells in rows)
        except ReadError as error:
            if "no sheet" not in str(error):  # a sheet of charts has no cells
                raise
