"""The Schur complement of the others, factored: some eliminated one by one, the core by Cholesky.

    S = L P L' on the eliminated, and for the core what is left of S = U'U.

The inverse is had where S or its factor isn't empty: that of the core, then back through the eliminated (Takahashi, Fagan
& Chin 1973): for k with neighbours N, T[N, k] = -T[N, N] l and T[k, k] = 1 / p - l' T[N, k].
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.linalg.lapack import dpotrf, dpotri, dpotrs, dtrtrs

from fairgate.engines.ordinal.arrays import Amounts, Codes, Places
from fairgate.engines.ordinal.elimination import Elimination

_compiled = njit(cache=True, error_model="numpy")


@dataclass(frozen=True, slots=True, eq=False)
class Complement:
    """``pivots`` float64[E]; ``links`` float64[near], L below its diagonal; ``upper`` float64[core, core], U in Fortran's
    order."""

    order: Elimination
    pivots: Amounts
    links: Amounts
    upper: NDArray[np.float64]

    @classmethod
    def factor(cls, order: Elimination, among: NDArray[np.float64]) -> Self:
        """``among`` float64[B, B], lower triangle filled, is overwritten. Raises FloatingPointError unless positive."""
        pivots, links = np.empty(len(order.sequence)), np.empty(len(order.near))
        if len(pivots):
            _eliminate(order.sequence, order.near_start, order.near, among, pivots, links)
            if not (pivots > 0.0).all():
                raise FloatingPointError
            left = np.zeros((len(order.core), len(order.core)))
            _take(order.core, among, left)
            among = left
        upper = among.T
        if len(upper):
            upper, failed = dpotrf(among.T, lower=0, overwrite_a=1, clean=0)
            if failed:
                raise FloatingPointError
        return cls(order, pivots, links, upper)

    @property
    def log_determinant(self) -> float:
        return float(np.log(self.pivots).sum() + 2.0 * np.log(np.diagonal(self.upper)).sum())

    def solve(self, right: NDArray[np.float64]) -> NDArray[np.float64]:
        """S⁻¹ times the columns of ``right`` float64[B, q], which is overwritten."""
        it = self.order
        _forward(it.sequence, it.near_start, it.near, self.links, right)
        if len(it.core):
            right[it.core] = dpotrs(self.upper, right[it.core], lower=0)[0]
        for_pivots = right[it.sequence] / self.pivots[:, None]
        _backward(it.sequence, it.near_start, it.near, self.links, for_pivots, right)
        return right

    def spread(self, noise: NDArray[np.float64]) -> NDArray[np.float64]:
        """Standard normal ``noise`` float64[B, draws] as draws with covariance S⁻¹."""
        it = self.order
        drawn = np.array(noise, order="C")
        if len(it.core):
            drawn[it.core] = dtrtrs(self.upper, noise[it.core], lower=0)[0]
        scaled = noise[it.sequence] / np.sqrt(self.pivots)[:, None]
        _backward(it.sequence, it.near_start, it.near, self.links, scaled, drawn)
        return drawn

    def inverse(self) -> NDArray[np.float64]:
        """S⁻¹ where S or its factor isn't empty, elsewhere anything; ``float64[B, B]``."""
        it = self.order
        size = len(it.sequence) + len(it.core)
        if not size:
            return np.zeros((0, 0))
        core = np.zeros((0, 0))
        if len(it.core):
            core = dpotri(self.upper, lower=0)[0].T
            _mirror(core)
        if not len(it.sequence):
            return core
        whole = np.empty((size, size))
        _put(it.core, core, whole)
        _invert(it.sequence, it.near_start, it.near, self.pivots, self.links, whole)
        return whole


@_compiled
def _eliminate(
    sequence: Codes,
    near_start: Places,
    near: Codes,
    among: NDArray[np.float64],
    pivots: Amounts,
    links: Amounts,
) -> None:
    for step in range(len(sequence)):
        k = sequence[step]
        pivot = among[k, k]
        pivots[step] = pivot
        for p in range(near_start[step], near_start[step + 1]):
            i = near[p]
            links[p] = (among[i, k] if i > k else among[k, i]) / pivot
        for p in range(near_start[step], near_start[step + 1]):
            row, factor = among[near[p]], links[p] * pivot
            for q in range(near_start[step], p + 1):
                row[near[q]] -= factor * links[q]


@_compiled
def _take(core: Codes, among: NDArray[np.float64], left: NDArray[np.float64]) -> None:
    for i in range(len(core)):
        for j in range(i + 1):
            left[i, j] = among[core[i], core[j]]


@_compiled
def _put(core: Codes, inverse: NDArray[np.float64], whole: NDArray[np.float64]) -> None:
    for i in range(len(core)):
        for j in range(len(core)):
            whole[core[i], core[j]] = inverse[i, j]


@_compiled
def _forward(
    sequence: Codes, near_start: Places, near: Codes, links: Amounts, right: NDArray[np.float64]
) -> None:
    for step in range(len(sequence)):
        k = sequence[step]
        for p in range(near_start[step], near_start[step + 1]):
            for q in range(right.shape[1]):
                right[near[p], q] -= links[p] * right[k, q]


@_compiled
def _backward(
    sequence: Codes,
    near_start: Places,
    near: Codes,
    links: Amounts,
    begun: NDArray[np.float64],
    answer: NDArray[np.float64],
) -> None:
    for step in range(len(sequence) - 1, -1, -1):
        k = sequence[step]
        for q in range(answer.shape[1]):
            answer[k, q] = begun[step, q]
        for p in range(near_start[step], near_start[step + 1]):
            for q in range(answer.shape[1]):
                answer[k, q] -= links[p] * answer[near[p], q]


@_compiled
def _invert(
    sequence: Codes,
    near_start: Places,
    near: Codes,
    pivots: Amounts,
    links: Amounts,
    whole: NDArray[np.float64],
) -> None:
    for step in range(len(sequence) - 1, -1, -1):
        k, passed = sequence[step], 0.0
        for p in range(near_start[step], near_start[step + 1]):
            row, total = whole[near[p]], 0.0
            for q in range(near_start[step], near_start[step + 1]):
                total += links[q] * row[near[q]]
            whole[k, near[p]] = -total
            passed += links[p] * total
        for p in range(near_start[step], near_start[step + 1]):
            whole[near[p], k] = whole[k, near[p]]
        whole[k, k] = 1.0 / pivots[step] + passed


@_compiled
def _mirror(square: NDArray[np.float64]) -> None:
    """Copy the lower triangle to the upper one, in blocks that stay in the cache."""
    n, block = len(square), 64
    for i in range(0, n, block):
        for j in range(0, i + 1, block):
            for row in range(i, min(i + block, n)):
                for column in range(j, min(j + block, row)):
                    square[column, row] = square[row, column]
