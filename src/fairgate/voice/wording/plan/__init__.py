"""What will be publishable when, in sentences that page and command line share. Handed an engine's `Planned`."""

from fairgate.voice.wording.plan.basis import assumptions, source
from fairgate.voice.wording.plan.figures import (
    BECAUSE,
    MOST_TEAMS,
    Row,
    chance_in_words,
    legend,
    name,
    rows,
    when,
)
from fairgate.voice.wording.plan.verdict import PERIODS, advice, expected, lead

__all__ = [
    "BECAUSE",
    "MOST_TEAMS",
    "PERIODS",
    "Row",
    "advice",
    "assumptions",
    "chance_in_words",
    "expected",
    "lead",
    "legend",
    "name",
    "rows",
    "source",
    "when",
]
