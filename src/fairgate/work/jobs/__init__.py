"""Background work happens here: the worker (in the server's process) and the one subprocess of each job."""

from fairgate.work.jobs.letters import send_letters
from fairgate.work.jobs.one import run_one
from fairgate.work.jobs.worker import run_worker

__all__ = ["run_one", "run_worker", "send_letters"]
