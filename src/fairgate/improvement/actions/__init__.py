"""Everything that changes conversations, commitments, what is asked and what a charter says."""

from fairgate.improvement.actions.commitments import answer, close, promise, reassign, reopen
from fairgate.improvement.actions.guides import edit_charter, edit_guide
from fairgate.improvement.actions.interviews import call_off, change, hold, plan
from fairgate.improvement.actions.refusals import Faulty, NotAllowedNow
from fairgate.improvement.actions.summaries import share, summarise, write_notes

__all__ = [
    "Faulty",
    "NotAllowedNow",
    "answer",
    "call_off",
    "change",
    "close",
    "edit_charter",
    "edit_guide",
    "hold",
    "plan",
    "promise",
    "reassign",
    "reopen",
    "share",
    "summarise",
    "write_notes",
]
