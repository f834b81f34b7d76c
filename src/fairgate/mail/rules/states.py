"""The states of a letter."""

from enum import StrEnum


class State(StrEnum):
    """waiting → sending → sent | failed | not needed; sending → waiting when it has to be tried again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    NOT_NEEDED = "not-needed"


ENDED = frozenset({State.SENT, State.FAILED, State.NOT_NEEDED})
