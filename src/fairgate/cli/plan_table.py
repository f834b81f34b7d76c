"""A table of decisions a year, one row for each team: CSV or XLSX with team, approved, conditions, returned,
refused, deciders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairgate.engines.disclosure.planning import Team
    from fairgate.readers.problems import Problems
    from fairgate.readers.table import Table

# Compared without case, spaces and signs, as all columns are.
COLUMNS = {
    "team": "team unit group abteilung gruppe",
    "approved": "approved approvals released genehmigt freigegeben",
    "conditions": "conditions approvedwithconditions conditional withconditions mitauflagen auflagen",
    "returned": "returned returns sentback zurueckgegeben",
    "refused": "refused refusals rejected rejections abgelehnt verweigert",
    "deciders": "deciders decisionmakers reviewers entscheider pruefer",
}
OUTCOMES = ("approved", "conditions", "returned", "refused")


def teams_in(file: Path, deciders: int) -> tuple[Team, ...]:
    """The teams of a file; ``deciders`` where it has no such column. Raises ReadError."""
    from fairgate.engines.disclosure.planning import Team
    from fairgate.readers.formats import read_table
    from fairgate.readers.problems import Problems, quoted

    table = read_table(file)
    problems = Problems(file.name)
    columns = _columns(table, problems)
    names = table.texts(columns["team"])
    counts = {part: _numbers(table, columns[part], problems) for part in columns if part != "team"}
    seen: dict[str, int] = {}
    for row, name in zip(table.numbers, names, strict=True):
        if not name:
            problems.add(row, columns["team"], "nothing", "the team's name")
        elif name.casefold() in seen:
            problems.add(
                row,
                columns["team"],
                f"{quoted(name)} again, as in row {seen[name.casefold()]}",
                "each team once",
            )
        seen.setdefault(name.casefold(), row)
    problems.raise_if_any()
    return tuple(
        Team(
            name,
            {part: counts[part][at] for part in OUTCOMES if part in counts},
            round(counts["deciders"][at]) if "deciders" in counts else deciders,
        )
        for at, name in enumerate(names)
    )


def _columns(table: Table, problems: Problems) -> dict[str, str]:
    from fairgate.readers.columns import plain
    from fairgate.readers.problems import listed

    by_name = {plain(column): column for column in reversed(table.columns)}
    found = {
        part: by_name[name]
        for part, names in COLUMNS.items()
        for name in reversed(names.split())
        if name in by_name
    }
    if "team" not in found:
        problems.add(None, "", f"the columns {listed(table.columns)}", "a column called team")
    if not set(found) & set(OUTCOMES):
        problems.add(
            None,
            "",
            f"the columns {listed(table.columns)}",
            f"decisions a year by outcome: {listed(OUTCOMES)}",
        )
    problems.raise_if_any()
    return found


def _numbers(table: Table, column: str, problems: Problems) -> list[float]:
    """Empty is none. Where "1.200" could be read both ways it is twelve hundred: decisions are counted in whole numbers."""
    from fairgate.readers.numbers import amounts
    from fairgate.readers.problems import quoted

    texts = table.texts(column)
    grouping_points = not any("," in text for text in texts)
    found, _ = amounts([text or "0" for text in texts], prefer="," if grouping_points else ".")
    for row, text, number in zip(table.numbers, texts, found, strict=True):
        if number is None or number < 0:
            problems.add(row, column, quoted(text), "a number of 0 or more")
    return [number or 0.0 for number in found]
