"""What a file is about: events, needs or flows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.columns import IN_WORDS, NEEDED, SYNONYMS, Kind, assign
from fairgate.readers.detect import detect
from fairgate.readers.events import EventLog, read_events
from fairgate.readers.flows import FlowsSheet, read_flows
from fairgate.readers.formats import TABLES
from fairgate.readers.needs import NeedsSheet, read_needs
from fairgate.readers.problems import ReadError, listed, refuse
from fairgate.readers.table import Table

# An event log without its time is still one: the reader of events then says what is missing.
_TELLING: Mapping[Kind, tuple[str, ...]] = {**NEEDED, "events": ("case", "activity")}
_TITLES: Mapping[Kind, str] = {
    "events": "an event log",
    "needs": "a table of needs",
    "flows": "a table of flows",
}


def recognise(path: Path, choices: Choices = NO_CHOICES) -> Kind:
    """ "events", "needs" or "flows", by content and column names.

    Errors: ReadError listing the columns found and what each kind would need, when none fits.
    """
    found = detect(path)
    return (
        "events"
        if found.format == "xes"
        else kind_of(TABLES[found.format](path, choices, None), path, choices)
    )


def read(
    path: Path,
    choices: Choices = NO_CHOICES,
    on_progress: Callable[[float], None] | None = None,
    *,
    name: str = "",
) -> EventLog | NeedsSheet | FlowsSheet:
    """Recognise a file and read it, opening it once.

    `name` is what people call a file that is kept under another name (an upload under its hash): messages and
    the result's source use it.
    """
    try:
        content = _read(path, choices, on_progress)
    except ReadError as error:
        raise (error.called(name) if name else error) from None
    return replace(content, source=replace(content.source, file=name)) if name else content


def _read(
    path: Path, choices: Choices, on_progress: Callable[[float], None] | None
) -> EventLog | NeedsSheet | FlowsSheet:
    found = detect(path)
    if found.format == "xes":
        return read_events(path, choices, on_progress)
    table = TABLES[found.format](path, choices, on_progress)
    match kind_of(table, path, choices):
        case "events":
            return read_events(table, choices)
        case "needs":
            return read_needs(table)
        case _:
            return read_flows(table)


def kind_of(table: Table, path: Path, choices: Choices = NO_CHOICES) -> Kind:
    """The kind whose needed columns are all there; of several, the one that knows the most columns."""
    if choices.case or choices.activity:
        return "events"
    parts = {kind: assign(table.columns, kind) for kind in SYNONYMS}
    fitting = [kind for kind in SYNONYMS if all(part in parts[kind] for part in _TELLING[kind])]
    if not fitting:
        _refuse(table.columns, parts, path)
    return max(fitting, key=lambda kind: len(parts[kind]))


def _refuse(columns: Sequence[str], parts: Mapping[Kind, Mapping[str, str]], path: Path) -> None:
    wanted = []
    for kind, title in _TITLES.items():
        missing = [IN_WORDS[part] for part in NEEDED[kind] if part not in parts[kind]]
        wanted.append(f"{title} (missing: {listed(missing)})")
    refuse(
        path,
        f"columns that tell nothing known: {listed(columns, 40)}",
        " or ".join(wanted),
        "Name the columns so, or choose them: case, activity and time for an event log.",
    )
