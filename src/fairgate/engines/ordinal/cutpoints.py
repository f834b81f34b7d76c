"""Thresholds made ready for the rows: what depends on the level alone is computed once per level.

With ordered thresholds t_1 < … < t_{K-1}, a rating of level k (from 0) lies between ``low = t_k`` and
``high = t_{k+1}``, the outer ones at infinity:  P(rating = k) = F(high - eta) - F(low - eta).
"""

from typing import Literal

import numpy as np

from fairgate.engines.ordinal.arrays import Amounts

Link = Literal["logit", "probit"]
LINKS: tuple[Link, ...] = ("logit", "probit")
FAR = 40.0  # beyond, both links are 0 or 1 to the last digit

# Columns of the table that `cutpoints` gives.
HIGH, LOW, RISE, FALL, LOG_GAP, ODDS_GAP = range(6)


def cutpoints(thresholds: Amounts) -> Amounts:
    """``float64[levels, 6]`` from ``float64[levels - 1]``.

    HIGH and LOW are the limits (outer ones at +-`FAR` squared); RISE = exp(-high) and FALL = exp(low) are 0 at
    the outer limits; LOG_GAP = log(1 - exp(low - high)) and ODDS_GAP = 1 / (exp(high - low) - 1) are 0 for
    the outer levels. With them a row of the logit link needs one exponential.
    """
    table = np.zeros((len(thresholds) + 1, 6))
    table[:-1, HIGH], table[-1, HIGH] = thresholds, FAR * FAR
    table[1:, LOW], table[0, LOW] = thresholds, -FAR * FAR
    table[:-1, RISE] = np.exp(-thresholds)
    table[1:, FALL] = np.exp(thresholds)
    gap = np.diff(thresholds)
    table[1:-1, LOG_GAP] = np.log(-np.expm1(-gap))
    table[1:-1, ODDS_GAP] = 1.0 / np.expm1(gap)
    return table
