"""Codes and pure predicates of the gate."""

from fairgate.gate.rules.codes import (
    APPROVING,
    NAME_LENGTH,
    NON_APPROVING,
    OPEN,
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

__all__ = [
    "APPROVING",
    "NAME_LENGTH",
    "NON_APPROVING",
    "OPEN",
    "REASON_LENGTH",
    "SLIPPED",
    "TEXT_LENGTH",
    "ImportState",
    "Kept",
    "Level",
    "Likely",
    "LookResult",
    "Outcome",
    "State",
    "Thing",
]
