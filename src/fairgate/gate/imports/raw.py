"""A file, whatever its form, as pieces of cells under our names for them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fairgate.gate.dataset import LogDecision, decisions_in
from fairgate.gate.imports.moments import WRITTEN
from fairgate.gate.models import DecisionMapping
from fairgate.gate.rules.rows import FIELDS, REQUIRED
from fairgate.organisation.rules import folded
from fairgate.readers.choices import Choices
from fairgate.readers.columns import suggestion
from fairgate.readers.dates import order_of
from fairgate.readers.events import EventLog, read_events
from fairgate.readers.flowing import Collects, Rows, open_rows
from fairgate.readers.problems import Problem, ReadError, listed, quoted
from fairgate.readers.table import Cell, Source

PIECE = 2_000
OnProgress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of a file. ``cells[field][i]`` stood in row ``rows[i]``; fields without a column are not there."""

    rows: list[int]
    cells: Mapping[str, list[Cell]]


@dataclass(frozen=True, slots=True)
class Raw:
    """A file that is being read. ``columns``: what the file calls our fields; ``place``: what its rows are called."""

    pieces: Iterator[Piece]
    columns: Mapping[str, str]
    source: Source


@contextmanager
def opened(
    path: Path, mapping: DecisionMapping, on_progress: OnProgress | None, problems: Collects
) -> Iterator[Raw]:
    """The file as the mapping reads it. Raises `ReadError`."""
    options = {key: value for key, value in mapping.options.items() if isinstance(value, str)}
    if mapping.options.get("log"):
        yield _log(path, mapping, options, on_progress)
        return
    with open_rows(path, Choices.of(options), on_progress, problems) as table:
        found = _found(path, table, mapping)
        absent = [column for field, column in mapping.columns.items() if field not in found]
        places = {field: table.columns.index(column) for field, column in found.items()}
        notes = (*table.source.notes, *([_without(absent)] if absent else ()))
        yield Raw(_pieces(table, places), found, replace(table.source, columns=found, notes=notes))


def _without(absent: Sequence[str]) -> str:
    text = _("Without %s: such columns are not in this file, so what they said before stays as it is.")
    return text % listed(absent, 40)


def _found(path: Path, table: Rows, mapping: DecisionMapping) -> dict[str, str]:
    """Our field to the table's column, whatever its case. A column the file doesn't have is never an empty one: one that
    every decision needs is a problem, another says nothing."""
    by_name = {column.casefold(): column for column in reversed(table.columns)}
    wanted = {field: mapping.columns[field] for field in FIELDS if field in mapping.columns}
    found = {field: by_name[name.casefold()] for field, name in wanted.items() if name.casefold() in by_name}
    missing = [name for field, name in wanted.items() if field in REQUIRED and field not in found]
    if missing:
        raise ReadError([_missing(path, table, mapping, missing)])
    return found


def _missing(path: Path, table: Rows, mapping: DecisionMapping, missing: Sequence[str]) -> Problem:
    expected = _("the columns of “%(mapping)s”; this file has %(there)s")
    return Problem(
        path.name, None, "",
        ngettext("no column %s", "no columns %s", len(missing)) % listed(missing, 40),
        expected % {"mapping": mapping.name, "there": listed(table.columns, 40)},
        suggestion(missing[0], table.columns),
    )  # fmt: skip


def _pieces(table: Rows, places: Mapping[str, int]) -> Iterator[Piece]:
    while rows := list(islice(table.rows, PIECE)):
        columns = list(zip(*(cells for _, cells in rows), strict=True))
        yield Piece(
            [number for number, _ in rows], {field: list(columns[at]) for field, at in places.items()}
        )


def _log(
    path: Path, mapping: DecisionMapping, options: dict[str, str], on_progress: OnProgress | None
) -> Raw:
    """Decisions derived from an event log: the acts of the unit that the mapping says decided, as the log calls it."""
    log = read_events(path, Choices.of(options), on_progress)
    _check_order(path, log, options)
    gate = [name for name in log.unit.names if _is_gate(mapping, name)]
    if not gate:
        found, expected = (
            _("no event of %s") % quoted(mapping.deciding_unit),
            _("one of the units %s") % listed(log.unit.names, 40),
        )
        raise ReadError([Problem(path.name, None, log.source.columns.get("unit", ""), found, expected)])
    decisions = decisions_in(log, gate, options)
    columns = dict(log.source.columns)
    named = {"key": columns["case"], "unit": columns["unit"], "outcome": columns["activity"], "item": columns["case"],
             "asked": columns["activity"], "decided_at": columns["time"], "submitted_at": columns["time"],
             "follows": columns["case"]}  # fmt: skip
    named |= {"value": columns["value"]} if "value" in columns else {}
    return Raw(_decided(decisions, "value" in named), named, log.source)


def _check_order(path: Path, log: EventLog, options: Mapping[str, str]) -> None:
    """A log's times are read by its own order of day and month; where the mapping states another, one of them is wrong."""
    stated, read = options.get("date_format", ""), order_of(log.source.date_format)
    if stated and read and stated != read:
        found = _("dates such as %s") % WRITTEN[read]
        expected = _("dates such as %s, as the mapping says") % WRITTEN[stated]
        raise ReadError([Problem(path.name, None, log.source.columns.get("time", ""), found, expected)])


def _is_gate(mapping: DecisionMapping, name: str) -> bool:
    """The name that was chosen; else the words that mean the deciding unit; its own name only where nothing else was said."""
    if chosen := mapping.options.get("gate"):
        return folded(name) == folded(str(chosen))
    said = mapping.values.get("unit", {})
    ours = {folded(word) for word, unit in said.items() if unit == mapping.deciding_unit_id}
    return folded(name) in (ours or {folded(mapping.deciding_unit.name)})


def _decided(decisions: Iterator[LogDecision], with_value: bool) -> Iterator[Piece]:
    while some := list(islice(decisions, PIECE)):
        cells: dict[str, list[Cell]] = {
            "key": [f"{one.case}/{one.ordinal}" for one in some],
            "unit": [one.unit for one in some],
            "outcome": [one.act for one in some],
            "item": [one.case for one in some],
            "asked": [one.asked for one in some],
            "decided_at": [one.decided_at for one in some],
            "submitted_at": [one.submitted_at or "" for one in some],
            "follows": [f"{one.case}/{one.follows}" if one.follows else "" for one in some],
        }
        if with_value:
            cells["value"] = ["" if one.value is None else one.value for one in some]
        yield Piece([one.row for one in some], cells)
