"""Rows of a file as counted cells: how often each combination of names occurs in the columns asked for.

CSV and Parquet are counted by DuckDB, without holding their rows; workbooks, and whatever DuckDB can't read as it
stands (another encoding, rows above the header, damage), go through `formats.read_table`, which also knows how to
say what is wrong. Both ways give the same cells: names are tidied after counting, and cells are sorted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairgate.readers import duck
from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.columns import suggestion
from fairgate.readers.formats import read_table
from fairgate.readers.names import Coded, fault
from fairgate.readers.numbers import amounts
from fairgate.readers.problems import Problems, listed, quoted
from fairgate.readers.table import Source, Table


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """``columns`` by name, each int32[cells] codes of its names in alphabetical order, -1 where empty; ``count``
    float64[cells] rows (or the sum of their weights); ``rows`` read. Cells are sorted by their columns."""

    columns: Mapping[str, Coded]
    count: NDArray[np.float64]
    rows: int
    source: Source

    def texts(self, column: str) -> list[str]:
        return self.columns[column].texts()


def count_cells(
    path: Path, wanted: Mapping[str, str], *, weight: str = "", choices: Choices = NO_CHOICES
) -> Cells:
    """Cells over the columns in ``wanted``, column -> what it was chosen for, such as {"grade": "rating"}.

    Errors: ReadError naming columns that aren't there, names that can't be used, and weights that aren't numbers of 0 or
    more.
    """
    counted = duck.counted(path, choices, lambda header: _columns(path, header, _with(wanted, weight)))
    if counted is None:
        counted = _counted(read_table(path, choices), path, _with(wanted, weight))
    columns, number, source = counted
    columns, number = _sorted(columns, number)
    rows = int(number.sum())
    if weight:
        name = source.columns[weight]
        number = number * _weights(path, name, columns[name], source)
    chosen = list(dict.fromkeys(source.columns[column] for column in wanted))
    columns, number = _sorted({name: columns[name] for name in chosen}, number)
    given = {asked: columns[source.columns[asked]] for asked in wanted}
    return Cells(given, number, rows, replace(source, columns=_parts(source, wanted)))


def row_of(path: Path, column: str, text: str, choices: Choices = NO_CHOICES) -> int | None:
    """Where a text first stands in a column, as the file's own program counts rows; None if that isn't known."""
    if duck.is_parquet(path):
        return duck.row_of(path, column, text)
    table = read_table(path, choices)
    found = next((name for name in table.columns if name.casefold() == column.casefold()), column)
    texts = table.texts(found)
    return table.numbers[texts.index(text)] if text in texts else None


def _with(wanted: Mapping[str, str], weight: str) -> dict[str, str]:
    return {**wanted, weight: "weight"} if weight and weight not in wanted else dict(wanted)


def _parts(source: Source, wanted: Mapping[str, str]) -> dict[str, str]:
    """What a person chose, as `Source` shows it: part -> columns."""
    parts: dict[str, list[str]] = {}
    for column, part in wanted.items():
        parts.setdefault(part, []).append(source.columns[column])
    return {part: ", ".join(columns) for part, columns in parts.items()}


def _columns(path: Path, header: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    """Chosen name -> the column's own name; upper and lower case are alike."""
    by_name = {column.casefold(): column for column in reversed(header)}
    problems = Problems(path.name)
    found = {}
    for name, part in wanted.items():
        if (column := by_name.get(name.strip().casefold())) is not None:
            found[name] = column
        else:
            problems.add(
                None, "", f"no column {quoted(name)}, chosen for the {part}",
                f"one of the columns there are: {listed(header, 40)}", suggestion(name, header),
            )  # fmt: skip
    problems.raise_if_any()
    return found


def _counted(table: Table, path: Path, wanted: Mapping[str, str]) -> duck.Counted:
    own = _columns(path, table.columns, wanted)
    problems = Problems(path.name)
    columns = {name: _coded(table, name, problems) for name in dict.fromkeys(own.values())}
    problems.raise_if_any()
    return columns, np.ones(len(table.rows)), replace(table.source, columns=own)


def _coded(table: Table, name: str, problems: Problems) -> Coded:
    texts = table.texts(name)
    names = sorted(set(texts) - {""})
    faults = {text: found for text in names if (found := fault(text)) is not None}
    if faults:
        for number, text in zip(table.numbers, texts, strict=True):
            if text in faults:
                problems.add(number, name, *faults[text])
    place = {text: code for code, text in enumerate(names)} | {"": -1}
    return Coded(np.array([place[text] for text in texts], dtype=np.int32), tuple(names))


def _sorted(
    columns: Mapping[str, Coded], number: NDArray[np.float64]
) -> tuple[dict[str, Coded], NDArray[np.float64]]:
    """Equal cells as one, in order; names that no cell has any more are dropped."""
    if not len(number):
        return dict(columns), number
    codes = np.stack([column.codes for column in columns.values()])
    order = np.lexsort(codes[::-1])
    codes, number = codes[:, order], number[order]
    new = np.concatenate(([True], (codes[:, 1:] != codes[:, :-1]).any(axis=0)))
    summed = np.add.reduceat(number, np.flatnonzero(new))
    return {
        name: Coded(np.ascontiguousarray(codes[i, new]), column.names)
        for i, (name, column) in enumerate(columns.items())
    }, summed


def _weights(path: Path, name: str, column: Coded, source: Source) -> NDArray[np.float64]:
    values, _ = amounts(list(column.names), prefer="," if source.separator == "semicolon" else ".")
    problems = Problems(path.name)
    for text, value in zip(column.names, values, strict=True):
        if value is None or value < 0:
            problems.add(row_of(path, name, text), name, quoted(text), "a weight: a number of 0 or more")
    if (column.codes < 0).any():
        problems.add(row_of(path, name, ""), name, "nothing", "a weight: a number of 0 or more")
    problems.raise_if_any()
    return np.array([value or 0.0 for value in values])[column.codes]
