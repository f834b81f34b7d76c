"""Tables become rows: whichever kind of fact a file or a pasted table holds."""

import csv
import io
from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from fairgate.organisation.rules import ROW_TYPES, FactKind, FlowKind, NeedKind, NeedRow, Row
from fairgate.organisation.wording.columns import LABELS
from fairgate.readers.choices import Choices
from fairgate.readers.columns import plain
from fairgate.readers.formats import read_table
from fairgate.readers.needs import read_needs
from fairgate.readers.problems import Problem, ReadError
from fairgate.readers.table import Source, Table

# What else people call a column, besides its label on our own forms and its name in our files.
ALSO: dict[str, tuple[str, ...]] = {
    "name": ("unit", "team", "department", "process", "service", "gate", "name"),
    "description": ("what it does", "purpose", "mission"),
    "unit": ("unit", "who decides", "gate of", "offered by", "supplier"),
    "over": ("over", "on whose work", "decides on", "whom"),
    "external": ("external customer", "end customer", "for whom", "serves"),
    "process": ("process", "in process"),
    "source": ("from", "source"),
    "target": ("to", "target"),
    "kind": ("kind", "type"),
    "volume": ("volume", "lots", "quantity", "amount", "share"),
}


def rows_in(path: Path, kind: FactKind, choices: Choices) -> tuple[list[Row], Source]:
    """All rows of the file. Raises `ReadError` with every problem found."""
    if kind is FactKind.NEEDS:
        return _needs(path, choices)
    table = read_table(path, choices)
    return _rows(table, kind), table.source


def recognised(path: Path, choices: Choices) -> FactKind | None:
    """Which kind of fact the table at ``path`` holds: the one whose columns it has, the most telling first."""
    columns = {plain(column) for column in read_table(path, choices).columns}
    for kind in (FactKind.NEEDS, FactKind.FLOWS, FactKind.GATES, FactKind.SERVICES, FactKind.PROCESSES, FactKind.UNITS):
        if all(_called(kind, name) & columns for name in ROW_TYPES[kind].required):
            return kind
    return None


def with_header(pasted: str, kind: FactKind | None) -> str:
    """Pasted cells as a table with column names: those of the template where the first line names none."""
    kind = kind or FactKind.NEEDS
    lines = list(csv.reader(io.StringIO(pasted.strip("\n")), delimiter=_separator(pasted)))
    first = {plain(cell) for cell in lines[0]} if lines else set()
    known = set().union(*(_called(kind, name) for kind in FactKind for name in LABELS[kind]))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter="\t")
    if len(first & known) < 2:
        writer.writerow(list(LABELS[kind].values())[: max((len(line) for line in lines), default=0)])
    writer.writerows(lines)
    return stream.getvalue()


def _separator(pasted: str) -> str:
    """A spreadsheet pastes tabs; people type semicolons or commas."""
    first = pasted.lstrip("\n").split("\n", 1)[0]
    return max("\t;,", key=first.count)


def _needs(path: Path, choices: Choices) -> tuple[list[Row], Source]:
    sheet = read_needs(path, choices)
    rows: list[Row] = [
        NeedRow(
            row=need.row,
            customer=need.customer,
            what=need.what,
            supplier=need.supplier,
            process=need.process,
            external=need.external,
            kind=NeedKind(need.kind),
            volume=None if need.volume is None else Decimal(str(need.volume)),
        )
        for need in sheet.rows
    ]
    return rows, sheet.source


def _rows(table: Table, kind: FactKind) -> list[Row]:
    columns = _columns(table, kind)
    problems: list[Problem] = []
    rows: list[Row] = []
    texts = {name: table.texts(column) for name, column in columns.items()}
    for position, number in enumerate(table.numbers):
        cells = {name: column[position] for name, column in texts.items()}
        try:
            rows.append(_row(kind, number, cells))
        except _Unreadable as refused:
            problems.append(
                Problem(table.source.file, number, columns[refused.column], f"“{refused.found}”", refused.expected)
            )
    if problems:
        raise ReadError(problems)
    return rows


def _columns(table: Table, kind: FactKind) -> dict[str, str]:
    """Our column to the table's. What is needed and missing is a problem that lists what is there."""
    by_name = {plain(column): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    problems = []
    for name in LABELS[kind]:
        called = [by_name[key] for key in _ordered(kind, name) if key in by_name and by_name[key] not in found.values()]
        if called:
            found[name] = called[0]
        elif name in ROW_TYPES[kind].required:
            there = ", ".join(f"“{column}”" for column in table.columns)
            problems.append(Problem(table.source.file, None, "", f"the columns {there}", f"a column “{LABELS[kind][name]}”"))
    if problems:
        raise ReadError(problems)
    return found


def _ordered(kind: FactKind, name: str) -> list[str]:
    return [plain(text) for text in (LABELS[kind][name], name, *ALSO.get(name, ()))]


def _called(kind: FactKind, name: str) -> set[str]:
    more = ("whoneeds", "what", "needs", "fromwhom", "from") if kind is FactKind.NEEDS else ()
    return {*_ordered(kind, name), *more} if name in {"customer", "what", "supplier"} else set(_ordered(kind, name))


class _Unreadable(Exception):
    def __init__(self, column: str, found: str, expected: str) -> None:
        super().__init__(column)
        self.column, self.found, self.expected = column, found, expected


def _row(kind: FactKind, number: int, cells: Mapping[str, str]) -> Row:
    row_type = ROW_TYPES[kind]
    values: dict[str, Any] = {"row": number}
    for field in fields(row_type):
        if field.name == "row":
            continue
        text = cells.get(field.name, "")
        if field.name == "volume":
            values["volume"] = _volume(text)
        elif field.name == "kind":
            values["kind"] = _flow_kind(text)
        elif text or field.default is MISSING:
            values[field.name] = text
    return row_type(**values)


def _volume(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        raise _Unreadable("volume", text, "a number, or nothing") from None


def _flow_kind(text: str) -> FlowKind:
    if not text:
        return FlowKind.WORK
    try:
        return FlowKind(text.strip().casefold())
    except ValueError:
        raise _Unreadable("kind", text, "work, decision, return, customer or scrap") from None
