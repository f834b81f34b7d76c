"""Names of codes."""

from collections.abc import Mapping
from typing import Any

from fairgate.fairness.rules import Part, SurveyState
from fairgate.shared.translations import Translations

STATES: dict[SurveyState, str] = {
    SurveyState.ASKED: "columns not said yet",
    SurveyState.READY: "ready to use",
    SurveyState.FAULTY: "has problems",
    SurveyState.APPLIED: "in use",
    SurveyState.DISCARDED: "discarded",
}

LABELS: dict[Part, str] = {
    Part.RATING: "The rating",
    Part.OUTCOME: "What was decided",
    Part.TEAM: "The team that decided",
    Part.KIND: "The kind of request",
    Part.RISK: "The risk of the request",
    Part.SENIORITY: "The seniority of who was asked",
    Part.UNIT: "The unit that asked for the decision",
    Part.ITEM: "The question",
    Part.BALLOT: "What tells ballots apart",
    Part.DECIDER: "Who decided",
}

HINTS: dict[Part, str] = {
    Part.RATING: "Empty where nobody answered: deliver those decisions as well.",
    Part.KIND: "Each team is held against the same mix of kinds and decisions.",
    Part.SENIORITY: "In bands, such as junior, middle, senior.",
    Part.ITEM: "Only where a ballot has several questions, one a row.",
    Part.BALLOT: "A number that leads to nobody; needed where a ballot has several questions.",
    Part.DECIDER: (
        "Only counted, always where there is such a column: a team’s figures need three people who decided. The file itself is "
        "kept as it came, with their names; a number that leads to nobody will do."
    ),
}

LIMITS: dict[str, str] = {
    "ballots": "answers a team needs",
    "not_approved": "of them to decisions that didn’t approve",
    "support": "share of the mix that own answers must cover",
    "teams": "teams, below which their spread is kept from zero",
    "draws": "draws",
    "level": "share that intervals hold",
}


def labelled(columns: Mapping[str, str], say: Translations) -> list[tuple[str, str]]:
    """What each column is taken for, in words, and its name."""
    return [(say.gettext(LABELS[Part(part)]), column) for part, column in columns.items()]


def limits(cutoffs: Mapping[str, Any], say: Translations) -> list[tuple[str, Any]]:
    return [(say.gettext(LIMITS.get(name, name)), value) for name, value in cutoffs.items()]
