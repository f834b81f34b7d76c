"""What readers found, as the arrays the engine takes. No database here: the command line goes this way too."""

from collections.abc import Mapping
from pathlib import PurePath

from fairgate.engines.customers import (
    Counts,
    Declared,
    Description,
    Events,
    Patterns,
    assemble,
    count,
    declare,
    describe,
)
from fairgate.readers.events import EventLog
from fairgate.readers.flows import FlowsSheet
from fairgate.readers.needs import NeedsSheet

# Where scrapped work goes.
SCRAP = "scrap"
ENDINGS = frozenset({".gz", ".xes", ".csv", ".tsv", ".txt", ".xlsx"})


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


def declared_in(sheet: NeedsSheet) -> Declared:
    """The needs of a table. Raises the engine's `CustomersError`."""
    volumes = [row.volume for row in sheet.rows if row.volume is not None]
    return declare(
        customer=[row.customer for row in sheet.rows],
        supplier=[row.supplier for row in sheet.rows],
        what=[row.what for row in sheet.rows],
        process=[row.process for row in sheet.rows],
        external=[row.external for row in sheet.rows],
        kind=[row.kind for row in sheet.rows],
        volume=volumes if len(volumes) == len(sheet.rows) else None,
    )


def description_in(sheet: FlowsSheet) -> Description:
    """The flows of a table. Work that is scrapped ends at a name nobody can be asked about. Raises the engine's
    `CustomersError`."""
    amounts = [row.volume for row in sheet.rows if row.volume is not None]
    return describe(
        source=[row.source for row in sheet.rows],
        target=[row.target or SCRAP for row in sheet.rows],
        kind=[row.kind if row.kind in {"decision", "return"} else "work" for row in sheet.rows],
        volume=amounts if sheet.measure == "volume" else None,
        share=amounts if sheet.measure == "share" else None,
        customers=sorted({row.target for row in sheet.rows if row.kind == "customer"}),
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
    name = PurePath(PurePath(file).name)
    while name.suffix.lower() in ENDINGS and name.stem:  # .xes.gz
        name = PurePath(name.stem)
    return str(name)
