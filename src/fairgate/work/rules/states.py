"""The states of a job, and how often it is tried."""

from enum import StrEnum


class State(StrEnum):
    """waiting → running → done | failed | cancelled; running → waiting when the process that ran it is
    gone."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})

# A job that takes the whole program down with it must not do so for ever.
ATTEMPTS = 3


def is_local(url: str) -> bool:
    """Whether a link stays on this site: a path, and not ``//elsewhere``."""
    return url.startswith("/") and not url.startswith(("//", "/\\"))
