"""Tables row by row, for files larger than one wants to hold: memory stays as it is however long the file."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Protocol

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.csv_file import (
    MOST_CSV_BYTES,
    SEPARATORS,
    chosen_separator,
    guess_separator,
    without_declaration,
)
from fairgate.readers.detect import detect
from fairgate.readers.encoding import decoded, utf16_without_mark
from fairgate.readers.problems import Problems, quoted, refuse
from fairgate.readers.stream import OnProgress, chunks
from fairgate.readers.table import HEADER_WITHIN, MOST_COLUMNS, Cell, Source, as_text, header_at
from fairgate.readers.xlsx_file import open_sheet

_TELLING = 65536  # bytes of lines beyond ASCII, enough to tell an encoding by


class Collects(Protocol):
    """Takes problems as they are met; `problems.Problems` fits."""

    def add(self, row: int | None, column: str, found: str, expected: str, hint: str = "") -> None: ...


Numbered = Iterator[tuple[int, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that is being read: ``rows`` gives each row's number in the file and one cell per column, once."""

    columns: tuple[str, ...]
    source: Source
    rows: Iterator[tuple[int, tuple[Cell, ...]]]


@contextmanager
def open_rows(
    path: Path,
    choices: Choices = NO_CHOICES,
    on_progress: OnProgress | None = None,
    problems: Collects | None = None,
) -> Iterator[Rows]:
    """The table in a CSV (plain or gz) or XLSX file.

    Rows of the wrong length and damaged quotes go to ``problems`` and are left out. Errors: ReadError for what can't be
    read at all, and for column names that are missing or there twice.
    """
    found = detect(path)
    met = Problems(path.name) if problems is None else problems
    if found.format == "csv":
        with _csv(path, choices, on_progress, met) as (raw, source):
            yield _table(path, raw, source, met, ragged=True)
    elif found.format == "xlsx":
        with open_sheet(path, choices, on_progress) as (raw, source):
            yield _table(path, raw, source, met, ragged=False)
    else:
        refuse(path, "an event log (XES)", "a table (CSV or XLSX)")


def _table(path: Path, raw: Numbered, source: Source, problems: Collects, *, ragged: bool) -> Rows:
    first = list(islice(raw, HEADER_WITHIN))
    at = header_at([cells for _, cells in first])
    if at is None:
        refuse(path, "no row of column names", "a first row that names the columns")
    number, header = first[at]
    keep, names = _named(path, number, header)
    notes = (f"{at} row{'s' if at > 1 else ''} above the column names left out.",) if at else ()
    body = _cut(chain(first[at + 1 :], raw), keep, len(header), problems if ragged else None)
    shown = replace(source, available=names, notes=(*source.notes, *notes))
    return Rows(names, shown, body)


def _named(path: Path, number: int, header: list[Cell]) -> tuple[list[int], tuple[str, ...]]:
    names = [as_text(cell) for cell in header]
    if len(names) > MOST_COLUMNS:
        refuse(path, f"{len(names):,} columns", f"at most {MOST_COLUMNS:,}", row=number)
    keep = [at for at, name in enumerate(names) if name]
    seen: set[str] = set()
    for at in keep:
        if names[at].casefold() in seen:
            refuse(
                path,
                f"the column name {quoted(names[at])} twice",
                "a name of its own for each column",
                row=number,
            )
        seen.add(names[at].casefold())
    return keep, tuple(names[at] for at in keep)


def _cut(
    raw: Numbered, keep: list[int], width: int, ragged: Collects | None
) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Each row with a cell for each named column. Where ``ragged`` takes them, rows of another length are problems: a
    separator is missing or too many. Workbooks leave empty cells out and may."""
    whole = keep == list(range(width))
    for number, cells in raw:
        if len(cells) != width:
            if ragged is not None and (len(cells) <= max(keep) or any(cell != "" for cell in cells[width:])):
                ragged.add(
                    number, "", f"{len(cells)} cells ({quoted(cells[0])} first)", f"{width}, one for each column",
                    "Perhaps a separator is missing or stands inside a text without quotation marks.",
                )  # fmt: skip
                continue
            cells = [*cells, *[""] * (width - len(cells))]
        yield number, (tuple(cells) if whole and len(cells) == width else tuple(cells[at] for at in keep))


@contextmanager
def _csv(
    path: Path, choices: Choices, on_progress: OnProgress | None, problems: Collects
) -> Iterator[tuple[Numbered, Source]]:
    encoding = _encoding(path, choices.encoding)
    pieces = _Pieces(chunks(path, on_progress, most=MOST_CSV_BYTES))
    with io.TextIOWrapper(io.BufferedReader(pieces, 1 << 20), encoding[0], newline="") as text:
        start = list(islice(_lines(text, path, encoding[0]), 60))
        sample, declared = without_declaration("".join(start).removeprefix("\ufeff"))
        separator = chosen_separator(choices.separator, path) or declared or guess_separator(sample)
        lines = chain(sample.splitlines(keepends=True), _lines(text, path, encoding[0], len(start)))
        source = Source(path.name, "CSV", encoding[1], SEPARATORS.get(separator, separator))
        yield _cells(lines, separator, 1 if declared else 0, problems), source


def _cells(lines: Iterator[str], separator: str, skipped: int, problems: Collects) -> Numbered:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    start = 1
    try:
        for row in reader:
            if any(row):
                cells: list[Cell] = list(row)
                yield start + skipped, cells
            start = reader.line_num + 1
    except csv.Error as error:
        problems.add(
            reader.line_num + skipped, "", f"quotation marks that don't fit ({error})", "pairs of them",
            "Nothing below this row was read. Write a quotation mark inside a quoted text twice.",
        )  # fmt: skip


def _lines(text: io.TextIOWrapper, path: Path, codec: str, done: int = 0) -> Iterator[str]:
    """The lines, with damage named by its row."""
    number = done
    while True:
        try:
            line = text.readline()
        except UnicodeError:
            refuse(path, f"bytes that aren't {codec}", f"{codec} throughout", row=number + 1)
        if not line:
            return
        number += 1
        if "\0" in line:
            refuse(path, "a NUL character", "text", "The file is damaged or not a CSV file.", row=number)
        yield line


def _encoding(path: Path, chosen: str) -> tuple[str, str]:
    """Codec and name: as chosen, by mark, UTF-8 where all of it is (looked through once, without keeping it), UTF-16 by
    its zeros, else by letters."""
    start = b"".join(islice(chunks(path), 1))[:4096]
    if chosen:
        decoded(b"", path, chosen)  # refuses an unknown one
        return chosen, chosen
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig", "UTF-8 with byte order mark"
    if start.startswith(_WIDE):
        return ("utf-32" if start[2:4] == b"\0\0" or start[:2] == b"\0\0" else "utf-16"), decoded(
            start[:4], path
        )[1]
    if wide := utf16_without_mark(start):
        return wide, f"{wide.upper()} without mark"
    telling = _beyond_utf8(path)
    if not telling:
        return "utf-8", "UTF-8"
    name = decoded(telling, path)[1]
    return ("cp1252", "cp1252") if name == "UTF-8" else (name, name)


_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def _beyond_utf8(path: Path) -> bytes:
    """Lines to tell the encoding by, of a file that isn't UTF-8; nothing for one that is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    telling, valid = b"", True
    for piece in chunks(path):
        try:
            if valid:
                decoder.decode(piece)
        except UnicodeDecodeError:
            valid = False
        if len(telling) < _TELLING and not piece.isascii():
            telling += b"\n".join(line for line in piece.splitlines() if not line.isascii())[:_TELLING]
    try:
        decoder.decode(b"", final=valid)
    except UnicodeDecodeError:
        valid = False
    return b"" if valid else telling


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: "bytearray | memoryview") -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        count = min(len(target), len(self._left))
        target[:count] = self._left[:count]
        self._left = self._left[count:]
        return count
