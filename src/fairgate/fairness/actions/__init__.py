"""Every write of the room: tables, agreements, runs."""

from fairgate.fairness.actions.agreements import (
    FromTheFuture,
    NoAgreement,
    record_agreement,
    withdraw_agreement,
)
from fairgate.fairness.actions.runs import compute, request_run, run_at_once
from fairgate.fairness.actions.surveys import (
    OPEN,
    NotReady,
    apply_survey,
    discard_survey,
    note_checked,
    note_survey,
)

__all__ = [
    "OPEN",
    "FromTheFuture",
    "NoAgreement",
    "NotReady",
    "apply_survey",
    "compute",
    "discard_survey",
    "note_checked",
    "note_survey",
    "record_agreement",
    "request_run",
    "run_at_once",
    "withdraw_agreement",
]
