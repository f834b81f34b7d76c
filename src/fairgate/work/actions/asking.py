"""What people do with jobs."""

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.db import transaction

from fairgate.ledger import actions as ledger
from fairgate.ledger.rules import Subject
from fairgate.shared import clock
from fairgate.shared.actor import Actor
from fairgate.work import queries
from fairgate.work.models import Job
from fairgate.work.rules import JSON, State
from fairgate.work.rules.report import CANCEL
from fairgate.work.rules.states import is_local


@transaction.atomic
def submit(*, by: Actor, name: str, title: str, arguments: Mapping[str, JSON], done_at: str = "") -> Job:
    """Ask for the task ``name`` to be done in the background, once this transaction has committed.

    ``title`` says to people what it is; ``done_at`` is the page to go to when it is done. Raises ValueError
    for a ``done_at`` that leaves this site. Whether the task exists shows when it is begun.
    """
    if done_at and not is_local(done_at):
        message = f"done_at: found {done_at!r}, expected a path on this site"
        raise ValueError(message)
    job = Job.objects.create(
        name=name,
        title=title[:200],
        arguments=dict(arguments),
        requested_by=by.actor_id,
        requested_by_name=by.actor_name,
        done_at=done_at,
    )
    ledger.append(
        by=by, action="work.submitted", subject=_subject(job), new={"task": name, "arguments": job.arguments}
    )
    return job


def cancel(*, by: Actor, job_id: UUID) -> Job:
    """Give up a job of one's own (a steward: of anybody): at once when it waits, within moments when it runs.
    One that has ended stays as it is.

    The running process is told first, outside any transaction: it may hold the lock that ours would wait for.
    Raises Job.DoesNotExist, also for somebody else's.
    """
    found = queries.job_for(by, job_id).state
    if found == State.RUNNING:
        _tell(job_id)
    return _record_cancel(by, job_id, found)


def _tell(job_id: UUID) -> None:
    """Nothing happens when the job has ended and its folder is gone."""
    with suppress(FileNotFoundError):
        (queries.folder_of(job_id) / CANCEL).touch()


@transaction.atomic
def _record_cancel(by: Actor, job_id: UUID, found: str) -> Job:
    """By now the process may have ended: finished after all, or cancelled because we asked."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.cancel_asked or job.state in {State.DONE, State.FAILED}:
        return job
    job.cancel_asked = True
    if job.state == State.WAITING:
        job.state, job.ended_at = State.CANCELLED, clock.now()
    job.save(update_fields=["cancel_asked", "state", "ended_at"])
    ledger.append(
        by=by,
        action="work.cancelled",
        subject=_subject(job),
        old={"state": found},
        new={"cancel_asked": True},
    )
    return job


def _subject(job: Job) -> Subject:
    return Subject("job", str(job.pk), job.title)
