"""The codes of the gate. Pages and presets give them words."""

from enum import StrEnum

NAME_LENGTH = 200
TEXT_LENGTH = 5_000
REASON_LENGTH = 2_000
OWN_SOURCE = "fairgate"
"""Where requests come from that were submitted here."""


class Outcome(StrEnum):
    """What a decision may be; each request kind allows some of them."""

    APPROVED = "approved"
    CONDITIONS = "conditions"
    RETURNED = "returned"
    HELD = "held"
    REFUSED = "refused"

    @property
    def is_approving(self) -> bool:
        """Whether the request may go on (DESIGN 11)."""
        return self in APPROVING

    @property
    def is_final(self) -> bool:
        """Whether the request is settled. A held one is still to be resolved and counts only then."""
        return self is not Outcome.HELD

    @property
    def needs_slip(self) -> bool:
        """Every non-approval is given with a refusal slip; a hold too, because the other side has to know what it waits for."""
        return self not in APPROVING


APPROVING = frozenset({Outcome.APPROVED, Outcome.CONDITIONS})
NON_APPROVING = frozenset({Outcome.RETURNED, Outcome.REFUSED})
SLIPPED = frozenset(Outcome) - APPROVING


class State(StrEnum):
    """Where a service request stands."""

    SUBMITTED = "submitted"
    REVIEWED = "reviewed"
    HELD = "held"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        return self in OPEN


OPEN = frozenset({State.SUBMITTED, State.REVIEWED, State.HELD})


class Level(StrEnum):
    """Three severities; presets say what each means in their trade."""

    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Thing(StrEnum):
    """What has editions."""

    PRESET = "preset"
    KIND = "request-kind"
    STANDARD = "standard"
    CLAUSE = "clause"
    SEVERITY = "severity"
    CALENDAR = "calendar"


class LookResult(StrEnum):
    """What a second look came to."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    OVERTAKEN = "overtaken"
    """Nobody gave it: the other system that decided changed the outcome first."""


class Likely(StrEnum):
    """An early answer. It binds nobody."""

    YES = "likely"
    WITH_CHANGES = "with-changes"
    NO = "unlikely"
    CANT_SAY = "cant-say"


class Kept(StrEnum):
    """What became of a promise."""

    KEPT = "kept"
    MISSED = "missed"
    NONE = "none"
    """No date was promised."""


class ImportState(StrEnum):
    READING = "reading"
    READY = "ready"
    FAULTY = "faulty"
    APPLIED = "applied"
    DISCARDED = "discarded"
