"""Changing, adding and retiring the rules of a gate. Every change is a new edition; the earlier ones stay readable."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import slugify

from fairgate.gate import queries
from fairgate.gate.actions.editions import keep_edition
from fairgate.gate.models import Clause, RequestKind, Standard, WorkingCalendar
from fairgate.gate.rules import REASON_LENGTH, Thing
from fairgate.gate.rules.facts import Expected, FactFault, Facts, facts_faults, text
from fairgate.gate.rules.presets import FaultyPreset, PresetFault
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.shared.actor import Actor

_NUMBER_LENGTH, _CODE_LENGTH = 50, 60


class Stale(Exception):
    """Somebody changed the thing after the page was shown."""

    def __init__(self, by_name: str, at: datetime | None, edition: int) -> None:
        super().__init__(f"{by_name} made edition {edition}")
        self.by_name, self.at, self.edition = by_name, at, edition


@transaction.atomic
def edit(*, by: Actor, thing: Thing, pk: int, facts: Mapping[str, object], reason: str, edition: int) -> int:
    """Let a thing say ``facts`` (fields left out stay) from now on; ``edition`` is the one its page showed. Returns the
    edition that is now in force. Raises DoesNotExist, PermissionDenied, Stale, FaultyPreset."""
    record = _locked(by, thing, pk)
    _must_be_current(thing, record, edition)
    old = queries.facts_of(thing, record)
    new = {**old, **facts}
    _refuse(facts_faults(thing, new), reason)
    if new != old:
        for field, value in facts.items():
            setattr(record, field, value)
        _keep(by, thing, record, "changed", old, new, reason)
    return int(record.edition)


@transaction.atomic
def retire(*, by: Actor, thing: Thing, pk: int, reason: str) -> None:
    """Take a kind, standard or clause out of use. What rests on it stays as it was. Raises DoesNotExist, PermissionDenied,
    FaultyPreset, ValueError for things that can't be retired."""
    _put_into_use(by, thing, pk, reason, False)


@transaction.atomic
def reinstate(*, by: Actor, thing: Thing, pk: int, reason: str) -> None:
    """Put what was retired into use again. Raises as `retire` does."""
    _put_into_use(by, thing, pk, reason, True)


@transaction.atomic
def add_kind(
    *, by: Actor, preset: int, facts: Mapping[str, object], reason: str, code: str = ""
) -> RequestKind:
    """Offer another kind of request. Its short name comes from its name where none is given. Raises DoesNotExist,
    PermissionDenied, FaultyPreset."""
    into = _owner(by, Thing.PRESET, preset)
    _refuse(facts_faults(Thing.KIND, facts), reason)
    taken = set(into.kinds.values_list("code", flat=True))
    kind = RequestKind(preset=into, code=_free(code or str(facts["name"]), taken), **facts)
    _keep_new(by, Thing.KIND, kind, reason)
    return kind


@transaction.atomic
def add_standard(
    *, by: Actor, preset: int, facts: Mapping[str, object], reason: str, code: str = ""
) -> Standard:
    """Add a standard, to be given clauses next. Raises as `add_kind` does."""
    into = _owner(by, Thing.PRESET, preset)
    _refuse(facts_faults(Thing.STANDARD, facts), reason)
    taken = set(into.standards.values_list("code", flat=True))
    standard = Standard(preset=into, code=_free(code or str(facts["title"]), taken), **facts)
    _keep_new(by, Thing.STANDARD, standard, reason)
    return standard


@transaction.atomic
def add_clause(*, by: Actor, standard: int, number: str, facts: Mapping[str, object], reason: str) -> Clause:
    """Add a clause to a standard; its number is its name there and never changes. Raises as `add_kind` does."""
    into = _owner(by, Thing.STANDARD, standard)
    faults = facts_faults(Thing.CLAUSE, facts)
    if wrong := text(_NUMBER_LENGTH)(number):
        faults.append(FactFault("number", number, *wrong))
    elif into.clauses.filter(number__iexact=number.strip()).exists():
        faults.append(FactFault("number", number, Expected.ONCE))
    _refuse(faults, reason)
    clause = Clause(standard=into, number=number.strip(), **facts)
    _keep_new(by, Thing.CLAUSE, clause, reason)
    return clause


@transaction.atomic
def keep_calendar(
    *, by: Actor, unit: int, facts: Mapping[str, object], reason: str, edition: int
) -> WorkingCalendar:
    """Say which days count for the promises of a deciding unit; ``edition`` is 0 where it said nothing yet. Promises made
    before stay as they were made. Raises DoesNotExist, PermissionDenied, Stale, FaultyPreset."""
    queries.deciding_unit_for(by, unit)
    of = Unit.objects.select_for_update(no_key=True).get(pk=unit)
    if not queries.may_keep_rules(by, unit):
        raise PermissionDenied
    there = WorkingCalendar.objects.filter(unit=of).first()
    if there is not None:
        edit(by=by, thing=Thing.CALENDAR, pk=there.pk, facts=facts, reason=reason, edition=edition)
        there.refresh_from_db()
        return there
    _refuse(facts_faults(Thing.CALENDAR, facts), reason)
    calendar = WorkingCalendar(unit=of, **facts)
    _keep_new(by, Thing.CALENDAR, calendar, reason)
    return calendar


def _locked(by: Actor, thing: Thing, pk: int) -> Any:
    """The record, nobody else changing it until the transaction ends."""
    owner = queries.unit_of(queries.thing_for(by, thing, pk))
    if not queries.may_keep_rules(by, owner.pk):
        raise PermissionDenied
    return queries.MODELS[thing]._default_manager.select_for_update(no_key=True).get(pk=pk)


def _owner(by: Actor, thing: Thing, pk: int) -> Any:
    """What something is added to, under lock: two additions at once don't take the same name."""
    return _locked(by, thing, pk)


def _must_be_current(thing: Thing, record: Any, edition: int) -> None:
    if record.edition == edition:
        return
    last = queries.edition_of(thing, record.pk, record.edition)
    raise Stale(last.by_name if last else "", last.at if last else None, record.edition)


def _put_into_use(by: Actor, thing: Thing, pk: int, reason: str, into_use: bool) -> None:
    flag = queries.FLAGS.get(thing)
    if flag is None:
        message = f"{thing} can't be retired; expected one of {', '.join(queries.FLAGS)}"
        raise ValueError(message)
    record = _locked(by, thing, pk)
    _refuse([], reason)
    if getattr(record, flag) is into_use:
        return
    setattr(record, flag, into_use)
    done = "reinstated" if into_use else "retired"
    _keep(by, thing, record, done, {flag: not into_use}, {flag: into_use}, reason)


def _keep(
    by: Actor, thing: Thing, record: Any, done: str, old: Facts | None, new: Facts, reason: str
) -> None:
    record.edition += 1
    _record(by, thing, record, done, old, new, reason)


def _keep_new(by: Actor, thing: Thing, record: Any, reason: str) -> None:
    _record(by, thing, record, "added", None, queries.facts_of(thing, record), reason)


def _record(
    by: Actor, thing: Thing, record: Any, done: str, old: Facts | None, new: Facts, reason: str
) -> None:
    record.save()
    keep_edition(by, thing, record, reason)
    subject = Subject(thing.value, str(record.pk), str(record)[:200])
    changed = new if old is None else {field: new[field] for field in new if new[field] != old.get(field)}
    before = None if old is None else {field: old.get(field) for field in changed}
    ledger.append(
        by=by, action=f"gate.{thing}-{done}", subject=subject, old=before, new=changed, reason=reason
    )


def _refuse(faults: list[FactFault], reason: str) -> None:
    """Raise `FaultyPreset` where there is anything to say. A reason is always needed."""
    if wrong := text(REASON_LENGTH)(reason):
        faults = [*faults, FactFault("reason", reason, *wrong)]
    if faults:
        raise FaultyPreset([PresetFault("", "", *fault) for fault in faults])


def _free(wanted: str, taken: set[str]) -> str:
    """A short name nobody else in the preset has."""
    code = slugify(wanted)[:_CODE_LENGTH].strip("-_").replace("_", "-") or "own"
    names = [code, *(f"{code}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
