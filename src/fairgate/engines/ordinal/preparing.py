"""Ratings made ready: incomplete rows out, levels and factors that say nothing out, equal rows merged.

What is left out is told in a sentence each.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes
from fairgate.engines.ordinal.coding import Coded, code
from fairgate.engines.ordinal.errors import OneLevel
from fairgate.engines.ordinal.keys import keys, merged
from fairgate.engines.ordinal.ratings import Category, Ratings


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """What is left to fit: ``rows`` distinct rows.

    - ``levels`` that occur; ``rating`` int32[rows], ``weight`` float64[rows], ``profile`` int32[rows].
    - ``coded``: columns of fixed effects; ``factors``: codes and size of each of ``random``, the random factors
      with more than one level.
    - ``n``: the sum of weights.
    """

    levels: tuple[str, ...]
    rating: Codes
    weight: Amounts
    coded: Coded
    profile: Codes
    factors: tuple[tuple[Codes, int], ...]
    random: tuple[Category, ...]
    n: float
    warnings: tuple[str, ...]

    @property
    def to_given(self) -> NDArray[np.float64]:
        """``float64[q, q]``: from thresholds and effects of centred, scaled columns to those of the columns as given."""
        cut, p = len(self.levels) - 1, len(self.coded.names)
        matrix = np.eye(cut + p)
        matrix[cut:, cut:] = np.diag(1.0 / self.coded.scale)
        matrix[:cut, cut:] = self.coded.centre / self.coded.scale
        return matrix


def prepare(ratings: Ratings) -> Prepared:
    """Errors: NoRatings, OneLevel, BadRatings."""
    keep = ratings.complete()
    warnings = list(ratings.warnings)
    weight, rating = ratings.weights[keep].astype(np.float64), ratings.rating[keep]
    left_out = ratings.weights[~keep].sum()
    if left_out:
        warnings.append(
            f"{left_out:,.0f} of {ratings.weights.sum():,.0f} ratings have something missing: left out."
        )
    levels, rating = _levels(ratings.levels, rating, weight, warnings)
    coded = code(ratings.fixed, keep, weight)
    warnings += coded.warnings
    random = tuple(one for one in ratings.random if _varies(one, one.codes[keep], warnings))
    columns = [(one.codes[keep], len(one.names)) for one in random]
    key, _ = keys([*columns, (coded.profile, len(coded.profiles)), (rating, len(levels))], len(rating))
    rows, summed = merged(key, weight)
    return Prepared(
        levels, rating[rows], summed, coded, coded.profile[rows],
        tuple((codes[rows], size) for codes, size in columns), random, float(weight.sum()), tuple(warnings),
    )  # fmt: skip


def _levels(
    names: tuple[str, ...], rating: Codes, weight: Amounts, warnings: list[str]
) -> tuple[tuple[str, ...], Codes]:
    """The levels that occur, and ratings as codes of them."""
    used = np.flatnonzero(np.bincount(rating, weight, len(names)) > 0)
    if len(used) == 1:
        raise OneLevel(names[used[0]])
    if len(used) < len(names):
        empty = [names[k] for k in range(len(names)) if k not in used]
        warnings.append(f"No rating is {' or '.join(empty)}: left out of the levels.")
    return tuple(names[k] for k in used), np.searchsorted(used, rating).astype(np.int32)


def _varies(factor: Category, codes: Codes, warnings: list[str]) -> bool:
    used = np.unique(codes)
    if len(used) > 1:
        if len(used) == len(codes):
            warnings.append(f"{factor.name} has a level for each rating: its spread rests on the link alone.")
        return True
    warnings.append(f"{factor.name} is {factor.names[used[0]]} in every row: it can't vary and was left out.")
    return False
