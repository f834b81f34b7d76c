"""An event log in XES: attributes of events, and of traces for all their events."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fairgate.readers.choices import NONE, Choices
from fairgate.readers.columns import IN_WORDS, SYNONYMS, chosen_columns, plain, suggestion
from fairgate.readers.events.log import EventLog, checked_names, checked_times, checked_values, without_amount
from fairgate.readers.names import Coded, either, in_use
from fairgate.readers.problems import Problems, listed, quoted, refuse
from fairgate.readers.table import Source
from fairgate.readers.xes_file import Gathered, Survey, gather, survey

NAME, TIME = "concept:name", "time:timestamp"
LIFECYCLE = "lifecycle:transition"
_DEPARTMENT = re.compile(r"department|abteilung|org(?:ani[sz]ation(?:al|s)?)?(?:unit|entity|einheit)|^team$")


@dataclass(frozen=True, slots=True)
class _Keys:
    """The attribute for each part; several for the unit, best first, until the whole log has been seen."""

    case: str
    activity: str
    time: str
    units: tuple[str, ...]
    optional: dict[str, str]

    @property
    def shared(self) -> tuple[str, ...]:
        """Keys that may stand at the event or at its trace."""
        case = () if self.case == NAME else (self.case,)
        return tuple(dict.fromkeys((*case, *self.units, *self.optional.values())))


def events_from_xes(
    path: Path, choices: Choices, on_progress: Callable[[float], None] | None = None, *, packed: bool = False
) -> EventLog:
    """As `read_events`. Read once: where the unit isn't chosen, candidates are kept until it is known."""
    seen = survey(path)
    keys = _keys(path, seen, choices)
    gathered = gather(
        path,
        seen,
        trace_keys=tuple(dict.fromkeys((NAME, *keys.shared))),
        event_keys=tuple(dict.fromkeys((keys.activity, keys.time, *keys.shared))),
        on_progress=on_progress,
    )
    if not len(gathered.case):
        refuse(path, f"{gathered.trace_count:,} traces and no event", "a log with events")
    _check_present(path, seen, gathered, keys)
    return _assembled(path, seen, gathered, keys, choices, packed=packed)


def _keys(path: Path, seen: Survey, choices: Choices) -> _Keys:
    wanted = {
        "value": choices.value_from,
        "external": choices.external_from,
        "document": choices.document_from,
    }
    all_chosen = wanted | {
        "case": choices.case, "activity": choices.activity, "time": choices.time, "unit": choices.unit_from
    }  # fmt: skip
    found = chosen_columns(seen.keys, all_chosen, Problems(path.name), what="attribute")
    if any(name and name != NONE and part not in found for part, name in all_chosen.items()):
        # The beginning doesn't show it: only the whole log can say that it isn't there.
        everything, problems = survey(path, to_the_end=True), Problems(path.name)
        found = chosen_columns(everything.keys, all_chosen, problems, what="attribute")
        problems.raise_if_any()
    return _Keys(
        case=found.get("case", NAME),
        activity=found.get("activity", NAME),
        time=found.get("time", TIME),
        units=(found["unit"],) if "unit" in found else _unit_candidates(seen),
        optional={part: found[part] for part in wanted if part in found},
    )


def _unit_candidates(seen: Survey) -> tuple[str, ...]:
    """org:group, org:role, what is called a department, org:resource, up to the first sure to tell."""
    synonyms = set(SYNONYMS["events"]["unit"].split()) - {"resource", "orgresource", "group", "role"}
    alike = [
        key
        for key in seen.keys
        if plain(key) in synonyms or _DEPARTMENT.search(plain(key.removeprefix("case:")))
    ]
    ordered = dict.fromkeys(("org:group", "org:role", *alike, "group", "role", "org:resource", "resource"))
    candidates = []
    for key in ordered:
        candidates.append(key)
        if len((seen.event_values.get(key) or seen.trace_values.get(key) or set()) - {""}) >= 2:
            break
    return tuple(candidates)


def _check_present(path: Path, seen: Survey, gathered: Gathered, keys: _Keys) -> None:
    problems = Problems(path.name)
    for part, key in (("activity", keys.activity), ("time", keys.time)):
        if not gathered.events[key].names:
            found = f"no event with the attribute {quoted(key)} for the {IN_WORDS[part]}"
            if part == "time":
                found = f"no timestamps: {found}"
            _missing(problems, found, seen, key)
    if not any(_shared(gathered, key).names for key in keys.units):
        _missing(
            problems, f"no attribute for the unit (looked for {listed(keys.units, 5)})", seen, "org:group"
        )
    problems.raise_if_any()


def _missing(problems: Problems, found: str, seen: Survey, key: str) -> None:
    there = f"Attributes there are: {listed(seen.keys, 40)}. {suggestion(key, seen.keys)}".strip()
    problems.add(None, "", found, "such an attribute, or another one chosen for it", there)


def _shared(gathered: Gathered, key: str) -> Coded:
    """An attribute row by row: the event's own, else its trace's."""
    return either(gathered.events[key], gathered.traces[key].take(gathered.case))


def _assembled(
    path: Path, seen: Survey, gathered: Gathered, keys: _Keys, choices: Choices, *, packed: bool
) -> EventLog:
    problems = Problems(path.name, place="event")
    rows = np.arange(1, len(gathered.case) + 1, dtype=np.int64)
    notes = list(_notes(seen, gathered))
    unit_key = _unit_key(gathered, keys.units)

    def names(key: str, column: Coded, *, required: bool = False) -> Coded:
        return checked_names(column, key, rows, problems, required=required)

    def optional(part: str) -> Coded | None:
        return (
            names(keys.optional[part], _shared(gathered, keys.optional[part]))
            if part in keys.optional
            else None
        )

    case = names(keys.case, _cases(gathered, keys.case, notes), required=True)
    activity = names(keys.activity, gathered.events[keys.activity], required=True)
    unit = names(unit_key, _shared(gathered, unit_key))
    external, document = optional("external"), optional("document")
    times = checked_times(gathered.events[keys.time], keys.time, rows, choices.date_format, problems)
    value = None
    if value_key := keys.optional.get("value"):
        column = _shared(gathered, value_key)
        value, assumed = checked_values(column.names, column.codes, value_key, rows, problems, ".")
        notes += [*assumed, *without_amount(value, value_key)]
    problems.raise_if_any()
    source = Source(
        file=path.name,
        format="XES, gz" if packed else "XES",
        date_format=times.format,
        columns={"case": keys.case, "activity": keys.activity, "time": keys.time, "unit": unit_key}
        | keys.optional,
        available=seen.keys,
        notes=(*notes, *times.notes),
    )
    return EventLog(
        case, activity, unit, times.times, value, external, document, rows, times.zoned, seen.keys, source
    )


def _unit_key(gathered: Gathered, candidates: tuple[str, ...]) -> str:
    """The first attribute with at least two different names, else the first that is there at all."""
    present = [key for key in candidates if _shared(gathered, key).names]
    return next((key for key in present if in_use(_shared(gathered, key)).distinct >= 2), present[0])


def _cases(gathered: Gathered, key: str, notes: list[str]) -> Coded:
    """Each event's case: by its trace's name, or by the chosen attribute of event or trace."""
    if key != NAME:
        return _shared(gathered, key)
    traces = gathered.traces[NAME]
    nameless = np.flatnonzero(traces.codes < 0)
    if len(nameless):
        notes.append(f"{len(nameless):,} traces without a name are called by their number.")
        codes, names = traces.codes.copy(), [*traces.names, *(f"trace {i + 1}" for i in nameless.tolist())]
        codes[nameless] = np.arange(len(traces.names), len(names), dtype=np.int32)
        traces = Coded(codes, tuple(names))
    if len(traces.names) < len(traces.codes):
        notes.append(
            f"{len(traces.codes):,} traces share {len(traces.names):,} names: those of one name are one case."
        )
    return in_use(traces.take(gathered.case))


def _notes(seen: Survey, gathered: Gathered) -> list[str]:
    notes = []
    if gathered.stray_events:
        notes.append(f"{gathered.stray_events:,} events outside any trace left out.")
    if empty := gathered.trace_count - len(np.unique(gathered.case)):
        notes.append(f"{empty:,} traces without events left out.")
    steps = sorted(seen.event_values.get(LIFECYCLE, ()))
    if len({step.casefold() for step in steps}) > 1:
        notes.append(f"Every lifecycle step counts as an event: {listed(steps)}.")
    return notes
