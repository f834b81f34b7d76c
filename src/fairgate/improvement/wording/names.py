"""Names of codes and columns. Marked for translation here, translated where they are shown."""

from fairgate.improvement.rules import Answer, CommitmentState, Direction, Event, Fate, InterviewState
from fairgate.shared.translations import gettext_noop

INTERVIEW_STATES: dict[InterviewState, str] = {
    InterviewState.PLANNED: gettext_noop("planned"),
    InterviewState.HELD: gettext_noop("held, to sum up"),
    InterviewState.SUMMARISED: gettext_noop("summarised"),
    InterviewState.CALLED_OFF: gettext_noop("called off"),
}
COMMITMENT_STATES: dict[CommitmentState, str] = {
    CommitmentState.OPEN: gettext_noop("open"),
    CommitmentState.DONE: gettext_noop("done"),
    CommitmentState.NOT_DONE: gettext_noop("not done"),
}
FATES: dict[Fate, str] = {
    Fate.KEPT: gettext_noop("done in time"),
    Fate.LATE: gettext_noop("done late"),
    Fate.DISPUTED: gettext_noop("done, “not yet” they say"),
    Fate.NOT_DONE: gettext_noop("not done"),
    Fate.OVERDUE: gettext_noop("overdue"),
    Fate.OPEN: gettext_noop("open"),
}
FATE_TONES: dict[Fate, str] = {
    Fate.KEPT: "good",
    Fate.LATE: "warn",
    Fate.DISPUTED: "warn",
    Fate.NOT_DONE: "bad",
    Fate.OVERDUE: "bad",
    Fate.OPEN: "",
}
DIRECTIONS: dict[Direction, str] = {
    Direction.CUSTOMER: gettext_noop("our customer"),
    Direction.SUPPLIER: gettext_noop("we are the customer"),
}
PROMISE_DIRECTIONS: dict[Direction, str] = {
    Direction.CUSTOMER: gettext_noop("we promised"),
    Direction.SUPPLIER: gettext_noop("promised to us"),
}
EVENTS: dict[Event, str] = {
    Event.MADE: gettext_noop("promised"),
    Event.REASSIGNED: gettext_noop("given to somebody else"),
    Event.DONE: gettext_noop("called done"),
    Event.NOT_DONE: gettext_noop("called not done"),
    Event.REOPENED: gettext_noop("opened again"),
    Event.KEPT: gettext_noop("they say: kept"),
    Event.NOT_YET: gettext_noop("they say: not yet"),
}
ANSWERS: dict[Answer, str] = {
    Answer.KEPT: gettext_noop("Kept"),
    Answer.NOT_YET: gettext_noop("Not yet"),
}
COMMITMENT_COLUMNS: dict[str, str] = {
    "unit": gettext_noop("Who promised"),
    "to": gettext_noop("To which unit"),
    "person": gettext_noop("To whom"),
    "what": gettext_noop("What"),
    "owner": gettext_noop("Owner"),
    "promised_for": gettext_noop("First promised for"),
    "due": gettext_noop("Due"),
    "state": gettext_noop("State"),
    "closed": gettext_noop("Closed on"),
    "why": gettext_noop("What was done, or why not"),
    "answer": gettext_noop("Was it kept?"),
    "answer_words": gettext_noop("In their words"),
}
SUMMARY_PARTS: dict[str, str] = {
    "works": gettext_noop("What works"),
    "hinders": gettext_noop("What gets in their way"),
    "wishes": gettext_noop("What they would change"),
}
