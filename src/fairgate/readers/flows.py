"""Tables of flows: what passes from unit to unit, and at last to an external customer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problems, quoted
from fairgate.readers.rows import all_or_none, kinds_in, names_in, parts_of, spellings, volumes_in
from fairgate.readers.table import Source, Table

FlowKind = Literal["work", "decision", "return", "customer", "scrap"]

_KINDS: dict[str, str] = {
    "work": "work handover arbeit weitergabe uebergabe",
    "decision": "decision gate release approval review entscheidung freigabe pruefung",
    "return": "return returned rework sentback rueckgabe zurueck nacharbeit ruecklauf",
    "customer": "customer externalcustomer delivery served kunde externerkunde lieferung auslieferung",
    "scrap": "scrap loss waste discard rejected ausschuss verlust verwurf",
}
SCRAP = "Scrap"  # where scrap goes that goes nowhere named
KIND_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class FlowRow:
    """`process` and `external` are "" without such columns. Work for the external customer has its name as target."""

    row: int
    source: str
    target: str
    kind: FlowKind
    volume: float | None
    process: str = ""
    external: str = ""


@dataclass(frozen=True, slots=True)
class FlowsSheet:
    """`measure`: rows' `volume` holds volumes, shares of what leaves the unit (0 to 1), or nothing."""

    rows: tuple[FlowRow, ...]
    measure: Literal["volume", "share", "none"]
    source: Source


def read_flows(
    sheet: Table | Path, choices: Choices = NO_CHOICES, on_progress: Callable[[float], None] | None = None
) -> FlowsSheet:
    """The flows in a file or table.

    Errors: ReadError with every problem: missing names, unknown kinds, volumes or shares that can't be
    (shares of one unit adding up to more than 1 among them), numbers in some rows only, a flow from a unit to
    itself, one twice.
    """
    table = sheet if isinstance(sheet, Table) else read_table(sheet, choices, on_progress)
    problems = Problems(table.source.file)
    notes: list[str] = []
    columns = parts_of(table, "flows", problems)
    measure: Literal["volume", "share", "none"] = (
        "volume" if "volume" in columns else "share" if "share" in columns else "none"
    )
    rows = _rows(table, columns, measure, problems, notes)
    _check_relations(rows, columns, problems)
    if measure == "share":
        rows = _shares(rows, table, columns["share"], problems)
    problems.raise_if_any()
    notes += spellings([name for row in rows for name in (row.source, row.target)])
    source = replace(table.source, columns=columns, notes=(*table.source.notes, *notes))
    return FlowsSheet(tuple(rows), measure, source)


def _rows(
    table: Table, columns: dict[str, str], measure: str, problems: Problems, notes: list[str]
) -> list[FlowRow]:
    sources = names_in(table, columns["source"], problems, required=True)
    targets = names_in(table, columns["target"], problems, required=False)
    if "kind" in columns:
        kinds = kinds_in(table, columns["kind"], KIND_WORDS, problems, empty="work")
    else:
        kinds = ["work"] * len(table.rows)
        notes.append("No column says the kind of flow: every flow is taken as work.")
    volumes: list[float | None] = [None] * len(table.rows)
    if measure != "none":
        volumes = volumes_in(table, columns[measure], problems, notes)
        all_or_none(table, columns[measure], volumes, problems)
    none = [""] * len(table.rows)
    processes = names_in(table, columns["process"], problems, required=True) if "process" in columns else none
    externals = (
        names_in(table, columns["external"], problems, required=True) if "external" in columns else none
    )
    for at, (number, target, kind) in enumerate(zip(table.numbers, targets, kinds, strict=True)):
        if not target and kind == "scrap":
            targets[at] = SCRAP
        elif not target and kind == "customer" and externals[at]:
            targets[at] = externals[at]
        elif not target:
            problems.add(number, columns["target"], "nothing", "a name")
    together = zip(table.numbers, sources, targets, kinds, volumes, processes, externals, strict=True)
    return [FlowRow(*cells) for cells in together]


def _check_relations(rows: list[FlowRow], columns: dict[str, str], problems: Problems) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.source and row.source.casefold() == row.target.casefold():
            problems.add(
                row.row, columns["target"], quoted(row.target), "another unit than the one it comes from"
            )
        named = (row.process, row.external, row.source, row.target, row.kind)
        flow = tuple(name.casefold() for name in named)
        if row.source and row.target and flow in first:
            problems.add(row.row, "", f"the same flow as in row {first[flow]}", "each flow once")
        first.setdefault(flow, row.row)


def _shares(rows: list[FlowRow], table: Table, column: str, problems: Problems) -> list[FlowRow]:
    """Shares as parts of 1: percentages, known by their sign or a unit's sum near 100, are divided."""
    percent = any("%" in text for text in table.texts(column)) or max(_sums(rows).values(), default=0) > 50
    if percent:
        rows = [replace(row, volume=None if row.volume is None else row.volume / 100) for row in rows]
    for source, total in _sums(rows).items():
        if total > 1 + 1e-6:
            number = next(row.row for row in rows if row.source == source)
            problems.add(
                number, column, f"shares of {quoted(source)} that add up to {total:.4g}", "at most 1"
            )
    return rows


def _sums(rows: list[FlowRow]) -> dict[str, float]:
    sums: dict[str, float] = {}
    for row in rows:
        sums[row.source] = sums.get(row.source, 0.0) + (row.volume or 0.0)
    return sums
