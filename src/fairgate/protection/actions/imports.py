"""The states of a file of complaints."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from fairgate.files.models import StoredFile
from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.protection import queries
from fairgate.protection.models import ComplaintImport
from fairgate.protection.rules import ImportState
from fairgate.shared.actor import Actor


class NotReady(Exception):
    """The import is in a state in which this can't be done; ``state`` says in which."""

    def __init__(self, state: ImportState) -> None:
        super().__init__(state)
        self.state = state


def only_importers(by: Actor) -> None:
    if not queries.may_import(by):
        raise PermissionDenied


@transaction.atomic
def note_import(
    *,
    by: Actor,
    file: StoredFile,
    name: str,
    options: dict[str, str],
    state: ImportState,
    findings: dict[str, Any],
    problems: Sequence[str],
) -> ComplaintImport:
    """Write down that a file came in and what the dry run found."""
    only_importers(by)
    coming = ComplaintImport.objects.create(
        file=file,
        name=name[:200],
        state=state,
        options=options,
        findings=findings,
        problems=list(problems),
        by_id=by.actor_id,
        by_name=by.actor_name,
    )
    _record(by, coming, {"state": state.value, "sha256": file.pk, "problems": len(problems)})
    return coming


@transaction.atomic
def claim_import(*, by: Actor, pk: UUID, also: Sequence[ImportState] = ()) -> ComplaintImport:
    """Take hold of an import that can be applied, so that a double click applies it once. Raises `NotReady`."""
    only_importers(by)
    coming = ComplaintImport.objects.select_for_update().get(pk=pk)
    if coming.state not in {ImportState.READY, *also}:
        raise NotReady(ImportState(coming.state))
    return coming


@transaction.atomic
def close_import(*, by: Actor, pk: UUID, state: ImportState) -> ComplaintImport:
    """The last step. Raises PermissionDenied."""
    only_importers(by)
    coming = ComplaintImport.objects.get(pk=pk)
    old, coming.state = coming.state, state
    coming.save(update_fields=["state"])
    _record(by, coming, {"state": state.value}, {"state": old})
    return coming


def _record(
    by: Actor, coming: ComplaintImport, new: dict[str, Any], old: dict[str, Any] | None = None
) -> None:
    ledger.append(
        by=by,
        action=f"protection.import-{new['state']}",
        subject=Subject("complaint-imports", str(coming.pk), coming.name),
        old=old,
        new=new,
    )
