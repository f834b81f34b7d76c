"""The sentences of the gate."""

from fairgate.gate.wording.names import (
    LEVELS,
    LIKELY,
    NOT_A_RECORD,
    OUTCOMES,
    PROMISES,
    RESULTS,
    STATES,
    outcome_name,
    state_name,
)
from fairgate.gate.wording.refusing import (
    already_sentence,
    fault_sentence,
    not_now_sentence,
)
from fairgate.gate.wording.waiting import (
    shortened,
)

__all__ = [
    "LEVELS",
    "LIKELY",
    "NOT_A_RECORD",
    "OUTCOMES",
    "PROMISES",
    "RESULTS",
    "STATES",
    "already_sentence",
    "fault_sentence",
    "not_now_sentence",
    "outcome_name",
    "shortened",
    "state_name",
]
