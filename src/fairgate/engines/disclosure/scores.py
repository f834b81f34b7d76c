"""Fair scores are not linear, so no program audits them. They come in steps at least as large as what any one ballot moves.

With s the score and s₋ᵢ the score without ballot i: step = the smallest of 1, 2, 5, 10, 20, 50, 100 points with step ≥
max_i |s − s₋ᵢ|, and the score rounded to it. A heuristic, said to be one: two published scores of overlapping ballots
may still tell something.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fairgate.engines.disclosure.errors import BadAnswers

POINTS = (1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True)
class Rounded:
    """``value`` in points, a multiple of ``step``."""

    step: int
    value: int


def round_to_leave_one_out(score: float, leave_one_out: ArrayLike, *, least: int = 1) -> Rounded:
    """``score`` in points 0 to 100, rounded to the largest change that leaving one ballot out makes, ``least`` at least.

    ``leave_one_out`` [m]: the score without each ballot. Halves go up. Raises `BadAnswers` where it holds none or no numbers.
    """
    without = np.asarray(leave_one_out, float)
    if not without.size or not np.isfinite(without).all() or not np.isfinite(score):
        raise BadAnswers("Rounding needs the score without each ballot.")
    change = max(float(np.abs(without - score).max()), float(least))
    step = next((points for points in POINTS if points >= change - 1e-9), POINTS[-1])
    return Rounded(step, int(np.floor(score / step + 0.5)) * step)
