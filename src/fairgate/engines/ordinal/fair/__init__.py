"""The fair score: treatment as it would be if every team had the same mix of cases and decisions (DESIGN 4.2)::

    Decisions ─ mix_of ─ Mix ─┐
        └─ treatment ─ Fit ───┴─ standardise ─ FairScores

It is adjusted for the case and for the outcome, never for what the function itself causes (waiting, clarity,
courtesy, rework), and never assumes which way the outcome pulls.
"""

from fairgate.engines.ordinal.fair.cutoffs import CUTOFFS, Cutoffs
from fairgate.engines.ordinal.fair.decisions import Decisions
from fairgate.engines.ordinal.fair.mix import Mix, mix_of
from fairgate.engines.ordinal.fair.result import FairScores, OutcomeEffect, TeamScore
from fairgate.engines.ordinal.fair.scoring import score
from fairgate.engines.ordinal.fair.sensitivity import Sensitivity

__all__ = [
    "CUTOFFS",
    "Cutoffs",
    "Decisions",
    "FairScores",
    "Mix",
    "OutcomeEffect",
    "Sensitivity",
    "TeamScore",
    "mix_of",
    "score",
]
