"""The way of a file of decisions, step by step. A person (or, every night, the program) looks before the last."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from fairgate.files import actions as files
from fairgate.files import queries as kept
from fairgate.files.rules import Condition
from fairgate.gate.actions import arriving
from fairgate.gate.actions import imports as actions
from fairgate.gate.dataset import Unusable, by_decisions
from fairgate.gate.imports.lists import Lines
from fairgate.gate.imports.reading import Chunk, Reading, Spool, begin
from fairgate.gate.models import DecisionImport, DecisionMapping
from fairgate.gate.queries import imports as queries
from fairgate.gate.queries.here import Sorted, sorted_out
from fairgate.gate.rules import ImportState
from fairgate.gate.rules.rows import PEOPLE
from fairgate.readers.decisions import Proposal, propose
from fairgate.readers.problems import Problem, ReadError
from fairgate.shared.actor import Actor
from fairgate.work import actions as work
from fairgate.work import queries as jobs
from fairgate.work.rules import JSON, Progress

READ, SAVED = 0.6, 1.0  # shares of an import's time, for the progress bar


class FileChanged(Exception):
    """The kept file is gone or not what it was: what a person looked at can't be saved."""


class Faulty(Exception):
    """The file no longer passes the checks it passed in the dry run: something here changed since. Nothing was saved."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


def receive(
    *, by: Actor, name: str, content: Iterable[bytes], mapping: int | None = None, done_at: str = ""
) -> DecisionImport:
    """Take a file in. With a mapping it is read in the background (``done_at``, with the import's id for ``{}``, is where its
    page stands); without one, how it could be read is proposed and a person is asked. Nothing else is saved."""
    coming = open_file(by=by, name=name, content=content, mapping=mapping)
    if coming.mapping_id is not None and coming.state == ImportState.READING:
        coming = actions.start_reading(by=by, pk=coming.pk, done_at=done_at.format(coming.pk))
    return coming


def open_file(
    *, by: Actor, name: str, content: Iterable[bytes], mapping: int | None = None
) -> DecisionImport:
    """Keep the file under its hash and note that it came. Not one transaction: receiving may take long."""
    if not queries.may_bring(by):
        raise PermissionDenied
    stored = files.keep(by=by, name=name, content=content)
    findings: dict[str, Any] = {}
    problems: list[str] = []
    if mapping is None:
        try:
            findings["proposal"] = _as_findings(propose(kept.path_of(stored.sha256)))
        except ReadError as error:
            problems = _told(error, name)
    return actions.note_import(
        by=by, file=stored, name=name, mapping=mapping, findings=findings, problems=problems
    )


def _as_findings(proposal: Proposal) -> dict[str, Any]:
    """Without the names of people, as far as the columns tell."""
    people = {proposal.fields[name] for name in PEOPLE if name in proposal.fields}
    examples = {column: some for column, some in proposal.examples.items() if column not in people}
    units = by_decisions(proposal.units, proposal.acts)[:200]
    kept = {name: value for name, value in asdict(proposal).items() if name != "acts"}
    return {**kept, "examples": examples, "source": proposal.source.to_dict(), "units": units}


def read(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Callable[[], Mapping[str, JSON]]:
    """The dry run: read the whole file, check every row, compare with what is here. Changes nothing; what is returned saves
    what was found on the import's page."""
    coming = queries.import_for(by, pk)
    assert coming.mapping is not None  # noqa: S101 - start_reading asked for it
    compared_with = queries.latest_applied(coming.mapping.source)
    with Lines() as problems, Lines() as changes:
        found = _DryRun(coming, problems, changes)
        try:
            path = _intact(coming)
            found.run(path, progress)
        except ReadError as error:
            for problem in error.problems:
                problems.append(
                    [
                        problem.row,
                        problem.column,
                        problem.found,
                        f"{problem.expected}. {problem.hint}".strip(),
                    ]
                )
        except (Unusable, FileChanged) as error:
            problems.append(
                [
                    None,
                    "",
                    str(error) or _("a file that changed while it was read"),
                    _("the file as it was given"),
                ]
            )
        findings = {**found.findings(by), "latest_applied": compared_with}
        told = [_sentence(coming.name, line) for line in problems.first[:20]]

    def save() -> Mapping[str, JSON]:
        return actions.note_read(
            by=by, pk=pk, edition=coming.mapping_edition, findings=findings, problems=told
        )

    return save


@dataclass(slots=True)
class _DryRun:
    """What an import would do, counted."""

    coming: DecisionImport
    problems: Lines
    changes: Lines
    counts: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    reading: Reading | None = None

    def run(self, path: Path, progress: Progress | None) -> None:
        mapping = self.coming.mapping
        assert mapping is not None  # noqa: S101 - see read
        self.reading = reading = begin(mapping, self.problems)
        here_before = queries.count_here(mapping)
        for chunk in reading.chunks(path, _share(progress, 0.0, SAVED, _("reading"))):
            self._compare(chunk, reading, mapping)
            if progress:
                progress(0.0, _("%s rows read") % f"{reading.rows:,}")
        matched = self.counts["changed"] + self.counts["unchanged"] + self.counts["superseded"]
        self.counts["gone"] = here_before - matched

    def _compare(self, chunk: Chunk, reading: Reading, mapping: DecisionMapping) -> None:
        for at in range(0, len(chunk), 500):
            found = sorted_out(
                mapping.source, mapping.deciding_unit_id, chunk[at : at + 500], reading.brought
            )
            self._count(found, reading)

    def _count(self, found: Sorted, reading: Reading) -> None:
        self.counts["new"] += len(found.new)
        self.counts["changed"] += len(found.changed)
        self.counts["superseded"] += len(found.superseded)
        self.counts["unchanged"] += found.unchanged
        for row in found.elsewhere:
            column = self.coming.mapping.columns.get("key", "key") if self.coming.mapping else "key"
            self.problems.append(
                [
                    row.row,
                    column,
                    f"“{row.key}”",
                    _("a key that no other deciding unit's request of this source has"),
                ]
            )
        for _here, row, changes in found.changed:
            for change in changes:
                self.fields[change.field] += 1
                self.changes.append([row.row, row.key, change.field, *arriving.told(change, reading.known)])

    def findings(self, by: Actor) -> dict[str, Any]:
        reading = self.reading
        lists = {
            "problem_count": self.problems.count,
            "problem_list": self.problems.keep(by=by, name=f"problems of {self.coming.name}"),
            "change_list": self.changes.keep(by=by, name=f"changes in {self.coming.name}"),
            "value_changes": self.changes.count,
        }
        if reading is None:
            return lists
        seen = reading.seen
        return lists | {
            "rows": reading.rows,
            "unknown_words": reading.unknown_words,
            "counts": {**self.counts, "left_out": seen.left_out, "undecided": seen.undecided},
            "fields": dict(self.fields),
            "unknown": {name: words.most_common() for name, words in seen.unknown.items() if words},
            "by_submitter": seen.by_submitter,
            "people": len(seen.people),
            "zoned": seen.zoned,
            "zone": reading.mapping.options.get("zone") or settings.TIME_ZONE,
            "source": {**reading.source, "file": self.coming.name},
        }


def prepare(*, by: Actor, pk: UUID, progress: Progress | None = None) -> Callable[[], arriving.Applied]:
    """Read and check the file once more, onto disk, without touching the database; what is returned saves it, in one
    transaction that does nothing but write, and raises `StaleFindings` where that would be anything else than the dry run
    showed. Raises `NotReady`, `FileChanged`, `Faulty`, `StaleMapping`."""
    coming = queries.import_for(by, pk)
    mapping = coming.mapping
    if mapping is None or coming.state != ImportState.READY:
        raise actions.NotReady(ImportState(coming.state))
    if not queries.may_import(by, mapping.deciding_unit_id):
        raise PermissionDenied
    if mapping.edition != coming.mapping_edition:
        raise actions.StaleMapping
    path = _intact(coming)
    spool = Spool()
    with Lines() as problems:
        reading = begin(mapping, problems)
        try:
            for chunk in reading.chunks(path, _share(progress, 0.0, READ, _("checking"))):
                spool.put(chunk)
        except (ReadError, Unusable) as error:
            raise FileChanged from error
        if problems.count:
            raise Faulty([_sentence(coming.name, line) for line in problems.first[:20]])
    _intact(coming)  # also while it was read

    def save() -> arriving.Applied:
        with closing(spool):
            return actions.apply_decisions(
                by=by,
                pk=pk,
                chunks=_counted(spool, progress),
                brought=reading.brought,
                known=reading.known,
                people=reading.seen.people,
            )

    return save


def apply(*, by: Actor, pk: UUID, progress: Progress | None = None) -> arriving.Applied:
    """Save what the dry run showed, all of it or nothing."""
    return prepare(by=by, pk=pk, progress=progress)()


def discard(*, by: Actor, pk: UUID) -> DecisionImport:
    """Don't use it."""
    coming = queries.import_for(by, pk)
    discarded = actions.discard_import(by=by, pk=pk)
    if coming.job_id is not None and not jobs.has_ended(coming.job_id):
        work.cancel(by=by, job_id=coming.job_id)
    return discarded


def _counted(spool: Spool, progress: Progress | None) -> Iterable[Chunk]:
    done = 0
    for chunk in spool:
        yield chunk
        done += len(chunk)
        if progress:
            progress(READ + (SAVED - READ) * done / max(spool.rows, 1), _("%s saved") % f"{done:,}")


def _intact(coming: DecisionImport) -> Path:
    """The kept file, if it still is what was given. Raises `FileChanged`."""
    if kept.verify_file(coming.file_id) is not Condition.INTACT:
        raise FileChanged
    return kept.path_of(coming.file_id)


def _share(progress: Progress | None, start: float, end: float, note: str) -> Callable[[float], None] | None:
    if progress is None:
        return None
    return lambda done: progress(start + (end - start) * done, note)


def _sentence(name: str, line: Any) -> str:
    row, column, found, expected = line
    return str(Problem(name, row, column or "", found, expected.removesuffix(".")))


def _told(error: ReadError, name: str) -> list[str]:
    """The problems under the name the person knows the file by, not its hash."""
    told = [str(replace(problem, file=name)) for problem in error.problems]
    return [*told, f"… {error.more:,}"] if error.more else told
