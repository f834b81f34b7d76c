"""The states of an import, and what a counted log leaves behind."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.files.models import StoredFile
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.organisation import queries
from fairgate.organisation.actions.names import Names
from fairgate.organisation.models import CountedLog, CountedUnit, Import
from fairgate.organisation.rules import ImportState
from fairgate.shared.actor import Actor
from fairgate.work import actions as work
from fairgate.work.rules import JSON


class NotReady(Exception):
    """The import is in a state in which this can't be done; ``state`` says in which."""

    def __init__(self, state: ImportState) -> None:
        super().__init__(state)
        self.state = state


def only_stewards(by: Actor) -> None:
    if not queries.may_edit(by):
        raise PermissionDenied


@transaction.atomic
def note_import(
    *,
    by: Actor,
    file: StoredFile,
    name: str,
    kind: str,
    choices: dict[str, str],
    state: ImportState,
    findings: dict[str, Any],
    problems: Sequence[str],
) -> Import:
    """Write down that a file came in and what the first look found."""
    only_stewards(by)
    coming = Import.objects.create(
        file=file,
        name=name[:200],
        kind=kind,
        choices=choices,
        state=state,
        findings=findings,
        problems=list(problems),
        by_id=by.actor_id,
        by_name=by.actor_name,
    )
    _record(
        by, coming, {"state": state.value, "sha256": file.pk, "choices": choices, "problems": len(problems)}
    )
    return coming


@transaction.atomic
def start_counting(*, by: Actor, pk: UUID, done_at: str) -> Import:
    """Have a log that came in counted in the background."""
    only_stewards(by)
    coming = Import.objects.get(pk=pk)
    job = work.submit(
        by=by, name="organisation.count_log", title=coming.name, arguments={"pk": str(pk)}, done_at=done_at
    )
    coming.job_id = job.pk
    coming.save(update_fields=["job_id"])
    return coming


@transaction.atomic
def note_counted(
    *,
    pk: UUID,
    findings: dict[str, Any] | None = None,
    counts: dict[str, Any] | None = None,
    problems: Sequence[str] = (),
) -> dict[str, JSON]:
    """The background job's result. Nothing happens when somebody discarded the import meanwhile."""
    state = ImportState.FAULTY if problems else ImportState.READY
    Import.objects.filter(pk=pk, state=ImportState.COUNTING).update(
        state=state, findings=findings or {}, counts=counts, problems=list(problems)
    )
    return {"state": state.value}


@transaction.atomic
def claim_import(*, by: Actor, pk: UUID, also: Sequence[ImportState] = ()) -> Import:
    """Take hold of an import that can be applied, so that a double click applies it once. Raises `NotReady`."""
    only_stewards(by)
    coming = Import.objects.select_for_update().get(pk=pk)
    if coming.state not in {ImportState.READY, *also}:
        raise NotReady(ImportState(coming.state))
    return coming


@transaction.atomic
def close_import(*, by: Actor, pk: UUID, state: ImportState) -> Import:
    coming = Import.objects.get(pk=pk)
    old = coming.state
    coming.state, coming.counts = state, None
    coming.save(update_fields=["state", "counts"])
    _record(by, coming, {"state": state.value}, {"state": old})
    return coming


@transaction.atomic
def apply_log(*, by: Actor, pk: UUID) -> Import:
    """Let the counted figures stand: units the log names are made, an earlier log of the same name is retired."""
    coming = claim_import(by=by, pk=pk)
    names = Names()
    replaced = CountedLog.objects.filter(name=coming.name, is_current=True)
    retired = [str(pk) for pk in replaced.values_list("pk", flat=True)]
    replaced.update(is_current=False)
    log = CountedLog.objects.create(
        file=coming.file,
        name=coming.name,
        choices=coming.choices,
        counts=coming.counts,
        source=coming.findings["source"],
        by_id=by.actor_id,
        by_name=by.actor_name,
    )
    CountedUnit.objects.bulk_create(
        CountedUnit(log=log, unit=names.unit(name), name_in_log=name) for name in coming.findings["units"]
    )
    ledger.append(
        by=by,
        action="organisation.log-counted",
        subject=Subject("logs", str(log.pk), log.name),
        new={
            "sha256": coming.file_id,
            "choices": coming.choices,
            "events": coming.findings["events"],
            "documents": coming.findings["documents"],
            "figures": sha256(json.dumps(coming.counts, sort_keys=True).encode()).hexdigest(),
            "new units": names.made["units"],
            "retired": retired,
        },
    )
    return close_import(by=by, pk=pk, state=ImportState.APPLIED)


@transaction.atomic
def retire_log(*, by: Actor, pk: int, reason: str) -> CountedLog:
    """Take a log's figures off all pages; they stay readable."""
    only_stewards(by)
    log = CountedLog.objects.select_for_update().get(pk=pk)
    if log.is_current:
        log.is_current = False
        log.save(update_fields=["is_current"])
        ledger.append(
            by=by,
            action="organisation.log-retired",
            subject=Subject("logs", str(log.pk), log.name),
            old={"current": True},
            new={"current": False},
            reason=reason,
        )
    return log


def _record(by: Actor, coming: Import, new: dict[str, Any], old: dict[str, Any] | None = None) -> None:
    ledger.append(
        by=by,
        action=f"organisation.import-{new['state']}",
        subject=Subject("imports", str(coming.pk), coming.name),
        old=old,
        new=new,
    )
