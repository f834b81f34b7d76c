"""Codes stored in the database and named on pages."""

from enum import StrEnum

NAME_LENGTH = 200
THEME_LENGTH = 40
SENTENCE_LENGTH = 300  # a question, a sentence of the charter
REASON_LENGTH = 500
TEXT_LENGTH = 5_000
SUMMARY_LENGTH = 900  # each of its three parts, so that the whole stays on one page
QUESTIONS = 6


class Direction(StrEnum):
    """Which way the service goes between the function and the other unit."""

    CUSTOMER = "customer"
    """The other unit needs the function."""
    SUPPLIER = "supplier"
    """The mirror: the function needs the other unit."""


class InterviewState(StrEnum):
    """Where an interview stands."""

    PLANNED = "planned"
    HELD = "held"
    SUMMARISED = "summarised"
    CALLED_OFF = "called-off"


class CommitmentState(StrEnum):
    """What became of a commitment."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not-done"


class Answer(StrEnum):
    """What the person it was promised to says of it."""

    KEPT = "kept"
    NOT_YET = "not-yet"


class Event(StrEnum):
    """What happened to a commitment: its history is made of these."""

    MADE = "made"
    REASSIGNED = "reassigned"
    DONE = "done"
    NOT_DONE = "not-done"
    REOPENED = "reopened"
    KEPT = "kept"
    NOT_YET = "not-yet"


class Move(StrEnum):
    """What can be done with an interview or a commitment."""

    CHANGE = "change"
    CALL_OFF = "call-off"
    HOLD = "hold"
    NOTE = "note"
    SUMMARISE = "summarise"
    SHARE = "share"
    CLOSE = "close"
    REASSIGN = "reassign"
    REOPEN = "reopen"
    ANSWER = "answer"


class Fault(StrEnum):
    """What can be wrong with a field."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    UNPRINTABLE = "unprintable"
    NOT_A_CUSTOMER = "not-a-customer"
    NOT_A_SUPPLIER = "not-a-supplier"
    NOT_IN_THE_UNIT = "not-in-the-unit"
    ITSELF = "itself"
    FUTURE = "future"
    PAST = "past"
    TOO_FAR = "too-far"
    NO_SUCH_ZONE = "no-such-zone"
    NO_SUCH_TIME = "no-such-time"
    NOT_SIX = "not-six"


class Refusal(StrEnum):
    """Why something can't be done now, though its fields are right."""

    STATE = "state"
    """It stands where this move is not made from."""
    STALE = "stale"
    """Somebody changed it since the page was shown."""
