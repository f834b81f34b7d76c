"""What an installation has counted, as arrays."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.counterfactual.errors import BadParameter

Array = NDArray[np.float64]


def _none() -> Array:
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class Records:
    """``months`` watched. First reviews: ``reviewed`` lots, ``stopped`` of them; catches both sides have judged:
    ``judged``, of which ``real`` would truly have gone out wrong, ``severity`` of those (0 minor, 1 major,
    2 critical). ``reworked`` of the stopped lots (the rest was scrapped).

    ``second_looks`` at lots that had passed, careful enough to be taken as the truth, found ``second_looks_wrong``.
    Times in working days: ``ages`` of released lots (how long ago), ``delays`` of complaints after release; of
    ``made`` lots and those still ``making``; of ``reviews`` (hands on), of ``reworks`` finished; ``at_gate`` from submission
    to the first decision, ``waiting`` of those not decided yet. ``deciders`` people gave the decisions; 0: nobody knows.
    """

    months: float
    submitted: int
    reviewed: int
    stopped: int
    judged: int
    real: int
    severity: NDArray[np.int64]
    reworked: int
    second_looks: int = 0
    second_looks_wrong: int = 0
    ages: Array = field(default_factory=_none)
    delays: Array = field(default_factory=_none)
    made: Array = field(default_factory=_none)
    making: Array = field(default_factory=_none)
    reviews: Array = field(default_factory=_none)
    reworks: Array = field(default_factory=_none)
    at_gate: Array = field(default_factory=_none)
    waiting: Array = field(default_factory=_none)
    deciders: int = 0

    def __post_init__(self) -> None:
        for part, whole in (
            ("reviewed", "submitted"), ("stopped", "reviewed"), ("judged", "stopped"), ("real", "judged"),
            ("reworked", "stopped"), ("second_looks_wrong", "second_looks"),
        ):  # fmt: skip
            if not 0 <= getattr(self, part) <= getattr(self, whole):
                raise BadParameter(
                    part, getattr(self, part), f"a count from 0 to {whole} ({getattr(self, whole)})"
                )
        if not (self.months > 0 and self.reviewed > 0):
            raise BadParameter(
                "records", f"{self.reviewed} reviews in {self.months:g} months", "at least one of each"
            )
        if len(self.severity) != self.real:
            raise BadParameter(
                "severity", f"{len(self.severity)} entries", f"one for each real catch ({self.real})"
            )
