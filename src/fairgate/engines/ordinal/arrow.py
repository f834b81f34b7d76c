"""The curvature of the random effects, factored: a diagonal block for the groups, a Schur complement for the others.

    H = [[D, C], [C', B]],   D = 1 + s² curve,   C = s S crossed,   B = 1 + S among S,

with s and S the standard deviations of groups and others. The groups are eliminated: S = B - C'D⁻¹C is the
Schur complement (see `complement`); log|H| = Σ log D + log|S|. H⁻¹ at the places the likelihood needs:
T = S⁻¹ among others, -D⁻¹CT at the meetings, and 1/D + D⁻²(CTC') at the groups (Henderson's equations, in the
elimination order of Bates et al. 2015, *Fitting linear mixed-effects models using lme4*, section 3).
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fairgate.engines.ordinal.arrays import Amounts, Codes, Places
from fairgate.engines.ordinal.complement import Complement
from fairgate.engines.ordinal.elimination import Elimination

_compiled = njit(cache=True, error_model="numpy")


@dataclass(frozen=True, slots=True, eq=False)
class Arrow:
    """``diagonal`` float64[A]; ``crossed`` float64[pairs]; ``others``: S factored; ``met_start`` and ``met`` as in
    `Arrangement`."""

    met_start: Places
    met: Codes
    diagonal: Amounts
    crossed: Amounts
    others: Complement

    @classmethod
    def factor(
        cls,
        met_start: Places,
        met: Codes,
        order: Elimination,
        curve: Amounts,
        crossed: Amounts,
        among: NDArray[np.float64],
        sd_own: float,
        sd_other: Amounts,
    ) -> Self:
        """``among`` (lower triangle filled) is overwritten. Raises FloatingPointError when H isn't positive."""
        diagonal = 1.0 + sd_own * sd_own * curve
        scaled = crossed * (sd_own * sd_other[met])
        _complement(met_start, met, diagonal, scaled, sd_other, among)
        return cls(met_start, met, diagonal, scaled, Complement.factor(order, among))

    @property
    def groups(self) -> int:
        return len(self.diagonal)

    @property
    def log_determinant(self) -> float:
        return float(np.log(self.diagonal).sum() + self.others.log_determinant)

    def solve(self, right: Amounts) -> Amounts:
        """H⁻¹ times a vector or the columns of a matrix, ``float64[A + B]`` or ``[A + B, q]``."""
        columns = right.reshape(len(right), -1)
        top, bottom = columns[: self.groups], columns[self.groups :].copy()
        answer = np.empty_like(columns)
        _down(self.met_start, self.met, self.diagonal, self.crossed, top, bottom)
        bottom = self.others.solve(bottom)
        answer[self.groups :] = bottom
        _up(self.met_start, self.met, self.diagonal, self.crossed, top, bottom, answer)
        return answer.reshape(right.shape)

    def spread(self, noise: NDArray[np.float64]) -> NDArray[np.float64]:
        """Independent standard normal ``noise`` ``float64[A + B, draws]`` turned into draws with covariance H⁻¹."""
        bottom = self.others.spread(noise[self.groups :])
        drawn = np.empty_like(noise)
        drawn[self.groups :] = bottom
        top = noise[: self.groups] * np.sqrt(self.diagonal)[:, None]
        _up(self.met_start, self.met, self.diagonal, self.crossed, top, bottom, drawn)
        return drawn

    def inverse(self) -> tuple[Amounts, Amounts, NDArray[np.float64]]:
        """H⁻¹ at the groups ``[A]``, at the meetings ``[pairs]`` and among the others ``[B, B]``."""
        among = self.others.inverse()
        groups, meetings = np.empty(self.groups), np.empty(len(self.met))
        _inverse(self.met_start, self.met, self.diagonal, self.crossed, among, groups, meetings)
        return groups, meetings, among


@_compiled
def _complement(
    met_start: Places,
    met: Codes,
    diagonal: Amounts,
    crossed: Amounts,
    sd: Amounts,
    among: NDArray[np.float64],
) -> None:
    for i in range(len(among)):
        for j in range(i + 1):
            among[i, j] *= sd[i] * sd[j]
        among[i, i] += 1.0
    for a in range(len(diagonal)):
        for place in range(met_start[a], met_start[a + 1]):
            row, factor = among[met[place]], crossed[place] / diagonal[a]
            for other in range(met_start[a], place + 1):
                row[met[other]] -= factor * crossed[other]


@_compiled
def _down(
    met_start: Places,
    met: Codes,
    diagonal: Amounts,
    crossed: Amounts,
    top: NDArray[np.float64],
    bottom: NDArray[np.float64],
) -> None:
    for a in range(len(diagonal)):
        for place in range(met_start[a], met_start[a + 1]):
            factor = crossed[place] / diagonal[a]
            for q in range(top.shape[1]):
                bottom[met[place], q] -= factor * top[a, q]


@_compiled
def _up(
    met_start: Places,
    met: Codes,
    diagonal: Amounts,
    crossed: Amounts,
    top: NDArray[np.float64],
    bottom: NDArray[np.float64],
    answer: NDArray[np.float64],
) -> None:
    for a in range(len(diagonal)):
        for q in range(top.shape[1]):
            answer[a, q] = top[a, q]
        for place in range(met_start[a], met_start[a + 1]):
            for q in range(top.shape[1]):
                answer[a, q] -= crossed[place] * bottom[met[place], q]
        for q in range(top.shape[1]):
            answer[a, q] /= diagonal[a]


@_compiled
def _inverse(
    met_start: Places,
    met: Codes,
    diagonal: Amounts,
    crossed: Amounts,
    among: NDArray[np.float64],
    groups: Amounts,
    meetings: Amounts,
) -> None:
    for a in range(len(diagonal)):
        passed = 0.0
        for place in range(met_start[a], met_start[a + 1]):
            row, total = among[met[place]], 0.0
            for other in range(met_start[a], met_start[a + 1]):
                total += crossed[other] * row[met[other]]
            meetings[place] = -total / diagonal[a]
            passed -= crossed[place] * meetings[place]
        groups[a] = (1.0 + passed) / diagonal[a]
