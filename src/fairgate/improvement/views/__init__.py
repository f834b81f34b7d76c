"""Pages of conversations, commitments and the charter."""

from fairgate.improvement.views.charter import charter, charter_pdf, charters, edit_charter
from fairgate.improvement.views.commitments import (
    answer,
    between,
    close,
    commitment,
    commitments,
    export,
    promise,
    reassign,
    reopen,
)
from fairgate.improvement.views.front import customers, improvement, mine
from fairgate.improvement.views.heard import notes, share, summary, summary_pdf, theme, themes
from fairgate.improvement.views.interviews import (
    calendar,
    call_off,
    change,
    guide,
    hold,
    interview,
    interviews,
    plan,
)

__all__ = [
    "answer",
    "between",
    "calendar",
    "call_off",
    "change",
    "charter",
    "charter_pdf",
    "charters",
    "close",
    "commitment",
    "commitments",
    "customers",
    "edit_charter",
    "export",
    "guide",
    "hold",
    "improvement",
    "interview",
    "interviews",
    "mine",
    "notes",
    "plan",
    "promise",
    "reassign",
    "reopen",
    "share",
    "summary",
    "summary_pdf",
    "theme",
    "themes",
]
