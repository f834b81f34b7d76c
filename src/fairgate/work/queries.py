"""Reading jobs."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from fairgate.shared.actor import Actor
from fairgate.work.models import Job
from fairgate.work.rules import ENDED, JSON, State, report
from fairgate.work.rules.states import sees_all


def jobs_for(person: Actor) -> QuerySet[Job]:
    """One's own jobs, newest first; a steward sees everybody's."""
    jobs = Job.objects.all()
    return jobs if sees_all(person.actor_role) else jobs.filter(requested_by=person.actor_id)


def job_for(person: Actor, job_id: UUID) -> Job:
    """One job, as far as it is at this moment. Raises Job.DoesNotExist, or PermissionDenied for somebody
    else's."""
    job = Job.objects.get(pk=job_id)
    if job.requested_by != person.actor_id and not sees_all(person.actor_role):
        raise PermissionDenied
    if job.state == State.RUNNING:
        now = report.read(folder_of(job_id))
        job.done, job.note = now.done, now.note
        job.cancel_asked = job.cancel_asked or report.is_cancel_asked(folder_of(job_id))
    return job


def waiting() -> list[UUID]:
    """The jobs to begin next, oldest first."""
    return list(
        Job.objects.filter(state=State.WAITING).order_by("made_at", "id").values_list("pk", flat=True)[:10]
    )


def running() -> list[UUID]:
    return list(Job.objects.filter(state=State.RUNNING).values_list("pk", flat=True))


def folder_of(job_id: UUID) -> Path:
    """Where a job that runs keeps its lock, its report and the wish to cancel it."""
    return Path(settings.DATA, "work", str(job_id))


def log_of(job_id: UUID) -> Path:
    """What the job's process wrote."""
    return Path(settings.DATA, "logs", f"work-{job_id}.log")


class Order(NamedTuple):
    """What a job's process needs to know."""

    name: str
    arguments: dict[str, JSON]


def order_of(job_id: UUID) -> Order:
    return Order(*Job.objects.values_list("name", "arguments").get(pk=job_id))


def has_ended(job_id: UUID) -> bool:
    return Job.objects.filter(pk=job_id, state__in=ENDED).exists()
