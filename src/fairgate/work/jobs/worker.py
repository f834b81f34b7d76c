"""The worker: begins waiting jobs, one at a time and each in a subprocess, and picks up what a crash left."""

import logging
import sys
import time
from collections.abc import Sequence
from threading import Event
from uuid import UUID

from django.db import DatabaseError, connections
from django.utils.translation import gettext

from fairgate.work import actions, queries, wording
from fairgate.work.jobs.lock import Lock
from fairgate.work.jobs.supervision import supervise
from fairgate.work.rules.states import ATTEMPTS

COMMAND = (sys.executable, "-m", "fairgate.cli", "work")
_SECONDS_BETWEEN_LOOKS = 0.3
_SECONDS_BETWEEN_RECOVERIES = 5.0
_log = logging.getLogger(__name__)


def run_worker(stop: Event, *, command: Sequence[str] = COMMAND) -> None:
    """Do background work until ``stop`` is set; a job that runs then is stopped and waits for the next
    worker.

    Made for a thread of the server's process. Several workers on one machine share the work: no two run the
    same job. All of them need the same ``settings.DATA``. ``command``, followed by the job's id, must call
    `run_one`.
    """
    recover_at = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() >= recover_at:
                recover()
                recover_at = time.monotonic() + _SECONDS_BETWEEN_RECOVERIES
            if not _work_once(stop, command):
                stop.wait(_SECONDS_BETWEEN_LOOKS)
        except DatabaseError:
            _log.exception("background work: the database could not be used; trying again")
            connections.close_all()
            stop.wait(_SECONDS_BETWEEN_LOOKS)
    connections.close_all()


def recover() -> None:
    """Jobs that are marked running and that nobody runs wait again, or are given up after three attempts."""
    for job_id in queries.running():
        if lock := Lock.take(queries.folder_of(job_id)):
            try:
                actions.release(job_id, gettext(wording.GAVE_UP).format(attempts=ATTEMPTS))
            finally:
                _leave(job_id, lock)


def _work_once(stop: Event, command: Sequence[str]) -> bool:
    """Run one waiting job to its end; False when there was none to take."""
    for job_id in queries.waiting():
        if not (lock := Lock.take(queries.folder_of(job_id))):
            continue
        try:
            if actions.claim(job_id):
                supervise(job_id, lock, stop, command)
                return True
        finally:
            _leave(job_id, lock)
    return False


def _leave(job_id: UUID, lock: Lock) -> None:
    """The folder is needed only as long as the job can still run."""
    if queries.has_ended(job_id):
        lock.sweep()
    else:
        lock.let_go()
