"""Counting a CSV or Parquet file with DuckDB: one GROUP BY over the raw cells, names made ready afterwards.

DuckDB opens files only, never the live database: its SQLite would take the lock that Django's needs. What it reads here is
what `csv_file` would read: the same separator, header and rules for quotes. Where it isn't sure of that, it leaves
the file to the caller.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from fairgate.readers.choices import Choices
from fairgate.readers.csv_file import SEPARATORS, guess_separator
from fairgate.readers.detect import COUNTABLE, detect
from fairgate.readers.names import Coded, fault
from fairgate.readers.problems import Problems, refuse
from fairgate.readers.stream import first_bytes, unpacked_start
from fairgate.readers.table import Source, as_text, header_at

# Columns by name, rows in each cell, and what was detected; its `columns` map chosen names to own names.
Counted = tuple[dict[str, Coded], NDArray[np.float64], Source]
Choose = Callable[[Sequence[str]], Mapping[str, str]]

_PARQUET = b"PAR1"
_GLOB = set("*?[{")
_SAMPLE = 1 << 20


def is_parquet(path: Path) -> bool:
    return first_bytes(path, 4) == _PARQUET


def counted(path: Path, choices: Choices, choose: Choose) -> Counted | None:
    """The cells of a file over the columns that ``choose`` takes from its header; None where DuckDB is not sure to
    read what the file means."""
    if is_parquet(path):
        if _GLOB & set(str(path)):
            refuse(path, "a path with one of * ? [ {", "a path without", "Rename the file or its folder.")
        return _parquet(path, choose)
    if detect(path, COUNTABLE).format != "csv" or _GLOB & set(str(path)):
        return None
    try:
        return _csv(path, choices, choose)
    except duckdb.Error:
        return None


def row_of(path: Path, column: str, text: str) -> int | None:
    """The first row of a Parquet file, from 1, that holds a text in a column."""
    quoted = _name(column)
    with _connection() as connection:
        found = connection.execute(
            f"SELECT min(file_row_number) FROM read_parquet(?, file_row_number = true) "  # noqa: S608
            f"WHERE coalesce(trim(CAST({quoted} AS VARCHAR)), '') = ?",
            [str(path), text],
        ).fetchone()
    return None if found is None or found[0] is None else int(found[0]) + 1


def _connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(
        config={"autoinstall_known_extensions": "false", "preserve_insertion_order": "false"}
    )


def _parquet(path: Path, choose: Choose) -> Counted:
    try:
        with _connection() as connection:
            rows = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
            own = choose([row[0] for row in rows])
            names = list(dict.fromkeys(own.values()))
            source = Source(path.name, "Parquet", columns=own, available=tuple(row[0] for row in rows))
            return *_cells(connection, "read_parquet(?)", str(path), names, names, path), source
    except duckdb.Error as error:
        refuse(path, f"a Parquet file that can't be read ({str(error).splitlines()[0]})", "a whole one")


def _csv(path: Path, choices: Choices, choose: Choose) -> Counted | None:
    sample = unpacked_start(path, _SAMPLE)
    if choices.encoding.casefold() not in {"", "utf-8", "utf8"} or b"\0" in sample:
        return None
    try:
        text = sample.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return None
        text = sample[: error.start].decode("utf-8-sig")
    separator = choices.separator or guess_separator(text)
    separator = {name: sign for sign, name in SEPARATORS.items()}.get(separator, separator)
    header = _header(text, separator)
    if header is None:
        return None
    own = choose(header)
    names = list(dict.fromkeys(own.values()))
    inner = [f"c{header.index(name)}" for name in names]
    columns = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(header)))
    packed = "gzip" if detect(path).packed else "none"
    table = (
        f"read_csv(?, header = true, auto_detect = false, columns = {{{columns}}}, delim = {_text(separator)}, "
        f"""quote = '"', escape = '"', nullstr = '', compression = '{packed}', encoding = 'utf-8', """
        "max_line_size = 20000000)"
    )
    with _connection() as connection:
        codes, number = _cells(connection, table, str(path), inner, names, path)
    source = Source(
        path.name, "CSV", "UTF-8", SEPARATORS.get(separator, separator), columns=own, available=tuple(header)
    )
    return codes, number, source


def _header(text: str, separator: str) -> list[str] | None:
    """The column names when they stand in the first row, each its own."""
    lines = io.StringIO(text[: text.rfind("\n") + 1] or text, newline="")
    raw = []
    try:
        for row in csv.reader(lines, delimiter=separator, strict=True):
            raw.append(row)
            if len(raw) == 30:
                break
    except (csv.Error, TypeError):
        return None
    if not raw or header_at(raw) != 0:
        return None
    header = [as_text(cell) for cell in raw[0]]
    folded = {name.casefold() for name in header}
    return header if "" not in folded and len(folded) == len(header) else None


def _cells(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    file: str,
    inner: Sequence[str],
    names: Sequence[str],
    path: Path,
) -> tuple[dict[str, Coded], NDArray[np.float64]]:
    """One GROUP BY; then each column's names are numbered inside DuckDB, so that only numbers come out by cell."""
    chosen = ", ".join(f"{_name(column)} AS k{i}" for i, column in enumerate(inner))
    connection.execute(
        f"CREATE TEMP TABLE cells AS SELECT {chosen}, count(*) AS n FROM {table} GROUP BY ALL",  # noqa: S608
        [file],
    )
    problems = Problems(path.name)
    codings = []
    for i, name in enumerate(names):
        connection.execute(
            f"CREATE TEMP TABLE names{i} AS SELECT (row_number() OVER ()) - 1 AS code, k{i} AS raw "  # noqa: S608
            f"FROM (SELECT DISTINCT k{i} FROM cells)"
        )
        raw = connection.execute(f"SELECT raw FROM names{i} ORDER BY code").fetchall()  # noqa: S608
        codings.append(_coding([row[0] for row in raw], name, problems))
    problems.raise_if_any()
    joins = " ".join(f"JOIN names{i} ON k{i} IS NOT DISTINCT FROM names{i}.raw" for i in range(len(names)))
    codes = ", ".join(f"names{i}.code AS j{i}" for i in range(len(names)))
    found = connection.execute(f"SELECT {codes}, n FROM cells {joins}").fetchnumpy()  # noqa: S608
    columns = {
        name: Coded(codings[i][0][np.asarray(found[f"j{i}"])], codings[i][1]) for i, name in enumerate(names)
    }
    return columns, np.asarray(found["n"], dtype=np.float64)


def _coding(
    raw: Sequence[object], name: str, problems: Problems
) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """For each raw cell the code of its tidy name, and those names in order."""
    texts = ["" if cell is None else as_text(cell) for cell in raw]  # type: ignore[arg-type]
    names = sorted(set(texts) - {""})
    for text in names:
        if (found := fault(text)) is not None:
            problems.add(None, name, *found)
    place = {text: code for code, text in enumerate(names)} | {"": -1}
    return np.array([place[text] for text in texts], dtype=np.int32), tuple(names)


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
