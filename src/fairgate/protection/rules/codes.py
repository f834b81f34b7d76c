"""The codes of the room. Pages give them words."""

from enum import StrEnum

from fairgate.gate.rules import Level

NAME_LENGTH = 200
REASON_LENGTH = 2_000
TEXT_LENGTH = 5_000
FEWEST_WORDS = 3
"""Of a reason to take an escape out of the count."""

__all__ = [
    "FEWEST_WORDS",
    "LINES",
    "NAME_LENGTH",
    "REASON_LENGTH",
    "TEXT_LENGTH",
    "WORST_FIRST",
    "Arrival",
    "ImportState",
    "Level",
    "Nature",
    "Side",
    "Unlinkable",
    "WouldHave",
]


class Side(StrEnum):
    """For whom a refusal is judged: the function that gave it, or the unit that got it."""

    FUNCTION = "function"
    CUSTOMER = "customer"

    @property
    def other(self) -> "Side":
        return Side.CUSTOMER if self is Side.FUNCTION else Side.FUNCTION


class WouldHave(StrEnum):
    """What would have happened, had it been let through. Worst first."""

    HARM = "harm"
    RECALL = "recall"
    REWORK = "rework"
    COSMETIC = "cosmetic"
    NOTHING = "nothing"


WORST_FIRST = tuple(WouldHave)


class Nature(StrEnum):
    """Who found that something is wrong: an external customer, or somebody inside."""

    COMPLAINT = "complaint"
    FINDING = "finding"


class Arrival(StrEnum):
    """How a complaint came in."""

    TYPED = "typed"
    IMPORTED = "imported"


class ImportState(StrEnum):
    """Where a file of complaints stands on its way in."""

    READY = "ready"
    FAULTY = "faulty"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Unlinkable(StrEnum):
    """Why a complaint and a decision can't be linked, or the link not be taken back."""

    NOT_APPROVING = "not-approving"
    REPLACED = "replaced"
    DECIDED_LATER = "decided-later"
    NOT_LINKED = "not-linked"
    NO_REASON = "no-reason"
    FEW_WORDS = "few-words"


LINES = frozenset("\n\r\t")
"""The only signs in a text that can't be seen and may stand there."""
