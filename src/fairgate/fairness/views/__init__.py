"""Pages of the room."""

from fairgate.fairness.views.agreements import agreement, withdraw
from fairgate.fairness.views.periods import use_periods
from fairgate.fairness.views.runs import new_run, run
from fairgate.fairness.views.scorecards import scorecard, scorecard_pdf
from fairgate.fairness.views.surveys import (
    apply_survey,
    columns,
    discard_survey,
    new_survey,
    survey,
    surveys,
)

__all__ = [
    "agreement",
    "apply_survey",
    "columns",
    "discard_survey",
    "new_run",
    "new_survey",
    "run",
    "scorecard",
    "scorecard_pdf",
    "survey",
    "surveys",
    "use_periods",
    "withdraw",
]
