"""Decisions of another system: mappings that are kept, the states of an import, and who somebody in a record is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.files.models import StoredFile
from fairgate.gate.actions.arriving import Applied, apply_rows, wait_for_others
from fairgate.gate.models import DecisionImport, DecisionMapping, RecordedPerson
from fairgate.gate.queries import imports as queries
from fairgate.gate.queries.known import Known
from fairgate.gate.rules import NAME_LENGTH, OWN_SOURCE, ImportState
from fairgate.gate.rules.rows import DecisionRow
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation.models import Unit
from fairgate.people.models import Person
from fairgate.shared import clock
from fairgate.shared.actor import Actor, is_steward
from fairgate.work import actions as work
from fairgate.work.rules import JSON


class NotReady(Exception):
    """The import is in a state in which this can't be done; ``state`` says in which."""

    def __init__(self, state: ImportState) -> None:
        super().__init__(state)
        self.state = state


class NameTaken(Exception):
    """Another mapping has this name."""


class KindElsewhere(Exception):
    """The request kind of all rows belongs to another deciding unit."""


class StaleMapping(Exception):
    """The mapping was changed since it was looked at."""


class StaleFindings(Exception):
    """The records here changed since the dry run: something else would be saved than was shown."""


class SourceReserved(Exception):
    """What is submitted here has this source's name; no other system may have it."""


@transaction.atomic
def keep_mapping(
    *,
    by: Actor,
    name: str,
    source: str,
    deciding_unit: int,
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, JSON]],
    options: Mapping[str, JSON],
    pk: int | None = None,
    edition: int | None = None,
) -> DecisionMapping:
    """Keep how one source's columns and words are read, for every file to come; with ``pk``, its next edition. Files read
    with an earlier edition have to be read again. Raises `NameTaken`, `SourceReserved`, `StaleMapping`, `PermissionDenied`."""
    _may_import(by, deciding_unit)
    if source.strip().casefold() == OWN_SOURCE:
        raise SourceReserved
    unit = Unit.objects.get(pk=deciding_unit)
    always = options.get("always")
    if (
        isinstance(always, dict)
        and (kind := always.get("kind"))
        and kind not in queries.kinds_of(deciding_unit)
    ):
        raise KindElsewhere
    mapping, old = DecisionMapping(edition=0), None
    if pk is not None:
        mapping = DecisionMapping.objects.select_for_update().get(pk=pk)
        _may_import(by, mapping.deciding_unit_id)
        if edition is not None and mapping.edition != edition:
            raise StaleMapping
        old = _facts(mapping)
    namesakes = DecisionMapping.objects.filter(name__iexact=name.strip())
    if (namesakes.exclude(pk=pk) if pk is not None else namesakes).exists():
        raise NameTaken
    mapping.name, mapping.source, mapping.deciding_unit = name.strip(), source.strip(), unit
    mapping.columns = dict(columns)
    mapping.values = {field: dict(words) for field, words in values.items()}
    mapping.options = dict(options)
    if old == _facts(mapping):
        return mapping
    mapping.edition += 1
    mapping.save()
    ledger.append(
        by=by,
        action="gate.mapping-kept",
        subject=Subject("decision-mapping", str(mapping.pk), mapping.name),
        old=old,
        new={**_facts(mapping), "edition": mapping.edition},
    )
    return mapping


def _facts(mapping: DecisionMapping) -> dict[str, Any]:
    return {
        "name": mapping.name,
        "source": mapping.source,
        "deciding unit": mapping.deciding_unit.name,
        "columns": mapping.columns,
        "values": mapping.values,
        "options": mapping.options,
    }


@transaction.atomic
def note_import(
    *,
    by: Actor,
    file: StoredFile,
    name: str,
    mapping: int | None = None,
    findings: Mapping[str, Any] | None = None,
    problems: Sequence[str] = (),
) -> DecisionImport:
    """Write down that a file came in: to be read with the mapping, or to be asked about; with ``problems``, of no use."""
    if not queries.may_bring(by):
        raise PermissionDenied
    chosen = queries.mapping_for(by, mapping) if mapping is not None else None
    if chosen is not None:
        _may_import(by, chosen.deciding_unit_id)
    coming = DecisionImport.objects.create(
        mapping=chosen,
        mapping_edition=chosen.edition if chosen else 0,
        file=file,
        name=name[:NAME_LENGTH],
        state=ImportState.FAULTY if problems else ImportState.READING,
        findings=dict(findings or {}),
        problems=list(problems),
        by_id=by.actor_id,
        by_name=by.actor_name,
    )
    _record(by, coming, "came", {"sha256": file.pk, "mapping": chosen.name if chosen else ""})
    return coming


@transaction.atomic
def read_with(*, by: Actor, pk: UUID, mapping: int) -> DecisionImport:
    """Have a file read (once more) with this mapping as it is now."""
    coming = _claimed(by, pk, ImportState.READING, ImportState.FAULTY, ImportState.READY)
    chosen = queries.mapping_for(by, mapping)
    _may_import(by, chosen.deciding_unit_id)
    coming.mapping, coming.mapping_edition = chosen, chosen.edition
    coming.state, coming.job_id = ImportState.READING, None
    coming.findings, coming.problems = {"proposal": _without_examples(coming)}, []
    coming.save()
    return coming


def _without_examples(coming: DecisionImport) -> dict[str, Any] | None:
    """Examples of cells help to say which column is what; afterwards they would be names that nobody asked to keep."""
    proposal: dict[str, Any] | None = coming.findings.get("proposal")
    return proposal and {**proposal, "examples": {}}


@transaction.atomic
def start_reading(*, by: Actor, pk: UUID, done_at: str) -> DecisionImport:
    """Have the dry run made in the background."""
    coming = _claimed(by, pk, ImportState.READING)
    job = work.submit(
        by=by, name="gate.read_decisions", title=coming.name, arguments=_told(by, pk), done_at=done_at
    )
    coming.job_id = job.pk
    coming.save(update_fields=["job_id"])
    return coming


@transaction.atomic
def note_read(
    *, by: Actor, pk: UUID, edition: int, findings: Mapping[str, Any], problems: Sequence[str]
) -> dict[str, JSON]:
    """What the dry run found. Nothing happens when somebody discarded the import or changed the mapping meanwhile."""
    state = ImportState.FAULTY if problems else ImportState.READY
    current = DecisionImport.objects.select_for_update().filter(
        pk=pk, state=ImportState.READING, mapping_edition=edition
    )
    for coming in current:
        kept = {"proposal": coming.findings.get("proposal"), **findings}
        coming.state, coming.findings, coming.problems, coming.job_id = state, kept, list(problems), None
        coming.save()
        _record(by, coming, state.value, {"counts": dict(findings.get("counts", {}))})
    return {"state": state.value}


@transaction.atomic
def start_applying(*, by: Actor, pk: UUID, done_at: str) -> DecisionImport:
    """Have what the dry run showed saved in the background."""
    coming = _claimed(by, pk, ImportState.READY)
    if not queries.is_being_saved(coming):
        job = work.submit(
            by=by, name="gate.apply_decisions", title=coming.name, arguments=_told(by, pk), done_at=done_at
        )
        coming.job_id = job.pk
        coming.save(update_fields=["job_id"])
    return coming


@transaction.atomic
def apply_decisions(
    *,
    by: Actor,
    pk: UUID,
    chunks: Iterable[Sequence[DecisionRow]],
    brought: frozenset[str],
    known: Known,
    people: Mapping[str, str],
) -> Applied:
    """Save the rows of an import that is ready: all of them, with one ledger entry, or nothing. What the dry run showed is
    what is saved: raises `StaleFindings` where it would be anything else."""
    coming = _claimed(by, pk, ImportState.READY)
    if coming.mapping is None:
        raise NotReady(ImportState.READING)
    if coming.mapping.edition != coming.mapping_edition:
        raise StaleMapping
    wait_for_others(coming.mapping)
    if coming.findings.get("latest_applied", "") != queries.latest_applied(coming.mapping.source):
        raise StaleFindings
    coming.state, coming.applied_at, coming.job_id = ImportState.APPLIED, clock.now(), None
    coming.save(update_fields=["state", "applied_at", "job_id"])
    done = apply_rows(
        by=by,
        mapping=coming.mapping,
        chunks=chunks,
        brought=brought,
        known=known,
        people=people,
        arrival=coming,
    )
    if not _as_shown(done, coming.findings):
        raise StaleFindings
    return done


def _as_shown(done: Applied, findings: Mapping[str, Any]) -> bool:
    shown = findings.get("counts", {})
    same = all(shown.get(name, 0) == number for name, number in done.counts.items())
    return same and findings.get("fields", {}) == dict(done.fields)


@transaction.atomic
def discard_import(*, by: Actor, pk: UUID) -> DecisionImport:
    """Don't use it. The file stays under its hash; the ledger says who discarded it."""
    coming = _claimed(by, pk, ImportState.READING, ImportState.READY, ImportState.FAULTY)
    coming.state = ImportState.DISCARDED
    coming.save(update_fields=["state"])
    _record(by, coming, "discarded", {"sha256": coming.file_id})
    return coming


@transaction.atomic
def map_person(*, by: Actor, pk: int, account: int | None) -> RecordedPerson:
    """Say whose account a person in imported records is; None takes that back."""
    if not (by.is_program or is_steward(by)):
        raise PermissionDenied
    person = RecordedPerson.objects.select_for_update().get(pk=pk)
    old, person.account = person.account, Person.objects.get(pk=account) if account is not None else None
    if old != person.account:
        person.save(update_fields=["account"])
        ledger.append(
            by=by,
            action="gate.recorded-person-mapped",
            subject=Subject("recorded-person", str(person.pk), person.pseudonym),
            old={"account": old.actor_id if old else None},
            new={"account": person.account.actor_id if person.account else None},
        )
    return person


def _may_import(by: Actor, unit: int) -> None:
    if not queries.may_import(by, unit):
        raise PermissionDenied


def _claimed(by: Actor, pk: UUID, *states: ImportState) -> DecisionImport:
    """Take hold of an import in one of these states, so that a double click acts once. Raises `NotReady`."""
    queries.import_for(by, pk)
    coming = DecisionImport.objects.select_for_update().get(pk=pk)
    if coming.mapping is not None:
        _may_import(by, coming.mapping.deciding_unit_id)
    elif not queries.may_bring(by):
        raise PermissionDenied
    if coming.state not in states:
        raise NotReady(ImportState(coming.state))
    return coming


def _told(by: Actor, pk: UUID) -> dict[str, JSON]:
    return {"pk": str(pk), "by_id": by.actor_id, "by_name": by.actor_name}


def _record(by: Actor, coming: DecisionImport, what: str, new: Mapping[str, Any]) -> None:
    ledger.append(
        by=by,
        action=f"gate.import-{what}",
        subject=Subject("decision-import", str(coming.pk), coming.name),
        new=new,
    )


__all__ = [
    "Applied",
    "KindElsewhere",
    "NameTaken",
    "NotReady",
    "SourceReserved",
    "StaleFindings",
    "StaleMapping",
    "apply_decisions",
    "apply_rows",
    "discard_import",
    "keep_mapping",
    "map_person",
    "note_import",
    "note_read",
    "read_with",
    "start_applying",
    "start_reading",
]
