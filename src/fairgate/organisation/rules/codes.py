"""Codes stored in the database and named on pages."""

from enum import StrEnum

NAME_LENGTH = 200
DESCRIPTION_LENGTH = 500
REASON_LENGTH = 2000


class FactKind(StrEnum):
    """What can be typed, pasted, imported, listed and exported; also the word in the address."""

    UNITS = "units"
    PROCESSES = "processes"
    SERVICES = "services"
    NEEDS = "needs"
    FLOWS = "flows"
    GATES = "gates"


# What an import may hold besides facts: a log.
EVENTS = "events"


class NeedKind(StrEnum):
    """What the customer needs from the supplier."""

    HELP = "help"
    RELEASE = "release"


class FlowKind(StrEnum):
    """What happens to work that passes on."""

    WORK = "work"
    DECISION = "decision"
    RETURN = "return"
    CUSTOMER = "customer"
    SCRAP = "scrap"


class Verdict(StrEnum):
    """What people say about a need that was declared or counted."""

    CONFIRMED = "confirmed"
    STRUCK = "struck"


class Origin(StrEnum):
    """How a fact came in."""

    TYPED = "typed"
    IMPORTED = "imported"  # from a file or a pasted table


class ImportState(StrEnum):
    """Where a file stands on its way in."""

    COUNTING = "counting"
    READY = "ready"
    FAULTY = "faulty"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Fault(StrEnum):
    """What can be wrong with one value of a row."""

    MISSING = "missing"
    TOO_LONG = "too-long"
    ITSELF = "itself"
    TWICE = "twice"
    NEGATIVE = "negative"
    HAS_A_TARGET = "has-a-target"
    NOT_KNOWN = "not-known"
    OTHERWISE = "otherwise"
    UNPRINTABLE = "unprintable"
