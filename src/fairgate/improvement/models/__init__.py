"""What is asked, interviews with their notes and summaries, commitments, and the charter."""

from fairgate.improvement.models.commitments import Commitment, CommitmentEvent
from fairgate.improvement.models.editions import CharterEdition, GuideEdition
from fairgate.improvement.models.interviews import Interview, Notes, SharedSummary, Summary, Theme

__all__ = [
    "CharterEdition",
    "Commitment",
    "CommitmentEvent",
    "GuideEdition",
    "Interview",
    "Notes",
    "SharedSummary",
    "Summary",
    "Theme",
]
