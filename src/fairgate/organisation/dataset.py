"""What readers found, as the arrays the engine takes. No database here: the command line goes this way too."""

from collections.abc import Iterable, Mapping
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray

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
from fairgate.organisation.rules import folded
from fairgate.readers.events import EventLog
from fairgate.readers.flows import FlowsSheet
from fairgate.readers.names import Coded
from fairgate.readers.needs import NeedsSheet

ENDINGS = frozenset({".gz", ".xes", ".csv", ".tsv", ".txt", ".xlsx"})


def counts_of(log: EventLog, patterns: Patterns) -> Counts:
    """Count a log. Raises the engine's `CustomersError` for what can't be counted."""
    return count(assemble(events_of(log), patterns, process=process_name(log.source.file)))


def events_of(log: EventLog) -> Events:
    """Units spelt "QA" and "qa" are one, under the spelling that comes first."""
    unit, unit_names = in_one_spelling(log.unit)
    return Events(
        case=log.case.codes,
        case_names=log.case.names,
        unit=unit,
        unit_names=unit_names,
        activity=log.activity.codes,
        activity_names=log.activity.names,
        time=log.time,
        value=log.value,
        external=log.external.codes if log.external else None,
        external_names=log.external.names if log.external else (),
        document=log.document.codes if log.document else None,
        document_names=log.document.names if log.document else (),
    )


def in_one_spelling(names: Coded) -> tuple[NDArray[np.int32], tuple[str, ...]]:
    """Codes and names with equal names put together, whatever their case and spaces; -1 stays missing."""
    first: dict[str, int] = {}
    code = [first.setdefault(folded(name), len(first)) for name in names.names]
    spelt = dict(
        zip(reversed(code), reversed(names.names), strict=True)
    )  # the first spelling is written last
    codes = np.array([*code, -1], dtype=np.int32)[names.codes]
    return codes, tuple(spelt[new] for new in range(len(first)))


def declared_in(sheet: NeedsSheet) -> Declared:
    """The needs of a table. Raises the engine's `CustomersError`."""
    volumes = [row.volume for row in sheet.rows if row.volume is not None]
    spelt = _first_spellings(name for row in sheet.rows for name in (row.customer, row.supplier))
    return declare(
        customer=[spelt[folded(row.customer)] for row in sheet.rows],
        supplier=[spelt[folded(row.supplier)] for row in sheet.rows],
        what=[row.what for row in sheet.rows],
        process=[row.process for row in sheet.rows],
        external=[row.external for row in sheet.rows],
        kind=[row.kind for row in sheet.rows],
        volume=volumes if len(volumes) == len(sheet.rows) else None,
    )


def description_in(sheet: FlowsSheet) -> Description:
    """The flows of a table. Scrapped work ends at a name nobody can be asked about. Raises the engine's `CustomersError`."""
    amounts = [row.volume for row in sheet.rows if row.volume is not None]
    return describe(
        source=[row.source for row in sheet.rows],
        target=[row.target for row in sheet.rows],
        kind=[row.kind if row.kind in {"decision", "return"} else "work" for row in sheet.rows],
        volume=amounts if sheet.measure == "volume" else None,
        share=amounts if sheet.measure == "share" else None,
        customers=sorted({row.target for row in sheet.rows if row.kind == "customer"}),
    )


def _first_spellings(names: Iterable[str]) -> dict[str, str]:
    spelt: dict[str, str] = {}
    for name in names:
        spelt.setdefault(folded(name), name)
    return spelt


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
