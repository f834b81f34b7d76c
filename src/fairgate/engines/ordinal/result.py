"""A fitted cumulative link mixed model, as frozen results."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from fairgate.engines.ordinal.arrays import Amounts
from fairgate.engines.ordinal.cutpoints import Link
from fairgate.engines.ordinal.errors import UnknownName
from fairgate.engines.ordinal.joint import Draws, Joint


@dataclass(frozen=True, slots=True)
class Estimate:
    """On the scale of the link. ``standard_error`` is None where the likelihood has no curvature to take it from,
    or none was asked for."""

    name: str
    estimate: float
    standard_error: float | None

    @property
    def z(self) -> float | None:
        return self.estimate / self.standard_error if self.standard_error else None

    @property
    def p(self) -> float | None:
        """Two-sided, of no effect (Wald)."""
        return None if self.z is None else float(2.0 * ndtr(-abs(self.z)))


@dataclass(frozen=True, slots=True, eq=False)
class Deviation:
    """A random factor: the standard deviation of its effects, on the scale of the link; ``standard_error`` on that
    same scale, None at zero. ``modes`` float64[names] are the conditional modes, ``mode_sd`` their conditional standard
    deviations; ``levels`` counts those with ratings."""

    factor: str
    sd: float
    standard_error: float | None
    levels: int
    names: tuple[str, ...]
    modes: Amounts
    mode_sd: Amounts


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """P(rating at most k) = F(threshold_k - eta), eta = fixed effects + random effects: a positive effect raises
    ratings.

    - ``log_likelihood`` by Laplace's approximation; ``n`` ratings, weights counted; ``rows`` distinct ones.
    - ``levels`` that occur, lowest first; ``thresholds`` between them, named "1|2".
    - ``covariance`` float64[q, q] of thresholds, fixed effects and log standard deviations above zero, from the
      observed information; None where it has none or none was asked for.
    - ``gradient``: the largest derivative left at the end, of parameters on a common scale.
    - ``warnings``: sentences.
    """

    link: Link
    levels: tuple[str, ...]
    thresholds: tuple[Estimate, ...]
    fixed: tuple[Estimate, ...]
    random: tuple[Deviation, ...]
    log_likelihood: float
    n: float
    rows: int
    converged: bool
    iterations: int
    gradient: float
    covariance: NDArray[np.float64] | None
    warnings: tuple[str, ...]
    joint: Joint
    _drawn: tuple[int | None, ...]  # of each random factor, its number in the joint distribution

    @property
    def parameters(self) -> int:
        return len(self.thresholds) + len(self.fixed) + len(self.random)

    @property
    def aic(self) -> float:
        return 2.0 * (self.parameters - self.log_likelihood)

    def coefficient(self, name: str) -> Estimate:
        for one in self.fixed:
            if one.name == name:
                return one
        raise UnknownName("fixed effect", name, [one.name for one in self.fixed])

    def deviation(self, factor: str) -> Deviation:
        for one in self.random:
            if one.factor == factor:
                return one
        raise UnknownName("random factor", factor, [one.factor for one in self.random])

    def draw(self, draws: int, seed: int, factors: tuple[str, ...] = ()) -> Draws:
        """Draws from the joint covariance; effects of a factor at zero are zero."""
        places = [self._drawn[[one.factor for one in self.random].index(name)] for name in factors]
        drawn = self.joint.draw(draws, seed, tuple(place for place in places if place is not None))
        given = iter(drawn.effects)
        effects = tuple(
            np.zeros((draws, len(self.deviation(name).names))) if place is None else next(given)
            for name, place in zip(factors, places, strict=True)
        )
        return Draws(drawn.thresholds, drawn.fixed, effects)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of the command line."""
        return {
            "log_likelihood": self.log_likelihood,
            "n": int(self.n) if float(self.n).is_integer() else self.n,
            "rows": self.rows,
            "levels": list(self.levels),
            "thresholds": [one.estimate for one in self.thresholds],
            "threshold_standard_errors": [one.standard_error for one in self.thresholds],
            "fixed": {
                one.name: {"estimate": one.estimate, "standard_error": one.standard_error}
                for one in self.fixed
            },
            "random": {
                one.factor: {"sd": one.sd, "standard_error": one.standard_error, "levels": one.levels}
                for one in self.random
            },
            "link": self.link,
            "aic": self.aic,
            "converged": self.converged,
            "iterations": self.iterations,
            "warnings": list(self.warnings),
        }

    def to_json(self) -> str:
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
