"""Every write of the room: tables, agreements, runs."""

from fairgate.fairness.actions.agreements import (
    FromTheFuture,
    NoAgreement,
    record_agreement,
    withdraw_agreement,
)
from fairgate.fairness.actions.periods import AlreadyUsed, NotTheLatest, use_periods
from fairgate.fairness.actions.runs import compute, request_run, run_at_once
from fairgate.fairness.actions.surveys import (
    OPEN,
    NotReady,
    apply_survey,
    discard_survey,
    note_checked,
    note_survey,
)
from fairgate.fairness.dataset import CantBeScored

__all__ = [
    "OPEN",
    "AlreadyUsed",
    "CantBeScored",
    "FromTheFuture",
    "NoAgreement",
    "NotReady",
    "NotTheLatest",
    "apply_survey",
    "compute",
    "discard_survey",
    "note_checked",
    "note_survey",
    "record_agreement",
    "request_run",
    "run_at_once",
    "use_periods",
    "withdraw_agreement",
]
