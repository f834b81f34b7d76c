"""What the worker and the job's own process write. None of it is anybody's act, so none of it is in the
ledger: what a task does is recorded by the action it calls."""

import os
from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from fairgate.shared import clock
from fairgate.work import queries
from fairgate.work.models import Job
from fairgate.work.rules import JSON, Report, State
from fairgate.work.rules.report import REPORT
from fairgate.work.rules.states import ATTEMPTS


@transaction.atomic
def claim(job_id: UUID) -> bool:
    """Take a waiting job; False when somebody else has it or it is not wanted any more."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != State.WAITING:
        return False
    job.state, job.started_at, job.attempts = State.RUNNING, clock.now(), job.attempts + 1
    job.save(update_fields=["state", "started_at", "attempts"])
    return True


def report(job_id: UUID, so_far: Report) -> None:
    """Say how far a running job is, in one step: whoever reads meanwhile sees the old report or this one."""
    folder = queries.folder_of(job_id)
    fresh = folder / f"{REPORT}.{os.getpid()}"
    fresh.write_text(so_far.text(), encoding="utf-8")
    fresh.replace(folder / REPORT)


@transaction.atomic
def complete(job_id: UUID, save: Callable[[], Mapping[str, JSON]]) -> bool:
    """Save what the task found and mark the job done, both or neither. False when the job is no longer
    running: then nothing is saved."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != State.RUNNING:
        return False
    job.result = dict(save())
    _end(job, State.DONE)
    return True


@transaction.atomic
def fail(job_id: UUID, problem: str) -> None:
    """The job could not be done; ``problem`` says why, to people. One that has ended stays as it is."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state == State.RUNNING:
        job.problem = problem
        _end(job, State.FAILED)


@transaction.atomic
def release(job_id: UUID, gave_up: str) -> None:
    """The process that ran the job is gone. It waits again, unless it was to be cancelled, or was begun too
    often: then ``gave_up`` is the problem."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != State.RUNNING:
        return
    if job.cancel_asked or queries.is_cancel_asked(job_id):
        _end(job, State.CANCELLED)
    elif job.attempts >= ATTEMPTS:
        job.problem = gave_up
        _end(job, State.FAILED)
    else:
        job.state = State.WAITING
        job.save(update_fields=["state"])


@transaction.atomic
def give_back(job_id: UUID) -> None:
    """The worker stops in good order: the job waits again, and this attempt does not count."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state == State.RUNNING:
        job.state, job.attempts = State.WAITING, job.attempts - 1
        job.save(update_fields=["state", "attempts"])


@transaction.atomic
def cancelled(job_id: UUID) -> None:
    """The process was stopped, or stopped itself, because the job is not wanted any more."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state == State.RUNNING:
        _end(job, State.CANCELLED)


def _end(job: Job, state: State) -> None:
    now = queries.report_of(job.pk)
    job.state, job.ended_at = state, clock.now()
    job.done, job.note = (1.0 if state == State.DONE else now.done), now.note[:200]
    job.save(update_fields=["state", "ended_at", "done", "note", "result", "problem"])
