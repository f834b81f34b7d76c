"""Everything that changes the organisation."""

from fairgate.organisation.actions.facts import Added, FaultyRows, InUse, add, change, preview, remove
from fairgate.organisation.actions.imports import (
    NotReady,
    apply_log,
    claim_import,
    close_import,
    note_counted,
    note_import,
    only_stewards,
    retire_log,
    start_counting,
)
from fairgate.organisation.actions.judging import ReasonMissing, judge
from fairgate.organisation.actions.members import add_member, choose_function, remove_member

__all__ = [
    "Added",
    "FaultyRows",
    "InUse",
    "NotReady",
    "ReasonMissing",
    "add",
    "add_member",
    "apply_log",
    "change",
    "choose_function",
    "claim_import",
    "close_import",
    "judge",
    "note_counted",
    "note_import",
    "only_stewards",
    "preview",
    "remove",
    "remove_member",
    "retire_log",
    "start_counting",
]
