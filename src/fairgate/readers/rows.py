"""What tables of needs and of flows have in common: names, kinds and volumes, row by row."""

from collections.abc import Mapping, Sequence

from fairgate.readers.columns import IN_WORDS, NEEDED, Kind, assign, plain
from fairgate.readers.names import fault
from fairgate.readers.numbers import amount, notation
from fairgate.readers.problems import Problems, listed, quoted
from fairgate.readers.table import Table, as_text


def parts_of(table: Table, kind: Kind, problems: Problems) -> dict[str, str]:
    """part -> column; missing ones are problems that name the columns there are."""
    columns = assign(table.columns, kind)
    for part in NEEDED[kind]:
        if part not in columns:
            problems.add(
                None, "", f"no column for “{IN_WORDS[part]}”", f"a column named “{IN_WORDS[part]}”",
                f"Columns there are: {listed(table.columns, 40)}.",
            )  # fmt: skip
    if not table.rows:
        problems.add(None, "", "column names and no row below them", "at least one row")
    problems.raise_if_any()
    return columns


def names_in(table: Table, column: str, problems: Problems, *, required: bool) -> list[str]:
    """The column's names; unusable ones are problems, empty ones too where `required`."""
    names = table.texts(column)
    for number, name in zip(table.numbers, names, strict=True):
        if not name and required:
            problems.add(
                number,
                column,
                "nothing",
                "a name",
                "Cells merged over several rows count as empty but the first.",
            )
        elif (found := fault(name)) is not None:
            problems.add(number, column, *found)
    return names


def kinds_in(
    table: Table, column: str, words: Mapping[str, str], problems: Problems, *, empty: str = ""
) -> list[str]:
    """The column's words as kinds; `words` maps each accepted word (see `columns.plain`) to its kind."""
    kinds = []
    for number, text in zip(table.numbers, table.texts(column), strict=True):
        kind = words.get(plain(text), "") if text else empty
        if not kind:
            problems.add(number, column, quoted(text), f"one of {listed(sorted(set(words.values())))}")
        kinds.append(kind)
    return kinds


def volumes_in(table: Table, column: str, problems: Problems, notes: list[str]) -> list[float | None]:
    """The column's amounts, None where a cell is empty; what isn't a number of 0 or more is a problem."""
    cells = table.column(column)
    prefer = "," if table.source.separator == "semicolon" else "."
    how = notation([cell for cell in cells if isinstance(cell, str)], prefer=prefer)
    if how.assumed:
        notes.append(
            f"Numbers in “{column}” could be read two ways; “{how.decimal}” is taken as the decimal sign."
        )
    found: list[float | None] = []
    for number, cell in zip(table.numbers, cells, strict=True):
        value = float(cell) if isinstance(cell, int | float) else amount(as_text(cell), how.decimal)
        if cell != "" and (value is None or not 0 <= value < float("inf")):
            problems.add(number, column, quoted(as_text(cell)), "a number of 0 or more")
        found.append(value)
    return found


def all_or_none(
    table: Table, column: str, volumes: Sequence[float | None], problems: Problems
) -> Sequence[float | None]:
    """Refuse a column filled in some rows and not in others, naming the rows without."""
    empty = [number for number, cell in zip(table.numbers, table.column(column), strict=True) if cell == ""]
    if empty and len(empty) < len(volumes):
        rows = ", ".join(str(number) for number in empty[:20]) + (" and more" if len(empty) > 20 else "")
        problems.add(
            empty[0], column, f"no number in {len(empty)} of {len(volumes)} rows (row {rows})",
            "a number in every row, or in none",
        )  # fmt: skip
    return volumes


def spellings(names: Sequence[str]) -> list[str]:
    """A note for each name that seems to be written in several ways, such as “Q.A.” and “qa”."""
    ways: dict[str, dict[str, None]] = {}
    for name in names:
        if name:
            ways.setdefault(plain(name), {})[name] = None
    return [f"{listed(list(way))} look alike: are they one?" for way in ways.values() if len(way) > 1]
