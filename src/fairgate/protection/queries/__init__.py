"""Every read of the room. What a person may know or do is asked here."""

from fairgate.protection.queries.catches import (
    CatchPage,
    catch_for,
    catches_for,
    number_to_judge,
    to_judge_for,
)
from fairgate.protection.queries.complaints import (
    ComplaintPage,
    candidates_for,
    complaint_for,
    complaint_page,
    complaints_for,
    import_for,
    imports_for,
    is_linked,
    unknown_lots,
)
from fairgate.protection.queries.doors import (
    decided,
    function_units,
    handles,
    may_import,
    may_read,
    may_report,
    sees_complainants,
    side_of,
)
from fairgate.protection.queries.escapes import EscapeFigures, escape_figures
from fairgate.protection.queries.figures import Guardrails, Protection, guardrails_for, protection_for
from fairgate.protection.queries.standing import was_judged
from fairgate.protection.queries.waiting import news_for, waiting_for

__all__ = [
    "CatchPage",
    "ComplaintPage",
    "EscapeFigures",
    "Guardrails",
    "Protection",
    "candidates_for",
    "catch_for",
    "catches_for",
    "complaint_for",
    "complaint_page",
    "complaints_for",
    "decided",
    "escape_figures",
    "function_units",
    "guardrails_for",
    "handles",
    "import_for",
    "imports_for",
    "is_linked",
    "may_import",
    "may_read",
    "may_report",
    "news_for",
    "number_to_judge",
    "protection_for",
    "sees_complainants",
    "side_of",
    "to_judge_for",
    "unknown_lots",
    "waiting_for",
    "was_judged",
]
