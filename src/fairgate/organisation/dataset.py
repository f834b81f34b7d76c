"""What readers found, as the arrays the engine takes. No database here: the command line goes this way too."""

from collections.abc import Mapping
from pathlib import PurePath

from fairgate.engines.customers import Counts, Events, Patterns, assemble, count
from fairgate.readers.events import EventLog


def counts_of(log: EventLog, patterns: Patterns) -> Counts:
    """Count a log. Raises the engine's `CustomersError` for what can't be counted."""
    return count(assemble(events_of(log), patterns, process=process_name(log.source.file)))


def events_of(log: EventLog) -> Events:
    return Events(
        case=log.case.codes,
        case_names=log.case.names,
        unit=log.unit.codes,
        unit_names=log.unit.names,
        activity=log.activity.codes,
        activity_names=log.activity.names,
        time=log.time,
        value=log.value,
        external=log.external.codes if log.external else None,
        external_names=log.external.names if log.external else (),
        document=log.document.codes if log.document else None,
        document_names=log.document.names if log.document else (),
    )


def patterns_of(profile: Mapping[str, str]) -> Patterns:
    """The patterns a profile names; the engine's own for those it doesn't."""
    ours = Patterns()
    return Patterns(
        approve=profile.get("approve") or ours.approve,
        reject=profile.get("reject") or ours.reject,
        return_=profile.get("return") or ours.return_,
        served=profile.get("served") or None,
    )


def process_name(file: str) -> str:
    """What to call the process of a log whose activities name none: the file's name without its endings."""
    name = PurePath(file).name
    for _ in range(2):  # .xes.gz
        name = PurePath(name).stem if PurePath(name).suffix.lower() in {".gz", ".xes", ".csv", ".xlsx", ".txt", ".tsv"} else name
    return name
