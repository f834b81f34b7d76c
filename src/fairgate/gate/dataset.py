"""Decisions in an event log. Decisions are derived, not recorded, there: each act of the deciding unit that decides."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.customers import Patterns
from fairgate.engines.customers.errors import BadPattern
from fairgate.engines.customers.kinds import Kind
from fairgate.readers.events import EventLog

ACTS = {Kind.APPROVE: "approve", Kind.REJECT: "reject", Kind.RETURN: "return"}


class Unusable(Exception):
    """A pattern of a mapping is no regular expression; the message says which."""


@dataclass(frozen=True, slots=True)
class LogDecision:
    """The ``ordinal``-th decision of the deciding unit on a case.

    ``act`` is "approve", "reject" or "return". It is on the latest work another unit handed in before it: ``submitted_at``,
    ``unit`` and ``asked`` are that work's time, unit and activity, None and empty where there is none. ``follows`` is the
    ordinal of the decision it was improved after, 0 if none. Times are UTC where the log names zones, else as written.
    ``row`` counts events as the file has them."""

    row: int
    case: str
    ordinal: int
    act: str
    decided_at: datetime
    submitted_at: datetime | None
    unit: str
    asked: str
    value: float | None
    follows: int


def decisions_in(log: EventLog, gate: Collection[str], options: Mapping[str, str]) -> Iterator[LogDecision]:
    """Every decision by a unit called one of ``gate``, case by case in order of time.

    ``options`` may hold patterns: "approve", "reject", "return", else the engine's own. What counts as work is what matches
    none of them (so a claimant's “rejected” of their own claim is no submission), or what "submission" finds. Raises
    `Unusable`."""
    try:
        kinds = patterns_of(options).kinds(log.activity.names)
        handed_in = kinds == Kind.WORK
        if options.get("submission"):
            found = re.compile(options["submission"], re.IGNORECASE)
            handed_in = np.array([found.search(name) is not None for name in log.activity.names], dtype=bool)
    except (BadPattern, re.error) as problem:
        raise Unusable(str(problem)) from problem
    ours = np.array([name in gate for name in log.unit.names] + [False], dtype=bool)
    order = np.lexsort((np.arange(len(log)), log.time, log.case.codes))
    concerned = _concerned(log, kinds, handed_in, ours)[order]
    yield from _walk(log, order[concerned], kinds, ours)


def _concerned(
    log: EventLog, kinds: NDArray[np.int8], handed_in: NDArray[np.bool_], ours: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Events that decide, by the gate, and events that hand in, by another unit with a name."""
    gate = ours[log.unit.codes]
    deciding: NDArray[np.bool_] = (gate & (kinds[log.activity.codes] != Kind.WORK)) | (
        ~gate & (log.unit.codes >= 0) & handed_in[log.activity.codes]
    )
    return deciding


def _walk(
    log: EventLog, events: NDArray[np.intp], kinds: NDArray[np.int8], ours: NDArray[np.bool_]
) -> Iterator[LogDecision]:
    case, ordinal, refused, latest = -1, 0, False, -1
    for at in events.tolist():
        if log.case.codes[at] != case:
            case, ordinal, refused, latest = int(log.case.codes[at]), 0, False, -1
        if not ours[log.unit.codes[at]]:
            latest = at
            continue
        act = ACTS[Kind(int(kinds[log.activity.codes[at]]))]
        ordinal += 1
        yield _decision(log, at, latest, act, ordinal, ordinal - 1 if refused else 0)
        refused = act != "approve"


def _decision(log: EventLog, at: int, latest: int, act: str, ordinal: int, follows: int) -> LogDecision:
    there = latest >= 0
    value = float(log.value[latest if there else at]) if log.value is not None else float("nan")
    return LogDecision(
        row=int(log.rows[at]),
        case=log.case.names[log.case.codes[at]],
        ordinal=ordinal,
        act=act,
        decided_at=_moment(log, at),
        submitted_at=_moment(log, latest) if there else None,
        unit=log.unit.names[log.unit.codes[latest]] if there else "",
        asked=log.activity.names[log.activity.codes[latest]] if there else "",
        value=None if value != value else value,
        follows=follows,
    )


def _moment(log: EventLog, at: int) -> datetime:
    moment: datetime = log.time[at].astype("M8[us]").item()
    return moment.replace(tzinfo=UTC) if log.zoned else moment


def by_decisions(units: Sequence[str], acts: Iterable[tuple[str, str, int]]) -> list[str]:
    """The units of a log, the one that decided most often first. ``acts``: (unit, activity, how often)."""
    listed = list(acts)
    names = sorted({activity for _unit, activity, _often in listed})
    kinds = dict(zip(names, Patterns().kinds(names).tolist(), strict=True))
    decided: Counter[str] = Counter()
    for unit, activity, often in listed:
        decided[unit] += often * (kinds[activity] != Kind.WORK)
    return sorted(units, key=lambda unit: -decided[unit])


def patterns_of(options: Mapping[str, str]) -> Patterns:
    """The patterns a mapping gives; the engine's own for those it doesn't."""
    ours = Patterns()
    return Patterns(
        approve=options.get("approve") or ours.approve,
        reject=options.get("reject") or ours.reject,
        return_=options.get("return") or ours.return_,
    )
