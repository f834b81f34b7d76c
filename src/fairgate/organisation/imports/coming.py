"""The way of a file, step by step. Each step is one action; a person looks before the last."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation

from fairgate.files import actions as files
from fairgate.files import queries as kept
from fairgate.files.rules import Condition
from fairgate.organisation import actions, queries
from fairgate.organisation.imports import tables
from fairgate.organisation.imports.counting import counted
from fairgate.organisation.models import Import
from fairgate.organisation.rules import EVENTS, FactKind, FlowRow, ImportState, Origin
from fairgate.organisation.wording import faults
from fairgate.readers.choices import Choices
from fairgate.readers.problems import ReadError
from fairgate.readers.recognise import recognise
from fairgate.shared.actor import Actor
from fairgate.work import actions as work
from fairgate.work.rules import JSON, Progress

SHOWN_PROBLEMS = 200


class FileChanged(Exception):
    """The kept file is gone or not what it was: what a person looked at can't be saved."""


def receive(
    *,
    by: Actor,
    name: str,
    content: Iterable[bytes],
    kind: str = "",
    choices: Mapping[str, str],
    done_at: str,
) -> Import:
    """Take a file in. A table is checked at once; a log is counted in the background, with progress, and
    ``done_at`` (with the import's id for ``{}``) is where its page stands."""
    coming = open_file(by=by, name=name, content=content, kind=kind, choices=choices)
    if coming.kind == EVENTS and coming.state == ImportState.COUNTING:
        coming = actions.start_counting(by=by, pk=coming.pk, done_at=done_at.format(coming.pk))
    return coming


def open_file(
    *,
    by: Actor,
    name: str,
    content: Iterable[bytes],
    kind: str = "",
    choices: Mapping[str, str] | None = None,
) -> Import:
    """Keep the file, find out what it is, and check it if that is quick. Nothing else is saved.

    Not one transaction: receiving and reading may take long, and on SQLite every other writer would wait. A crash in
    between leaves a kept file that no import speaks of.
    """
    actions.only_stewards(by)
    stored = files.keep(by=by, name=name, content=content)
    path = kept.path_of(stored.sha256)
    chosen = {key: value for key, value in (choices or {}).items() if value}
    findings: dict[str, Any] = {}
    problems: list[str] = []
    state = ImportState.COUNTING
    try:
        kind = kind or _kind_of(path, chosen)
        if kind != EVENTS:
            findings, problems = _checked(by, path, name, FactKind(kind), chosen)
            state = ImportState.FAULTY if problems else ImportState.READY
    except ReadError as error:
        kind, problems, state = kind or EVENTS, _told(error, name), ImportState.FAULTY
    return actions.note_import(
        by=by,
        file=stored,
        name=name,
        kind=kind,
        choices=chosen,
        state=state,
        findings=findings,
        problems=problems,
    )


def count(*, pk: UUID, progress: Progress | None = None) -> Callable[[], Mapping[str, JSON]]:
    """Read and count a log that came in, which may take long and changes nothing; what is returned saves the result, or
    what is wrong, on the import's page."""
    coming = Import.objects.select_related("file").get(pk=pk)
    try:
        found = counted(kept.path_of(coming.file_id), coming.name, coming.choices, progress)
    except ReadError as error:
        problems = _told(error, coming.name)
    except ValueError as error:  # the engine's sentences
        problems = [f"{coming.name}: {error}"]
    else:
        return partial(actions.note_counted, pk=pk, findings=found.findings, counts=found.counts)
    return partial(actions.note_counted, pk=pk, problems=problems)


def apply(*, by: Actor, pk: UUID) -> Import:
    """Save what the dry run showed, all of it or nothing. Raises `actions.NotReady` when there is nothing to apply."""
    coming = queries.import_for(by, pk)
    if coming.kind == EVENTS:
        return actions.apply_log(by=by, pk=pk)
    with transaction.atomic():
        actions.claim_import(by=by, pk=pk)
        path = _intact(coming)
        rows, _ = tables.rows_in(path, FactKind(coming.kind), Choices.of(coming.choices))
        if queries.endless_flows(row for row in rows if isinstance(row, FlowRow)):
            raise actions.FaultyRows([])  # others were saved since the dry run
        actions.add(by=by, rows=rows, origin=Origin.IMPORTED, reason=coming.name)
        return actions.close_import(by=by, pk=pk, state=ImportState.APPLIED)


def discard(*, by: Actor, pk: UUID) -> Import:
    """Don't use it. The file stays under its hash; the ledger says who discarded it."""
    coming = queries.import_for(by, pk)
    if coming.job_id and coming.state == ImportState.COUNTING:
        work.cancel(by=by, job_id=coming.job_id)
    with transaction.atomic():
        actions.claim_import(by=by, pk=pk, also=(ImportState.COUNTING, ImportState.FAULTY))
        return actions.close_import(by=by, pk=pk, state=ImportState.DISCARDED)


def _intact(coming: Import) -> Path:
    """The kept file, if it still is what was looked at. Raises `FileChanged`."""
    if kept.verify_file(coming.file_id) is not Condition.INTACT:
        raise FileChanged
    return kept.path_of(coming.file_id)


def _kind_of(path: Path, choices: Mapping[str, str]) -> str:
    """Events, or a kind of fact. Raises `ReadError` that lists the columns when it is neither."""
    try:
        return str(recognise(path, Choices.of(choices)))
    except ReadError as unknown:
        kind = tables.recognised(path, Choices.of(choices))
        if kind is None:
            raise unknown from None
        return kind.value


def _checked(
    by: Actor, path: Path, name: str, kind: FactKind, choices: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """The dry run of a table: what it would add, and every problem in it."""
    rows, source = tables.rows_in(path, kind, Choices.of(choices))
    try:
        added = actions.preview(by=by, rows=rows, origin=Origin.IMPORTED)
    except actions.FaultyRows as refused:
        return {}, [faults.sentence(fault, kind, translation) for fault in refused.faults[:SHOWN_PROBLEMS]]
    if endless := queries.endless_flows(row for row in rows if isinstance(row, FlowRow)):
        return {}, [f"{name}: {cycle}" for cycle in endless]
    return {
        "rows": len(rows),
        "new": dict(added.new),
        "made": {kind: names[:SHOWN_PROBLEMS] for kind, names in added.made.items()},
        "unchanged": added.unchanged,
        "source": source.to_dict(),
    }, []


def _told(error: ReadError, name: str) -> list[str]:
    """The problems under the name the person knows the file by, not its hash."""
    told = [str(replace(problem, file=name)) for problem in error.problems[:SHOWN_PROBLEMS]]
    return [*told, f"… {error.more:,}"] if error.more else told
