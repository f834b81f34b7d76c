"""The joint Laplace covariance of thresholds, fixed effects and modes, and draws from it.

Given the standard deviations (empirical Bayes), the curvature of thresholds and effects φ and random effects u
together is [[G, C'], [C, H]]. Hence φ has covariance V = (G - C'H⁻¹C)⁻¹, and u given φ has mean
û - H⁻¹C(φ - φ̂) and covariance H⁻¹.

Draws are keyed: a seed and a purpose give the same numbers on any machine, however they are cut up (Salmon et
al. 2011, *Parallel random numbers: as easy as 1, 2, 3*).
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve, cholesky
from scipy.linalg.lapack import dtrtrs

from fairgate.engines.ordinal.arrangement import Arrangement
from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.laplace import Information, Point

PHI, OTHERS, GROUPS = range(3)  # what draws are for


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """``thresholds`` float64[draws, K - 1], ``fixed`` float64[draws, p], ``effects`` float64[draws, levels] for
    each factor asked for, in that order, on the scale of eta."""

    thresholds: NDArray[np.float64]
    fixed: NDArray[np.float64]
    effects: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """``to_given`` float64[q, q] turns thresholds and effects of the scaled columns into those of the columns as
    given; ``sd_each`` float64[A + B] are the random effects' standard deviations."""

    arranged: Arrangement
    point: Point
    information: Information
    to_given: NDArray[np.float64]
    sd_each: Amounts

    @property
    def columns(self) -> int:
        return self.arranged.levels - 1 + self.arranged.columns

    @property
    def covariance(self) -> NDArray[np.float64]:
        """V of thresholds and effects, as given, ``float64[q, q]``."""
        scaled = cho_solve(cho_factor(self._left), np.eye(self.columns))
        return np.asarray(self.to_given @ scaled @ self.to_given.T)

    @property
    def _left(self) -> NDArray[np.float64]:
        return self.information.profiled[: self.columns, : self.columns]

    def effects(self, factor: int) -> tuple[Amounts, Amounts]:
        """Modes of a factor's levels and their conditional standard deviations."""
        where = self.arranged.places(factor)
        sd = self.sd_each[where]
        return self.point.modes[where] * sd, np.sqrt(self.point.variance[where]) * sd

    def covariance_of(self, factor: int) -> NDArray[np.float64]:
        """Joint covariance of a factor's effects, uncertainty of thresholds and fixed effects included."""
        where = self.arranged.places(factor)
        unit = np.zeros((self.arranged.size, where.stop - where.start))
        unit[np.arange(where.start, where.stop), np.arange(unit.shape[1])] = 1.0
        given = self.point.factor.solve(unit)[where]
        moved = self.information.solved[where, : self.columns]
        both = given + moved @ cho_solve(cho_factor(self._left), moved.T)
        return np.asarray(both * np.outer(self.sd_each[where], self.sd_each[where]))

    def draw(self, draws: int, seed: int, factors: tuple[int, ...] = ()) -> Draws:
        """``draws`` draws of everything, kept for the ``factors`` asked for."""
        q, it = self.columns, self.arranged
        root = cholesky(self._left, lower=False)
        moves = dtrtrs(root, _noise(seed, PHI, draws, q).T, lower=0)[0]  # float64[q, draws]
        phi = self.to_given @ (self.point.parameters[:q, None] + moves)
        thresholds, fixed = phi[: it.levels - 1].T, phi[it.levels - 1 :].T
        if not factors:
            return Draws(thresholds, fixed, ())
        eliminated = any(it.order.index(factor) == 0 for factor in factors)
        deviations = self._deviations(draws, seed, eliminated)
        effects = []
        for factor in factors:
            where = it.places(factor)
            mean = self.point.modes[where, None] - self.information.solved[where, :q] @ moves
            effects.append(((mean + deviations[where]) * self.sd_each[where, None]).T)
        return Draws(thresholds, fixed, tuple(effects))

    def _deviations(self, draws: int, seed: int, eliminated: bool) -> NDArray[np.float64]:
        """Draws with covariance H⁻¹; those of the groups only where they are wanted. ``float64[A + B, draws]``"""
        it, factor = self.arranged, self.point.factor
        others = _noise(seed, OTHERS, draws, it.size - it.groups).T
        if eliminated:
            return factor.spread(np.vstack((_noise(seed, GROUPS, draws, it.groups).T, others)))
        bottom = factor.others.spread(others)
        return np.vstack((np.broadcast_to(0.0, (it.groups, draws)), bottom))


def _noise(seed: int, purpose: int, draws: int, size: int) -> NDArray[np.float64]:
    return Generator(Philox(key=np.array([seed, purpose], dtype=np.uint64))).standard_normal((draws, size))
