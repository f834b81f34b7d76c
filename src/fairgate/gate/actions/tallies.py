"""Running counts of standing decisions. Whatever changes what stands changes them in the same transaction: the old cell
loses one, the new one gains one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet

from fairgate.gate.models import SecondLook, ServiceRequest, Tally
from fairgate.gate.rules import Outcome, kept
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared.actor import Actor, is_steward

_CHUNK = 2_000
_CELLS = 500


class Cell(NamedTuple):
    """What is counted together."""

    month: date
    deciding_unit: int
    unit: int
    kind: int
    outcome: str
    promise: str
    imported: bool


class Change(NamedTuple):
    """So many decisions more (or fewer) in a cell, and so many of them in need of a slip and without one."""

    decisions: int = 0
    without_slip: int = 0


class Changes:
    """Changes added up by cell, however many decisions they come from."""

    def __init__(self) -> None:
        self._cells: dict[Cell, Change] = {}

    def add(self, cell: Cell, without_slip: bool, times: int = 1) -> "Changes":
        """One decision into ``cell``; out of it with ``times=-1``."""
        before = self._cells.get(cell, Change())
        self._cells[cell] = Change(before.decisions + times, before.without_slip + times * without_slip)
        return self

    def counted(self) -> dict[Cell, Change]:
        return {cell: change for cell, change in self._cells.items() if any(change)}


def lacks_slip(outcome: str, has_slip: bool) -> bool:
    return Outcome(outcome).needs_slip and not has_slip


def cell_of(
    deciding_unit: int,
    unit: int,
    kind: int,
    outcome: str,
    decided_at: datetime,
    promised_by: datetime | None,
    imported: bool,
    answered_at: datetime | None = None,
) -> Cell:
    """The cell of one standing decision. ``answered_at``, where it isn't ``decided_at``: a promise is about the first
    answer, not about what a second look made of it."""
    promise = kept(promised_by, answered_at or decided_at, Outcome(outcome))
    month = decided_at.astimezone(UTC).date().replace(day=1)
    return Cell(month, deciding_unit, unit, kind, str(outcome), promise.value, imported)


def count_many(changes: Mapping[Cell, Change]) -> None:
    """Bring changes into the table, always in the same order, so that two writers never wait for each other. A handful of
    statements for some hundred cells: an import touches thousands."""
    cells = sorted(changes)
    for part in (cells[at : at + _CELLS] for at in range(0, len(cells), _CELLS)):
        keys = _keys(part)
        if missing := [cell for cell in part if cell not in keys]:
            Tally.objects.bulk_create([Tally(**_columns(cell)) for cell in missing], ignore_conflicts=True)
            keys = _keys(part)
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE gate_tally SET decisions = decisions + %s, without_slip = without_slip + %s WHERE id = %s",
                [(*changes[cell], keys[cell]) for cell in part],
            )


def _keys(cells: Sequence[Cell]) -> dict[Cell, int]:
    """The rows of these cells. The months and units narrow them down by index; each month of a gate has few others."""
    near = Tally.objects.filter(
        month__in={cell.month for cell in cells},
        deciding_unit__in={cell.deciding_unit for cell in cells},
        unit__in={cell.unit for cell in cells},
    )
    wanted = set(cells)
    return {cell: tally.pk for tally in near if (cell := _cell(tally)) in wanted}


class Counted(NamedTuple):
    """Where a standing decision is counted, and whether it still needs a slip."""

    cell: Cell
    without_slip: bool


def counted_as(request: ServiceRequest) -> Counted | None:
    """Where the standing decision of ``request`` is counted, as its fields say; None before the first."""
    first = _first_answers().filter(decision__request=request).first() if request.outcome else None
    return _counted(request, first[1] if first else None)


def counted_as_many(requests: Iterable[ServiceRequest]) -> dict[int, Counted]:
    """`counted_as` for many, with one read."""
    some = {request.pk: request for request in requests}
    first = dict(_first_answers().filter(decision__request__in=some))
    found = ((pk, _counted(request, first.get(pk))) for pk, request in some.items())
    return {pk: counted for pk, counted in found if counted is not None}


def count(request: ServiceRequest, *, before: Counted | None) -> None:
    """Count what stands now, and no more what stood before (`counted_as`, asked before the change)."""
    changes = Changes()
    if before:
        changes.add(before.cell, before.without_slip, times=-1)
    if now := counted_as(request):
        changes.add(now.cell, now.without_slip)
    count_many(changes.counted())


def counted() -> dict[Cell, Change]:
    """What the running counts should be, from the requests themselves."""
    first = dict(_first_answers())
    changes = Changes()
    columns = (
        "pk", "decided_at", "deciding_unit_id", "unit_id", "kind_id", "outcome", "has_slip", "promised_by", "arrival_id",
    )  # fmt: skip
    for request in ServiceRequest.objects.exclude(outcome="").only(*columns).iterator(chunk_size=_CHUNK):
        if one := _counted(request, first.get(request.pk)):
            changes.add(one.cell, one.without_slip)
    return changes.counted()


@transaction.atomic
def recount(*, by: Actor) -> int:
    """Count everything anew; returns how many cells were wrong. Raises PermissionDenied for all but the program and
    stewards."""
    if not (by.is_program or is_steward(by)):
        raise PermissionDenied
    _stop_others()
    right, wrong = counted(), Changes()
    for tally in Tally.objects.all():
        decisions, without_slip = right.pop(_cell(tally), Change())
        if (tally.decisions, tally.without_slip) != (decisions, without_slip):
            tally.decisions, tally.without_slip = decisions, without_slip
            tally.save(update_fields=["decisions", "without_slip"])
            wrong.add(_cell(tally), without_slip=False)
    count_many(right)
    number = len(wrong.counted()) + len(right)
    ledger.append(
        by=by, action="gate.recounted", subject=Subject("tallies", "", "all"), new={"wrong": number}
    )
    return number


def _stop_others() -> None:
    """Whoever changes what stands changes a tally in the same transaction: with the table locked before counting, all of a
    change is counted or nothing. (SQLite has one writer at a time anyway.)"""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE gate_tally IN SHARE ROW EXCLUSIVE MODE")


def _counted(request: ServiceRequest, answered_at: datetime | None) -> Counted | None:
    if not request.outcome or request.decided_at is None:
        return None
    cell = cell_of(
        request.deciding_unit_id,
        request.unit_id,
        request.kind_id,
        request.outcome,
        request.decided_at,
        request.promised_by,
        request.arrival_id is not None,
        answered_at,
    )
    return Counted(cell, lacks_slip(request.outcome, request.has_slip))


def _first_answers() -> QuerySet[SecondLook, tuple[int, datetime]]:
    """Requests where a second look made what stands, and when they were answered in the first place."""
    looks = SecondLook.objects.filter(new_decision__isnull=False, new_decision__replaced_by__isnull=True)
    return looks.values_list("decision__request_id", "decision__decided_at")


def _cell(tally: Tally) -> Cell:
    return Cell(
        tally.month,
        tally.deciding_unit_id,
        tally.unit_id,
        tally.kind_id,
        tally.outcome,
        tally.promise,
        tally.imported,
    )


def _columns(cell: Cell) -> dict[str, Any]:
    columns = ("month", "deciding_unit_id", "unit_id", "kind_id", "outcome", "promise", "imported")
    return dict(zip(columns, cell, strict=True))
