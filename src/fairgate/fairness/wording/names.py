"""Names of codes."""

from fairgate.fairness.rules import Part, SurveyState

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
    Part.DECIDER: "Only counted: a team’s figures need three people who decided. Nobody’s name is kept from it.",
}
