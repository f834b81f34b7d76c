"""What became of commitments, and how many were kept.

A commitment was *kept* when it was done by the day first promised and the person it was promised to did not say
“not yet”. What is still open counts only once its day has passed: until then nobody can say.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fairgate.improvement.rules.codes import Answer, CommitmentState


class Fate(StrEnum):
    """One commitment as it counts today."""

    KEPT = "kept"
    LATE = "late"  # done, after the day first promised
    DISPUTED = "disputed"  # called done; the person it was promised to says: not yet
    NOT_DONE = "not-done"
    OVERDUE = "overdue"
    OPEN = "open"


def fate(
    state: CommitmentState, promised_for: date, closed_on: date | None, answer: str, today: date
) -> Fate:
    """How a commitment counts on the day ``today``. ``promised_for`` is the first day that was promised."""
    if state is CommitmentState.OPEN:
        return Fate.OVERDUE if promised_for < today else Fate.OPEN
    if state is CommitmentState.NOT_DONE:
        return Fate.NOT_DONE
    if answer == Answer.NOT_YET:
        return Fate.DISPUTED
    return Fate.LATE if closed_on is None or closed_on > promised_for else Fate.KEPT


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """Counts by fate; they add up to all commitments."""

    kept: int = 0
    late: int = 0
    disputed: int = 0
    not_done: int = 0
    overdue: int = 0
    open_: int = 0

    @property
    def due(self) -> int:
        """Those of which it can be said whether they were kept."""
        return self.kept + self.late + self.disputed + self.not_done + self.overdue

    @property
    def all(self) -> int:
        return self.due + self.open_

    @property
    def percent(self) -> int | None:
        """Of those due, whole per cent, rounded down: 199 of 200 kept is not “100%”. None where nothing was due."""
        return 100 * self.kept // self.due if self.due else None


def figures(fates: Iterable[Fate]) -> KeptFigures:
    counted = Counter(fates)
    return KeptFigures(
        kept=counted[Fate.KEPT],
        late=counted[Fate.LATE],
        disputed=counted[Fate.DISPUTED],
        not_done=counted[Fate.NOT_DONE],
        overdue=counted[Fate.OVERDUE],
        open_=counted[Fate.OPEN],
    )
