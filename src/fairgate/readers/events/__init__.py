"""Event logs: what happened to each case, when, and in which unit."""

from collections.abc import Callable
from pathlib import Path

from fairgate.readers.choices import NO_CHOICES, Choices
from fairgate.readers.detect import detect
from fairgate.readers.events.from_table import events_from_table
from fairgate.readers.events.from_xes import events_from_xes
from fairgate.readers.events.log import EventLog
from fairgate.readers.formats import TABLES
from fairgate.readers.table import Table

__all__ = ["EventLog", "read_events"]


def read_events(
    path: Path | Table, choices: Choices = NO_CHOICES, on_progress: Callable[[float], None] | None = None
) -> EventLog:
    """The event log in an XES, CSV or XLSX file (XES and CSV also as gz), or in a table already read.

    `on_progress` gets the share read, between 0 and 1; an exception it raises ends the reading and passes
    through. Errors: ReadError with every problem found; nothing else.
    """
    if isinstance(path, Table):
        return events_from_table(path, choices)
    found = detect(path)
    if found.format == "xes":
        return events_from_xes(path, choices, on_progress, packed=found.packed)
    return events_from_table(TABLES[found.format](path, choices, on_progress), choices)
