"""The way of a file, step by step. A person looks before the last."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from fairgate.files import actions as files
from fairgate.files import queries as kept
from fairgate.files.rules import Condition
from fairgate.protection import actions, queries
from fairgate.protection.imports.tables import rows_in
from fairgate.protection.models import ComplaintImport
from fairgate.protection.rules import ImportState, RowFault
from fairgate.protection.wording import faults
from fairgate.readers.choices import Choices
from fairgate.readers.problems import ReadError
from fairgate.shared.actor import Actor

SHOWN = 200


class FileChanged(Exception):
    """The kept file is gone or not what it was: what a person looked at can't be saved."""


def open_file(
    *, by: Actor, name: str, content: Iterable[bytes], choices: Mapping[str, str] | None = None
) -> ComplaintImport:
    """Keep the file and check it; no complaint is saved. Not one transaction: receiving may take long, and on SQLite every
    other writer would wait. Raises PermissionDenied and `TooLarge`."""
    if not queries.may_import(by):
        raise PermissionDenied
    stored = files.keep(by=by, name=name, content=content)
    chosen = {key: value for key, value in (choices or {}).items() if value}
    findings: dict[str, Any] = {}
    try:
        findings, problems = _checked(by, kept.path_of(stored.sha256), chosen)
    except ReadError as error:
        problems = [str(replace(problem, file=name)) for problem in error.problems[:SHOWN]]
        problems += [f"… {error.more:,}"] if error.more else []
    return actions.note_import(
        by=by,
        file=stored,
        name=name,
        options=chosen,
        state=ImportState.FAULTY if problems else ImportState.READY,
        findings=findings,
        problems=problems,
    )


def apply(*, by: Actor, pk: UUID) -> ComplaintImport:
    """Save what the dry run showed, all of it or nothing. Raises `actions.NotReady`, `actions.FaultyRows` where others saved
    something meanwhile, and `FileChanged`."""
    coming = queries.import_for(by, pk)
    with transaction.atomic():
        actions.claim_import(by=by, pk=pk)
        if kept.verify_file(coming.file_id) is not Condition.INTACT:
            raise FileChanged
        rows, _ = rows_in(kept.path_of(coming.file_id), Choices.of(coming.options))
        actions.add(by=by, rows=rows, came_with=coming)
        return actions.close_import(by=by, pk=pk, state=ImportState.APPLIED)


def discard(*, by: Actor, pk: UUID) -> ComplaintImport:
    """Don't use it. The file stays under its hash; the ledger says who discarded it."""
    with transaction.atomic():
        actions.claim_import(by=by, pk=pk, also=(ImportState.FAULTY,))
        return actions.close_import(by=by, pk=pk, state=ImportState.DISCARDED)


def _checked(by: Actor, path: Path, chosen: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The dry run: what it would add and change, and every problem."""
    rows, source = rows_in(path, Choices.of(chosen))
    try:
        added = actions.preview(by=by, rows=rows)
    except actions.FaultyRows as refused:
        told = [faults.sentence(_nameless(fault), translation) for fault in refused.faults[:SHOWN]]
        more = len(refused.faults) - len(told)
        return {}, [*told, *([f"… {more:,}"] if more else [])]
    shown = [it for it in added.changed if it.column != "complainant"]
    return {
        "rows": len(rows),
        "new": len(added.made),
        "changed": added.changed_rows,
        "unchanged": added.unchanged,
        "changes": [[it.row, it.column, it.old[:80], it.new[:80]] for it in shown[:SHOWN]],
        "unknown_lots": queries.unknown_lots({row.lot for row in rows})[:SHOWN],
        "source": source.to_dict(),
    }, []


def _nameless(fault: RowFault) -> RowFault:
    """Problems are kept, and read by people who may not know who complained."""
    return replace(fault, found="") if fault.column == "complainant" else fault
