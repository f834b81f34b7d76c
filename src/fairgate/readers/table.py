"""A table as it came: named columns, rows of cells, and where each row stood in the file."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from fairgate.readers.names import tidy
from fairgate.readers.problems import Problems, quoted

Cell = str | int | float | datetime

LONGEST_CELL = 100_000
MOST_COLUMNS = 1_000
HEADER_WITHIN = 30  # rows in which the header is looked for


@dataclass(frozen=True, slots=True)
class Source:
    """What was detected about a file, to be shown to the person who gave it.

    `columns` tells which column (or XES attribute) plays which part, `available` what else there was,
    `notes` what was assumed or left out, each a sentence.
    """

    file: str
    format: str
    encoding: str = ""
    separator: str = ""
    sheet: str = ""
    date_format: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    available: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON can keep it; of many columns the first 200."""
        return {**asdict(self), "available": list(self.available[:200]), "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[i]` has one cell per column and stood in row `numbers[i]` of the file; blank rows are left out.

    Cells are text, or what a workbook knows to be numbers or dates; "" is an empty cell.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    source: Source

    def column(self, name: str) -> list[Cell]:
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def texts(self, name: str) -> list[str]:
        """The column as tidy text."""
        return [as_text(cell) for cell in self.column(name)]


def as_text(cell: Cell) -> str:
    """A cell as a person would read it: 5.0 is "5"."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    return str(cell)


def assemble(
    raw: Sequence[Sequence[Cell]], numbers: Sequence[int], source: Source, problems: Problems, *, ragged: bool
) -> Table:
    """Find the header, check it, and cut every row to its columns.

    With `ragged`, a row shorter or longer than the header is a problem (in CSV a separator is missing or too
    many); workbooks leave empty cells out and may.
    """
    at = header_at(raw)
    if at is None:
        problems.add(None, "", "no row of column names", "a first row that names the columns")
        problems.raise_if_any()
        raise AssertionError
    notes = list(source.notes)
    if at:
        notes.append(f"{at} row{'s' if at > 1 else ''} above the column names left out.")
    header = _trimmed(raw[at])
    body, body_numbers = raw[at + 1 :], numbers[at + 1 :]
    keep, names = _named_columns(header, body, numbers[at], notes, problems)
    if ragged:
        _check_widths(len(header), len(raw[at]), body, body_numbers, problems)
    problems.raise_if_any()
    width = len(raw[at])
    rows = tuple(
        tuple(row[i] if i < len(row) else "" for i in keep)
        for row in (r if len(r) >= width else (*r, *[""] * (width - len(r))) for r in body)
    )
    shown = replace(source, available=tuple(names), notes=tuple(notes))
    return Table(tuple(names), rows, tuple(body_numbers), shown)


def header_at(raw: Sequence[Sequence[Cell]]) -> int | None:
    """The first row with two filled cells, half as many as the widest row, and hardly a number among them."""
    first = raw[:HEADER_WITHIN]
    widest = max((_filled(row) for row in first), default=0)
    for at, row in enumerate(first):
        filled = _filled(row)
        if filled >= 2 and filled * 2 >= widest and _numbers(row) * 2 <= filled:
            return at
    return None


def _filled(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if cell != "" and str(cell).strip())


def _numbers(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if not isinstance(cell, str) or cell.strip().replace(".", "").isdigit())


def _trimmed(row: Sequence[Cell]) -> list[str]:
    names = [as_text(cell) for cell in row]
    while names and not names[-1]:
        names.pop()
    return names


def _named_columns(
    header: Sequence[str],
    body: Sequence[Sequence[Cell]],
    number: int,
    notes: list[str],
    problems: Problems,
) -> tuple[list[int], list[str]]:
    keep: list[int] = []
    seen: dict[str, int] = {}
    for i, name in enumerate(header):
        if not name:
            if any(i < len(row) and row[i] != "" for row in body):
                notes.append(f"Column {i + 1} has no name and was left out.")
        elif name.casefold() in seen:
            problems.add(
                number, name, f"the name twice, in columns {seen[name.casefold()] + 1} and {i + 1}",
                "a name of its own for each column",
            )  # fmt: skip
        else:
            seen[name.casefold()] = i
            keep.append(i)
    return keep, [header[i] for i in keep]


def _check_widths(
    named: int,
    written: int,
    body: Sequence[Sequence[Cell]],
    numbers: Sequence[int],
    problems: Problems,
) -> None:
    for row, number in zip(body, numbers, strict=True):
        if named <= len(row) <= written:
            continue
        beyond = [cell for cell in row[named:] if cell != ""]
        if len(row) < named or beyond:
            problems.add(
                number, "", f"{len(row)} cells ({quoted(row[0])} first)", f"{named}, one for each column",
                "Perhaps a separator is missing or stands inside a text without quotation marks.",
            )  # fmt: skip
