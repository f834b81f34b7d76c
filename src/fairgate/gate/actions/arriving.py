"""Rows of another system become requests and decisions. One way in, for files and for whatever sends rows later."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from fairgate.gate.actions import tallies
from fairgate.gate.models import (
    Decision,
    DecisionImport,
    DecisionMapping,
    RecordedPerson,
    RefusalSlip,
    SecondLook,
    ServiceRequest,
)
from fairgate.gate.queries import imports as queries
from fairgate.gate.queries.here import Here, sorted_out
from fairgate.gate.queries.known import Known
from fairgate.gate.rules import LookResult, Outcome, State
from fairgate.gate.rules.pseudonyms import pseudonym
from fairgate.gate.rules.rows import OF_DECISION, OF_REQUEST, PEOPLE, DecisionRow, Difference
from fairgate.gate.wording import OUTCOMES
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor

LISTED = 500
"""Changed values written out in the ledger's entry; of more, the entry holds the first and counts the rest."""
_AT_ONCE = 500


class KeyElsewhere(Exception):
    """A key belongs to a request that another deciding unit decides; nothing was saved."""

    def __init__(self, row: DecisionRow) -> None:
        super().__init__(f"row {row.row}: {row.key}")
        self.row = row


@dataclass(slots=True)
class Applied:
    """What came of the rows. ``fields`` counts changed values by field; ``listed`` holds the first of them as text."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    superseded: int = 0
    gone: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    listed: list[list[str]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        names = ("new", "changed", "unchanged", "superseded", "gone")
        return {name: getattr(self, name) for name in names}


@transaction.atomic
def apply_rows(
    *,
    by: Actor,
    mapping: DecisionMapping,
    chunks: Iterable[Sequence[DecisionRow]],
    brought: frozenset[str],
    known: Known,
    people: Mapping[str, str] | None = None,
    arrival: DecisionImport | None = None,
) -> Applied:
    """Save checked rows: a key that is new becomes a request with its decision; of one that is here, what differs in the
    fields ``brought`` is corrected (the decision by a new one that replaces it); nothing is removed. The same rows again
    change nothing. Memory holds one chunk. ``people``: the names of people by their digest, where names are kept.

    Raises `KeyElsewhere`, and IntegrityError for a key that is in the rows twice.
    """
    if not queries.may_import(by, mapping.deciding_unit_id):
        raise PermissionDenied
    wait_for_others(mapping)
    here_before = queries.count_here(mapping)
    arriving = _Arriving(mapping, arrival, brought, known, people or {})
    for chunk in chunks:
        arriving.take(chunk)
    arriving.finish()
    done = arriving.applied
    done.gone = here_before - done.changed - done.unchanged - done.superseded
    ledger.append(
        by=by,
        action="gate.decisions-imported",
        subject=Subject(
            "decision-import", str(arrival.pk if arrival else ""), arrival.name if arrival else mapping.name
        ),
        old={"changed": [[key, name, old] for key, name, old, _new in done.listed]} if done.listed else None,
        new={
            "sha256": arrival.file_id if arrival else "",
            "mapping": mapping.name,
            "mapping edition": mapping.edition,
            "source": mapping.source,
            "counts": done.counts,
            "changed values": dict(done.fields),
            "changed": [[key, name, new] for key, name, _old, new in done.listed],
        },
    )
    return done


def wait_for_others(mapping: DecisionMapping) -> None:
    """Two imports of one source come one after the other: the second compares with what the first left."""
    list(DecisionMapping.objects.select_for_update().filter(source=mapping.source).order_by("pk"))


class _Arriving:
    """The rows of one import on their way in, chunk by chunk."""

    def __init__(
        self,
        mapping: DecisionMapping,
        arrival: DecisionImport | None,
        brought: frozenset[str],
        known: Known,
        names: Mapping[str, str],
    ) -> None:
        self.mapping, self.arrival, self.brought, self.known, self.names = (
            mapping,
            arrival,
            brought,
            known,
            names,
        )
        self.applied = Applied()
        self.tallies = tallies.Changes()
        self.people: dict[str, int] = {}
        self.follows: list[tuple[int, str]] = []

    def take(self, chunk: Sequence[DecisionRow]) -> None:
        for at in range(0, len(chunk), _AT_ONCE):
            self._take(chunk[at : at + _AT_ONCE])

    def _take(self, rows: Sequence[DecisionRow]) -> None:
        self._hold(rows)
        found = sorted_out(self.mapping.source, self.mapping.deciding_unit_id, rows, self.brought)
        if found.elsewhere:
            raise KeyElsewhere(found.elsewhere[0])
        changed = [(old, self._whole(old, row), changes) for old, row, changes in found.changed]
        self._know_people([*found.new, *(row for _old, row, _changes in changed)])
        self._add(found.new)
        self._correct(changed)
        self.applied.unchanged += found.unchanged
        self.applied.superseded += len(found.superseded)

    def _hold(self, rows: Sequence[DecisionRow]) -> None:
        """Nobody gives a second look between comparing and saving. (SQLite has one writer at a time anyway, and asked to
        sort, it walks the whole table.)"""
        if connection.features.has_select_for_update:
            same = ServiceRequest.objects.filter(
                source=self.mapping.source, key__in=[row.key for row in rows]
            )
            list(same.select_for_update().order_by("pk").values_list("pk"))

    def finish(self) -> None:
        self._link()
        tallies.count_many(self.tallies.counted())

    def _know_people(self, rows: Sequence[DecisionRow]) -> None:
        wanted = {getattr(row, name) for row in rows for name in PEOPLE} - {"", *self.people}
        if not wanted:
            return
        source = self.mapping.source
        RecordedPerson.objects.bulk_create(
            [
                RecordedPerson(
                    source=source, digest=one, pseudonym=pseudonym(one), name=self.names.get(one, "")
                )
                for one in sorted(wanted)
            ],
            ignore_conflicts=True,
        )
        for person in RecordedPerson.objects.filter(source=source, digest__in=wanted):
            self.people[person.digest] = person.pk
            if not person.name and (name := self.names.get(person.digest)):
                person.name = name
                person.save(update_fields=["name"])

    def _add(self, rows: Sequence[DecisionRow]) -> None:
        requests = ServiceRequest.objects.bulk_create([self._request(row) for row in rows])
        Decision.objects.bulk_create(
            [self._decision(request, row) for request, row in zip(requests, rows, strict=True)]
        )
        for request, row in zip(requests, rows, strict=True):
            self._count(request)
            if row.follows:
                self.follows.append((request.pk, row.follows))
        self.applied.new += len(rows)

    def _request(self, row: DecisionRow) -> ServiceRequest:
        request = ServiceRequest(
            deciding_unit_id=self.mapping.deciding_unit_id,
            source=self.mapping.source,
            key=row.key,
            asked=row.asked,
            arrival=self.arrival,
            row=row.row,
            expected_by=row.promised_by,
        )
        self._say(request, row, OF_REQUEST)
        self._stand(request, row)
        return request

    def _say(self, request: ServiceRequest, row: DecisionRow, fields: Iterable[str]) -> None:
        """Let the request say what the row says in these fields."""
        for name in fields:
            if name == "kind":
                request.kind_id, request.kind_edition = row.kind, self.known.editions[row.kind]
            elif name == "submitter":
                request.submitter_id = self.people.get(row.submitter)
            elif name in ("unit", "process"):
                setattr(request, f"{name}_id", getattr(row, name))
            elif name == "promised_by":
                request.promised_by = request.expected_by = row.promised_by
            elif name != "follows":
                setattr(request, name, getattr(row, name))

    def _stand(self, request: ServiceRequest, row: DecisionRow) -> None:
        request.outcome, request.decided_at = row.outcome, row.decided_at
        request.state = State.DECIDED if row.outcome.is_final else State.HELD

    def _decision(self, request: ServiceRequest, row: DecisionRow, replaces: int | None = None) -> Decision:
        return Decision(
            request=request,
            outcome=row.outcome,
            kind_edition=request.kind_edition,
            decided_at=row.decided_at,
            decider_id=self.people.get(row.decider),
            team_id=row.team,
            conditions=row.conditions,
            note=row.note,
            replaces_id=replaces,
            arrival=self.arrival,
            row=row.row,
        )

    def _count(self, request: ServiceRequest) -> None:
        cell = tallies.cell_of(
            request.deciding_unit_id, request.unit_id, request.kind_id, request.outcome, request.decided_at,  # type: ignore[arg-type]  # decided: it has a day
            request.promised_by, self.arrival is not None,
        )  # fmt: skip
        self.tallies.add(cell, tallies.lacks_slip(request.outcome, request.has_slip))

    def _correct(self, changed: Sequence[tuple[Here, DecisionRow, list[Difference]]]) -> None:
        if not changed:
            return
        requests = ServiceRequest.objects.in_bulk([old.pk for old, _row, _changes in changed])
        before = tallies.counted_as_many(requests.values())
        for old, row, changes in changed:
            self._correct_one(requests[old.pk], old, row, {change.field for change in changes})
            self._list(changes)
        after = tallies.counted_as_many(requests.values())
        for times, counted in ((-1, before), (1, after)):
            for one in counted.values():
                self.tallies.add(one.cell, one.without_slip, times=times)
        self.applied.changed += len(changed)

    def _whole(self, old: Here, row: DecisionRow) -> DecisionRow:
        """The row, with what its file doesn't say as it was."""
        silent = {
            name: getattr(old.row, name) for name in (*OF_REQUEST, *OF_DECISION) if name not in self.brought
        }
        return replace(row, **silent)

    def _correct_one(self, request: ServiceRequest, old: Here, row: DecisionRow, fields: set[str]) -> None:
        self._say(request, row, [name for name in OF_REQUEST if name in fields])
        if "follows" in fields:
            request.follows = None
            if row.follows:
                self.follows.append((request.pk, row.follows))
        if fields.intersection(OF_DECISION) and (old.imported or "outcome" in fields):
            decision = self._decision(request, row, old.latest)
            decision.save(force_insert=True)
            request.has_slip = (
                request.has_slip and request.outcome == row.outcome and _carry(old.latest, decision)
            )
            _take_look_along(old, decision)
            self._stand(request, row)
        request.save()

    def _list(self, changes: Sequence[Difference]) -> None:
        for change in changes:
            self.applied.fields[change.field] += 1
            if len(self.applied.listed) < LISTED:
                old, new = told(change, self.known)
                self.applied.listed.append([change.key, change.field, old, new])

    def _link(self) -> None:
        """Each request to the one it follows, which may stand anywhere in the rows or have come before."""
        for at in range(0, len(self.follows), _AT_ONCE):
            some = self.follows[at : at + _AT_ONCE]
            keys = queries.keys_here(
                self.mapping.source, self.mapping.deciding_unit_id, [key for _pk, key in some]
            )
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE gate_servicerequest SET follows_id = %s WHERE id = %s",
                    [(keys[key], pk) for pk, key in some if key in keys],
                )


def _carry(earlier: int, decision: Decision) -> bool:
    """The refusal slip of a decision that was corrected in details goes on to the one that replaces it."""
    slip = RefusalSlip.objects.filter(decision=earlier).order_by("pk").last()
    if slip is None or decision.outcome not in {each.value for each in Outcome if each.needs_slip}:
        return False
    slip.pk, slip.decision = None, decision
    slip.save(force_insert=True)
    return True


def _take_look_along(old: Here, decision: Decision) -> None:
    """A second look that waits goes on to the corrected decision. Where the outcome is another one, nobody needs it any
    more: it ends, and says why."""
    waiting = SecondLook.objects.filter(decision=old.latest, result="")
    if decision.outcome == old.outcome:
        waiting.update(decision=decision)
        return
    reasons = _("The outcome was changed by an import: from %(old)s to %(new)s.")
    said = {"old": _(OUTCOMES[Outcome(old.outcome)]), "new": _(OUTCOMES[Outcome(decision.outcome)])}
    waiting.update(result=LookResult.OVERTAKEN, looked_at=clock.now(), reasons=reasons % said)


def told(change: Difference, known: Known) -> tuple[str, str]:
    """Old and new as people here call them; people by their pseudonyms."""
    return _text(change.field, change.old, known), _text(change.field, change.new, known)


def _text(field: str, value: Any, known: Known) -> str:
    if field in PEOPLE:
        return pseudonym(value) if value else ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="seconds"))
    return known.text(field, value)
