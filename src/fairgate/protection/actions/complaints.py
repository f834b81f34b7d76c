"""Complaints in and answered: one way for the form, the file and the demonstrations."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import ExternalCustomer
from fairgate.people.models import Person
from fairgate.protection import queries
from fairgate.protection.models import Complaint, ComplaintImport
from fairgate.protection.rules import (
    NAME_LENGTH,
    REASON_LENGTH,
    TEXT_LENGTH,
    Arrival,
    ComplaintRow,
    Fault,
    RowFault,
    as_facts,
    faults_of,
    key_of,
    twice,
)
from fairgate.shared import clock
from fairgate.shared.actor import Actor

_FACTS = ("product", "lot", "complainant", "nature", "severity", "received")
_CHUNK = 500


class FaultyRows(Exception):
    """Nothing was saved: ``faults`` says what is wrong with which row."""

    def __init__(self, faults: Sequence[RowFault]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Changed:
    """A complaint that was there and now says something else."""

    row: int
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Added:
    """What came of rows. ``made`` are the complaints that are new."""

    made: tuple[Complaint, ...]
    changed: tuple[Changed, ...]
    changed_rows: int
    unchanged: int


@transaction.atomic
def report(*, by: Actor, row: ComplaintRow, token: str) -> Complaint:
    """Write down what was reported; the same ``token`` again gives the same complaint. Raises PermissionDenied and
    `FaultyRows`."""
    if not (queries.may_report(by) or by.is_program):
        raise PermissionDenied
    key = f"typed:{by.actor_id}:{token}"[:NAME_LENGTH]
    if before := Complaint.objects.filter(key=key).first():
        return before
    _refuse([row])
    made = _made(by, row, Arrival.TYPED, key, Complaints([row]).external(row))
    made.save()
    _record(by, made, "complaint-reported", new=_said(row))
    return made


@transaction.atomic
def add(*, by: Actor, rows: Sequence[ComplaintRow], came_with: ComplaintImport | None = None) -> Added:
    """Save all rows of a file or none. A row whose key is there already changes that complaint, or says nothing new; a reply
    given here is never overwritten. Raises PermissionDenied and `FaultyRows`."""
    added = _save(by, rows, came_with)
    if added.made or added.changed:
        ledger.append(
            by=by,
            action="protection.complaints-imported",
            subject=Subject("complaint-imports", str(came_with.pk) if came_with else "", _counts(added)),
            old={"changed": [[it.row, it.column, it.old] for it in added.changed]} if added.changed else None,
            new={
                "changed": [[it.row, it.column, it.new] for it in added.changed],
                "rows": [_said(row) for row in rows],
            },
        )
    return added


def preview(*, by: Actor, rows: Sequence[ComplaintRow]) -> Added:
    """What `add` would do, by doing it and undoing it."""
    with transaction.atomic():
        added = _save(by, rows, None)
        transaction.set_rollback(True)
    return added


@transaction.atomic
def reply(*, by: Actor, pk: int, text: str) -> Complaint:
    """What was answered to whoever complained. A reply may be put right; the ledger keeps the first. Raises
    ``Complaint.DoesNotExist``, PermissionDenied and `FaultyRows`."""
    complaint = _handled(by, pk)
    text = _given("reply", text, TEXT_LENGTH)
    old = complaint.reply
    complaint.reply, complaint.replied_at, complaint.replied_by = text, clock.now(), by.actor_name
    complaint.save(update_fields=["reply", "replied_at", "replied_by"])
    _record(by, complaint, "complaint-replied", old={"reply": old} if old else None, new={"reply": text})
    return complaint


@transaction.atomic
def not_investigated(*, by: Actor, pk: int, because: str) -> Complaint:
    """That it isn't investigated, why, and who says so (21 CFR 211.198(b)(3)). Raises as `reply`."""
    complaint = _handled(by, pk)
    because = _given("not_investigated", because, REASON_LENGTH)
    old = {"because": complaint.not_investigated, "by": complaint.not_investigated_by}
    complaint.not_investigated, complaint.not_investigated_by = because, by.actor_name
    complaint.save(update_fields=["not_investigated", "not_investigated_by"])
    _record(
        by,
        complaint,
        "complaint-not-investigated",
        old=old if old["because"] else None,
        new={"because": because},
        reason=because,
    )
    return complaint


@transaction.atomic
def refer(*, by: Actor, pk: int, reference: str) -> Complaint:
    """Under which number the quality system investigates it. Raises as `reply`."""
    complaint = _handled(by, pk)
    reference = _given("reference", reference, NAME_LENGTH)
    old, complaint.reference = complaint.reference, reference
    complaint.save(update_fields=["reference"])
    _record(
        by,
        complaint,
        "complaint-referred",
        old={"reference": old} if old else None,
        new={"reference": reference},
    )
    return complaint


class Complaints:
    """What rows name, looked up once."""

    def __init__(self, rows: Sequence[ComplaintRow]) -> None:
        self.there: dict[str, Complaint] = {}
        keys = [key_of(row) for row in rows]
        for start in range(0, len(keys), _CHUNK):
            found = Complaint.objects.select_for_update().filter(key__in=keys[start : start + _CHUNK])
            self.there.update({one.key: one for one in found})
        named = any(row.external for row in rows)
        customers = ExternalCustomer.objects.all() if named else ()
        self._externals = {_folded(customer.name): customer for customer in customers}

    def external(self, row: ComplaintRow) -> ExternalCustomer | None:
        return self._externals.get(_folded(row.external)) if row.external else None

    def faults(self, rows: Sequence[ComplaintRow]) -> list[RowFault]:
        return [
            RowFault(row.row, "external", Fault.NOT_KNOWN, row.external)
            for row in rows
            if row.external and self.external(row) is None
        ]


def _save(by: Actor, rows: Sequence[ComplaintRow], came_with: ComplaintImport | None) -> Added:
    if not queries.may_import(by):
        raise PermissionDenied
    _refuse(rows)
    known = Complaints(rows)
    made: list[Complaint] = []
    changed: list[Changed] = []
    counts: Counter[str] = Counter()
    for row in rows:
        there = known.there.get(key_of(row))
        if there is None:
            made.append(_made(by, row, Arrival.IMPORTED, key_of(row), known.external(row), came_with))
            continue
        new = list(_changes(there, row, known.external(row)))
        changed += new
        counts["changed" if new else "unchanged"] += 1
        if new:
            there.save()
    Complaint.objects.bulk_create(made, batch_size=_CHUNK)
    return Added(tuple(made), tuple(changed), counts["changed"], counts["unchanged"])


def _refuse(rows: Sequence[ComplaintRow]) -> None:
    today = clock.now().date()
    found = [fault for row in rows for fault in faults_of(row, today)]
    found += twice(rows)
    found += Complaints(rows).faults(rows) if not found else []
    if found:
        raise FaultyRows(sorted(found, key=lambda fault: fault.row))


def _made(
    by: Actor,
    row: ComplaintRow,
    arrival: Arrival,
    key: str,
    external: ExternalCustomer | None,
    came_with: ComplaintImport | None = None,
) -> Complaint:
    now = clock.now()
    return Complaint(
        **{name: getattr(row, name) for name in _FACTS},
        kind=row.kind,
        external_customer=external,
        reply=row.reply,
        replied_at=now if row.reply else None,
        replied_by=by.actor_name if row.reply else "",
        key=key,
        arrival=arrival,
        came_with=came_with,
        row=row.row or None,
        reported_by=by if isinstance(by, Person) else None,
        reported_at=now,
    )


def _changes(there: Complaint, row: ComplaintRow, external: ExternalCustomer | None) -> list[Changed]:
    """Let the complaint say what the row says. An empty cell takes nothing away, and a reply given here stays."""
    found = []
    values: dict[str, Any] = {name: getattr(row, name) for name in _FACTS}
    values["external_customer"] = external
    if not there.reply:
        values["reply"] = row.reply
    for name, value in values.items():
        old = getattr(there, name)
        if value in {"", None} or str(value) == str(old):
            continue
        column = "external" if name == "external_customer" else name
        found.append(Changed(row.row, column, "" if old is None else str(old), str(value)))
        setattr(there, name, value)
        if name == "reply":
            there.replied_at = clock.now()
    return found


def _handled(by: Actor, pk: int) -> Complaint:
    """The complaint, held, for somebody who may handle it."""
    queries.complaint_for(by, pk)
    if not (queries.handles(by) or by.is_program):
        raise PermissionDenied
    return Complaint.objects.select_for_update().get(pk=pk)


def _given(column: str, text: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise FaultyRows([RowFault(0, column, Fault.MISSING)])
    if len(text) > most:
        raise FaultyRows([RowFault(0, column, Fault.TOO_LONG, text[:60])])
    return text


def _said(row: ComplaintRow) -> dict[str, str]:
    return {name: text for name, text in as_facts(row).items() if text}


def _counts(added: Added) -> str:
    return f"{len(added.made)} added, {added.changed_rows} changed, {added.unchanged} there already"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _record(
    by: Actor,
    complaint: Complaint,
    code: str,
    *,
    new: Mapping[str, object],
    old: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    subject = Subject("complaints", str(complaint.pk), str(complaint))
    ledger.append(by=by, action=f"protection.{code}", subject=subject, old=old, new=new, reason=reason)
