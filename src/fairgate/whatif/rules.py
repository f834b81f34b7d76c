"""Codes and bounds of the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

NAME_LENGTH = 200
REASON_LENGTH = 2_000
FEWEST_WORDS = 3
"""Of a reason to go on although the base rates disagree."""

SEED, YEARS, REPLICATES = 1, 15, 4_000
MOST_YEARS, FEWEST_REPLICATES, MOST_REPLICATES = 50, 200, 20_000
DEFAULT_WAYS = ("less:share=0.5", "exception", "more:reviews=2", "nobody", "nobody:licence=ends")
"""Held against today's checks unless somebody chooses: less, by exception, more; and nobody, in its two readings."""

MONTHS = (12, 24, 36, 60)
"""How far back records may be looked through."""

SETTLING = 6
"""Months: complaints that come so soon after records begin are about lots from before, and aren't counted."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which records are about the lots of a scenario: requests of these ``kinds`` that came in the last ``months`` before the
    latest decision; of one unit that hands in, or of one process, where they are given. ``use_complaints``: they set how many
    escapes are complained of, and so can't check the scenario."""

    kinds: tuple[int, ...]
    months: int = 24
    unit: int | None = None
    process: int | None = None
    use_complaints: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "kinds": list(self.kinds),
            "months": self.months,
            "unit": self.unit,
            "process": self.process,
            "use_complaints": self.use_complaints,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "kinds": tuple(kept["kinds"])})


def is_reason(text: str) -> bool:
    """Whether ``text`` says enough to go on although figures disagree."""
    return len(text.split()) >= FEWEST_WORDS
