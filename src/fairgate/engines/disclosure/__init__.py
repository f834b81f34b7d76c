"""Nobody finds out who said what: what of a table may be published (DESIGN 4.3).

`Answers` in, a frozen `Publication` out::

    Answers ─ recode ─ Answers ─┐
                       Tables ──┴─ protect ─ Publication ─ audit (with every earlier one) ─ Audit

Confidential, never called anonymous: what the audit proves, and against whom, is in docs/explanation/confidential.md.
"""

from fairgate.engines.disclosure.answers import Answers
from fairgate.engines.disclosure.auditing import audit
from fairgate.engines.disclosure.coding import Part, Shown
from fairgate.engines.disclosure.errors import BadAnswers, BadTable, DisclosureError, TooFew
from fairgate.engines.disclosure.figures import Figure, mean_figure, share_figure
from fairgate.engines.disclosure.protecting import protect
from fairgate.engines.disclosure.published import Audit, Finding, Group, Publication, PublishedTable
from fairgate.engines.disclosure.recoding import Recoding, recode
from fairgate.engines.disclosure.scores import Rounded, round_to_leave_one_out
from fairgate.engines.disclosure.tables import Table
from fairgate.engines.disclosure.taking_part import Kept, told_rungs

__all__ = [
    "Answers",
    "Audit",
    "BadAnswers",
    "BadTable",
    "DisclosureError",
    "Figure",
    "Finding",
    "Group",
    "Kept",
    "Part",
    "Publication",
    "PublishedTable",
    "Recoding",
    "Rounded",
    "Shown",
    "Table",
    "TooFew",
    "audit",
    "mean_figure",
    "protect",
    "recode",
    "round_to_leave_one_out",
    "share_figure",
    "told_rungs",
]
