"""Asking for background work, not wanting it any more, and what its process says became of it."""

from fairgate.work.actions.asking import cancel, submit
from fairgate.work.actions.running import cancelled, claim, complete, fail, give_back, release, report

__all__ = ["cancel", "cancelled", "claim", "complete", "fail", "give_back", "release", "report", "submit"]
