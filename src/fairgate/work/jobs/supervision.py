"""Watching over the subprocess of one job."""

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from uuid import UUID

from django.utils.translation import gettext

from fairgate.work import actions, queries, wording
from fairgate.work.jobs.lock import Lock

_SECONDS_BETWEEN_LOOKS = 0.1
_SECONDS_TO_LEAVE = 3.0


def supervise(job_id: UUID, lock: Lock, stop: Event, command: Sequence[str]) -> None:
    """Run the job to its end, or until it is to be cancelled, or until ``stop``; write what became of it.

    The process reads from a pipe that nobody writes to: it ends when we do, and then the job's process ends
    itself.
    """
    log = queries.log_of(job_id)
    process = _begin([*command, str(job_id)], log, lock)
    try:
        asked = _wait(process, job_id, stop)
    finally:
        _end(process)
    if asked == "cancel":
        actions.cancelled(job_id)
    elif asked == "stop":
        actions.give_back(job_id)
    else:
        # Stays as it is where the process has said it itself.
        actions.fail(job_id, _why(process.returncode, log))
    if log.stat().st_size == 0:
        log.unlink()


def _begin(command: Sequence[str], log: Path, lock: Lock) -> subprocess.Popen[bytes]:
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with log.open("ab") as output:
        own: dict[str, object] = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}  # type: ignore[attr-defined]  # Windows only
            if os.name == "nt"
            else {"start_new_session": True, "pass_fds": (lock.descriptor,)}
        )
        return subprocess.Popen(  # type: ignore[call-overload,no-any-return]  # noqa: S603 - options by system, our own command
            command, stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT, **own
        )


def _wait(process: subprocess.Popen[bytes], job_id: UUID, stop: Event) -> str:
    """Why the waiting is over: "" when the process ended by itself."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_SECONDS_BETWEEN_LOOKS)
            return ""
        if queries.is_cancel_asked(job_id):
            return "cancel"
        if stop.is_set():
            return "stop"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the process and everything it began to leave, then make them."""
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_SECONDS_TO_LEAVE)
    _signal(process, signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
    process.wait()
    if process.stdin:
        process.stdin.close()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "nt":
            process.terminate()
        else:
            os.killpg(process.pid, number)


def _why(code: int, log: Path) -> str:
    if code < 0:
        return gettext(wording.KILLED).format(signal=-code, log=log.name)
    return gettext(wording.ENDED_EARLY).format(code=code, log=log.name)
