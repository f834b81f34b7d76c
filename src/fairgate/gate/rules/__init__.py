"""Codes and pure predicates of the gate."""

from fairgate.gate.rules.calendar import (
    WEEKDAYS,
    WorkingDays,
)
from fairgate.gate.rules.codes import (
    APPROVING,
    NAME_LENGTH,
    NON_APPROVING,
    OPEN,
    OWN_SOURCE,
    REASON_LENGTH,
    SLIPPED,
    TEXT_LENGTH,
    ImportState,
    Kept,
    Level,
    Likely,
    LookResult,
    Outcome,
    State,
    Thing,
)
from fairgate.gate.rules.faults import (
    Fault,
    FaultCode,
    text_faults,
    value_faults,
)
from fairgate.gate.rules.moves import (
    Look,
    Move,
    NotNow,
    Standing,
    not_now,
    possible,
)
from fairgate.gate.rules.promises import (
    PromiseFigures,
    kept,
)
from fairgate.gate.rules.slips import (
    SLIP_LENGTHS,
    SlipRow,
    slip_faults,
)

__all__ = [
    "APPROVING",
    "NAME_LENGTH",
    "NON_APPROVING",
    "OPEN",
    "OWN_SOURCE",
    "REASON_LENGTH",
    "SLIPPED",
    "SLIP_LENGTHS",
    "TEXT_LENGTH",
    "WEEKDAYS",
    "Fault",
    "FaultCode",
    "ImportState",
    "Kept",
    "Level",
    "Likely",
    "Look",
    "LookResult",
    "Move",
    "NotNow",
    "Outcome",
    "PromiseFigures",
    "SlipRow",
    "Standing",
    "State",
    "Thing",
    "WorkingDays",
    "kept",
    "not_now",
    "possible",
    "slip_faults",
    "text_faults",
    "value_faults",
]
