"""What the subprocess of a job does."""

import os
import signal
import stat
import sys
import threading
import time
import traceback
from contextlib import suppress
from uuid import UUID

from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext

from fairgate.work import actions, queries, wording
from fairgate.work.rules import Cancelled, Problem, Report, UnknownTask, task_named

_SECONDS_BETWEEN_REPORTS = 0.25


def run_one(job_id: UUID) -> int:
    """Run one job that the worker has claimed, in this process; returns the process's exit code.

    Imports every room's ``jobs`` first, so that their tasks are known. Whatever happens is written to the
    job; errors in the program go to standard error too, which the worker keeps as the job's log.
    """
    _leave_with_the_worker()
    autodiscover_modules("jobs")
    try:
        _run(job_id)
    except Cancelled:
        actions.cancelled(job_id)
    except Problem as problem:
        actions.fail(job_id, str(problem))
    except UnknownTask:
        actions.fail(job_id, gettext(wording.UNKNOWN_TASK).format(name=queries.order_of(job_id).name))
    except Exception as error:  # noqa: BLE001 - the job's page says it, the log has the rest
        traceback.print_exc()
        told = gettext(wording.PROGRAM_ERROR).format(
            kind=type(error).__name__, log=queries.log_of(job_id).name
        )
        actions.fail(job_id, told)
        return 1
    return 0


def _run(job_id: UUID) -> None:
    order = queries.order_of(job_id)
    outcome = task_named(order.name)(FileProgress(job_id), **order.arguments)
    actions.complete(job_id, outcome if callable(outcome) else lambda: outcome)


class FileProgress:
    """Progress through the job's report file, at most four times a second."""

    def __init__(self, job_id: UUID) -> None:
        self._job_id, self._report, self._next = job_id, Report(), 0.0

    def __call__(self, done: float, note: str = "", /) -> None:
        self._report = Report(max(self._report.done, min(1.0, done)), note or self._report.note)
        if (now := time.monotonic()) < self._next:
            return
        self._next = now + _SECONDS_BETWEEN_REPORTS
        if queries.is_cancel_asked(self._job_id):
            raise Cancelled
        actions.report(self._job_id, self._report)


def _leave_with_the_worker() -> None:
    """A worker that was killed cannot stop us: its end of our standard input closes, and that we can see.
    Begun by hand, where standard input is no pipe, there is nothing to see."""
    if stat.S_ISFIFO(os.fstat(0).st_mode):
        threading.Thread(target=_wait_for_the_end_of_input, daemon=True).start()


def _wait_for_the_end_of_input() -> None:
    while os.read(0, 1):
        pass
    print("the worker is gone: so are we", file=sys.stderr, flush=True)
    if os.name != "nt":
        with suppress(ProcessLookupError):
            os.killpg(0, signal.SIGKILL)
    os._exit(1)
