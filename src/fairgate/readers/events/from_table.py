"""An event log in a table: one row an event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from fairgate.readers.choices import NONE, Choices
from fairgate.readers.columns import IN_WORDS, NEEDED, assign, candidates, chosen_columns
from fairgate.readers.events.log import (
    CheckedTimes,
    EventLog,
    checked_names,
    checked_times,
    checked_values,
    refuse_amount,
    without_amount,
)
from fairgate.readers.names import Coded, coded
from fairgate.readers.numbers import is_number
from fairgate.readers.problems import Problems, listed
from fairgate.readers.table import Cell, Source, Table, as_text


def events_from_table(table: Table, choices: Choices) -> EventLog:
    """As `read_events`."""
    problems = Problems(table.source.file)
    columns = _columns(table, choices, problems)
    notes = _left_out(table, choices, columns)
    rows = np.array(table.numbers, np.int64)
    if not len(rows):
        problems.add(None, "", "column names and no row below them", "one row for each event")
        problems.raise_if_any()

    def names(part: str, *, required: bool = False) -> Coded:
        return checked_names(
            coded(table.texts(columns[part])), columns[part], rows, problems, required=required
        )

    case, activity = names("case", required=True), names("activity", required=True)
    unit = names("unit")
    external = names("external") if "external" in columns else None
    document = names("document") if "document" in columns else None
    times = _times(table, columns["time"], rows, choices.date_format, problems)
    value = None
    if "value" in columns:
        value, more = _values(table, columns["value"], rows, problems)
        notes += more
    problems.raise_if_any()
    source = _source(table.source, columns, times, notes)
    return EventLog(
        case, activity, unit, times.times, value, external, document, rows, times.zoned, table.columns, source
    )


def _columns(table: Table, choices: Choices, problems: Problems) -> dict[str, str]:
    wanted = {
        "case": choices.case, "activity": choices.activity, "time": choices.time, "unit": choices.unit_from,
        "value": choices.value_from, "external": choices.external_from, "document": choices.document_from,
    }  # fmt: skip
    chosen = chosen_columns(table.columns, wanted, problems)
    problems.raise_if_any()
    columns = assign(table.columns, "events", chosen)
    if "unit" not in chosen and "unit" in columns:
        columns["unit"] = _telling_unit(table, columns)
    for part in (*NEEDED["events"], "unit"):
        if part not in columns:
            words = (
                "no timestamps: no column for the time"
                if part == "time"
                else f"no column for the {IN_WORDS[part]}"
            )
            problems.add(
                None, "", words, f"a column named “{IN_WORDS[part]}”, or one chosen for it",
                f"Columns there are: {listed(table.columns, 40)}.",
            )  # fmt: skip
    problems.raise_if_any()
    return columns


def _left_out(table: Table, choices: Choices, columns: dict[str, str]) -> list[str]:
    """Take back optional columns that nobody chose and that can't be meant; a note for each."""
    for part, choice in (("value", choices.value_from), ("external", choices.external_from),
                         ("document", choices.document_from)):  # fmt: skip
        if choice == NONE:
            columns.pop(part, None)
    if choices.value_from or "value" not in columns:
        return []
    filled = [cell for cell in table.column(columns["value"]) if cell != ""]
    if 2 * sum(not isinstance(cell, str) or is_number(cell) for cell in filled) >= len(filled):
        return []
    return [f"“{columns.pop('value')}” holds few numbers and is not taken as the value."]


def _telling_unit(table: Table, columns: dict[str, str]) -> str:
    """The first column for the unit with at least two different names, else the first."""
    others = {column for part, column in columns.items() if part != "unit"}
    fitting = [column for column in candidates(table.columns, "events", "unit") if column not in others]
    for column in fitting:
        if len(set(table.texts(column)) - {""}) >= 2:
            return column
    return fitting[0]


def _times(
    table: Table, column: str, rows: NDArray[np.int64], date_format: str, problems: Problems
) -> CheckedTimes:
    cells = table.column(column)
    if not any(isinstance(cell, datetime) for cell in cells):
        return checked_times(coded(table.texts(column)), column, rows, date_format, problems)
    # A workbook's own dates need no reading; written as ISO they pass the same checks as the texts among
    # them.
    texts = [cell.isoformat() if isinstance(cell, datetime) else as_text(cell) for cell in cells]
    times = checked_times(coded(texts), column, rows, date_format, problems)
    return replace(times, format="the workbook's own dates")


def _values(
    table: Table, column: str, rows: NDArray[np.int64], problems: Problems
) -> tuple[NDArray[np.float64], list[str]]:
    cells = table.column(column)
    texts, prefer = [as_text(cell) for cell in cells], "," if table.source.separator == "semicolon" else "."
    known = _numbers(cells)
    for at in np.flatnonzero(known < 0).tolist():
        refuse_amount(int(rows[at]), column, texts[at], problems)
    written = coded(
        "" if isinstance(cell, int | float) else text for cell, text in zip(cells, texts, strict=True)
    )
    read, assumed = checked_values(written.names, written.codes, column, rows, problems, prefer)
    values = np.where(np.isnan(known), read, known)
    return values, [*assumed, *without_amount(values, column)]


def _numbers(cells: Sequence[Cell]) -> NDArray[np.float64]:
    """What a workbook knows to be numbers, NaN elsewhere."""
    return np.array([float(cell) if isinstance(cell, int | float) else np.nan for cell in cells])


def _source(source: Source, columns: dict[str, str], times: CheckedTimes, notes: list[str]) -> Source:
    return replace(
        source, date_format=times.format, columns=dict(columns), notes=(*source.notes, *times.notes, *notes)
    )
