"""What an earlier import brought, as the rows that would bring it once more: to compare a file with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter
from typing import Any

from fairgate.gate.models import Decision, ServiceRequest
from fairgate.gate.rules import Outcome
from fairgate.gate.rules.rows import OF_DECISION, DecisionRow, Difference, differences

_REQUEST = (
    "pk", "key", "kind_id", "unit_id", "submitted_at", "item", "asked", "process_id", "risk", "value", "promised_by",
    "submitter__digest", "follows__key", "deciding_unit_id", "outcome", "decided_at", "has_slip", "expected_by",
)  # fmt: skip
_DECISION = (
    "request_id", "pk", "outcome", "decided_at", "team_id", "decider__digest", "conditions", "note", "arrival_id",
)  # fmt: skip

_KEY = itemgetter(_DECISION.index("pk"))


@dataclass(frozen=True, slots=True)
class Here:
    """A request that came in before. ``row``: what the imports said of it so far; a decision made in Fairgate since (a second
    look, a hold that was resolved) is none of theirs and stays. ``latest``: its newest decision, whoever made it, which a
    correction replaces. ``imported``: whether that one came by an import."""

    pk: int
    row: DecisionRow
    deciding_unit: int
    outcome: str
    decided_at: datetime
    has_slip: bool
    expected_by: datetime | None
    latest: int
    imported: bool


def here(source: str, keys: Sequence[str]) -> dict[str, Here]:
    """The requests of ``source`` with these keys, by key. Two reads, whatever their number."""
    requests = {values[0]: values for values in _requests(source, keys)}
    if not requests:
        return {}
    newest: dict[int, tuple[Any, ...]] = {}
    arrived: dict[int, tuple[Any, ...]] = {}
    # Sorted here: asked to sort, SQLite walks the whole table in the order of its key.
    decisions = Decision.objects.filter(request__in=list(requests)).order_by().values_list(*_DECISION)
    for values in sorted(decisions, key=_KEY):
        newest[values[0]] = values
        if values[-1] is not None:
            arrived[values[0]] = values
    return {
        values[1]: _here(values, arrived[pk], newest[pk]) for pk, values in requests.items() if pk in arrived
    }


def _requests(source: str, keys: Sequence[str]) -> Any:
    return ServiceRequest.objects.filter(source=source, key__in=keys).order_by().values_list(*_REQUEST)


def _here(request: tuple[Any, ...], arrived: tuple[Any, ...], newest: tuple[Any, ...]) -> Here:
    pk, key, kind, unit, submitted_at, item, asked, process, risk, value, promised_by = request[:11]
    submitter, follows, deciding_unit, outcome, decided_at, has_slip, expected_by = request[11:]
    row = DecisionRow(
        key=key,
        kind=kind,
        unit=unit,
        outcome=Outcome(arrived[2]),
        decided_at=arrived[3],
        submitted_at=submitted_at,
        item=item,
        asked=asked,
        process=process,
        team=arrived[4],
        risk=risk,
        value=value,
        promised_by=promised_by,
        submitter=submitter or "",
        decider=arrived[5] or "",
        follows=follows or "",
        conditions=arrived[6],
        note=arrived[7],
    )
    imported = newest[-1] is not None
    return Here(pk, row, deciding_unit, outcome, decided_at, has_slip, expected_by, newest[1], imported)


@dataclass(frozen=True, slots=True)
class Sorted:
    """Rows beside what is here. ``elsewhere``: rows whose key belongs to another deciding unit's request. ``superseded``: rows
    that correct details of a decision which a later one, made in Fairgate, has replaced: nothing comes of those."""

    new: list[DecisionRow]
    changed: list[tuple[Here, DecisionRow, list[Difference]]]
    superseded: list[DecisionRow]
    elsewhere: list[DecisionRow]
    unchanged: int


def sorted_out(
    source: str, deciding_unit: int, rows: Sequence[DecisionRow], brought: Collection[str]
) -> Sorted:
    """What of some rows is new, and what of the others is changed."""
    there = here(source, [row.key for row in rows])
    found = Sorted([], [], [], [], 0)
    unchanged = 0
    for row in rows:
        old = there.get(row.key)
        if old is None:
            found.new.append(row)
        elif old.deciding_unit != deciding_unit:
            found.elsewhere.append(row)
        elif not (changes := list(differences(old.row, row, brought))):
            unchanged += 1
        elif not old.imported and _only_details(changes):
            found.superseded.append(row)
        else:
            found.changed.append((old, row, changes))
    return replace(found, unchanged=unchanged)


def _only_details(changes: Sequence[Difference]) -> bool:
    return all(change.field in OF_DECISION and change.field != "outcome" for change in changes)
