"""A table becomes complaints."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from fairgate.protection.rules import COLUMNS, REQUIRED, ComplaintRow, Level
from fairgate.protection.wording.names import LABELS, SEVERITIES
from fairgate.readers.choices import Choices
from fairgate.readers.columns import plain
from fairgate.readers.dates import read_times
from fairgate.readers.formats import read_table
from fairgate.readers.problems import Problems, quoted
from fairgate.readers.table import Source, Table

MOST_ROWS = 20_000

# What else people call a column, besides its label and its name.
ALSO: dict[str, tuple[str, ...]] = {
    "product": ("product", "product name", "name and strength", "material", "article", "produkt", "artikel"),
    "lot": ("lot", "batch", "lot number", "batch number", "charge", "chargennummer"),
    "complainant": ("complainant", "reported by", "customer contact", "name of complainant", "melder"),
    "nature": ("nature of complaint", "description", "complaint", "what happened", "problem", "beschreibung"),
    "severity": ("severity", "criticality", "class", "priority", "schwere"),
    "received": ("received", "date", "received on", "date received", "eingang", "datum"),
    "reply": ("reply", "answer", "response", "antwort"),
    "external": ("external customer", "customer", "end customer", "kunde"),
    "key": ("key", "id", "number", "complaint number", "reference", "nummer"),
}
LEVELS: dict[str, Level] = {
    **{plain(level): level for level in Level},
    **{plain(name): level for level, name in SEVERITIES.items()},
    "low": Level.MINOR,
    "medium": Level.MAJOR,
    "high": Level.CRITICAL,
    "serious": Level.CRITICAL,
}


def rows_in(path: Path, choices: Choices) -> tuple[list[ComplaintRow], Source]:
    """All rows of the file. Raises `ReadError` with every problem found."""
    table = read_table(path, choices)
    problems = Problems(table.source.file)
    columns = _assigned(table)
    _refuse_missing(table, columns, problems)
    if len(table.rows) > MOST_ROWS:
        problems.add(None, "", f"{len(table.rows):,} rows", f"at most {MOST_ROWS:,}; bring it in parts")
    problems.raise_if_any()
    texts = {name: table.texts(column) for name, column in columns.items()}
    levels = _levels(texts["severity"], table, columns["severity"], problems)
    days = _days(texts["received"], table, columns["received"], choices.date_format, problems)
    problems.raise_if_any()
    plain_texts = [name for name in columns if name not in {"severity", "received"}]
    empty: dict[str, Any] = {"complainant": ""}
    rows = [
        ComplaintRow(
            row=number,
            severity=levels[at],
            received=days[at],
            **(empty | {name: texts[name][at] for name in plain_texts}),
        )
        for at, number in enumerate(table.numbers)
    ]
    return rows, table.source


def _assigned(table: Table) -> dict[str, str]:
    """Each of our columns the table has, by any of its names; no column twice."""
    by_name = {plain(column): column for column in reversed(table.columns)}
    found: dict[str, str] = {}
    for name in COLUMNS:
        called = [plain(LABELS[name]), name, *(plain(also) for also in ALSO[name])]
        there = (by_name[each] for each in called if each in by_name)
        if (column := next((one for one in there if one not in found.values()), None)) is not None:
            found[name] = column
    return found


def _refuse_missing(table: Table, columns: dict[str, str], problems: Problems) -> None:
    there = ", ".join(quoted(column) for column in table.columns)
    for name in REQUIRED:
        if name not in columns:
            problems.add(None, "", f"the columns {there}", f"a column “{LABELS[name]}”")


def _levels(texts: list[str], table: Table, column: str, problems: Problems) -> list[Level]:
    found = []
    for text, number in zip(texts, table.numbers, strict=True):
        level = LEVELS.get(plain(text))
        if level is None:
            problems.add(number, column, quoted(text), "minor, major or critical")
        found.append(level or Level.MINOR)
    return found


def _days(texts: list[str], table: Table, column: str, date_format: str, problems: Problems) -> list[date]:
    times = read_times(texts, date_format)
    days: list[date] = times.times.astype("M8[D]").astype(object).tolist()
    for text, missing, number in zip(texts, np.isnat(times.times), table.numbers, strict=True):
        if missing:
            problems.add(number, column, quoted(text), f"a date, such as {date(2026, 3, 31)}")
    return days
