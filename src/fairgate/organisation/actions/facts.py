"""Facts in: one way for forms, pasted tables, imports and the demonstrations."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation import queries
from fairgate.organisation.actions.names import Changed, Names, Taken
from fairgate.organisation.rules import FactKind, Fault, Origin, Row, RowFault, as_facts, faults_of, kind_of
from fairgate.shared.actor import Actor


class FaultyRows(Exception):
    """Nothing was saved: ``faults`` says what is wrong with which row."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


class InUse(Exception):
    """The thing can't be removed: ``by_what`` counts what still hangs on it, by model name."""

    def __init__(self, by_what: Counter[str]) -> None:
        super().__init__(str(dict(by_what)))
        self.by_what = by_what


@dataclass(frozen=True, slots=True)
class Added:
    """What came in: ``new`` counts by kind, including the units and processes that rows brought with them;
    ``unchanged`` rows said what was there already."""

    new: Counter[str]
    unchanged: int
    made: Mapping[str, Sequence[str]]
    changed: Sequence[Changed]

    @property
    def total(self) -> int:
        return sum(self.new.values())


@transaction.atomic
def add(*, by: Actor, rows: Sequence[Row], origin: Origin, reason: str = "") -> Added:
    """Save all rows or none. Raises `FaultyRows`, and `PermissionDenied` where ``by`` may not say such things."""
    added = _save(by, rows, origin, reason)
    if added.total:
        kind = kind_of(rows[0])
        ledger.append(
            by=by,
            action=f"organisation.{kind}-added",
            subject=Subject(kind, "", f"{added.total} added, {added.unchanged} there already"),
            old={"changed": [[it.fact, it.column, it.old] for it in added.changed]}
            if added.changed
            else None,
            new={
                "origin": origin.value,
                "made": dict(added.made),
                "changed": [[it.fact, it.column, it.new] for it in added.changed],
                "rows": [as_facts(row) for row in rows],
            },
            reason=reason,
        )
    return added


def preview(*, by: Actor, rows: Sequence[Row], origin: Origin) -> Added:
    """What `add` would do, by doing it and undoing it: the dry run is the real thing."""
    with transaction.atomic():
        added = _save(by, rows, origin, "")
        transaction.set_rollback(True)
    return added


@transaction.atomic
def change(*, by: Actor, pk: int, row: Row, reason: str = "") -> None:
    """Let fact ``pk`` say what ``row`` says. A changed name stays the same unit, process or service."""
    _only_stewards(by)
    if faults := faults_of([row]):
        raise FaultyRows(faults)
    kind = kind_of(row)
    fact = queries.fact_for(by, kind, pk)
    old = as_facts(queries.row_of(fact))
    try:
        with transaction.atomic():
            names = Names()
            names.change(fact, row)
            names.finish()
    except (Taken, IntegrityError) as error:
        raise FaultyRows([RowFault(row.row, row.identity[0], Fault.TWICE, str(fact))]) from error
    ledger.append(
        by=by,
        action=f"organisation.{kind}-changed",
        subject=Subject(kind, str(pk), str(fact)),
        old=old,
        new=as_facts(row) | ({"made": dict(names.made)} if names.made else {}),
        reason=reason,
    )


@transaction.atomic
def remove(*, by: Actor, kind: FactKind, pk: int, reason: str) -> None:
    """Take a fact away; the ledger keeps what it said. Raises `InUse` when something else rests on it."""
    _only_stewards(by)
    fact = queries.fact_for(by, kind, pk)
    old, label = as_facts(queries.row_of(fact)), str(fact)
    if resting := queries.resting_on(fact):
        raise InUse(resting)
    try:
        fact.delete()
    except ProtectedError as error:
        raise InUse(Counter(type(thing).__name__.lower() for thing in error.protected_objects)) from error
    ledger.append(
        by=by,
        action=f"organisation.{kind}-removed",
        subject=Subject(kind, str(pk), label),
        old=old,
        reason=reason,
    )


def _save(by: Actor, rows: Sequence[Row], origin: Origin, reason: str) -> Added:
    if faults := faults_of(rows):
        raise FaultyRows(faults)
    if not queries.may_add(by, rows):
        raise PermissionDenied
    if unknown := queries.unknown_names(by, rows):
        raise FaultyRows(unknown)
    names = Names(origin=origin, reason=reason)
    unchanged = sum(not names.save(row) for row in rows)
    if names.changed and not queries.may_edit(by):
        raise FaultyRows([RowFault(it.row, it.column, Fault.OTHERWISE, it.old) for it in names.changed])
    names.finish()
    return Added(new=names.new, unchanged=unchanged, made=names.made, changed=names.changed)


def _only_stewards(by: Actor) -> None:
    if not queries.may_edit(by):
        raise PermissionDenied
