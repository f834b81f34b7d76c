"""Small logs for tests: events as tuples, in the order of the file."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from fairgate.engines.customers import Counts, Events, Patterns, assemble, count


class Event(NamedTuple):
    case: str
    unit: str | None
    activity: str
    time: int = 0
    value: float | None = None
    external: str | None = None
    document: str | None = None


def case(name: str, *acts: str, value: float | None = None, external: str | None = None) -> list[Event]:
    """One case from words like "QA: approve"; each act a minute after the one before."""
    events = []
    for minute, act in enumerate(acts):
        unit, activity = act.split(": ")
        events.append(Event(name, unit, activity, minute, value, external))
    return events


def codes(texts: Sequence[str | None]) -> tuple[np.ndarray, tuple[str, ...]]:
    names = tuple(dict.fromkeys(text for text in texts if text is not None))
    return np.array([-1 if text is None else names.index(text) for text in texts], dtype=np.int32), names


def as_events(events: Iterable[Event]) -> Events:
    rows = list(events)
    case_codes, case_names = codes([row.case for row in rows])
    unit, unit_names = codes([row.unit for row in rows])
    activity, activity_names = codes([row.activity for row in rows])
    external, external_names = codes([row.external for row in rows])
    document, document_names = codes([row.document for row in rows])
    values = np.array([np.nan if row.value is None else row.value for row in rows])
    return Events(
        case=case_codes,
        unit=unit,
        activity=activity,
        time=np.array([row.time for row in rows], dtype="datetime64[m]"),
        unit_names=unit_names,
        activity_names=activity_names,
        value=None if np.isnan(values).all() else values,
        external=external if external_names else None,
        document=document if document_names else None,
        external_names=external_names,
        document_names=document_names,
        case_names=case_names,
    )


def counted(events: Iterable[Event], patterns: Patterns | None = None) -> Counts:
    return count(assemble(as_events(events), patterns))
