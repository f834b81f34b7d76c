"""Periods, invitations, sealed answers, and what is left when a period is closed."""

from fairgate.voice.models.asking import Envelope, Invitation
from fairgate.voice.models.closed import Ballot, Publication
from fairgate.voice.models.periods import Period

__all__ = ["Ballot", "Envelope", "Invitation", "Period", "Publication"]
