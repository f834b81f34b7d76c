"""Reading jobs."""

from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from fairgate.shared.actor import Actor, is_steward
from fairgate.work.models import Job
from fairgate.work.rules import ENDED, JSON, Report, State
from fairgate.work.rules.report import CANCEL, REPORT


def jobs_for(person: Actor) -> QuerySet[Job]:
    """One's own jobs, newest first; a steward sees everybody's."""
    jobs = Job.objects.all()
    return jobs if is_steward(person) else jobs.filter(requested_by=person.actor_id)


def job_for(person: Actor, job_id: UUID) -> Job:
    """One job, as far as it is at this moment. Raises Job.DoesNotExist, also for somebody else's."""
    job = jobs_for(person).get(pk=job_id)
    if job.state == State.RUNNING:
        now = report_of(job_id)
        job.done, job.note = now.done, now.note
        job.cancel_asked = job.cancel_asked or is_cancel_asked(job_id)
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


def report_of(job_id: UUID) -> Report:
    """The newest report of a job that runs; nothing done where there is none yet."""
    try:
        return Report.of((folder_of(job_id) / REPORT).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return Report()


def is_cancel_asked(job_id: UUID) -> bool:
    """Whether a job that runs was told that nobody wants it any more."""
    return (folder_of(job_id) / CANCEL).exists()


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
