"""Every read of the room. What a person may know or do is asked here."""

from fairgate.fairness.queries.doors import may_agree, may_enter, may_import, may_run, sees_gate, sees_teams
from fairgate.fairness.queries.rails import Guardrails, TeamRail, rails_of, snapshot
from fairgate.fairness.queries.scorecards import RunPage, Scorecard, run_page, scorecard_for
from fairgate.fairness.queries.surveys import (
    agreements_for,
    deciding_units,
    latest_survey,
    result_of,
    run_for,
    standing_agreement,
    survey_for,
    surveys_for,
)

__all__ = [
    "Guardrails",
    "RunPage",
    "Scorecard",
    "TeamRail",
    "agreements_for",
    "deciding_units",
    "latest_survey",
    "may_agree",
    "may_enter",
    "may_import",
    "may_run",
    "rails_of",
    "result_of",
    "run_for",
    "run_page",
    "scorecard_for",
    "sees_gate",
    "sees_teams",
    "snapshot",
    "standing_agreement",
    "survey_for",
    "surveys_for",
]
