"""Tables become rows: whichever kind of fact a file or a pasted table holds."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from fairgate.organisation.rules import ROW_TYPES, FactKind, FlowKind, FlowRow, NeedKind, NeedRow, Row
from fairgate.organisation.wording.columns import LABELS
from fairgate.readers.choices import Choices
from fairgate.readers.columns import plain
from fairgate.readers.flows import read_flows
from fairgate.readers.formats import read_table
from fairgate.readers.needs import read_needs
from fairgate.readers.problems import Problem, ReadError
from fairgate.readers.table import Source, Table

# What else people call a column, besides its label on our own forms and its name in our files.
ALSO: dict[str, tuple[str, ...]] = {
    "description": ("what it does", "purpose", "mission"),
    "unit": ("unit", "who decides", "gate of", "offered by", "supplier"),
    "over": ("over", "on whose work", "decides on", "whom"),
    "external": ("external customer", "end customer", "for whom", "serves"),
    "process": ("process", "in process"),
    "source": ("from",),
    "target": ("to",),
    "customer": ("who needs", "internal customer"),
    "what": ("needs", "need", "service"),
    "supplier": ("from", "internal supplier"),
}

CALLED: dict[FactKind, tuple[str, ...]] = {
    FactKind.UNITS: ("unit", "team", "department"),
    FactKind.PROCESSES: ("process",),
    FactKind.SERVICES: ("service",),
    FactKind.GATES: ("gate",),
}


# A dry run of more would keep people waiting, and everybody who wants to save something meanwhile.
MOST_ROWS = 20_000


def rows_in(path: Path, kind: FactKind, choices: Choices) -> tuple[list[Row], Source]:
    """All rows of the file. Raises `ReadError` with every problem found."""
    rows, source = _read(path, kind, choices)
    if len(rows) > MOST_ROWS:
        raise ReadError(
            [
                Problem(
                    source.file, None, "", f"{len(rows):,} rows", f"at most {MOST_ROWS:,}; bring it in parts"
                )
            ]
        )
    return rows, source


def _read(path: Path, kind: FactKind, choices: Choices) -> tuple[list[Row], Source]:
    if kind is FactKind.NEEDS:
        return _needs(path, choices)
    if kind is FactKind.FLOWS:
        return _flows(path, choices)
    table = read_table(path, choices)
    return _rows(table, kind), table.source


def recognised(path: Path, choices: Choices) -> FactKind | None:
    """Which kind of fact the table at ``path`` holds: of those whose columns it has, the one that knows the most."""
    table = read_table(path, choices)
    fitting = {kind: _assigned(table, kind) for kind in FactKind}
    complete = [kind for kind, found in fitting.items() if set(ROW_TYPES[kind].required) <= found.keys()]
    return max(complete, key=lambda kind: len(fitting[kind]), default=None)


def with_header(pasted: str, kind: FactKind | None) -> str:
    """Pasted cells as a table with column names: those of the template where the first line names none."""
    kind = kind or FactKind.NEEDS
    lines = list(csv.reader(io.StringIO(pasted.strip("\n")), delimiter=_separator(pasted)))
    first = {plain(cell) for cell in lines[0]} if lines else set()
    known = {called for one in FactKind for name in LABELS[one] for called in _called(one, name)}
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
            volume=_volume(need.volume),
        )
        for need in sheet.rows
    ]
    return rows, sheet.source


def _flows(path: Path, choices: Choices) -> tuple[list[Row], Source]:
    """What is served goes to the process's external customer; a table without that column names it in the rows that
    serve it."""
    sheet = read_flows(path, choices)
    served = {flow.process: flow.target for flow in sheet.rows if flow.kind == "customer"}
    rows: list[Row] = [
        FlowRow(
            row=flow.row,
            process=flow.process,
            external=flow.external or served.get(flow.process, ""),
            source=flow.source,
            target="" if flow.kind in {"customer", "scrap"} else flow.target,
            kind=FlowKind(flow.kind),
            volume=_volume(flow.volume),
        )
        for flow in sheet.rows
    ]
    return rows, sheet.source


def _rows(table: Table, kind: FactKind) -> list[Row]:
    """Rows of kinds that are made of names only."""
    columns = _columns(table, kind)
    texts = {name: table.texts(column) for name, column in columns.items()}
    row_type: Callable[..., Row] = ROW_TYPES[kind]
    empty = dict.fromkeys(ROW_TYPES[kind].required, "")
    return [
        row_type(row=number, **(empty | {name: column[position] for name, column in texts.items()}))
        for position, number in enumerate(table.numbers)
    ]


def _volume(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _columns(table: Table, kind: FactKind) -> dict[str, str]:
    """Our column to the table's. What is needed and missing is a problem that lists what is there."""
    found = _assigned(table, kind)
    there = ", ".join(f"“{column}”" for column in table.columns)
    problems = [
        Problem(table.source.file, None, "", f"the columns {there}", f"a column “{LABELS[kind][name]}”")
        for name in ROW_TYPES[kind].required
        if name not in found
    ]
    if problems:
        raise ReadError(problems)
    return found


def _assigned(table: Table, kind: FactKind) -> dict[str, str]:
    """Each of our columns the table has, by any of its names; no column twice."""
    by_name = {plain(column): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    for name in LABELS[kind]:
        called = (by_name[key] for key in _called(kind, name) if key in by_name)
        column = next((column for column in called if column not in found.values()), None)
        if column is not None:
            found[name] = column
    return found


def _called(kind: FactKind, name: str) -> list[str]:
    """All names of a column, our own first."""
    also = CALLED.get(kind, ()) if name == "name" else ALSO.get(name, ())
    return [plain(text) for text in (LABELS[kind][name], name, *also)]
