"""Everything that changes the room's records."""

from fairgate.protection.actions.catches import AlreadyJudged, NotStanding, judge
from fairgate.protection.actions.complaints import (
    Added,
    Changed,
    FaultyRows,
    add,
    not_investigated,
    preview,
    refer,
    reply,
    report,
)
from fairgate.protection.actions.escapes import CantBeLinked, link, unlink
from fairgate.protection.actions.imports import NotReady, claim_import, close_import, note_import

__all__ = [
    "Added",
    "AlreadyJudged",
    "CantBeLinked",
    "Changed",
    "FaultyRows",
    "NotReady",
    "NotStanding",
    "add",
    "claim_import",
    "close_import",
    "judge",
    "link",
    "not_investigated",
    "note_import",
    "preview",
    "refer",
    "reply",
    "report",
    "unlink",
]
