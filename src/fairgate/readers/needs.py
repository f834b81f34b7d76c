"""Tables of needs: who needs what from whom, in which process, to serve which external customer."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problems, quoted
from fairgate.readers.rows import all_or_none, kinds_in, names_in, parts_of, spellings, volumes_in
from fairgate.readers.table import Source, Table

NeedKind = Literal["help", "release"]

_KINDS: dict[str, str] = {
    "help": "help support service advice input work hilfe unterstuetzung beratung dienst leistung zuarbeit",
    "release": """release approval approve sign signoff signature permission clearance certification decision
        gate freigabe genehmigung zustimmung unterschrift erlaubnis abnahme""",
}
KIND_WORDS = {word: kind for kind, words in _KINDS.items() for word in words.split()}


@dataclass(frozen=True, slots=True)
class NeedRow:
    """“customer needs what from supplier, in process, to serve external”; "" without such a column."""

    row: int
    customer: str
    what: str
    supplier: str
    process: str
    external: str
    kind: NeedKind
    volume: float | None


@dataclass(frozen=True, slots=True)
class NeedsSheet:
    """All rows have a volume, or none has."""

    rows: tuple[NeedRow, ...]
    source: Source


def read_needs(
    sheet: Table | Path,
    choices: Choices = NO_CHOICES,
    on_progress: Callable[[float], None] | None = None,
) -> NeedsSheet:
    """The needs in a file or table.

    Errors: ReadError with every problem: missing names, unknown kinds (help or release), volumes that aren't
    number of 0 or more, volumes in some rows only, a unit that needs from itself, the same need twice.
    """
    table = sheet if isinstance(sheet, Table) else read_table(sheet, choices, on_progress)
    problems = Problems(table.source.file)
    notes: list[str] = []
    columns = parts_of(table, "needs", problems)
    rows = _rows(table, columns, problems, notes)
    _check_relations(rows, columns, problems)
    problems.raise_if_any()
    notes += spellings([name for row in rows for name in (row.customer, row.supplier)])
    notes += spellings([row.process for row in rows]) + spellings([row.external for row in rows])
    source = replace(table.source, columns=columns, notes=(*table.source.notes, *notes))
    return NeedsSheet(tuple(rows), source)


def _rows(table: Table, columns: dict[str, str], problems: Problems, notes: list[str]) -> list[NeedRow]:
    blank = [""] * len(table.rows)

    def names(part: str, *, required: bool = True) -> list[str]:
        if part not in columns:
            return blank
        return names_in(table, columns[part], problems, required=required)

    if "kind" in columns:
        kinds = kinds_in(table, columns["kind"], KIND_WORDS, problems)
    else:
        kinds = ["help"] * len(table.rows)
        notes.append("No column says help or release: every need is taken as help.")
    volumes: list[float | None] = [None] * len(table.rows)
    if "volume" in columns:
        volumes = volumes_in(table, columns["volume"], problems, notes)
        all_or_none(table, columns["volume"], volumes, problems)
    together = zip(
        table.numbers, names("customer"), names("what", required=False), names("supplier"), names("process"),
        names("external"), kinds, volumes, strict=True,
    )  # fmt: skip
    return [NeedRow(*cells) for cells in together]


def _check_relations(rows: list[NeedRow], columns: dict[str, str], problems: Problems) -> None:
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        if row.customer and row.customer.casefold() == row.supplier.casefold():
            problems.add(
                row.row, columns["supplier"], quoted(row.supplier), "another unit than the one that needs"
            )
        need = tuple(
            part.casefold()
            for part in (row.customer, row.what, row.supplier, row.process, row.external, row.kind)
        )
        if row.customer and row.supplier and need in first:
            problems.add(row.row, "", f"the same need as in row {first[need]}", "each need once")
        first.setdefault(need, row.row)
