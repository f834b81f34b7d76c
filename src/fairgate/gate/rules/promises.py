"""What became of a promise, and how many were kept."""

from dataclasses import dataclass
from datetime import datetime

from fairgate.gate.rules.codes import Kept, Outcome


def kept(promised_by: datetime | None, answered_at: datetime, outcome: Outcome) -> Kept:
    """Whether the first promise was kept. A hold is no answer yet: its promise is open until it is resolved."""
    if promised_by is None or not outcome.is_final:
        return Kept.NONE
    return Kept.KEPT if answered_at <= promised_by else Kept.MISSED


@dataclass(frozen=True, slots=True)
class PromiseFigures:
    """Promises answered (kept, missed) and not yet answered (``open_`` not yet due, ``overdue``). Counts."""

    kept: int
    missed: int
    open_: int
    overdue: int

    @property
    def all(self) -> int:
        return self.kept + self.missed + self.open_ + self.overdue

    @property
    def share(self) -> float | None:
        """Kept among those answered or overdue: what is known today. None where nothing has come due."""
        due = self.kept + self.missed + self.overdue
        return self.kept / due if due else None

    @property
    def low(self) -> float | None:
        """If every promise still open were missed."""
        return self.kept / self.all if self.all else None

    @property
    def high(self) -> float | None:
        """If every promise still open and not yet due were kept."""
        return (self.kept + self.open_) / self.all if self.all else None
